from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.support.cron import BERLIN, at, following

from llmstxt_sched.domain.schedule import (
    Cron,
    Note,
    Occurrence,
    calculate_next_run_time,
    occurrences_within,
)


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        (at(2026, 10, 25), [at(2026, 10, 24, 0), at(2026, 10, 25, 0), at(2026, 10, 26, 1)]),
        (at(2027, 3, 28), [at(2027, 3, 27, 1), at(2027, 3, 28, 1), at(2027, 3, 29, 0)]),
    ],
)
def test_a_nightly_schedule_runs_once_a_day_when_the_clocks_move(night: datetime, expected: list[datetime]) -> None:
    around = (night - timedelta(days=1, hours=12), night + timedelta(days=1, hours=12))
    assert occurrences_within(Cron("0 2 * * *", BERLIN), *around) == expected


@pytest.mark.parametrize(
    ("expression", "after", "due", "note"),
    [
        ("30 2 * * *", at(2027, 3, 28), at(2027, 3, 28, 1), "skipped"),
        ("30 2 * * *", at(2026, 10, 24, 22), at(2026, 10, 25, 0, 30), "repeated"),
        ("30 4 * * *", at(2026, 10, 24, 22), at(2026, 10, 25, 3, 30), None),
        ("*/30 2 * * *", at(2026, 10, 25, 0, 59), at(2026, 10, 25, 1), "repeated"),
    ],
)
def test_an_occurrence_says_what_the_clocks_do_to_it(
    expression: str, after: datetime, due: datetime, note: Note | None
) -> None:
    assert following(expression, BERLIN, after, 1) == [Occurrence(due, note)]


def test_spring_forward_skips_the_missing_hour_for_a_wildcard() -> None:
    found = occurrences_within(Cron("*/30 * * * *", BERLIN), at(2027, 3, 28, 0, 15), at(2027, 3, 28, 1, 45))
    assert found == [at(2027, 3, 28, 0, 30), at(2027, 3, 28, 1), at(2027, 3, 28, 1, 30)]
    in_the_hour = following("*/20 2 * * *", BERLIN, at(2027, 3, 27, 12), 1)
    assert in_the_hour == [Occurrence(at(2027, 3, 29, 0))]


def test_autumn_gives_a_wildcard_both_hours() -> None:
    found = occurrences_within(Cron("0 * * * *", BERLIN), at(2026, 10, 24, 23, 30), at(2026, 10, 25, 2, 30))
    assert found == [at(2026, 10, 25, 0), at(2026, 10, 25, 1), at(2026, 10, 25, 2)]


def test_several_wall_times_in_one_gap_are_one_occurrence() -> None:
    found = following("0,15,30 2,3 * * *", BERLIN, at(2027, 3, 28, 0), 3)
    assert [each.at for each in found] == [at(2027, 3, 28, 1), at(2027, 3, 28, 1, 15), at(2027, 3, 28, 1, 30)]


@pytest.mark.parametrize(("minute", "is_past"), [(29, False), (31, True)])
def test_a_wall_time_is_over_in_the_second_hour_once_the_first_showed_it(minute: int, is_past: bool) -> None:
    first_hour, second_hour = at(2026, 10, 25, 0, minute), at(2026, 10, 25, 1, minute)
    tomorrow = at(2026, 10, 26, 1, 30)
    assert calculate_next_run_time("30 2 * * *", BERLIN, second_hour) == tomorrow
    assert calculate_next_run_time("30 2 * * *", BERLIN, first_hour) == (
        tomorrow if is_past else at(2026, 10, 25, 0, 30)
    )


def test_an_occurrence_is_later_than_the_time_asked_for_to_the_microsecond() -> None:
    due = at(2026, 7, 2, 2)
    assert calculate_next_run_time("0 2 * * *", "UTC", due) == due + timedelta(days=1)
    assert calculate_next_run_time("0 2 * * *", "UTC", due - timedelta(microseconds=1)) == due


def test_a_day_that_the_zone_left_out_is_no_day_of_a_wildcard() -> None:
    """Samoa had no 30 December 2011."""
    found = following("*/30 12 30 12 *", "Pacific/Apia", at(2011, 12, 1), 1)
    assert found == [Occurrence(at(2012, 12, 29, 22))]


def test_occurrences_within_leave_out_the_start_and_hold_the_end() -> None:
    schedule = Cron("0 * * * *", "UTC")
    assert occurrences_within(schedule, at(2026, 1, 1, 1), at(2026, 1, 1, 3)) == [at(2026, 1, 1, 2), at(2026, 1, 1, 3)]
    assert occurrences_within(schedule, at(2026, 1, 1, 3), at(2026, 1, 1, 1)) == []
