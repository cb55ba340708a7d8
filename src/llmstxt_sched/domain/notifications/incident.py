"""Incidents: a project's trouble as one mail address knows it, told once, and once more when it is over.

What begins together is told together: the first mail waits a little for others, and later ones keep a distance, so that
twenty failures are one mail.  What is over before it was told is not told at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import TROUBLE, EventKind
from llmstxt_sched.domain.notifications.mail_options import MailOptions
from llmstxt_sched.domain.notifications.quiet_hours import when_awake


class ProjectEvent(Struct, frozen=True):
    """An event of a project, as far as incidents ask; `number` is its place in the outbox."""

    number: int
    at: datetime
    kind: EventKind
    project_id: UUID


class Incident(Struct, frozen=True):
    """The trouble of one project; `told_by` is the mail that told it, `closed_at` is set once the project is well."""

    project_id: UUID
    opened_by: int
    opened_at: datetime
    told_by: UUID | None = None
    closed_by: int | None = None
    closed_at: datetime | None = None

    @property
    def untold_since(self) -> datetime | None:
        """Since when something about it is to be told."""
        return self.opened_at if self.told_by is None else self.closed_at


class Turn(Struct, frozen=True):
    """How some events leave a project: in trouble since `opened`, or well since `closed`; one of them is None."""

    opened: ProjectEvent | None
    closed: ProjectEvent | None


class Pauses(Struct, frozen=True):
    """How long a mail waits for what else happens, and the least time between two mails about incidents."""

    gather: timedelta
    between: timedelta


def turns(events: Iterable[ProjectEvent], kinds: Collection[EventKind]) -> list[Turn]:
    """How `events`, in their order, leave each project, for somebody who wants to hear of trouble of these kinds."""
    left: dict[UUID, Turn] = {}
    for event in events:
        before = left.get(event.project_id)
        if event.kind is EventKind.PROJECT_RECOVERED:
            left[event.project_id] = Turn(None, event)
        elif event.kind in TROUBLE and event.kind in kinds and not (before and before.opened):
            left[event.project_id] = Turn(event, None)
    return list(left.values())


def next_mail_at(
    incidents: Iterable[Incident], last_mail_at: datetime | None, options: MailOptions, pauses: Pauses
) -> datetime | None:
    """When the next mail about `incidents` may be sent; None if there is nothing to tell."""
    since = min((each.untold_since for each in incidents if each.untold_since), default=None)
    if since is None:
        return None
    at = since + pauses.gather
    if last_mail_at is not None:
        at = max(at, last_mail_at + pauses.between)
    return when_awake(options, at)
