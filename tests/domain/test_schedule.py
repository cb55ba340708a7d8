from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

import pytest

from llmstxt_sched.domain.schedule import (
    ALIASES,
    Note,
    Occurrence,
    Schedule,
    calculate_next_run_time,
    check_schedule,
    check_zone,
    describe,
    jitter,
    job_id,
    occurrences,
    occurrences_within,
    stale_after,
)
from llmstxt_sched.errors import InvalidInput

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def following(expression: str, zone: str, after: datetime, count: int) -> list[Occurrence]:
    return list(islice(occurrences(Schedule(expression, zone), after), count))


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        (at(2026, 10, 25), [at(2026, 10, 24, 0), at(2026, 10, 25, 0), at(2026, 10, 26, 1)]),
        (at(2027, 3, 28), [at(2027, 3, 27, 1), at(2027, 3, 28, 1), at(2027, 3, 29, 0)]),
    ],
)
def test_a_nightly_schedule_runs_once_a_day_when_the_clocks_move(night: datetime, expected: list[datetime]) -> None:
    around = (night - timedelta(days=1, hours=12), night + timedelta(days=1, hours=12))
    assert occurrences_within(Schedule("0 2 * * *", BERLIN), *around) == expected


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
    found = occurrences_within(Schedule("*/30 * * * *", BERLIN), at(2027, 3, 28, 0, 15), at(2027, 3, 28, 1, 45))
    assert found == [at(2027, 3, 28, 0, 30), at(2027, 3, 28, 1), at(2027, 3, 28, 1, 30)]
    in_the_hour = following("*/20 2 * * *", BERLIN, at(2027, 3, 27, 12), 1)
    assert in_the_hour == [Occurrence(at(2027, 3, 29, 0))]


def test_autumn_gives_a_wildcard_both_hours() -> None:
    found = occurrences_within(Schedule("0 * * * *", BERLIN), at(2026, 10, 24, 23, 30), at(2026, 10, 25, 2, 30))
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
    schedule = Schedule("0 * * * *", "UTC")
    assert occurrences_within(schedule, at(2026, 1, 1, 1), at(2026, 1, 1, 3)) == [at(2026, 1, 1, 2), at(2026, 1, 1, 3)]
    assert occurrences_within(schedule, at(2026, 1, 1, 3), at(2026, 1, 1, 1)) == []


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_is_its_five_fields(alias: str) -> None:
    checked = check_schedule(alias.upper(), BERLIN, NOW, 300)
    assert calculate_next_run_time(checked.expression, BERLIN, NOW) == calculate_next_run_time(
        ALIASES[alias], BERLIN, NOW
    )


