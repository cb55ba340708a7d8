"""Incidents: what each target of mail knows of the trouble of projects, and what it is to be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.incident import ProjectEvent
from llmstxt_sched.store.notifications.mails import Recipient
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


class WaitingRecipient(Recipient, frozen=True, kw_only=True):
    """A target of mail that has not been told something since `since`."""

    since: datetime


class Incident(Struct, frozen=True, kw_only=True):
    """The trouble of one project, whose beginning (without a `told_by`) or end is to be told."""

    project_id: UUID
    name: str
    opened_by: int
    opened_at: datetime
    told_by: UUID | None
    closed_by: int | None
    closed_at: datetime | None

    @property
    def untold_since(self) -> datetime:
        """Since when it is to be told."""
        return self.closed_at if self.told_by and self.closed_at else self.opened_at


class TroubleEvent(ProjectEvent, frozen=True, kw_only=True):
    """An event that is a trouble of a project, and its payload, which is empty if it could not be told."""

    payload: bytes


async def lock(connection: Connection, incidents: Sequence[tuple[UUID, ProjectEvent]]) -> None:
    """Lock the incidents of targets and the projects of events, as far as there are any, before they change."""
    await statements["incident_untold_since"].execute(connection, **_columns(incidents))
    await statements["incident_lock"].rows(connection, **_columns(incidents))


async def begin(connection: Connection, opened: Sequence[tuple[UUID, ProjectEvent]]) -> None:
    """Begin incidents, each of a target, with the event that began it."""
    await statements["incident_open"].execute(connection, **_columns(opened))


async def end(connection: Connection, closed: Sequence[tuple[UUID, ProjectEvent]]) -> None:
    """End incidents, each of a target, with the event that ended it; they must be locked."""
    await statements["incident_close"].execute(connection, **_columns(closed))


async def waiting(connection: Connection) -> list[WaitingRecipient]:
    """The targets that something about incidents is to be told to."""
    return each_to(WaitingRecipient, await statements["incident_waiting"].rows(connection))


async def untold(connection: Connection, target_id: UUID) -> list[Incident]:
    """The incidents whose beginning or end is to be told, locked until the transaction ends."""
    return each_to(Incident, await statements["incident_untold"].rows(connection, target_id=target_id))


async def troubles(
    connection: Connection, target_id: UUID, projects: Sequence[UUID], kinds: Collection[EventKind]
) -> list[TroubleEvent]:
    """The last event of each of these kinds in the incidents of these projects."""
    rows = await statements["incident_troubles"].rows(
        connection, target_id=target_id, projects=projects, kinds=list(kinds)
    )
    return each_to(TroubleEvent, rows)


async def note_untold(connection: Connection, target_id: UUID, since: datetime | None) -> None:
    """Note since when something is to be told, after all; None if nothing is."""
    await statements["incident_still_untold"].execute(connection, target_id=target_id, since=since)


async def note_told(connection: Connection, target_id: UUID, told_by: UUID, incidents: Sequence[Incident]) -> None:
    """Note that a mail tells of these incidents: of the beginning of some, and of the end of others."""
    await statements["incident_told"].execute(
        connection,
        target_id=target_id,
        told_by=told_by,
        opened=[each.project_id for each in incidents if each.told_by is None],
        closed=[each.project_id for each in incidents if each.told_by is not None],
    )


def _columns(incidents: Sequence[tuple[UUID, ProjectEvent]]) -> dict[str, list[object]]:
    return {
        "targets": [target for target, _ in incidents],
        "projects": [event.project_id for _, event in incidents],
        "numbers": [event.number for _, event in incidents],
        "times": [event.at for _, event in incidents],
    }
