"""Deliveries: each is one telling of one target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.delivery import DeliveryStatus
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


class ClaimedDelivery(Struct, frozen=True, kw_only=True):
    """A delivery that this process makes the `attempt`-th attempt of, by the lease `token`, with its target and event.

    A mail has `content` in place of an event.
    """

    id: UUID
    token: UUID
    attempt: int
    content: bytes | None
    target_id: UUID
    kind: TargetKind
    name: str
    options: dict[str, Any]
    shown_address: str
    sealed: bytes
    failing_for: timedelta
    is_failing: bool
    event_id: UUID | None
    event_kind: EventKind | None
    at: datetime | None
    project_id: UUID | None
    run_id: UUID | None
    payload: bytes | None
    now: datetime


class NotedAnswer(Struct, frozen=True):
    """What came of an attempt, as the log shows it."""

    status_code: int | None
    milliseconds: int
    answer: str
    error: str


async def claim(
    connection: Connection, lease: float, *, room: int, failing_room: int, per_target: int
) -> list[ClaimedDelivery]:
    """Take at most `room` deliveries that are due, for `lease` seconds.

    `per_target` of a target at once, at most, and `failing_room` of those whose last attempt failed.
    """
    rows = await statements["deliveries_claim"].rows(
        connection, lease=lease, room=room, failing_room=failing_room, per_target=per_target
    )
    return each_to(ClaimedDelivery, rows)


async def settle(
    connection: Connection, delivery_id: UUID, token: UUID, status: DeliveryStatus, wait: timedelta, answer: NotedAnswer
) -> bool:
    """Note what came of an attempt; false if the lease was lost, and then nothing is stored."""
    found = await statements["deliveries_settle"].value(
        connection,
        id=delivery_id,
        token=token,
        status=status,
        wait=wait,
        has_succeeded=status is DeliveryStatus.DELIVERED,
        status_code=answer.status_code,
        milliseconds=answer.milliseconds,
        answer=answer.answer,
        error=answer.error,
    )
    return bool(found)


async def hand_back(connection: Connection, tokens: Sequence[UUID]) -> None:
    """Return deliveries, by their leases, so that another process makes the attempt."""
    await statements["deliveries_hand_back"].execute(connection, tokens=tokens)


async def give_up(connection: Connection, target_id: UUID, error: str) -> None:
    """Give up all that a target has not been told yet."""
    await statements["deliveries_give_up"].execute(connection, target_id=target_id, error=error)


async def oldest_seconds(connection: Connection) -> float:
    """For how long the oldest event that somebody is still to be told of has been waiting."""
    return float(await statements["deliveries_oldest"].value(connection))
