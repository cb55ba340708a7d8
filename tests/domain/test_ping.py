from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from llmstxt_sched.domain.ping import QUIET, PingMove, PingState, fire_pings, take_ping
from llmstxt_sched.domain.run import RunStatus

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
QUEUED, IN_PROGRESS, RETRYING = RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.RETRYING
JUST_RUN = PingState(NOW - MINUTE, NOW - MINUTE)
LONG_AGO = PingState(NOW - QUIET, NOW - QUIET)
WAITING = PingState(NOW - MINUTE, NOW - QUIET, NOW)


@pytest.mark.parametrize("state", [PingState(), LONG_AGO, WAITING])
def test_the_first_ping_starts_a_run_at_once(state: PingState) -> None:
    assert take_ping(state, None, NOW) == (PingMove.START, PingState(NOW, NOW))


@pytest.mark.parametrize("state", [PingState(), LONG_AGO, WAITING])
@pytest.mark.parametrize(("active", "move"), [(QUEUED, PingMove.JOIN), (RETRYING, PingMove.WAKE)])
def test_a_run_that_has_yet_to_start_sees_what_was_deployed(
    state: PingState, active: RunStatus, move: PingMove
) -> None:
    assert take_ping(state, active, NOW) == (move, PingState(NOW, NOW))


def test_within_five_minutes_of_a_run_a_ping_waits_until_they_are_over() -> None:
    expected = PingState(NOW, NOW - MINUTE, NOW - MINUTE + QUIET)
    for active in (None, IN_PROGRESS):
        assert take_ping(JUST_RUN, active, NOW) == (PingMove.WAIT, expected)
    # The run itself has not started: it is the one.
    for active in (QUEUED, RETRYING):
        assert take_ping(JUST_RUN, active, NOW) == (PingMove.JOIN, PingState(NOW, NOW - MINUTE))


def test_a_ping_during_another_run_is_due_as_soon_as_that_has_ended() -> None:
    first = take_ping(LONG_AGO, IN_PROGRESS, NOW)
    assert first == (PingMove.WAIT, PingState(NOW, NOW - QUIET, NOW))
    again = take_ping(first.pings, IN_PROGRESS, NOW + MINUTE)
    assert again == (PingMove.WAIT, PingState(NOW + MINUTE, NOW - QUIET, NOW))


def test_many_pings_are_one_run_while_nothing_else_happens() -> None:
    state, moves = PingState(), []
    for number in range(100):
        move, state = take_ping(state, QUEUED if number else None, NOW + number * QUIET / 100)
        moves.append(move)
    assert moves == [PingMove.START] + 99 * [PingMove.JOIN]
    assert state.due_at is None


def test_pings_that_are_due_become_one_run() -> None:
    started = WAITING.last_run_at
    assert fire_pings(WAITING, None, started, NOW) == (PingMove.START, PingState(NOW - MINUTE, NOW))
    assert fire_pings(WAITING, None, started, NOW - MINUTE) == (PingMove.WAIT, WAITING)
    assert fire_pings(LONG_AGO, None, None, NOW) == (PingMove.WAIT, LONG_AGO)


def test_pings_that_are_due_wait_for_the_end_of_a_run_that_started_before_them() -> None:
    assert fire_pings(WAITING, IN_PROGRESS, NOW - 2 * MINUTE, NOW) == (PingMove.WAIT, WAITING)
    assert fire_pings(WAITING, IN_PROGRESS, None, NOW) == (PingMove.WAIT, WAITING)


@pytest.mark.parametrize(
    ("active", "started_at"),
    [(None, NOW - MINUTE / 2), (IN_PROGRESS, NOW - MINUTE / 2), (QUEUED, None), (RETRYING, None)],
)
def test_pings_are_over_once_a_run_starts_after_them(active: RunStatus | None, started_at: datetime | None) -> None:
    assert fire_pings(WAITING, active, started_at, NOW) == (PingMove.JOIN, PingState(NOW - MINUTE, NOW - QUIET))


def test_what_a_clock_that_was_ahead_has_noted_holds_no_ping_up() -> None:
    ahead = NOW + timedelta(days=40)
    assert take_ping(PingState(ahead, ahead), None, NOW) == (PingMove.START, PingState(NOW, NOW))
    waiting = PingState(ahead, ahead, ahead + QUIET)
    assert take_ping(waiting, IN_PROGRESS, NOW) == (PingMove.WAIT, PingState(NOW, None, NOW))
    assert fire_pings(waiting, None, NOW - MINUTE, NOW) == (PingMove.START, PingState(ahead, NOW))
    # A run that such a clock has started may have read the pages before the ping.
    due = PingState(NOW - MINUTE, None, NOW)
    assert fire_pings(due, None, ahead, NOW) == (PingMove.START, PingState(NOW - MINUTE, NOW))
    assert fire_pings(due, IN_PROGRESS, ahead, NOW) == (PingMove.WAIT, due)
    # Set back by a minute, as clocks are.
    barely = PingState(NOW + MINUTE, NOW + MINUTE)
    assert take_ping(barely, None, NOW) == (PingMove.WAIT, PingState(NOW, NOW + MINUTE, NOW + MINUTE + QUIET))