@pytest.mark.parametrize(
    ("expression", "is_fixed"),
    [("0 2 * * *", True), ("0 0-4/2 * * *", True), ("@daily", True), ("*/5 2 * * *", False), ("0 */2 * * *", False)],
)
def test_a_star_in_minute_or_hour_follows_real_time(expression: str, is_fixed: bool) -> None:
    assert Schedule(expression, "UTC").is_fixed is is_fixed


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "0 2 * *",
        "0 2 * * * *",
        "0 2 * * * * *",
        "60 2 * * *",
        "0 24 * * *",
        "0 2 32 * *",
        "0 2 * 13 *",
        "R 2 * * *",
        "0 H * * *",
        "0 2 15W * *",
        "0 2 ? * *",
        "@reboot",
        "@every 5m",
        "0 2 * * mon-",
        "*/0 * * * *",
        "-5 2 * * *",
        "0 2 * * 2026-01-01",
        "a" * 101,
        "0 2 * * " + "1," * 60 + "1",
        "\u0660 2 * * *",
        "0 2 * * *\u0000",
    ],
)
def test_what_is_no_cron_expression_of_five_fields_is_refused(expression: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_schedule(expression, "UTC", NOW, 0)
    assert refused.value.errors[0][0] == "cron_expression"


@pytest.mark.parametrize("expression", ["0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"])
def test_a_day_that_never_comes_is_refused(expression: str) -> None:
    with pytest.raises(InvalidInput, match="not due on any day"):
        check_schedule(expression, BERLIN, NOW, 300)


def test_a_leap_day_comes() -> None:
    checked = check_schedule("0 0 29 2 *", "UTC", NOW, 300)
    assert calculate_next_run_time(checked.expression, "UTC", NOW) == at(2028, 2, 29)


def test_white_space_and_names_are_read() -> None:
    checked = check_schedule("  0\t2   *  JAN-mar Mon,WED ", BERLIN, NOW, 300)
    assert checked == Schedule("0 2 * JAN-mar Mon,WED", BERLIN)


@pytest.mark.parametrize("zone", ["", "Nowhere/Here", "../../etc/passwd", "Europe", "CEST+1\0", "x" * 300])
def test_what_is_no_iana_zone_is_refused(zone: str) -> None:
    for check in (lambda: check_zone(zone), lambda: check_schedule("0 2 * * *", zone, NOW, 0)):
        with pytest.raises(InvalidInput) as refused:
            check()
        assert refused.value.errors[0][0] == "timezone"


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [
        ("* * * * *", 60),
        ("*/7 * * * *", 240),
        ("0,5 * * * *", 300),
        ("59 23 * * *", 86400),
        ("0,59 0,23 * * *", 60),
        ("0,59 0,23 1 * *", 3540),
        ("0 0,23 * * 1,2", 3600),
        ("0 0,23 * * 1,3", 82800),
    ],
)
def test_the_shortest_time_between_two_runs_is_the_limit(expression: str, seconds: int) -> None:
    assert check_schedule(expression, "UTC", NOW, seconds)
    with pytest.raises(InvalidInput, match=f"runs every {seconds} seconds"):
        check_schedule(expression, "UTC", NOW, seconds + 1)


def test_the_id_of_an_occurrence_is_the_same_everywhere_and_another_for_another() -> None:
    project, other = UUID(int=7), UUID(int=8)
    due = at(2026, 10, 25, 0)
    assert job_id(project, due) == UUID("4cb2d3eb-7704-57f7-8dae-6a44a6b1c587")
    assert job_id(project, due.astimezone()) == job_id(project, due)
    assert len({job_id(project, due), job_id(other, due), job_id(project, due + timedelta(hours=1))}) == 3


def test_jitter_is_the_projects_own_and_below_its_bound() -> None:
    projects = [uuid4() for _ in range(300)]
    spread = {jitter(project, 60) for project in projects}
    assert all(timedelta(0) <= each < timedelta(seconds=60) for each in spread)
    assert len(spread) > 30
    assert [jitter(project, 60) for project in projects] == [jitter(project, 60) for project in projects]
    assert {jitter(project, 0) for project in projects} == {timedelta(0)}


def test_a_document_is_stale_half_a_period_after_a_missed_run() -> None:
    assert stale_after(Schedule("0 2 * * *", "UTC"), at(2026, 7, 2, 2)) == at(2026, 7, 2, 14)
    last_before_a_gap = at(2096, 2, 29)
    assert stale_after(Schedule("0 0 29 2 *", "UTC"), last_before_a_gap) == last_before_a_gap


def test_a_schedule_reads_as_words() -> None:
    assert describe(Schedule("0 2 * * 0", BERLIN)) == "At 02:00, only on Sunday"
    assert describe(Schedule("@hourly", "UTC")) == "Every hour"


@pytest.mark.parametrize("expression", ["0 */6,3 * * *", "0 0 * * *,1", "5 0 * *,3 *"])
def test_a_schedule_that_has_no_words_is_shown_as_it_is_written(expression: str) -> None:
    assert describe(check_schedule(expression, "UTC", at(2026, 1, 1), 300)) == expression


def test_a_list_with_a_star_in_it_is_a_star() -> None:
    assert following("0 *,20 * * *", "UTC", at(2026, 7, 1, 20, 30), 1) == [Occurrence(at(2026, 7, 1, 21))]
    with pytest.raises(InvalidInput, match="every 60 seconds"):
        check_schedule("*,5 * * * *", "UTC", at(2026, 1, 1), 300)
