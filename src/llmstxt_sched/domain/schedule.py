"""Cron expressions in a time zone: which are accepted, when they fall due, how they read.

The wall times come from croniter; what a wall time means on the nights when the clocks move is decided
here, because croniter 7 fires `0 2 * * *` twice in autumn and moves wildcards in spring:

* a *fixed* expression (minute and hour don't begin with `*`) runs once for one local wall time: the first
  of two in autumn, the first valid instant after the gap in spring;
* any other follows real time: each instant whose wall clock matches, both of two in autumn, none in the gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from itertools import dropwhile, pairwise, takewhile
from typing import Literal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, available_timezones

from cron_descriptor import CasingTypeEnum, ExpressionDescriptor, FormatError, Options
from croniter import croniter
from croniter.croniter import CroniterError
from msgspec import Struct

from llmstxt_sched.errors import InvalidInput

ALIASES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
MAX_LENGTH = 100
# A leap day is at most four years away but around 2100; croniter gives up after this many years.
MAX_YEARS = 4
NAMES = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)\b")
# What is left once the names are out: croniter also takes R, H, W and ?, which mean something else elsewhere.
FIELD = re.compile(r"(?:[0-9]{1,2}(?![0-9])|[*,/#Ll-])*")
# Zones move their clocks for a month at least (Morocco in Ramadan), so no move hides in a stride.
STRIDE = timedelta(days=7)
DAY_MINUTES = 24 * 60
RESOLUTION = timedelta(microseconds=1)

Note = Literal["skipped", "repeated"]


class Schedule(Struct, frozen=True):
    """A cron expression (five fields or an alias) and the IANA zone that it is read in."""

    expression: str
    zone: str

    @property
    def fields(self) -> str:
        """The five fields, aliases resolved."""
        return ALIASES.get(self.expression.strip().lower(), self.expression)

    @property
    def is_fixed(self) -> bool:
        """Whether it names wall times, rather than following real time."""
        minute, hour = self.fields.split()[:2]
        return not (minute.startswith("*") or hour.startswith("*"))


class Range(Struct, frozen=True):
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
    return _following(Schedule(expression, zone), after.astimezone(UTC).replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _following(schedule: Schedule, minute: datetime) -> datetime | None:
    """The search takes longer than the rest of a run's settle, and many projects have the same schedule."""
    found = next(occurrences(schedule, minute), None)
    return found.at if found else None


