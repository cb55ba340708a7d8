from __future__ import annotations

from datetime import timedelta

import pytest

from llmstxt_sched.domain.run import ACTIVE, COMPLETE, MOVES, TERMINAL, LiveCrawl, Progress, RunStatus, backoff


def test_a_run_that_has_ended_moves_no_more() -> None:
    assert not [move for move in MOVES if move.sources & TERMINAL]


def test_every_status_but_the_first_is_reached_by_a_move_and_every_end_from_an_active_one() -> None:
    assert {move.target for move in MOVES} == set(RunStatus)
    assert COMPLETE < TERMINAL
    assert all(move.sources <= ACTIVE for move in MOVES)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 900), (7, 900), (5000, 900)]
)
def test_each_failure_in_a_row_doubles_the_wait_up_to_a_quarter_of_an_hour(failures: int, seconds: float) -> None:
    assert backoff(failures, 30, 1.0) == timedelta(seconds=seconds)


def test_the_spread_is_a_factor_of_the_wait_below_the_bound() -> None:
    assert backoff(1, 30, 0.5) == timedelta(seconds=15)
    assert backoff(1, 30, 1.5) == timedelta(seconds=45)
    assert backoff(9, 30, 1.5) == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [(None, 30), (0, 30), (10, 30), (120, 120), (1800, 1800), (3600, 3600), (90000, 3600)]
)
def test_what_the_site_asks_for_is_honoured_up_to_an_hour(retry_after: float | None, seconds: float) -> None:
    assert backoff(1, 30, 1.0, retry_after) == timedelta(seconds=seconds)


def test_a_crawl_is_as_fast_as_it_was_so_far_and_takes_what_is_left_at_that_pace() -> None:
    crawl = LiveCrawl(Progress(found=100, fetched=10, unchanged=5, failed=3, skipped=2), seconds=10)
    assert crawl.progress.visited == 20
    assert crawl.pages_per_second == 2
    assert crawl.seconds_left == 40


@pytest.mark.parametrize(
    "crawl",
    [
        LiveCrawl(Progress()),
        LiveCrawl(Progress(found=100, fetched=50)),
        LiveCrawl(Progress(found=100, fetched=4), seconds=3),
    ],
)
def test_of_a_crawl_that_has_only_begun_nobody_knows_how_long_it_takes(crawl: LiveCrawl) -> None:
    assert crawl.seconds_left is None


def test_after_five_visits_a_crawl_is_said_to_take_so_long() -> None:
    assert LiveCrawl(Progress(found=15, fetched=5), seconds=3).seconds_left == 6


def test_no_crawl_takes_less_than_no_time() -> None:
    assert LiveCrawl(Progress(found=5, fetched=6), seconds=3).seconds_left == 0
