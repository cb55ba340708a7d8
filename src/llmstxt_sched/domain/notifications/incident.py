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
from llmstxt_sched.domain.notifications.quiet_hours import quiet_end


class ProjectEvent(Struct, frozen=True):
    """An event of a project, as far as incidents ask; `number` is its place in the outbox."""

    number: int
    at: datetime
    kind: EventKind
    project_id: UUID


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


def is_mail_due(
    since: datetime, last_mail_at: datetime | None, options: MailOptions, pauses: Pauses, now: datetime
) -> bool:
    """Whether a mail is sent now about incidents of which something has been untold since `since`."""
    # What lies as far ahead was noted by a clock that was.
    is_gathered = abs(now - since) >= pauses.gather
    keeps_distance = last_mail_at is None or abs(now - last_mail_at) >= pauses.between
    return is_gathered and keeps_distance and quiet_end(options, now) is None
