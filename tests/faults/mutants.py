"""Builds with one planted mistake each: the harness must report every one of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.faults.replica import SOURCE

WORK = "src/llmstxt_sched/services/work.py"
RUNS = "src/llmstxt_sched/services/runs.py"
MAY_START = "(status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))"
SETTLES = "change = await schedule_next_run(connection, locked, ended, self._jitter_seconds)"


class Patch(NamedTuple):
    """What stands once behind the text `after` in a file, and what takes its place."""

    file: str
    after: str
    old: str
    new: str


MUTANTS: dict[str, tuple[Patch, ...]] = {
    "finish_without_the_token": (
        Patch(WORK, "def _lock(", "locked.lease_token != claimed.token", "False"),
        Patch("sql/queries/runs.sql", "name: run_end^", "lease_token = :token", ":token::uuid IS NOT NULL"),
        Patch("sql/queries/runs.sql", "name: run_renew", "r.lease_token = held.token", "held.token IS NOT NULL"),
        Patch("sql/queries/pages.sql", "name: page_hold$", "lease_token = :token", ":token::uuid IS NOT NULL"),
    ),
    "claim_without_the_state": (
        Patch("sql/queries/runs.sql", "name: run_claim^", MAY_START, "status IN ('QUEUED', 'RETRYING', 'IN_PROGRESS')"),
    ),
    "no_reconciler": (
        Patch(
            "src/llmstxt_sched/scheduler/tick.py",
            "async def run",
            "requeued = await self._reconcile.reconcile(now, fully=fully)",
            "requeued = 0",
        ),
    ),
    "cursor_in_a_second_transaction": (
        Patch(WORK, "def _settle(", f"        {SETTLES}\n", ""),
        Patch(WORK, "def _settle(", "change.coalesced", "0"),
        Patch(WORK, "def _settle(", "change.config", "locked.config"),
        Patch(
            WORK,
            "def _end(",
            '        crash_point("after_finish")\n',
            f"""
        await __import__("asyncio").sleep(0.2)
        async with self._database.transaction() as connection:
            locked, ended = await _lock(connection, claimed), run.scheduled(ending.status)
            {SETTLES}
            await connection.execute("UPDATE runs SET coalesced = $2 WHERE id = $1", run.id, change.coalesced)
            config = change.config
""",
        ),
    ),
    "cancel_leaves_the_cursor": (
        Patch(
            RUNS,
            "def cancel(",
            "            change = await schedule_next_run(connection, locked, canceled, self._jitter_seconds)\n",
            "",
        ),
        Patch(RUNS, "def cancel(", "change.coalesced", "0"),
        Patch(RUNS, "def cancel(", "change.config", "locked.config"),
    ),
}


def build(name: str, folder: Path) -> Path:
    """A copy of the source with one mistake planted in it; gives where its packages are."""
    for part in ("src", "sql"):
        shutil.copytree(SOURCE.parent / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for patch in MUTANTS[name]:
        path = folder / patch.file
        path.write_text(plant(path.read_text(), patch))
    return folder / "src"


def plant(text: str, patch: Patch) -> str:
    """`text` with the mistake in it; AssertionError where the source has changed so far that it has no place."""
    before, after, rest = text.partition(patch.after)
    assert patch.old in rest, f"{patch.file} has changed: {patch.old!r} is not behind {patch.after!r}"
    return before + after + rest.replace(patch.old, patch.new, 1)
