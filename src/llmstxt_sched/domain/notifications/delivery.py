"""What becomes of the delivery of an event to one target after an attempt.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from llmstxt_sched.domain.notifications.target import TargetKind

# A target that has only failed for so long is told nothing any more, once so many deliveries were given up in that
# time: of one that is told of something once a week, two failures prove nothing.
DISABLED_AFTER = timedelta(days=5)
DISABLED_FAILURES = 3
MAX_RETRY_AFTER = timedelta(days=1)
# A process that is killed takes no attempt from the receiver, unless telling it is what kills it.
FORGIVEN_LOSSES = 10
# A watchdog is to hear of a success soon or never: a late heartbeat would hide that the next one is missing.
HEARTBEAT_RETRY_SECONDS = (15.0, 25.0)
# What pauses between attempts are multiplied by at most, and how long quiet hours may be where the clocks change.
MOST_SPREAD = 1.1
LONGEST_QUIET = timedelta(hours=26)


class DeliveryStatus(StrEnum):
    """How a delivery stands: there will be another attempt, it succeeded, or it was given up."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class AttemptOutcome(Struct, frozen=True):
    """What came of one attempt, as a sender says it; `retry_after` is in seconds."""

    has_succeeded: bool
    retry_after: float | None = None
    is_final: bool = False
    is_gone: bool = False


class DeliveryStanding(Struct, frozen=True):
    """How a delivery stands after an attempt.

    `wait` is until the next one; `disabled` is why its target is told nothing any more, if it is to be so, which takes
    `failures` deliveries that were given up since its last success.
    """

    status: DeliveryStatus
    wait: timedelta = timedelta()
    disabled: str = ""
    failures: int = 0


def counted(attempts: int, lost: int) -> int:
    """How many of the attempts count, the last of which came to an end; `lost` is how many ended with their process."""
    return attempts - min(lost, FORGIVEN_LOSSES)


def is_used_up(kind: TargetKind, attempts: int, retries: Sequence[float]) -> bool:
    """Whether the last of `attempts` attempts, which begins now, is one too many.

    It is where those before it ended with their process, so that nobody could judge them.
    """
    return attempts > len(_waits(kind, retries)) + 1


def longest_wait(retries: Sequence[float]) -> timedelta:
    """The longest time that a delivery waits for its next attempt."""
    longest = max(retries, default=0.0) * MOST_SPREAD
    return max(timedelta(seconds=longest), MAX_RETRY_AFTER, LONGEST_QUIET)


def judge(
    kind: TargetKind,
    outcome: AttemptOutcome,
    attempts: int,
    failing_for: timedelta,
    retries: Sequence[float],
    spread: float,
) -> DeliveryStanding:
    """Decide after `attempts` attempts, the last of which came to `outcome`.

    `failing_for` is for how long the target has only failed, `retries` are the seconds between attempts, and `spread`
    is a random factor around 1 that keeps deliveries from being tried again all at once.
    """
    if outcome.has_succeeded:
        return DeliveryStanding(DeliveryStatus.DELIVERED)
    if outcome.is_gone:
        return DeliveryStanding(DeliveryStatus.FAILED, disabled="it answered 410: it wants to hear nothing any more")
    waits = _waits(kind, retries)
    if outcome.is_final or attempts > len(waits):
        if failing_for < DISABLED_AFTER:
            return DeliveryStanding(DeliveryStatus.FAILED)
        reason = f"every delivery has failed for {DISABLED_AFTER.days} days"
        return DeliveryStanding(DeliveryStatus.FAILED, disabled=reason, failures=DISABLED_FAILURES)
    own = timedelta(seconds=waits[attempts - 1] * spread)
    if kind is TargetKind.HEARTBEAT:
        return DeliveryStanding(DeliveryStatus.PENDING, own)
    asked = min(timedelta(seconds=outcome.retry_after or 0), MAX_RETRY_AFTER)
    return DeliveryStanding(DeliveryStatus.PENDING, max(own, asked))


def _waits(kind: TargetKind, retries: Sequence[float]) -> Sequence[float]:
    return HEARTBEAT_RETRY_SECONDS if kind is TargetKind.HEARTBEAT else retries
