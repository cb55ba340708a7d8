"""Wall clocks: what an instant shows in a zone, and which instant shows a wall time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

# Zones move their clocks for a month at least (Morocco in Ramadan), so no move hides in a stride.
STRIDE = timedelta(days=7)

Note = Literal["skipped", "repeated"]


def wall_time(at: datetime, zone: tzinfo) -> datetime:
    """What the clocks of `zone` show at an instant."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def utc_offset(at: datetime, zone: tzinfo) -> timedelta:
    """How far the clocks of `zone` are ahead of UTC at an instant."""
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101  (a ZoneInfo always knows it)
    return offset


def first_instant(wall: datetime, zone: tzinfo) -> tuple[datetime, Note | None]:
    """The first instant that shows `wall`; in a gap the first one after the gap."""
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_time(at, zone) != wall:
        before = at - STRIDE
        return next_move(before, at + STRIDE, zone) or at, "skipped"
    return at, "repeated" if is_repeated(at, zone) else None


def is_repeated(at: datetime, zone: tzinfo) -> bool:
    """Whether the clocks of `zone` show the wall time of this instant twice."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def next_move(start: datetime, end: datetime, zone: tzinfo) -> datetime | None:
    """The first instant in (start, end], to the second, whose offset is not that of `start`."""
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
    """Whether the clocks don't move on this day, nor two days before or after: no zone has left out more."""
    before, after = (utc_offset((day + timedelta(days=days)).replace(tzinfo=UTC), zone) for days in (-2, 3))
    return before == after
