from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from llmstxt_sched.domain.notifications.mail_options import (
    Digest,
    MailOptions,
    Weekday,
    next_digest_at,
    read_mail_options,
)
from llmstxt_sched.errors import InvalidInput


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"timezone": "Berlin"}, "timezone"),
        ({"timezone": None}, "timezone"),
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_until": "07:00"}, "quiet_from"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "quiet_until"),
        ({"quiet_from": "24:00", "quiet_until": "07:00"}, "quiet_from"),
        ({"quiet_from": "22:00", "quiet_until": "7:00"}, "quiet_until"),
        ({"digest": "hourly"}, "digest"),
        ({"digest_hour": 24}, "digest_hour"),
        ({"digest_hour": "8"}, "digest_hour"),
        ({"digest_day": "someday"}, "digest_day"),
        ({"incidents": 1}, "incidents"),
        ({"more": 1}, "more"),
    ],
)
def test_options_that_cannot_be_followed_are_refused_and_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_mail_options(wrong)
    assert [name for name, _ in refused.value.errors] == [f"options.{field}"]


def test_options_are_stored_with_those_that_were_not_named() -> None:
    stored = read_mail_options({"digest": "weekly"})
    assert stored == {
        "timezone": "UTC",
        "quiet_from": None,
        "quiet_until": None,
        "digest": "weekly",
        "digest_hour": 8,
        "digest_day": "monday",
        "incidents": True,
    }


def test_without_a_digest_none_is_due() -> None:
    assert next_digest_at(MailOptions(), utc(2026, 11, 27)) is None


def test_a_weekly_digest_is_due_on_its_day() -> None:
    options = MailOptions(digest=Digest.WEEKLY, digest_day=Weekday.SUNDAY, digest_hour=7, timezone="Asia/Tokyo")
    due = next_digest_at(options, utc(2026, 11, 27))
    assert due == utc(2026, 11, 28, 22)


@pytest.mark.parametrize(
    ("zone", "hour", "eve", "due"),
    [
        # The clocks skip the hour: at the first instant after it.
        ("Europe/Berlin", 2, utc(2027, 3, 28), utc(2027, 3, 28, 1)),
        ("America/New_York", 2, utc(2027, 3, 14), utc(2027, 3, 14, 7)),
        # They show it twice: at the first of both.
        ("Europe/Berlin", 2, utc(2027, 10, 31), utc(2027, 10, 31, 0)),
        ("America/New_York", 1, utc(2027, 11, 7), utc(2027, 11, 7, 5)),
        # At another hour of that day, as its clocks show it.
        ("Europe/Berlin", 8, utc(2027, 3, 28), utc(2027, 3, 28, 6)),
        ("America/New_York", 8, utc(2027, 11, 7), utc(2027, 11, 7, 13)),
    ],
)
def test_over_a_night_when_the_clocks_change_a_digest_is_due_once(
    zone: str, hour: int, eve: datetime, due: datetime
) -> None:
    options = MailOptions(timezone=zone, digest=Digest.DAILY, digest_hour=hour)
    first = next_digest_at(options, eve - timedelta(hours=8))
    assert first == due
    following = next_digest_at(options, first)
    assert following is not None
    assert following - first in {timedelta(hours=23), timedelta(hours=24), timedelta(hours=25)}


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"more": 1, "digest": "hourly", "digest_hour": 24}, ["more", "digest", "digest_hour"]),
        ({"timezone": "Berlin", "quiet_from": "22:00"}, ["timezone", "quiet_until"]),
    ],
)
def test_all_options_that_cannot_be_followed_are_named(wrong: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_mail_options(wrong)
    assert [name for name, _ in refused.value.errors] == [f"options.{field}" for field in fields]
