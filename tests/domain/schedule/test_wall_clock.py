from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from llmstxt_sched.domain.schedule.wall_clock import (
    first_instant,
    is_even,
    is_repeated,
    next_move,
    utc_offset,
    wall_time,
)

BERLIN = ZoneInfo("Europe/Berlin")
# The clocks of Berlin in 2026: forward on 29 March, back on 25 October, both at 01:00 UTC.
FORWARD = datetime(2026, 3, 29, 1, tzinfo=UTC)
BACK = datetime(2026, 10, 25, 1, tzinfo=UTC)


def test_an_instant_has_one_wall_time_and_one_offset() -> None:
    assert wall_time(FORWARD, BERLIN) == datetime.fromisoformat("2026-03-29T03:00")
    assert utc_offset(FORWARD - timedelta(seconds=1), BERLIN) == timedelta(hours=1)
    assert utc_offset(FORWARD, BERLIN) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("wall", "at", "note"),
    [
        (datetime.fromisoformat("2026-03-29T01:59"), FORWARD - timedelta(minutes=1), None),
        (datetime.fromisoformat("2026-03-29T02:00"), FORWARD, "skipped"),
        (datetime.fromisoformat("2026-03-29T02:59"), FORWARD, "skipped"),
        (datetime.fromisoformat("2026-03-29T03:00"), FORWARD, None),
        (datetime.fromisoformat("2026-10-25T02:30"), BACK - timedelta(minutes=30), "repeated"),
        (datetime.fromisoformat("2026-10-25T03:00"), BACK + timedelta(hours=1), None),
    ],
)
def test_the_first_instant_of_a_wall_time_is_after_a_gap_and_before_a_repetition(
    wall: datetime, at: datetime, note: str | None
) -> None:
    assert first_instant(wall, BERLIN) == (at, note)


def test_the_hour_that_the_clocks_show_twice_is_repeated_both_times() -> None:
    hour = timedelta(hours=1)
    assert [is_repeated(BACK + step, BERLIN) for step in (-2 * hour, -hour, 0 * hour, hour)] == [
        *(False, True, True, False),
    ]


def test_the_next_change_of_the_clocks_is_found_to_the_second_however_far_the_search_goes() -> None:
    assert next_move(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), BERLIN) == FORWARD
    assert next_move(FORWARD, datetime(2027, 1, 1, tzinfo=UTC), BERLIN) == BACK
    assert next_move(FORWARD - timedelta(days=3), FORWARD, BERLIN) == FORWARD
    assert next_move(FORWARD, BACK - timedelta(seconds=1), BERLIN) is None


def test_a_day_is_even_if_no_clock_changes_within_two_days_of_it() -> None:
    changed = datetime.fromisoformat("2026-03-29T00:00")
    days = range(-4, 5)
    assert [day for day in days if not is_even(changed + timedelta(days=day), BERLIN)] == [-2, -1, 0, 1, 2]
