from __future__ import annotations

import pytest
from croniter import croniter
from tests.support.cron import BERLIN, NOW, at, following

from llmstxt_sched.domain.schedule import (
    Cron,
    check_cron,
    describe,
)


@pytest.mark.parametrize(
    ("expression", "is_fixed"),
    [("0 2 * * *", True), ("0 0-4/2 * * *", True), ("@daily", True), ("*/5 2 * * *", False), ("0 */2 * * *", False)],
)
def test_a_star_in_minute_or_hour_follows_real_time(expression: str, is_fixed: bool) -> None:
    assert Cron(expression, "UTC").is_fixed is is_fixed


@pytest.mark.parametrize(
    ("expression", "fields"),
    [
        ("0 2 * * 4-4", "0 2 * * 4"),
        ("30-30 16-16/2 * * *", "30 16 * * *"),
        ("05-5 2 1-1 jan-jan mon-1", "5 2 1 1 1"),
        ("0 2,2-2 * * 7-0,sun-sun", "0 2 * * 7,0"),
        ("0 22-2 1-31 * 0-7", "0 22-2 1-31 * 0-7"),
        ("0 2 * * sun-7", "0 2 * * sun-7"),
        ("0 2 31-L * FRI-fri#2", "0 2 31 * 5#2"),
        ("0 2 * * 7-sun/3", "0 2 * * 7"),
    ],
)
def test_a_range_of_one_value_is_that_value(expression: str, fields: str) -> None:
    assert Cron(expression, "UTC").fields == fields


def test_a_range_of_one_value_is_due_then_alone() -> None:
    thursdays = [at(2026, 7, 2, 2), at(2026, 7, 9, 2), at(2026, 7, 16, 2)]
    assert [each.at for each in following("0 2 * * 4-4", "UTC", NOW, 3)] == thursdays
    assert describe(Cron("0 2 * * thu-4", "UTC")) == "At 02:00, only on Thursday"


def test_a_schedule_reads_as_words() -> None:
    assert describe(Cron("0 2 * * 0", BERLIN)) == "At 02:00, only on Sunday"
    assert describe(Cron("@hourly", "UTC")) == "Every hour"
    assert describe(Cron("0 2 * * *", BERLIN)) == "Every day at 02:00"
    assert describe(Cron("0 2,8,14 * * *", BERLIN)) == "Every day at 02:00, 08:00 and 14:00"
    assert describe(Cron("5 * * * *", "UTC")) == "At 5 minutes past the hour"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("*/45 * * * *", "At 0 and 45 minutes past the hour"),
        ("*/90 * * * *", "Every hour"),
        ("10-20/30 * * * *", "At 10 minutes past the hour"),
        ("0 */25 * * *", "Every day at 00:00"),
        ("0 */16 * * *", "Every day at 00:00 and 16:00"),
        ("0 2 */31 * *", "At 02:00, on day 1 of the month"),
        ("0 2 */20 * *", "At 02:00, on day 1 and 21 of the month"),
        ("0 2 1 */7 *", "At 02:00, on day 1 of the month, only in January and August"),
        ("0 2 * * */5", "At 02:00, only on Sunday and Friday"),
        ("0 2 */1 * *", "Every day at 02:00"),
        ("0 2 l * *", "At 02:00, on the last day of the month"),
        ("0 2 * * l5", "At 02:00, on the last Friday of the month"),
        ("0 2 * * L1,L5", "At 02:00, on the last Monday and Friday of the month"),
        ("5 4 * jan sun", "At 04:05, only on Sunday, only in January"),
        ("0 2 * */1 */1", "Every day at 02:00"),
        ("*/30 * * * *", "Every 30 minutes"),
        ("0 */12 * * *", "Every 12 hours"),
        ("*/7 * * * *", "Every 7 minutes"),
        ("0 2 * * mon-fri/2", "At 02:00, every 2 days of the week, Monday through Friday"),
    ],
)
def test_what_is_seldom_written_reads_as_when_it_is_due(expression: str, words: str) -> None:
    assert describe(Cron(expression, "UTC")) == words


@pytest.mark.parametrize(
    "expression",
    ["0 */6,3 * * *", "0 0 * * *,1", "5 0 * *,3 *", "0 2 * * 1#1,3#2", "0 2 L,15 * *", "0 2 15,l * *", "55-4 2 * * *"],
)
def test_a_schedule_that_has_no_words_is_shown_as_it_is_written(expression: str) -> None:
    assert describe(check_cron(expression, "UTC", at(2026, 1, 1), 60)) == expression


@pytest.mark.parametrize(
    "expression", ["0 2 * * 0-7", "0 2 * * sun-7", "0 2 * * 5-4", "0 2 28-L * *", "0 22-2 * * *", "0 2 * * 4-4 4-4"]
)
def test_a_range_that_is_read_rightly_stays_as_it_is(expression: str) -> None:
    assert Cron(expression, "UTC").fields == expression


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "least", "most", "size"),
    [
        (0, 0, 59, 60),
        (1, 0, 23, 24),
        (2, 1, 31, 31),
        (3, 1, 12, 12),
        (4, 0, 7, 7),
    ],
)
@pytest.mark.parametrize("step", [1, 2, 3, 5, 7])
def test_a_range_counts_on_after_the_end_of_its_field(place: int, least: int, most: int, size: int, step: int) -> None:
    for low in range(least, most + 1):
        for high in range(least, most + 1):
            fields = ["0", "0", "*", "*", "*"]
            fields[place] = f"{low}-{high}" + (f"/{step}" if step > 1 else "")
            is_single = (low - high) % size == 0 and low >= high
            end = low if is_single else high + size * (low > high)
            counted = {(number - least) % size + least for number in range(low, end + 1, step)}
            read = croniter.expand(Cron(" ".join(fields), "UTC").fields)[0][place]
            assert set(range(least, least + size) if read == ["*"] else read) == counted, fields
