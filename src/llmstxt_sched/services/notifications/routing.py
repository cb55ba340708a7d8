"""Hands events to their targets: makes their bodies and a delivery for each target that wants one.

One process does it at a time, in the order in which the events of a project were written.
"""

from __future__ import annotations

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import PUBLISHING, TargetKind, wants
from llmstxt_sched.services.notifications.mail.mails import note_for_mails
from llmstxt_sched.services.notifications.payloads import payloads_of
from llmstxt_sched.store.notifications import deliveries, events, targets
from llmstxt_sched.store.notifications.events import Event
from llmstxt_sched.store.notifications.targets import InterestedTarget
from llmstxt_sched.store.postgres.database import Database

# So many a transaction.  Each may have some 50 KB of changes; attempts wait for it.
EVENTS = 50
# For an event that nobody is told of.
NO_PAYLOAD = b""


class Routing:
    """The use case; `public_url` has no slash at the end."""

    def __init__(self, database: Database, public_url: str) -> None:
        self._database = database
        self._public_url = public_url

    async def route(self) -> int:
        """Hand the next events to their targets; returns how many.  None if another process is at it."""
        async with self._database.connection() as connection:
            if not await events.are_waiting(connection):
                return 0
        async with self._database.transaction() as connection:
            if not await events.take_turn(connection):
                return 0
            waiting = await events.waiting(connection, EVENTS)
            project_ids = list({event.project_id for event in waiting if event.project_id})
            await events.keep_projects(connection, project_ids)
            told = _told(waiting, await targets.interested(connection, project_ids))
            wanted = {event.number for _, event in told}
            bodies = await payloads_of(connection, [e for e in waiting if e.number in wanted], self._public_url)
            payloads = [(event.number, bodies.get(event.number, NO_PAYLOAD)) for event in waiting]
            at_once = [(target, event) for target, event in told if _is_at_once(target, event)]
            made = [(target.id, event.number) for target, event in at_once if event.number in bodies]
            await events.route(connection, payloads, made)
            publishing = {target.id for target, _ in at_once if target.kind in PUBLISHING}
            if publishing:
                await deliveries.supersede(connection, list(publishing))
            # Nobody is told of projects that are gone, or were made for one llms.txt.
            known = await events.projects_of(connection, project_ids)
            await note_for_mails(connection, [e for e in waiting if not e.project_id or e.project_id in known])
        return len(waiting)


def _told(waiting: list[Event], interested: list[InterestedTarget]) -> list[tuple[InterestedTarget, Event]]:
    by_project: dict[object, list[InterestedTarget]] = {}
    for target in interested:
        by_project.setdefault(target.project_id, []).append(target)
    of_all = by_project.pop(None, [])
    return [
        (target, event)
        for event in waiting
        for target in (*of_all, *by_project.get(event.project_id, ()))
        if _is_told(target, event)
    ]


def _is_at_once(target: InterestedTarget, event: Event) -> bool:
    # All else that a reader of mail hears of is gathered: services/notifications/mails.py.
    return target.kind is not TargetKind.EMAIL or event.kind is EventKind.DELIVERY_DISABLED


def _is_told(target: InterestedTarget, event: Event) -> bool:
    # Only other targets hear that a target was disabled, even if it was enabled again in the meantime.
    if event.kind is EventKind.DELIVERY_DISABLED and event.details["target"]["id"] == str(target.id):
        return False
    has_changed = bool(event.details.get("documents_changed"))
    return wants(target.events, event.kind, only_changes=target.only_changes, has_changed=has_changed)
