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

# The first and the last of the occurrences in a row of their own, which are many where the retention joined rows.
Span = tuple[datetime, datetime]


def set_apart(rows: Iterable[LedgerRow], own: Iterable[Span]) -> list[LedgerRow]:
    """`rows`, of which ranges leave out the occurrences in `own`."""
    spans = sorted(own)
    return [part for row in rows for part in ([row] if row.is_of_its_run else _parts(row, spans))]


def cut(rows: Iterable[LedgerRow], until: datetime) -> list[LedgerRow]:
    """What ranges tell of the time up to `until`."""
    parts = (row if row.last <= until else _part(row, row.first - RESOLUTION, until) for row in rows)
    return [part for part in parts if part]


def _parts(row: LedgerRow, spans: list[Span]) -> Iterator[LedgerRow]:
    inside = [(first, last) for first, last in spans if first <= row.last and last >= row.first]
    if not inside:
        # Counted already, which takes long for a long range.
        yield row
        return
    after = row.first - RESOLUTION
    for first, last in [*inside, (row.last + RESOLUTION, row.last)]:
        part = _part(row, after, first - RESOLUTION)
        if part:
            yield part
        after = last


def _part(row: LedgerRow, after: datetime, until: datetime) -> LedgerRow | None:
    due = range_within(Cron(row.cron_expression, row.timezone), after, until)
    return replace(row, first=due.first, last=due.last, count=due.count) if due else None
