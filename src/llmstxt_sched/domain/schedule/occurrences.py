"""When a cron expression falls due in its time zone.

The wall times come from croniter; what a wall time means on the nights when the clocks move is decided
here, because croniter 7 fires `0 2 * * *` twice in autumn and moves wildcards in spring:

* a *fixed* expression (minute and hour don't begin with `*`) runs once for one local wall time: the first
  of two in autumn, the first valid instant after the gap in spring;
* any other follows real time: each instant whose wall clock matches, both of two in autumn, none in the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import dropwhile, takewhile
from zoneinfo import ZoneInfo

from msgspec import Struct

from llmstxt_sched.domain.schedule.cron import Cron, matching_days, times_of_day
from llmstxt_sched.domain.schedule.wall_clock import (
    Note,
    first_instant,
    is_even,
    is_repeated,
    next_move,
    utc_offset,
    wall_time,
)

RESOLUTION = timedelta(microseconds=1)


class OccurrenceRange(Struct, frozen=True):
    """`count` occurrences from `first` to `last`, times in UTC."""

    first: datetime
    last: datetime
    count: int


class Occurrence(Struct, frozen=True):
    """One due time in UTC; `note` tells that the clocks skip its wall time or show it twice."""

    at: datetime
    note: Note | None = None


def calculate_next_run_time(expression: str, zone: str, after: datetime) -> datetime | None:
    """The first time later than `after` that the expression is due, in UTC; None where there is none
    within four years.
    """
    # An occurrence is on a whole minute, so that the first one later than any time in a minute is the same.
    return _following(Cron(expression, zone), after.astimezone(UTC).replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _following(cron: Cron, minute: datetime) -> datetime | None:
    """The search takes longer than the rest of a run's settle, and many projects have the same schedule."""
    found = next(occurrences(cron, minute), None)
    return found.at if found else None


def occurrences(cron: Cron, after: datetime) -> Iterator[Occurrence]:
    """Every occurrence later than `after`, in order, until none follows within four years."""
    zone = ZoneInfo(cron.zone)
    return (_fixed if cron.is_fixed else _in_real_time)(cron.fields, zone, after.astimezone(UTC))


def occurrences_within(cron: Cron, after: datetime, until: datetime) -> list[datetime]:
    """The occurrences in (after, until]."""
    walk = (occurrence.at for occurrence in occurrences(cron, after))
    return list(takewhile(lambda at: at <= until, walk))


def range_within(cron: Cron, after: datetime, until: datetime) -> OccurrenceRange | None:
    """The occurrences in (after, until] as a range, None where there are none.

    Counted by the day, because there may be a million of them: only around moves of the clocks each is looked at.
    """
    # Mostly there is none, which is remembered.
    first = calculate_next_run_time(cron.expression, cron.zone, after)
    if first is None or first > until:
        return None
    zone, times = ZoneInfo(cron.zone), times_of_day(cron.fields)
    last, count, has_gap = after, 0, True
    for day in matching_days(cron.fields, wall_time(after, zone)):
        begin, end = (first_instant(day + timedelta(days=days), zone)[0] for days in (0, 1))
        if end > until:
            break
        if begin <= after or not is_even(day, zone):
            has_gap = True
            continue
        if has_gap:
            count += len(occurrences_within(cron, last, begin - RESOLUTION))
        count, has_gap = count + len(times), False
        last = begin + (datetime.combine(day, times[-1]) - day)
    rest = occurrences_within(cron, last, until)
    return OccurrenceRange(first, rest[-1] if rest else last, count + len(rest))


def _walls(fields: str, start: datetime) -> Iterator[datetime]:
    """Every wall time later than `start`."""
    times = times_of_day(fields)
    walls = (datetime.combine(day, at) for day in matching_days(fields, start) for at in times)
    return dropwhile(lambda wall: wall <= start, walls)


def _fixed(fields: str, zone: tzinfo, after: datetime) -> Iterator[Occurrence]:
    last = after
    for wall in _walls(fields, wall_time(after, zone)):
        at, note = first_instant(wall, zone)
        if at > last:
            last = at
            yield Occurrence(at, note)


def _in_real_time(fields: str, zone: tzinfo, after: datetime) -> Iterator[Occurrence]:
    start, wall = after, wall_time(after, zone)
    while True:
        offset = utc_offset(start, zone)
        for due in _walls(fields, wall):
            at = (due - offset).replace(tzinfo=UTC)
            moved = next_move(start, at, zone)
            if moved:
                # The walls are read anew from the move on, its own instant included.
                start, wall = moved, wall_time(moved, zone) - timedelta(seconds=1)
                break
            start = at
            yield Occurrence(at, "repeated" if is_repeated(at, zone) else None)
        else:
            return
