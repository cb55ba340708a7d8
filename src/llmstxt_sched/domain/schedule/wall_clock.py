"""Conversions between instants and the wall times that a zone's clocks show, and when those clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

# The step of the search for clock changes.  Two changes are at least a month apart (Morocco in Ramadan), so no pair
# falls within one step and goes unnoticed.
STRIDE = timedelta(days=7)

Note = Literal["skipped", "repeated"]


def wall_time(at: datetime, zone: tzinfo) -> datetime:
    """What the clocks of `zone` show at the instant `at`, as a datetime without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def utc_offset(at: datetime, zone: tzinfo) -> timedelta:
    """How far the clocks of `zone` are ahead of UTC at the instant `at`."""
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101  (a ZoneInfo always knows it)
    return offset


def first_instant(wall: datetime, zone: tzinfo) -> tuple[datetime, Note | None]:
    """The first instant, in UTC, at which the clocks show `wall`; if they skip it, the first one after the gap."""
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_time(at, zone) != wall:
        before = at - STRIDE
        return next_move(before, at + STRIDE, zone) or at, "skipped"
    return at, "repeated" if is_repeated(at, zone) else None


def is_repeated(at: datetime, zone: tzinfo) -> bool:
    """Whether the clocks of `zone` show the wall time of the instant `at` twice."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def next_move(start: datetime, end: datetime, zone: tzinfo) -> datetime | None:
    """The first instant in (start, end], to the second, whose UTC offset differs from that of `start`; else None."""
    offset, low = utc_offset(start, zone), start
    while low < end:
        high = min(low + STRIDE, end)
        if utc_offset(high, zone) != offset:
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if utc_offset(middle, zone) == offset else (low, middle)
            return high.replace(microsecond=0)
        low = high
    return None


def is_even(day: datetime, zone: tzinfo) -> bool:
    """Whether the clocks change neither on `day` nor within two days of it: no change has ever skipped more."""
    before, after = (utc_offset((day + timedelta(days=days)).replace(tzinfo=UTC), zone) for days in (-2, 3))
    return before == after
