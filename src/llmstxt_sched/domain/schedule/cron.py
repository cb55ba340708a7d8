"""Cron expressions: five fields or an alias, as croniter reads them, and their description in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Literal

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
_RANGE = re.compile(r"(\w+)-(\w+)(?:/\d+)?")
_MONTHS, _DAYS = "jan feb mar apr may jun jul aug sep oct nov dec", "sun mon tue wed thu fri sat"
_NAMED = {name: str(at) for names, least in ((_MONTHS, 1), (_DAYS, 0)) for at, name in enumerate(names.split(), least)}
# The place of this field.
_WEEKDAY = 4
_CLOCK = re.compile(r"^At (?=\d\d:)")


class Cron(Struct, frozen=True):
    """A cron expression (five fields or an alias) and the IANA time zone that applies to it."""

    expression: str
    zone: str

    @property
    def fields(self) -> str:
        """The five fields, with aliases and ranges of one value resolved."""
        return _resolved(self.expression)

    @property
    def is_fixed(self) -> bool:
        """Whether it names fixed wall times instead of following real time; see `occurrences`."""
        minute, hour = self.fields.split()[:2]
        return not (minute.startswith("*") or hour.startswith("*"))


@lru_cache(maxsize=4096)
def _resolved(expression: str) -> str:
    fields = ALIASES.get(expression.strip().lower(), expression).split()
    items = ((_without_range(item, at) for item in field.split(",")) for at, field in enumerate(fields))
    return " ".join(",".join(dict.fromkeys(field)) for field in items)


def _without_range(item: str, field: int) -> str:
    """The only value of a range such as `4-4`, of which croniter makes all that the field has; else the item itself."""
    found = _RANGE.fullmatch(item)
    if not found:
        return item
    first, last = (_NAMED.get(name.lower(), name.lstrip("0") or "0") for name in found.groups())
    is_sunday = field == _WEEKDAY and (first, last) == ("7", "0")
    return first if first == last or is_sunday else item


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


# The library reads its texts from files for each expression, which takes half a millisecond; a list has up to 200.
@lru_cache(maxsize=10_000)
def describe(cron: Cron) -> str:
    """The expression in words, such as "Every day at 02:00"; as written if it cannot be described."""
    options = Options()
    options.use_24hour_time_format = True
    options.casing_type = CasingTypeEnum.Sentence
    try:
        text = str(ExpressionDescriptor(cron.fields, options))
    except FormatError:
        # Valid cron that the library cannot describe, such as a list with a star: `*/6,3`.
        return cron.expression
    # "At 02:00" alone leaves open on which days.
    is_daily = cron.fields.split()[2:] == ["*"] * 3
    return _CLOCK.sub("Every day at ", text) if is_daily else text
