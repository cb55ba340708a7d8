"""Targets: who is told of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class SealedTarget(Struct, frozen=True):
    """What a target holds sealed."""

    id: UUID
    sealed: bytes


class TargetDetails(Struct, frozen=True, kw_only=True):
    """A target before it is stored; without a project it is one of all projects."""

    id: UUID
    project_id: UUID | None
    kind: TargetKind
    name: str
    events: tuple[EventKind, ...]
    only_changes: bool
    is_ordered: bool
    options: dict[str, Any]
    shown_address: str
    sealed: bytes
    is_enabled: bool = True


class Target(TargetDetails, frozen=True, kw_only=True):
    """A target; `failing_since` is since when every delivery has failed, `disabled_reason` why it was disabled."""

    disabled_reason: str | None
    failing_since: datetime | None
    confirmed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class LockedTarget(NamedTuple):
    """A locked target, and the time according to Postgres."""

    target: Target
    now: datetime


class InterestedTarget(Struct, frozen=True):
    """What decides whether a target is told of an event."""

    id: UUID
    project_id: UUID | None
    kind: TargetKind
    events: frozenset[EventKind]
    only_changes: bool


async def insert(connection: Connection, details: TargetDetails) -> Target | None:
    """Store a target; None if its project does not exist."""
    return to(Target, await statements["target_insert"].row(connection, **structs.asdict(details)))


async def get(connection: Connection, target_id: UUID) -> Target | None:
    """One target."""
    return to(Target, await statements["target_get"].row(connection, id=target_id))


async def lock(connection: Connection, target_id: UUID) -> LockedTarget | None:
    """One target, locked until the transaction ends."""
    row = await statements["target_lock"].row(connection, id=target_id)
    target = to(Target, row)
    return LockedTarget(target, row["now"]) if target and row else None


async def page(
    connection: Connection, project_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[Target]:
    """At most `limit` targets of a project (None means all), newest first, those before `before` (a time and an id)."""
    at, last = before or (None, None)
    rows = await statements["target_page"].rows(
        connection, project_id=project_id, before_at=at, before_id=last, limit=limit
    )
    return each_to(Target, rows)


async def update(connection: Connection, target: Target) -> Target | None:
    """Store a changed target."""
    return to(Target, await statements["target_update"].row(connection, **structs.asdict(target)))


async def sealed_after(connection: Connection, after: UUID, limit: int) -> list[SealedTarget]:
    """At most `limit` targets with ids above `after`, in their order."""
    return each_to(SealedTarget, await statements["target_sealed"].rows(connection, after=after, limit=limit))


async def reseal(connection: Connection, target_id: UUID, before: bytes, sealed: bytes) -> None:
    """Store what was sealed anew, unless it was changed meanwhile."""
    await statements["target_reseal"].execute(connection, id=target_id, before=before, sealed=sealed)


async def disable(connection: Connection, target_id: UUID, reason: str, after: timedelta, failures: int) -> bool:
    """Disable a target that has only failed for `after`, and write an event that says so; false if it was not done.

    `failures` of its deliveries must have been given up in that time.
    """
    found = await statements["target_disable"].value(
        connection, id=target_id, reason=reason, after=after, failures=failures
    )
    return bool(found)


async def delete(connection: Connection, target_id: UUID) -> bool:
    """Delete a target with its deliveries; false if it did not exist."""
    return await statements["target_delete"].value(connection, id=target_id) is not None


async def interested(connection: Connection, project_ids: Sequence[UUID]) -> list[InterestedTarget]:
    """The targets of these projects and of all, as far as they are enabled."""
    return each_to(InterestedTarget, await statements["target_interested"].rows(connection, ids=project_ids))
