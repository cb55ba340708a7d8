from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from llmstxt_sched.domain.notifications.mail_options import MailOptions
from llmstxt_sched.domain.notifications.quiet_hours import quiet_end


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_without_quiet_hours_it_is_never_quiet() -> None:
    at = utc(2026, 11, 27, 3)
    assert quiet_end(MailOptions(), at) is None


@pytest.mark.parametrize(
    ("clock", "end"),
    [
        ((26, 20, 59), None),
        ((26, 21, 0), (27, 6, 0)),
        ((26, 23, 30), (27, 6, 0)),
        ((27, 5, 59), (27, 6, 0)),
        ((27, 6, 0), None),
        ((27, 12, 0), None),
    ],
)
def test_quiet_hours_over_midnight_are_those_of_the_zone(
    clock: tuple[int, int, int], end: tuple[int, int, int] | None
) -> None:
    # An hour behind Berlin in winter.
    options = MailOptions(timezone="Europe/Berlin", quiet_from="22:00", quiet_until="07:00")
    day, hour, minute = clock
    assert quiet_end(options, utc(2026, 11, day, hour, minute)) == (end and utc(2026, 11, *end))


def test_quiet_hours_within_a_day_end_on_it() -> None:
    options = MailOptions(timezone="America/New_York", quiet_from="12:00", quiet_until="13:30")
    assert quiet_end(options, utc(2026, 7, 1, 16, 30)) == utc(2026, 7, 1, 17, 30)
    assert quiet_end(options, utc(2026, 7, 1, 5)) is None


@pytest.mark.parametrize(
    ("zone", "quiet", "begins", "ends"),
    [
        # Skipped and repeated ends: Berlin's 02:00 to 03:00 on 28 March, New York's on 14 March; twice in autumn.
        ("Europe/Berlin", ("22:00", "02:30"), utc(2027, 3, 27, 21), utc(2027, 3, 28, 1)),
        ("Europe/Berlin", ("02:30", "07:00"), utc(2027, 3, 28, 1), utc(2027, 3, 28, 5)),
        ("Europe/Berlin", ("22:00", "02:30"), utc(2027, 10, 30, 20), utc(2027, 10, 31, 0, 30)),
        ("Europe/Berlin", ("02:30", "07:00"), utc(2027, 10, 31, 0, 30), utc(2027, 10, 31, 6)),
        ("America/New_York", ("23:00", "02:15"), utc(2027, 3, 14, 4), utc(2027, 3, 14, 7)),
        ("America/New_York", ("01:30", "06:00"), utc(2027, 11, 7, 5, 30), utc(2027, 11, 7, 11)),
    ],
)
def test_over_a_night_when_the_clocks_change_there_is_one_stretch(
    zone: str, quiet: tuple[str, str], begins: datetime, ends: datetime
) -> None:
    options = MailOptions(timezone=zone, quiet_from=quiet[0], quiet_until=quiet[1])
    minutes = [begins + timedelta(minutes=each) for each in range(-180, 15 * 60)]
    quiet_minutes = [at for at in minutes if quiet_end(options, at)]
    assert quiet_minutes == [at for at in minutes if begins <= at < ends]
    assert {quiet_end(options, at) for at in quiet_minutes} == {ends}
