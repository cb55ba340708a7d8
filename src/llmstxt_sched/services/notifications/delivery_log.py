"""The log of deliveries, and what is done by hand: one made again, and a target tested at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from llmstxt_sched.domain.notifications.delivery import DeliveryStatus
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Conflict, NotFound
from llmstxt_sched.notify.message import Answer, Sender, Telling
from llmstxt_sched.services.notifications.access import check_may_change, found
from llmstxt_sched.services.notifications.answers import answer_or_fault, noted
from llmstxt_sched.services.notifications.deliveries import message_of
from llmstxt_sched.services.notifications.payloads import Material, body_of
from llmstxt_sched.services.notifications.sealing import destination_of, unseal
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.secrets import Secrets, UnreadableSecret
from llmstxt_sched.store.notifications import deliveries, events, targets
from llmstxt_sched.store.notifications.deliveries import DeliveryFilter, LoggedDelivery, NotedTest
from llmstxt_sched.store.notifications.events import Event, ListedEvent
from llmstxt_sched.store.notifications.targets import Target
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database


class DeliveryLog:
    """Use cases of the log; `public_url` has no slash at the end."""

    def __init__(
        self, database: Database, secrets: Secrets, senders: Mapping[TargetKind, Sender], public_url: str
    ) -> None:
        self._database = database
        self._secrets = secrets
        self._senders = senders
        self._public_url = public_url

    async def page(
        self, wanted: DeliveryFilter, before: tuple[datetime, UUID] | None, limit: int
    ) -> list[LoggedDelivery]:
        """At most `limit` deliveries, newest first, those before `before` (a time and an id)."""
        async with self._database.connection() as connection:
            return await deliveries.page(connection, wanted, before, limit)

    async def events(
        self, project_id: UUID | None, kind: EventKind | None, before: int | None, limit: int
    ) -> list[ListedEvent]:
        """At most `limit` events, newest first, with numbers below `before`."""
        async with self._database.connection() as connection:
            return await events.page(connection, project_id, kind, before, limit)

    async def resend(self, delivery_id: UUID, role: Role) -> None:
        """Let a delivery be made again at once, with the same id and body.

        Raises NotFound, Forbidden, and Conflict while an attempt is under way, the target is disabled, its address of
        mail is not confirmed, or what was told is kept no more.
        """
        async with self._database.transaction() as connection:
            delivery = await deliveries.lock(connection, delivery_id)
            if delivery is None:
                raise NotFound(f"there is no delivery {delivery_id}")
            check_may_change(delivery.project_id, role)
            if delivery.is_under_way:
                raise Conflict("an attempt is being made just now: wait until it has ended")
            if not delivery.is_enabled:
                raise Conflict("its target is disabled: enable it first")
            if not delivery.is_confirmed:
                raise Conflict("its address is not confirmed: nothing is sent to it again before that")
            if not delivery.is_kept:
                raise Conflict("what was told is kept no more")
            await deliveries.resend(connection, delivery_id)
            about = {"project_id": delivery.project_id} if delivery.project_id else {}
            await audit.record(
                connection, "delivery.resend", "target", delivery.target_id, delivery.target_name, **about
            )

    async def test(self, target_id: UUID, role: Role) -> Answer:
        """Tell a target of a test at once, and note it in the log.

        Raises NotFound, Forbidden, and Conflict where what is secret of it cannot be read, or its address of mail is
        not confirmed.
        """
        async with self._database.connection() as connection:
            target = found(await targets.get(connection, target_id), target_id)
            check_may_change(target.project_id, role)
            if target.kind is TargetKind.EMAIL and not target.confirmed_at:
                raise Conflict("this address is not confirmed: nothing is sent to it before that")
            now = await database.now(connection)
            projects = await events.projects_of(connection, [target.project_id] if target.project_id else [])
        event = _event_of_test(target, now)
        payload = body_of(event, Material(projects, {}, {}, {}), self._public_url)
        sender = self._senders.get(target.kind)
        if payload is None or sender is None:
            raise Conflict("such a target cannot be tested")
        answer = await answer_or_fault(sender(self._telling(target, event, payload)), event.id)
        await self._note(target, event, payload, answer)
        return answer

    def _telling(self, target: Target, event: Event, payload: bytes) -> Telling:
        try:
            opened, _ = unseal(self._secrets, target.id, target.sealed)
        except UnreadableSecret as error:
            raise Conflict(error.message) from None
        return Telling(
            delivery_id=event.id,
            destination=destination_of(target.kind, target.shown_address, target.options, opened, event.at),
            message=message_of(event.id, event.kind, event.at, payload),
            now=event.at,
            project_id=target.project_id,
        )

    async def _note(self, target: Target, event: Event, payload: bytes, answer: Answer) -> None:
        test = NotedTest(
            id=event.id,
            target_id=target.id,
            event_id=event.id,
            at=event.at,
            project_id=target.project_id,
            details=event.details,
            payload=payload,
            status=DeliveryStatus.FAILED if answer.error else DeliveryStatus.DELIVERED,
        )
        async with self._database.transaction() as connection:
            await deliveries.insert_test(connection, test, noted(answer))
            about = {"project_id": target.project_id} if target.project_id else {}
            await audit.record(connection, "target.test", "target", target.id, target.name, **about)


def _event_of_test(target: Target, now: datetime) -> Event:
    details = {"target": {"id": target.id, "name": target.name, "kind": target.kind}}
    return Event(0, uuid4(), now, EventKind.TEST, target.project_id, None, msgspec.to_builtins(details))
