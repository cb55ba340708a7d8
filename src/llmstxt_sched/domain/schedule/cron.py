"""Cron expressions: five fields or an alias, as croniter reads them, and their description in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import datetime, time, timedelta
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from cron_descriptor import CasingTypeEnum, ExpressionDescriptor, FormatError, Options
from croniter import croniter
from croniter.croniter import CroniterError
from msgspec import Struct

ALIASES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
# croniter stops searching after this many years: a leap day is at most four years away, except around 2100.
MAX_YEARS = 4
# Where the day stands among the fields, and how many numbers are read more easily than the step that leads to them.
_DAY, _FEW = 2, 2
_CLOCK = re.compile(r"^At (?=\d\d:)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# A range with its step, or with its week of the month.
_RANGE = re.compile(
    r"(?P<low>[0-9]{1,2}|[a-z]{3})-(?P<high>[0-9]{1,2}|[a-z]{3}|l)(?:/(?P<step>[0-9]{1,2})|(?P<week>#[0-9]))?"
)


class _Field(NamedTuple):
    """How many values a field has, the numbers written for them, and the names of some."""

    size: int
    numbers: range
    names: Mapping[str, int]


_FIELDS = (
    _Field(60, range(60), {}),
    _Field(24, range(24), {}),
    _Field(31, range(1, 32), {"l": 31}),
    _Field(12, range(1, 13), {name: number for number, name in enumerate(_MONTHS, 1)}),
    _Field(7, range(8), {name: number for number, name in enumerate(_WEEKDAYS)}),
)


class Cron(Struct, frozen=True):
    """A cron expression (five fields or an alias) and the IANA time zone that applies to it."""

    expression: str
    zone: str

    @property
    def fields(self) -> str:
        """The five fields, with aliases resolved, and without the ranges that croniter reads wrongly."""
        return _resolved(self.expression)

    @property
    def is_fixed(self) -> bool:
        """Whether it names fixed wall times instead of following real time; see `occurrences`."""
        minute, hour = self.fields.split()[:2]
        return not (minute.startswith("*") or hour.startswith("*"))


@lru_cache(maxsize=4096)
def _resolved(expression: str) -> str:
    fields = ALIASES.get(expression.strip().lower(), expression).split()
    if len(fields) != len(_FIELDS):
        return expression
    items = (map(partial(_plain, field), text.split(",")) for field, text in zip(_FIELDS, fields, strict=True))
    return " ".join(",".join(dict.fromkeys(each)) for each in items)


def _plain(field: _Field, item: str) -> str:
    """An item of a field's list without a range of one value, or a step in a range that passes the field's end.

    croniter takes the first (`4-4`, `mon-mon`) for all values, and counts on wrongly after the end in the second
    (the hours `23-4/2` are 23, 2 and 4 instead of 23, 1 and 3).
    """
    found = _RANGE.fullmatch(item.lower())
    low, high = (_number(field, found[end]) if found else None for end in ("low", "high"))
    step = int(found["step"] or 1) if found else 0
    if not found or not step or low is None or high is None or low < high:
        return item
    if (low - high) % field.size == 0:
        return str(low) + (found["week"] or "")
    if not found["step"]:
        return item
    first = field.numbers[0]
    return ",".join(str((number - first) % field.size + first) for number in range(low, high + field.size + 1, step))


def _number(field: _Field, text: str) -> int | None:
    number = int(text) if text.isdigit() else field.names.get(text)
    return number if number in field.numbers else None


def matching_days(fields: str, start: datetime) -> Iterator[datetime]:
    """Each day, from that of `start` on, on which the expression is due; ends if none follows within MAX_YEARS.

    Days instead of single times, because croniter takes as long for each time as for each day, and a schedule may
    have been paused for years.
    """
    walk = copy(_parsed(" ".join(["0 0", *fields.split()[2:]])))
    walk.set_current(datetime.combine(start, time.min) - timedelta(seconds=1))
    try:
        while True:
            yield walk.get_next(datetime)
    except CroniterError:
        return


@lru_cache(maxsize=4096)
def times_of_day(fields: str) -> tuple[time, ...]:
    """The times of day at which the expression is due, in order."""
    minutes, hours = (_numbers(found, size) for found, size in zip(croniter.expand(fields)[0], (60, 24), strict=False))
    return tuple(time(hour, minute) for hour in hours for minute in minutes)


@lru_cache(maxsize=4096)
def _parsed(fields: str) -> croniter:
    """The parsed expression, to be copied by the caller; cached because parsing takes as long as several steps."""
    return croniter(fields, max_years_between_matches=MAX_YEARS)


def _numbers(values: list[int | Literal["*", "l"]], size: int) -> list[int]:
    return list(range(size)) if "*" in values else sorted(value for value in values if isinstance(value, int))


def _without_uneven_steps(fields: str) -> str:
    """The fields with what a step leads to, where that is every number, or one or two and not each half of the time.

    `*/45` is due at 0 and 45 minutes past each hour, and `*/90` at the hour: neither is "every" so many minutes.
    """
    texts = fields.split()
    for place, (text, values) in enumerate(zip(texts, croniter.expand(fields)[0], strict=True)):
        step = text.partition("/")[2]
        # Months are not equally long.
        is_even = place != _DAY and step.isdigit() and len(values) * int(step) == _FIELDS[place].size
        if step.isdigit() and len(values) <= _FEW and not is_even:
            texts[place] = ",".join(map(str, values))
    return " ".join(texts)


def _would_be_misread(fields: str) -> bool:
    """Whether the library has wrong words: it knows `#` and L but not in lists, and no minutes past an hour's end."""
    minute, _, day, _, weekday = fields.split()
    passes_end = any(int(low) > int(high) for low, high in re.findall(r"([0-9]+)-([0-9]+)", minute))
    return passes_end or ("," in weekday and "#" in weekday) or ("," in day and "L" in day)


# The library reads its texts from files for each expression, which takes half a millisecond; a list has up to 200.
@lru_cache(maxsize=10_000)
def describe(cron: Cron) -> str:
    """The expression in words, such as "Every day at 02:00"; as written if it cannot be described."""
    options = Options()
    options.use_24hour_time_format = True
    options.casing_type = CasingTypeEnum.Sentence
    # The library knows L in capitals alone.
    fields = _without_uneven_steps(cron.fields).upper()
    if _would_be_misread(fields):
        return cron.expression
    try:
        text = str(ExpressionDescriptor(fields, options))
    except FormatError:
        # Valid cron that the library cannot describe, such as a list with a star: `*/6,3`.
        return cron.expression
    # "At 02:00" alone leaves open on which days.
    is_daily = fields.split()[2:] == ["*"] * 3
    return _CLOCK.sub("Every day at ", text) if is_daily else text
