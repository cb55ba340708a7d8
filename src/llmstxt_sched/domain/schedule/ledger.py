"""Ranges of the ledger, which tell of no occurrence that has a row of its own.

They would where a clock was wrong: one that was ahead tells what became of occurrences that are still to come, and one
that was behind has the ledger begin again before runs that have ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from llmstxt_sched.domain.schedule.cron import Cron
from llmstxt_sched.domain.schedule.model import LedgerRow
from llmstxt_sched.domain.schedule.occurrences import RESOLUTION, range_within


def set_apart(rows: Iterable[LedgerRow], own: Iterable[datetime]) -> list[LedgerRow]:
    """`rows`, of which ranges leave out the occurrences at the times `own`."""
    times = sorted(own)
    return [part for row in rows for part in ([row] if row.is_of_its_run else _parts(row, times))]


def cut(row: LedgerRow, until: datetime) -> LedgerRow:
    """The range up to `until`; `set_apart` counts what is left of it."""
    return replace(row, last=min(row.last, until))


def _parts(row: LedgerRow, times: list[datetime]) -> Iterator[LedgerRow]:
    cron, after = Cron(row.cron_expression, row.timezone), row.first - RESOLUTION
    for until in (*(time - RESOLUTION for time in times if row.first <= time <= row.last), row.last):
        due = range_within(cron, after, until)
        if due:
            yield replace(row, first=due.first, last=due.last, count=due.count)
        after = until + RESOLUTION
