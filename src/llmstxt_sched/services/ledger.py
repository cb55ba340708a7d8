"""Keeps the ledger from telling twice of an occurrence, after a clock that was wrong."""

from __future__ import annotations

import asyncio
from datetime import datetime

from msgspec.structs import replace

from llmstxt_sched.domain.schedule import Fate, LedgerRow, Schedule, ScheduleChange, ScheduledRun, cut, set_apart
from llmstxt_sched.store import occurrences
from llmstxt_sched.store.postgres.statements import Connection


async def told_once(
    connection: Connection, before: Schedule, change: ScheduleChange, run: ScheduledRun | None
) -> ScheduleChange:
    """`change` of the locked schedule `before`, with rows of which none tells of what another row tells.

    `run` is the one that ends by it, or is taken back.  Nothing is asked where the ledger does not reach as far as its
    occurrence, which it does after a clock that was wrong or a pause, and no range is to be written.
    """
    at = run.scheduled_for if run else None
    told: list[LedgerRow] = []
    if at and at <= before.accounted_until:
        told = await occurrences.take_ranges(connection, before.project_id, at)
    ranges = [*told, *(row for row in change.rows if not row.is_of_its_run)]
    if not ranges:
        return change
    first, last = min(row.first for row in ranges), max(row.last for row in ranges)
    own = await occurrences.own(connection, before.project_id, first, last)
    if not told and not own:
        return change
    # There may be years to count, where a clock was behind as it is before it is set for the first time.
    return await asyncio.to_thread(_apart, before, change, told, own, at)


def _apart(
    before: Schedule,
    change: ScheduleChange,
    told: list[LedgerRow],
    own: list[tuple[datetime, datetime]],
    at: datetime | None,
) -> ScheduleChange:
    """`change` with what holds of the ranges `told`, which were taken out of the ledger, and without `own` and `at`."""
    written = set_apart(change.rows, own)
    kept: list[LedgerRow] = []
    if at:
        # What the ledger has of a time to come is told anew by a change that takes it back.
        is_taken_back = change.schedule.accounted_until < before.accounted_until
        kept = set_apart(cut(told, at if is_taken_back else before.accounted_until), [*own, (at, at)])
    rows = {row.first: row for row in [*kept, *written]}
    coalesced = sum(row.count for row in written if row.outcome is Fate.COALESCED)
    return replace(change, rows=tuple(rows.values()), coalesced=coalesced)
