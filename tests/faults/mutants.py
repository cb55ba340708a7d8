"""Builds with one planted mistake each: the harness must report every one of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.faults.replica import SOURCE


class Patch(NamedTuple):
    """A text that stands once in a file, and what takes its place."""

    file: str
    old: str
    new: str


MUTANTS: dict[str, tuple[Patch, ...]] = {
    "finish_without_the_token": (
        Patch(
            "src/llmstxt_sched/services/work.py",
            "run is None or run.lease_token != claimed.token or run.status not in {*is_done",
            "run is None or run.status not in {*is_done",
        ),
        Patch(
            "sql/queries/runs.sql",
            "    changes = :changes, attempt = attempt + CASE WHEN :status = 'FAILED' THEN 1 ELSE 0 END\n"
            "WHERE id = :id AND lease_token = :token AND status = 'IN_PROGRESS'",
            "    changes = :changes, attempt = attempt + CASE WHEN :status = 'FAILED' THEN 1 ELSE 0 END\n"
            "WHERE id = :id AND :token::uuid IS NOT NULL AND status = 'IN_PROGRESS'",
        ),
        Patch(
            "sql/queries/pages.sql",
            "WHERE id = :run_id AND lease_token = :token AND status = 'IN_PROGRESS' FOR SHARE",
            "WHERE id = :run_id AND :token::uuid IS NOT NULL AND status = 'IN_PROGRESS' FOR SHARE",
        ),
        Patch(
            "sql/queries/runs.sql",
            "WHERE r.id = held.id AND r.lease_token = held.token AND r.status = 'IN_PROGRESS'",
            "WHERE r.id = held.id AND r.status = 'IN_PROGRESS'",
        ),
    ),
    "claim_without_the_state": (
        Patch(
            "sql/queries/runs.sql",
            "  AND (status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))\n"
            "RETURNING *;",
            "  AND status IN ('QUEUED', 'RETRYING', 'IN_PROGRESS')\nRETURNING *;",
        ),
    ),
    "no_reconciler": (
        Patch(
            "src/llmstxt_sched/scheduler/tick.py",
            "requeued = await self._reconcile.reconcile(now, fully=fully)",
            "requeued = 0",
        ),
    ),
    "cursor_in_a_second_transaction": (
        Patch(
            "src/llmstxt_sched/services/work.py",
            "                change = await schedule_next_run(connection, locked, ended, self._jitter_seconds)\n"
            "                run = await runs.end("
            "connection, run.id, claimed.token, ending, locked.now, change.coalesced)\n"
            "                following = next_job(change.config)\n",
            "                run = await runs.end(connection, run.id, claimed.token, ending, locked.now, 0)\n",
        ),
        Patch(
            "src/llmstxt_sched/services/work.py",
            '        crash_point("after_finish")\n',
            "        async with self._database.transaction() as connection:\n"
            "            locked = await self._lock(connection, claimed)\n"
            "            ended = run.scheduled(ending.status)\n"
            "            change = await schedule_next_run(connection, locked, ended, self._jitter_seconds)\n"
            "            following = next_job(change.config)\n",
        ),
    ),
    "cancel_leaves_the_cursor": (
        Patch(
            "src/llmstxt_sched/services/runs.py",
            "            change = await schedule_next_run(connection, locked, canceled, self._jitter_seconds)\n"
            "            ended = _found(await runs.cancel(connection, run_id, locked.now, change.coalesced), run_id)\n",
            "            ended = _found(await runs.cancel(connection, run_id, locked.now, 0), run_id)\n",
        ),
        Patch("src/llmstxt_sched/services/runs.py", "next_job(change.config)", "next_job(locked.config)"),
    ),
}


def build(name: str, folder: Path) -> Path:
    """A copy of the source with one mistake planted in it; gives where its packages are."""
    top = SOURCE.parent
    for part in ("src", "sql"):
        shutil.copytree(top / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for patch in MUTANTS[name]:
        path = folder / patch.file
        text = path.read_text()
        assert text.count(patch.old) == 1, f"{patch.file} has changed: {patch.old!r}"
        path.write_text(text.replace(patch.old, patch.new))
    return folder / "src"
