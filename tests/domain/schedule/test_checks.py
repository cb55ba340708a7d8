from __future__ import annotations

import pytest
from tests.support.cron import BERLIN, NOW, at, following

from llmstxt_sched.domain.schedule import (
    Cron,
    Occurrence,
    calculate_next_run_time,
    check_cron,
    check_zone,
)
from llmstxt_sched.domain.schedule.cron import ALIASES
from llmstxt_sched.errors import InvalidInput


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("60 * * * *", "the minute 60 is not between 0 and 59"),
        ("0 2,24 * * *", "the hour 24 is not between 0 and 23"),
        ("0 2 0 * *", "the day 0 is not between 1 and 31"),
        ("0 2 * 1-13/90 *", "the month 13 is not between 1 and 12"),
        ("0 2 * * 8", "the weekday 8 is not between 0 and 7"),
        ("0 24-24 * * *", "the hour 24 is not between 0 and 23"),
    ],
)
def test_a_number_outside_its_field_is_named(expression: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_cron(expression, "UTC", NOW, 60)
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    ("expression", "field"),
    [
        ("H 2 * * *", "the minute 'H' "),
        ("0 */0 * * *", "the hour '*/0' "),
        ("0 2 ? * *", "the day '?' "),
        ("0 2 15W * *", "the day '15W' "),
        ("0 2 * foo mon", "the month 'foo' "),
        ("0 2 * * 5L", "the weekday '5L' "),
        ("0 2 * * 1#6", "the weekday '1#6' "),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_what_it_may_be(expression: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_cron(expression, "UTC", NOW, 60)
    assert refused.value.message.startswith(f"{field}cannot be read: it may be *, numbers, ")
    assert ("L5 the last" in refused.value.message) == (field.startswith("the weekday"))


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_is_its_five_fields(alias: str) -> None:
    checked = check_cron(alias.upper(), BERLIN, NOW, 300)
    assert calculate_next_run_time(checked.expression, BERLIN, NOW) == calculate_next_run_time(
        ALIASES[alias], BERLIN, NOW
    )


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
        "0 2 * * 4-4/0",
        "0 2 L-L * *",
        "0 2 * * 4-4 4-4",
        "0 " + "9" * 5000 + "-9 * * *",
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
        check_cron(expression, "UTC", NOW, 0)
    assert refused.value.errors[0][0] == "cron_expression"


@pytest.mark.parametrize("expression", ["0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"])
def test_a_day_that_never_comes_is_refused(expression: str) -> None:
    with pytest.raises(InvalidInput, match="not due on any day"):
        check_cron(expression, BERLIN, NOW, 300)


@pytest.mark.parametrize("days", ["31 2 1", "30,31 feb mon-fri", "31 4,6 */2"])
def test_a_day_that_never_comes_beside_a_weekday_that_does_is_told_apart(days: str) -> None:
    with pytest.raises(InvalidInput, match=r"that none of its months has: write \* in its place"):
        check_cron(f"0 0 {days}", BERLIN, NOW, 300)
    assert check_cron("0 0 * 2 1", BERLIN, NOW, 300).fields == "0 0 * 2 1"


@pytest.mark.parametrize("days", ["13 * 5#2", "L * 5#2", "13 * L5", "1-7 * fri#1", "*/2 * 5#2"])
def test_a_day_of_the_month_beside_a_weekday_that_is_counted_is_refused(days: str) -> None:
    with pytest.raises(InvalidInput, match="only one of them"):
        check_cron(f"0 2 {days}", "UTC", NOW, 300)
    assert check_cron("0 2 * * 5#2", "UTC", NOW, 300).fields == "0 2 * * 5#2"


def test_a_leap_day_comes() -> None:
    checked = check_cron("0 0 29 2 *", "UTC", NOW, 300)
    assert calculate_next_run_time(checked.expression, "UTC", NOW) == at(2028, 2, 29)


def test_white_space_and_names_are_read() -> None:
    checked = check_cron("  0\t2   *  JAN-mar Mon,WED ", BERLIN, NOW, 300)
    assert checked == Cron("0 2 * JAN-mar Mon,WED", BERLIN)


@pytest.mark.parametrize("zone", ["", "Nowhere/Here", "../../etc/passwd", "Europe", "CEST+1\0", "x" * 300])
def test_what_is_no_iana_zone_is_refused(zone: str) -> None:
    for check in (lambda: check_zone(zone), lambda: check_cron("0 2 * * *", zone, NOW, 0)):
        with pytest.raises(InvalidInput) as refused:
            check()
        assert refused.value.errors[0][0] == "timezone"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expression", "seconds"),
    [
        ("* * * * *", 60),
        ("*/7 * * * *", 240),
        ("0,5 * * * *", 300),
        # The next leap day beside a Monday is in 2028, the next first of March before a Wednesday in 2033.
        ("0,59 0,23 29 2 1", 60),
        ("0,59 0,23 1 3 3", 60),
        ("0 0 * * 1", 604_800),
        ("0 0 * * 1,3", 172_800),
        ("0 0 1 * *", 2_419_200),
        ("0 0 29 2 *", 126_230_400),
        ("59 23 * * *", 86400),
        ("0,59 0,23 * * *", 60),
        ("0,59 0,23 1 * *", 3540),
        ("0 0,23 * * 1,2", 3600),
        ("0 0,23 * * 1,3", 82800),
    ],
)
def test_the_shortest_time_between_two_runs_is_the_limit(expression: str, seconds: int) -> None:
    assert check_cron(expression, "UTC", NOW, seconds)
    with pytest.raises(InvalidInput, match=f"runs every {seconds} seconds"):
        check_cron(expression, "UTC", NOW, seconds + 1)


def test_a_list_with_a_star_in_it_is_a_star() -> None:
    assert following("0 *,20 * * *", "UTC", at(2026, 7, 1, 20, 30), 1) == [Occurrence(at(2026, 7, 1, 21))]
    with pytest.raises(InvalidInput, match="every 60 seconds"):
        check_cron("*,5 * * * *", "UTC", at(2026, 1, 1), 300)


def test_a_wrong_zone_does_not_hide_a_wrong_expression() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_cron("61 * * * *", "Nowhere", NOW, 0)
    assert [field for field, _ in refused.value.errors] == ["timezone", "cron_expression"]
