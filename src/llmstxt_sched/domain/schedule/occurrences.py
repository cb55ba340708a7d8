"""Computes when a cron expression is due in its time zone.

The wall times come from croniter.  What they mean when the clocks change is decided here, because croniter 7 fires
`0 2 * * *` twice in autumn and shifts wildcards in spring:

* a *fixed* expression (neither minute nor hour begins with `*`) is due once for each wall time: in autumn at the first
  of two instants, in spring at the first instant after the gap;
* any other expression follows real time: it is due at each instant whose wall time matches, so at both in autumn and
  at none in the gap in spring.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import dropwhile, takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    """One due time in UTC; `note` says whether the clocks skip its wall time or show it twice."""

    at: datetime
    note: Note | None = None


def calculate_next_run_time(expression: str, zone: str, after: datetime) -> datetime | None:
    """The first time after `after` at which the expression is due, in UTC; None if there is none within MAX_YEARS."""
    # Occurrences are on whole minutes, so the result is the same for all times within a minute and can be cached.
    return _following(Cron(expression, zone), after.astimezone(UTC).replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _following(cron: Cron, minute: datetime) -> datetime | None:
    """Cached, because the search takes longer than all else at the end of a run, and many projects share a schedule."""
    found = next(occurrences(cron, minute), None)
    return found.at if found else None


def occurrences(cron: Cron, after: datetime) -> Iterator[Occurrence]:
    """Every occurrence after `after`, in order; ends if none follows within MAX_YEARS."""
    zone = ZoneInfo(cron.zone)
    return (_fixed if cron.is_fixed else _in_real_time)(cron.fields, zone, after.astimezone(UTC))


def occurrences_within(cron: Cron, after: datetime, until: datetime) -> list[datetime]:
    """The occurrences in (after, until]."""
    found = (occurrence.at for occurrence in occurrences(cron, after))
    return list(takewhile(lambda at: at <= until, found))


def range_within(cron: Cron, after: datetime, until: datetime) -> OccurrenceRange | None:
    """The occurrences in (after, until] as a range; None if there are none.

    There may be a million, so whole days are counted at once; only around changes of the clocks are the occurrences
    counted one by one.  In a zone that this machine does not know, as after a move to one with older zones, there are
    none to tell of, so that such a schedule can be stopped and changed, and its project deleted.
    """
    try:
        # Usually there is none, which the cache answers quickly.
        first = calculate_next_run_time(cron.expression, cron.zone, after)
    except ZoneInfoNotFoundError:
        return None
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


def _wall_times(fields: str, start: datetime) -> Iterator[datetime]:
    """Every matching wall time later than `start`, itself a wall time."""
    times = times_of_day(fields)
    wall_times = (datetime.combine(day, at) for day in matching_days(fields, start) for at in times)
    return dropwhile(lambda wall: wall <= start, wall_times)


def _fixed(fields: str, zone: tzinfo, after: datetime) -> Iterator[Occurrence]:
    last = after
    for wall in _wall_times(fields, wall_time(after, zone)):
        at, note = first_instant(wall, zone)
        if at > last:
            last = at
            yield Occurrence(at, note)


def _in_real_time(fields: str, zone: tzinfo, after: datetime) -> Iterator[Occurrence]:
    start, wall = after, wall_time(after, zone)
    while True:
        offset = utc_offset(start, zone)
        for due in _wall_times(fields, wall):
            at = (due - offset).replace(tzinfo=UTC)
            moved = next_move(start, at, zone)
            if moved:
                # Start again at the change of the clocks, with its own instant included.
                start, wall = moved, wall_time(moved, zone) - timedelta(seconds=1)
                break
            start = at
            yield Occurrence(at, "repeated" if is_repeated(at, zone) else None)
        else:
            return
