"""When somebody wants mail: about incidents at once, a digest of what changed, and at which hours none."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from llmstxt_sched.domain.schedule import calculate_next_run_time, check_zone
from llmstxt_sched.errors import Faults, InvalidInput

# A time of day, 00:00 to 23:59.
ClockTime = Annotated[str, Meta(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$")]
Hour = Annotated[int, Meta(ge=0, le=23)]


class Digest(StrEnum):
    """How often what changed is told."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"


# No digest is planned for later than this from now, but by a clock that was ahead.
MOST_AHEAD = {Digest.DAILY: timedelta(days=2), Digest.WEEKLY: timedelta(days=8)}


class Weekday(StrEnum):
    """A day of the week, Sunday first as cron counts them."""

    SUNDAY = "sunday"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"


class MailOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a target of mail; all times are by the clocks of `timezone`.

    Nothing is sent from `quiet_from` until `quiet_until`, which may be on the next day; what happens in between is told
    afterwards.  `incidents` says whether trouble is told at once.
    """

    timezone: str = "UTC"
    quiet_from: ClockTime | None = None
    quiet_until: ClockTime | None = None
    digest: Digest = Digest.NONE
    digest_hour: Hour = 8
    digest_day: Weekday = Weekday.MONDAY
    incidents: bool = True


_NEEDS = {
    "timezone": "must be an IANA time zone such as Europe/Berlin",
    "quiet_from": "must be a time of day such as 22:00, or null",
    "quiet_until": "must be a time of day such as 07:00, or null",
    "digest": f"must be one of {', '.join(Digest)}",
    "digest_hour": "must be a whole hour from 0 to 23",
    "digest_day": f"must be one of {', '.join(Weekday)}",
    "incidents": "must be true or false",
}


def read_mail_options(given: dict[str, Any]) -> dict[str, Any]:
    """The options as they are stored, each of them named.  Raises InvalidInput for what cannot be followed."""
    faults = Faults()
    for name, value in given.items():
        if name not in _NEEDS:
            faults.note(f"options.{name[:100]}", f"is no option of mail, which are {', '.join(_NEEDS)}")
            continue
        try:
            msgspec.convert({name: value}, MailOptions)
        except msgspec.ValidationError:
            faults.note(f"options.{name}", _NEEDS[name])
    faults.tell()
    options = msgspec.convert(given, MailOptions)
    _check(options)
    stored: dict[str, Any] = msgspec.to_builtins(options)
    return stored


def _check(options: MailOptions) -> None:
    faults = Faults()
    try:
        check_zone(options.timezone)
    except InvalidInput:
        faults.note("options.timezone", _NEEDS["timezone"])
    if (options.quiet_from is None) != (options.quiet_until is None):
        missing = "quiet_from" if options.quiet_from is None else "quiet_until"
        faults.note(f"options.{missing}", "is needed too: quiet hours have a beginning and an end")
    if options.quiet_from is not None and options.quiet_from == options.quiet_until:
        faults.note("options.quiet_until", "must differ from quiet_from, or no mail would ever be sent")
    faults.tell()


def is_digest_due(digest: Digest, planned: datetime, now: datetime) -> bool:
    """Whether a digest that is planned for `planned` is due."""
    return digest is not Digest.NONE and not now < planned <= now + MOST_AHEAD[digest]


def next_digest_at(options: MailOptions, after: datetime) -> datetime | None:
    """The first time after `after` at which a digest is due, in UTC; None if none is wanted.

    On a night when the clocks change it is due once, as any schedule at a fixed hour.
    """
    if options.digest is Digest.NONE:
        return None
    day = list(Weekday).index(options.digest_day) if options.digest is Digest.WEEKLY else "*"
    return calculate_next_run_time(f"0 {options.digest_hour} * * {day}", options.timezone, after)
