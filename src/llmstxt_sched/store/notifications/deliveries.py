"""Deliveries: each is one telling of one target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.notifications.delivery import DeliveryStatus
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements

# A claim reads so many due deliveries at most, to know their targets; where more are due, it looks at each target.
FEW_DUE = 500


class ClaimedDelivery(Struct, frozen=True, kw_only=True):
    """A delivery that this process makes the `attempt`-th attempt of, by the lease `token`, with its target and event.

    A mail has `content` in place of an event.  `lost` of the attempts ended with their process.
    """

    id: UUID
    token: UUID
    attempt: int
    lost: int
    content: bytes | None
    target_id: UUID
    kind: TargetKind
    name: str
    options: dict[str, Any]
    shown_address: str
    sealed: bytes
    is_confirmed: bool
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
        connection, lease=lease, room=room, failing_room=failing_room, per_target=per_target, few=FEW_DUE
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


async def postpone(connection: Connection, token: UUID, until: datetime) -> None:
    """Leave a delivery, by its lease, until a time."""
    await statements["deliveries_postpone"].execute(connection, token=token, until=until)


async def shorten_waits(connection: Connection, most: timedelta) -> None:
    """Make deliveries due that would wait longer than `most`, as only a clock that was ahead can have it."""
    await statements["deliveries_shorten_waits"].execute(connection, most=most)


async def give_up(connection: Connection, target_id: UUID, error: str) -> None:
    """Give up all that a target has not been told yet."""
    await statements["deliveries_give_up"].execute(connection, target_id=target_id, error=error)


async def give_up_disabled(connection: Connection, target_id: UUID | None) -> int:
    """Give up all that this target, or any (None), has not been told yet, if it is disabled; returns how many."""
    return len(await statements["deliveries_give_up_disabled"].rows(connection, target_id=target_id))


async def supersede(connection: Connection, target_ids: Sequence[UUID]) -> None:
    """Leave to the newest delivery of each of these targets what older ones were to do."""
    await statements["deliveries_supersede"].execute(connection, target_ids=target_ids)


async def oldest_seconds(connection: Connection) -> float:
    """For how long the oldest event that somebody is still to be told of has been waiting."""
    return float(await statements["deliveries_oldest"].value(connection))


class NotedTest(Struct, frozen=True, kw_only=True):
    """A test of a target with what came of it."""

    id: UUID
    target_id: UUID
    event_id: UUID
    at: datetime
    project_id: UUID | None
    details: dict[str, Any]
    payload: bytes
    status: DeliveryStatus


class LoggedDelivery(Struct, frozen=True, kw_only=True):
    """A delivery as the log shows it; without an event it is a mail of several, or the event is kept no more."""

    id: UUID
    target_id: UUID
    target_name: str
    target_kind: TargetKind
    event_kind: EventKind | None
    event_number: int | None
    event_id: UUID | None
    project_id: UUID | None
    status: DeliveryStatus
    attempt: int
    not_before: datetime
    created_at: datetime
    finished_at: datetime | None
    status_code: int | None
    milliseconds: int | None
    answer: str | None
    error: str | None


class DeliveryFilter(Struct, frozen=True):
    """Which deliveries a list contains; None does not filter."""

    target_id: UUID | None = None
    project_id: UUID | None = None
    status: DeliveryStatus | None = None


class LockedDelivery(Struct, frozen=True):
    """A locked delivery; it `is_kept` if what was to be told still is.

    `is_confirmed` is false for an address of mail whose reader has not confirmed it.
    """

    id: UUID
    target_id: UUID
    target_name: str
    project_id: UUID | None
    is_enabled: bool
    status: DeliveryStatus
    is_confirmed: bool
    is_under_way: bool
    is_kept: bool | None


async def insert_test(connection: Connection, test: NotedTest, answer: NotedAnswer) -> None:
    """Store a test, if its target is still there."""
    await statements["deliveries_insert_test"].execute(connection, **structs.asdict(test), **structs.asdict(answer))


async def page(
    connection: Connection, wanted: DeliveryFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[LoggedDelivery]:
    """At most `limit` deliveries, newest first, those before `before` (a time and an id)."""
    at, last = before or (None, None)
    rows = await statements["deliveries_page"].rows(
        connection, **structs.asdict(wanted), before_at=at, before_id=last, limit=limit
    )
    return each_to(LoggedDelivery, rows)


async def lock(connection: Connection, delivery_id: UUID) -> LockedDelivery | None:
    """One delivery, locked until the transaction ends."""
    return to(LockedDelivery, await statements["deliveries_lock"].row(connection, id=delivery_id))


async def resend(connection: Connection, delivery_id: UUID) -> None:
    """Let a delivery be made again at once."""
    await statements["deliveries_resend"].execute(connection, id=delivery_id)
