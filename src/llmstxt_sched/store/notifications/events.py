"""Events: what happened, written in the transaction that makes it true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind, NewEvent
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


class Event(Struct, frozen=True):
    """What happened; `id` is the one that receivers see, `number` its place in the order."""

    number: int
    id: UUID
    at: datetime
    kind: EventKind
    project_id: UUID | None
    run_id: UUID | None
    details: dict[str, Any]


class ListedEvent(Event, frozen=True, kw_only=True):
    """An event with the name of its project; None if that is gone."""

    project_name: str | None


async def insert(
    connection: Connection, project_id: UUID | None, events: Sequence[NewEvent], run_id: UUID | None = None
) -> None:
    """Write what happened, in this order."""
    if events:
        await statements["event_insert"].execute(connection, project_id=project_id, run_id=run_id, events=events)


async def note_stale(connection: Connection, limit: int) -> int:
    """Tell of at most `limit` projects that have become stale; returns how many."""
    return len(await statements["event_stale"].rows(connection, limit=limit))


async def page(
    connection: Connection, project_id: UUID | None, kind: EventKind | None, before: int | None, limit: int
) -> list[ListedEvent]:
    """At most `limit` events, newest first, with numbers below `before`; None does not filter."""
    rows = await statements["event_page"].rows(connection, project_id=project_id, kind=kind, before=before, limit=limit)
    return each_to(ListedEvent, rows)


class EventEntry(Struct, frozen=True):
    """A change of an entry that a run made, one of `total`."""

    run_id: UUID
    kind: str
    url: str
    title: str
    before: str | None
    after: str | None
    total: int


class EventProject(Struct, frozen=True):
    """What is told of a project."""

    id: UUID
    name: str
    url: str


async def are_waiting(connection: Connection) -> bool:
    """Whether there are events to hand to targets."""
    return bool(await statements["event_is_waiting"].value(connection))


async def take_turn(connection: Connection) -> bool:
    """Whether this transaction may hand events to targets: one at a time does, so that they stay in order."""
    return bool(await statements["event_route_turn"].value(connection))


async def waiting(connection: Connection, limit: int) -> list[Event]:
    """At most `limit` of the events to hand to targets, oldest first."""
    return each_to(Event, await statements["event_waiting"].rows(connection, limit=limit))


async def keep_projects(connection: Connection, project_ids: Sequence[UUID]) -> None:
    """Keep these projects from being deleted until the transaction ends; it must have locked no target yet."""
    await statements["event_projects_keep"].rows(connection, ids=project_ids)


async def projects_of(connection: Connection, project_ids: Sequence[UUID]) -> dict[UUID, EventProject]:
    """What is told of those of these projects that exist, and not only for one llms.txt."""
    found = each_to(EventProject, await statements["event_projects"].rows(connection, ids=project_ids))
    return {project.id: project for project in found}


async def entries_of(connection: Connection, run_ids: Sequence[UUID], limit: int) -> dict[UUID, list[EventEntry]]:
    """The first `limit` changes of entries of each of these runs; those without any are not in the result."""
    found: dict[UUID, list[EventEntry]] = {}
    for entry in each_to(EventEntry, await statements["event_entries"].rows(connection, ids=run_ids, limit=limit)):
        found.setdefault(entry.run_id, []).append(entry)
    return found


async def runs_before(connection: Connection, run_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """For each of these runs that made a version, the run that made the one before it, if there is one."""
    rows = await statements["event_runs_before"].rows(connection, ids=run_ids)
    return {row["run_id"]: row["before_run_id"] for row in rows}


async def route(
    connection: Connection, payloads: Sequence[tuple[int, bytes]], told: Sequence[tuple[UUID, int]]
) -> None:
    """Keep the bodies of events, by number, and make deliveries, each of a target and the number of an event."""
    await statements["event_route"].execute(
        connection,
        numbers=[number for number, _ in payloads],
        payloads=[payload for _, payload in payloads],
        targets=[target for target, _ in told],
        told=[number for _, number in told],
    )
