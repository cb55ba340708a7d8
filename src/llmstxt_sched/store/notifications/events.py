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
