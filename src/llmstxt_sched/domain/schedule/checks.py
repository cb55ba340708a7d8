"""Checks which cron expressions and time zones are accepted from users."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from itertools import pairwise, takewhile
from zoneinfo import available_timezones

from croniter import croniter

from llmstxt_sched.domain.schedule.cron import ALIASES, MAX_YEARS, Cron, matching_days, times_of_day
from llmstxt_sched.domain.schedule.occurrences import calculate_next_run_time
from llmstxt_sched.errors import Faults, InvalidInput

MAX_LENGTH = 100
NAMES = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)\b")
# A field once its names are taken out.  croniter also accepts R, H, W and ?, which other crons read differently.
FIELD = re.compile(r"(?:[0-9]{1,2}(?![0-9])|[*,/#Ll-])*")
RANGES = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}
FORMS = "*, numbers, ranges such as 1-5, steps such as */15, and several of these by comma"
MORE_FORMS = {
    "day": ", or L for the last one",
    "month": ", and jan to dec",
    "weekday": ", and sun to sat; 5#2 is the second Friday of the month, L5 the last",
}
# A number that is no step, no count of weeks, and not that of a last weekday.
NUMBER = re.compile(r"(?<![/#Ll0-9])[0-9]+")
DAY_MINUTES = 24 * 60
# Until each day of the year, a leap day too, has been each weekday beside each other.
YEARS = 28


def check_cron(expression: str, zone: str, now: datetime, min_period: float) -> Cron:
    """Return the expression and its zone if they are accepted; else raises InvalidInput.

    `min_period` is the least number of seconds allowed between two occurrences by the wall clock.
    """
    faults = Faults()
    with faults:
        check_zone(zone)
    cron = Cron(" ".join(expression.split()), zone)
    with faults:
        _check_form(cron, expression)
        _check_days(cron.fields, expression)
    faults.tell()
    never = not croniter.is_valid(cron.fields, strict=True)
    *_, day, _, weekday = cron.fields.split()
    if never and weekday != "*":
        # By cron's rule either day is enough, so it would be due on all those weekdays, which hardly anybody means.
        raise InvalidInput(
            "cron_expression",
            f"{expression!r} names a day of the month, {day}, that none of its months has: write * in its place to run "
            f"on the weekdays {weekday} alone",
        )
    if never or calculate_next_run_time(cron.expression, zone, now) is None:
        raise InvalidInput("cron_expression", f"{expression!r} is not due on any day of the next {MAX_YEARS} years")
    period = _shortest_period(cron.fields, min_period / 60)
    if period * 60 < min_period:
        raise InvalidInput(
            "cron_expression",
            f"{expression!r} runs every {period * 60} seconds at its closest; at least {min_period:g} must lie between "
            "two runs",
        )
    return cron


def check_zone(zone: str) -> None:
    """Raise InvalidInput unless `zone` is an IANA time zone."""
    if zone not in _zones():
        raise InvalidInput("timezone", f"{zone[:50]!r} is not an IANA time zone such as Europe/Berlin")


@cache
def _zones() -> frozenset[str]:
    """The names of all zones, without "Factory", a placeholder, and "localtime", the zone of this machine."""
    return frozenset(available_timezones()) - {"Factory", "localtime"}


def _check_form(cron: Cron, given: str) -> None:
    fields = cron.fields if len(given) <= MAX_LENGTH else ""
    if wrong := _number_outside(fields) or _unread_field(fields):
        raise InvalidInput("cron_expression", wrong)
    if len(fields.split()) != len(RANGES) or not croniter.is_valid(fields):
        raise InvalidInput(
            "cron_expression",
            f"{given[:MAX_LENGTH]!r} is not a cron expression of five fields (minute hour day month weekday, "
            f"at most {MAX_LENGTH} characters) or one of {', '.join(ALIASES)}",
        )


def _check_days(fields: str, given: str) -> None:
    # croniter takes neither both days nor either, as with other weekdays.
    _, _, day, _, weekday = fields.split()
    if day != "*" and ("#" in weekday or "l" in weekday.lower()):
        raise InvalidInput(
            "cron_expression",
            f"{given!r} names a day of the month, {day}, beside the weekday {weekday}: only one of them can be named "
            "where the weekday has # or L",
        )


def _number_outside(fields: str) -> str | None:
    """Which number of a cron expression is no minute, hour, day, month or weekday, in a sentence."""
    if len(fields.split()) != len(RANGES):
        return None
    for (name, (least, most)), text in zip(RANGES.items(), fields.split(), strict=True):
        for number in NUMBER.findall(text):
            if not least <= int(number) <= most:
                return f"the {name} {number} is not between {least} and {most}"
    return None


def _unread_field(fields: str) -> str | None:
    """Which field of a cron expression cannot be read, and what it may be, in a sentence."""
    if len(fields.split()) != len(RANGES):
        return None
    for index, (name, text) in enumerate(zip(RANGES, fields.split(), strict=True)):
        alone = " ".join(text if place == index else "*" for place in range(len(RANGES)))
        if not FIELD.fullmatch(NAMES.sub("", text)) or not croniter.is_valid(alone):
            return f"the {name} {text!r} cannot be read: it may be {FORMS}{MORE_FORMS.get(name, '')}"
    return None


def _shortest_period(fields: str, enough: float) -> int:
    """The minutes between the two closest occurrences by the wall clock, or any number of them that is `enough`."""
    of_day = [at.hour * 60 + at.minute for at in times_of_day(fields)]
    within_days = min((b - a for a, b in pairwise(of_day)), default=YEARS * 366 * DAY_MINUTES)
    between_days = of_day[0] - of_day[-1]
    if between_days + DAY_MINUTES >= min(within_days, enough):
        return min(within_days, between_days + DAY_MINUTES)
    return min(within_days, between_days + _closest_days(fields) * DAY_MINUTES)


def _closest_days(fields: str) -> int:
    """The days from one on which the expression is due to the next, at their closest."""
    start = datetime(2024, 1, 1)  # noqa: DTZ001  (a wall time has no zone)
    days = takewhile(lambda day: day.year < start.year + YEARS, matching_days(fields, start))
    closest = YEARS * 366
    for day, following in pairwise(days):
        closest = min(closest, (following - day).days)
        if closest == 1:
            break
    return closest