def occurrences(schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
    """Every occurrence later than `after`, in order, until none follows within four years."""
    zone = ZoneInfo(schedule.zone)
    return (_fixed if schedule.is_fixed else _in_real_time)(schedule.fields, zone, after.astimezone(UTC))


def occurrences_within(schedule: Schedule, after: datetime, until: datetime) -> list[datetime]:
    """The occurrences in (after, until]."""
    walk = (occurrence.at for occurrence in occurrences(schedule, after))
    return list(takewhile(lambda at: at <= until, walk))


def range_within(schedule: Schedule, after: datetime, until: datetime) -> Range | None:
    """The occurrences in (after, until] as a range, None where there are none.

    Counted by the day, because there may be a million of them: only around moves of the clocks each is looked at.
    """
    # Mostly there is none, which is remembered.
    first = calculate_next_run_time(schedule.expression, schedule.zone, after)
    if first is None or first > until:
        return None
    zone, times = ZoneInfo(schedule.zone), _times(schedule.fields)
    last, count, is_behind = after, 0, True
    for day in _days(schedule.fields, _wall(after, zone)):
        begin, end = (_first_instant(day + timedelta(days=days), zone)[0] for days in (0, 1))
        if end > until:
            break
        if begin <= after or not _is_even(day, zone):
            is_behind = True
            continue
        if is_behind:
            count += len(occurrences_within(schedule, last, begin - RESOLUTION))
        count, is_behind = count + len(times), False
        last = begin + (datetime.combine(day, times[-1]) - day)
    rest = occurrences_within(schedule, last, until)
    return Range(first, rest[-1] if rest else last, count + len(rest))


def _is_even(day: datetime, zone: tzinfo) -> bool:
    """Whether the clocks don't move on this day, nor two days before or behind it: no zone has left out more."""
    before, behind = (_offset((day + timedelta(days=days)).replace(tzinfo=UTC), zone) for days in (-2, 3))
    return before == behind


def _walls(fields: str, start: datetime) -> Iterator[datetime]:
    """Every wall time later than `start`."""
    times = _times(fields)
    walls = (datetime.combine(day, at) for day in _days(fields, start) for at in times)
    return dropwhile(lambda wall: wall <= start, walls)


def _days(fields: str, start: datetime) -> Iterator[datetime]:
    """Every day from that of `start` on.

    Not every time of it: croniter takes as long for each, and a schedule may have stood still for years.
    """
    days = copy(_parsed(" ".join(["0 0", *fields.split()[2:]])))
    days.set_current(datetime.combine(start, time.min) - timedelta(seconds=1))
    try:
        while True:
            yield days.get_next(datetime)
    except CroniterError:
        return


@lru_cache(maxsize=4096)
def _parsed(fields: str) -> croniter:
    """The expression read, to be copied: reading takes as long as several steps, and an expression is read often."""
    return croniter(fields, max_years_between_matches=MAX_YEARS)


@lru_cache(maxsize=4096)
def _times(fields: str) -> tuple[time, ...]:
    """The times of a day, in order."""
    minutes, hours = (_numbers(found, size) for found, size in zip(croniter.expand(fields)[0], (60, 24), strict=False))
    return tuple(time(hour, minute) for hour in hours for minute in minutes)


def _fixed(fields: str, zone: tzinfo, after: datetime) -> Iterator[Occurrence]:
    last = after
    for wall in _walls(fields, _wall(after, zone)):
        at, note = _first_instant(wall, zone)
        if at > last:
            last = at
            yield Occurrence(at, note)


def _in_real_time(fields: str, zone: tzinfo, after: datetime) -> Iterator[Occurrence]:
    start, wall = after, _wall(after, zone)
    while True:
        offset = _offset(start, zone)
        for due in _walls(fields, wall):
            at = (due - offset).replace(tzinfo=UTC)
            moved = _next_move(start, at, zone)
            if moved:
                # The walls are read anew from the move on, its own instant included.
                start, wall = moved, _wall(moved, zone) - timedelta(seconds=1)
                break
            start = at
            yield Occurrence(at, "repeated" if _is_repeated(at, zone) else None)
        else:
            return


def _wall(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _offset(at: datetime, zone: tzinfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101  (a ZoneInfo always knows it)
    return offset


def _first_instant(wall: datetime, zone: tzinfo) -> tuple[datetime, Note | None]:
    """The first instant that shows `wall`; in a gap the first one after the gap."""
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _wall(at, zone) != wall:
        before = at - STRIDE
        return _next_move(before, at + STRIDE, zone) or at, "skipped"
    return at, "repeated" if _is_repeated(at, zone) else None


def _is_repeated(at: datetime, zone: tzinfo) -> bool:
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _next_move(start: datetime, end: datetime, zone: tzinfo) -> datetime | None:
    """The first instant in (start, end], to the second, whose offset is not that of `start`."""
    offset, low = _offset(start, zone), start
    while low < end:
        high = min(low + STRIDE, end)
        if _offset(high, zone) != offset:
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(middle, zone) == offset else (low, middle)
            return high.replace(microsecond=0)
        low = high
    return None


def job_id(project_id: UUID, scheduled_for: datetime) -> UUID:
    """The id of the run of one occurrence: the same on every replica (RFC 9562, section 5.5)."""
    return uuid5(project_id, scheduled_for.astimezone(UTC).isoformat())


def jitter(project_id: UUID, most: int) -> timedelta:
    """How much later than its nominal time a project's run is due: the same each time, below `most` seconds."""
    return timedelta(seconds=project_id.int % most if most else 0)


def stale_after(schedule: Schedule, following: datetime) -> datetime:
    """When a document is stale that is to be made again at the occurrence `following`: half a period after that."""
    second = calculate_next_run_time(schedule.expression, schedule.zone, following)
    return following + (second - following) / 2 if second else following


def describe(schedule: Schedule) -> str:
    """The schedule in words, for instance "At 02:00, only on Sunday"; as it is written where there are none for it."""
    options = Options()
    options.use_24hour_time_format = True
    options.casing_type = CasingTypeEnum.Sentence
    try:
        return str(ExpressionDescriptor(schedule.fields, options))
    except FormatError:
        # A list with a star in it, such as `*/6,3`, is good cron.
        return schedule.expression


def check_schedule(expression: str, zone: str, now: datetime, min_period: float) -> Schedule:
    """The schedule, if a user may have it; else InvalidInput that says what is wrong.

    `min_period` is the least number of seconds between two occurrences by the wall clock.
    """
    check_zone(zone)
    schedule = Schedule(" ".join(expression.split()), zone)
    _check_form(schedule, expression)
    never = not croniter.is_valid(schedule.fields, strict=True)
    if never or calculate_next_run_time(schedule.expression, zone, now) is None:
        raise InvalidInput("cron_expression", f"{expression!r} is not due on any day of the next {MAX_YEARS} years")
    period = _shortest_period(schedule.fields)
    if period * 60 < min_period:
        raise InvalidInput(
            "cron_expression",
            f"{expression!r} runs every {period * 60} seconds at its closest; the least is {min_period:g}",
        )
    return schedule


def check_zone(zone: str) -> None:
    """Raises InvalidInput unless `zone` is an IANA time zone."""
    if zone not in _zones():
        raise InvalidInput("timezone", f"{zone[:50]!r} is not an IANA time zone such as Europe/Berlin")


@cache
def _zones() -> frozenset[str]:
    """Every zone by its name; without the two names of a zone that says nothing, or of this machine's own."""
    return frozenset(available_timezones()) - {"Factory", "localtime"}


def _check_form(schedule: Schedule, given: str) -> None:
    fields = schedule.fields
    if (
        len(given) > MAX_LENGTH
        or len(fields.split()) != 5
        or not all(map(FIELD.fullmatch, NAMES.sub("", fields).split()))
        or not croniter.is_valid(fields)
    ):
        raise InvalidInput(
            "cron_expression",
            f"{given[:MAX_LENGTH]!r} is not a cron expression of five fields (minute hour day month weekday, "
            f"at most {MAX_LENGTH} characters) or one of {', '.join(ALIASES)}",
        )


def _shortest_period(fields: str) -> int:
    """Minutes between the two closest occurrences."""
    of_day = [at.hour * 60 + at.minute for at in _times(fields)]
    within_days = min((b - a for a, b in pairwise(of_day)), default=DAY_MINUTES)
    over_midnight = of_day[0] + DAY_MINUTES - of_day[-1]
    if over_midnight < within_days and _runs_on_adjacent_days(fields):
        return over_midnight
    return within_days


def _numbers(values: list[int | Literal["*", "l"]], size: int) -> list[int]:
    return list(range(size)) if "*" in values else sorted(value for value in values if isinstance(value, int))


def _runs_on_adjacent_days(fields: str) -> bool:
    # Any start will do: four years hold every pattern of month, day and weekday that repeats within them.
    start = datetime(2024, 1, 1)  # noqa: DTZ001  (a wall time has no zone)
    days = takewhile(lambda day: day.year < start.year + MAX_YEARS, _days(fields, start))
    return any(b - a == timedelta(days=1) for a, b in pairwise(days))
