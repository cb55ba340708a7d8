"""Builds with one planted mistake each: the harness must report every one of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.system.faults.replica import SOURCE

LEASES = "src/llmstxt_sched/services/leases.py"
RUNS = "sql/queries/runs.sql"
TAKEN = "sql/queries/leases.sql"
MAY_START = "(status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))"
ROWS = "FROM ended, jsonb_populate_recordset(NULL::occurrences, :rows) e"
ITS_SCHEDULE = "c.project_id = ended.project_id"


class Patch(NamedTuple):
    """What follows the text `after` once in a file, and what takes its place."""

    file: str
    after: str
    old: str
    new: str


def _settled_only_where(condition: str) -> tuple[Patch, ...]:
    """The end of a run without that of its schedule, but where the condition holds."""
    return (
        Patch(RUNS, "name: run_end\n", ROWS, f"{ROWS} WHERE {condition}"),
        Patch(RUNS, "name: run_end\n", ITS_SCHEDULE, f"{ITS_SCHEDULE} AND ({condition})"),
    )


MUTANTS: dict[str, tuple[Patch, ...]] = {
    "finish_without_the_token": (
        Patch(LEASES, "def _lock(", "locked.lease_token != claimed.token", "False"),
        Patch(RUNS, "name: run_end\n", "lease_token = :token", ":token::uuid IS NOT NULL"),
        Patch(TAKEN, "name: lease_renew", "r.lease_token = held.token", "held.token IS NOT NULL"),
        Patch("sql/queries/pages.sql", "name: page_hold\n", "lease_token = :token", ":token::uuid IS NOT NULL"),
    ),
    "claim_without_the_state": (
        Patch(TAKEN, "name: lease_claim\n", MAY_START, "status IN ('QUEUED', 'RETRYING', 'IN_PROGRESS')"),
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
        *_settled_only_where(":token::uuid IS NULL OR :crashes::integer > 0"),
        Patch(
            LEASES,
            "def _end(",
            '        crash_point("after_finish")\n',
            """
        await __import__("asyncio").sleep(0.2)
        async with self._database.transaction() as connection:
            locked = await schedules.lock_with_run(connection, run.id)
            assert locked
            decide = __import__("llmstxt_sched.domain.schedule", fromlist=["schedule_next_run"]).schedule_next_run
            change = decide(locked.schedule, run.scheduled(), locked.now, self._jitter_seconds)
            await schedules.save(connection, change)
            await connection.execute("UPDATE runs SET coalesced = $2 WHERE id = $1", run.id, change.coalesced)
            schedule = change.schedule
""",
        ),
    ),
    "cancel_leaves_the_cursor": _settled_only_where(":token::uuid IS NOT NULL"),
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
