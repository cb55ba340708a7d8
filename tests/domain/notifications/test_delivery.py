from __future__ import annotations

from datetime import timedelta

import pytest

from llmstxt_sched.domain.notifications.delivery import (
    AttemptOutcome,
    DeliveryStanding,
    DeliveryStatus,
    counted,
    is_used_up,
    judge,
    longest_wait,
)
from llmstxt_sched.domain.notifications.target import TargetKind

FAILURE = AttemptOutcome(has_succeeded=False)
RETRIES = (5.0, 300.0)
NEVER, DAYS = timedelta(), timedelta(days=5)


def after(
    outcome: AttemptOutcome, attempts: int = 1, kind: TargetKind = TargetKind.WEBHOOK, spread: float = 1
) -> DeliveryStanding:
    return judge(kind, outcome, attempts, NEVER, RETRIES, spread)


def test_a_success_ends_it() -> None:
    assert after(AttemptOutcome(has_succeeded=True)) == DeliveryStanding(DeliveryStatus.DELIVERED)


def test_each_failure_waits_for_its_pause_and_the_last_gives_up() -> None:
    waits = [after(FAILURE, attempts, spread=1.1) for attempts in (1, 2, 3)]
    assert [verdict.wait for verdict in waits] == [timedelta(seconds=5.5), timedelta(seconds=330), timedelta()]
    assert waits[2].status is DeliveryStatus.FAILED


@pytest.mark.parametrize(
    ("asked", "waited"), [(1, timedelta(seconds=5)), (60, timedelta(minutes=1)), (1e6, timedelta(days=1))]
)
def test_retry_after_lengthens_a_pause_up_to_a_day(asked: float, waited: timedelta) -> None:
    assert after(AttemptOutcome(has_succeeded=False, retry_after=asked)).wait == waited


def test_attempts_that_ended_with_their_process_do_not_count_up_to_a_bound() -> None:
    assert [counted(1, 0), counted(11, 10), counted(30, 29)] == [1, 1, 20]


def test_an_attempt_more_than_the_first_and_its_retries_is_not_made() -> None:
    assert [is_used_up(TargetKind.WEBHOOK, attempts, RETRIES) for attempts in (1, 3, 4)] == [False, False, True]


def test_what_is_final_is_not_tried_again() -> None:
    assert after(AttemptOutcome(has_succeeded=False, is_final=True)) == DeliveryStanding(DeliveryStatus.FAILED)


def test_a_receiver_that_is_gone_is_told_nothing_any_more() -> None:
    verdict = after(AttemptOutcome(has_succeeded=False, is_gone=True))
    assert (verdict.status, bool(verdict.disabled)) == (DeliveryStatus.FAILED, True)


def test_five_days_of_failure_disable_a_target_when_a_delivery_is_given_up() -> None:
    almost = judge(TargetKind.WEBHOOK, FAILURE, 3, DAYS - timedelta(seconds=1), RETRIES, 1)
    assert judge(TargetKind.WEBHOOK, FAILURE, 2, DAYS, RETRIES, 1).status is DeliveryStatus.PENDING
    assert (almost.disabled, judge(TargetKind.WEBHOOK, FAILURE, 3, DAYS, RETRIES, 1).disabled) == (
        "",
        "every delivery has failed for 5 days",
    )


def test_a_heartbeat_comes_within_a_minute_or_never() -> None:
    late = AttemptOutcome(has_succeeded=False, retry_after=600)
    verdicts = [after(late, attempts, TargetKind.HEARTBEAT) for attempts in (1, 2, 3)]
    assert sum((verdict.wait for verdict in verdicts), timedelta()) < timedelta(minutes=1)
    assert [verdict.status for verdict in verdicts] == ["PENDING", "PENDING", "FAILED"]


def test_the_longest_wait_is_that_of_the_pauses_or_what_a_receiver_may_ask_for() -> None:
    asked = after(AttemptOutcome(has_succeeded=False, retry_after=10**9))
    assert asked.wait <= longest_wait(RETRIES)
    assert longest_wait(()) == longest_wait(RETRIES)
    assert longest_wait((5, 10**6)) == timedelta(seconds=1_100_000)
