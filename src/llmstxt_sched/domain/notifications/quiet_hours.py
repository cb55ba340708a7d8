"""Quiet hours: the instants of a day, by the clocks of a zone, at which no mail is sent."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from llmstxt_sched.domain.notifications.mail_options import MailOptions
from llmstxt_sched.domain.schedule.wall_clock import first_instant, wall_time

DAY = timedelta(days=1)


def quiet_end(options: MailOptions, at: datetime) -> datetime | None:
    """When the quiet hours around the instant `at` end, in UTC; None if it lies in none.

    They begin and end at the first instant that the clocks show, or after the gap in which they would have: what the
    clocks show twice does not begin them anew.
    """
    if options.quiet_from is None or options.quiet_until is None:
        return None
    zone = ZoneInfo(options.timezone)
    begin, end = time.fromisoformat(options.quiet_from), time.fromisoformat(options.quiet_until)
    today = wall_time(at, zone)
    for first in (today - DAY, today):
        last = first if begin < end else first + DAY
        (begins, _), (ends, _) = (
            first_instant(datetime.combine(day, clock), zone) for day, clock in ((first, begin), (last, end))
        )
        if begins <= at < ends:
            return ends
    return None
