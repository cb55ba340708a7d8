"""The log of events and deliveries over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from msgspec import Struct

from llmstxt_sched.api.middleware.rate_limits import limit_triggers
from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize, Position64
from llmstxt_sched.domain.notifications.delivery import DeliveryStatus
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.notifications.delivery_log import DeliveryLog
from llmstxt_sched.store.notifications.deliveries import DeliveryFilter, LoggedDelivery
from llmstxt_sched.store.notifications.events import ListedEvent


class DeliveryTargetWire(Struct, frozen=True):
    """Who was told."""

    id: UUID
    name: str
    kind: TargetKind


class DeliveryEventWire(Struct, frozen=True):
    """What was told; the id is the one that receivers see."""

    id: UUID
    number: int
    kind: EventKind


class DeliveryWire(Struct, frozen=True):
    """One telling of one target, with what came of its last attempt."""

    id: UUID
    target: DeliveryTargetWire
    event: DeliveryEventWire | None
    project_id: UUID | None
    status: DeliveryStatus
    attempts: int
    next_attempt_at: Time | None
    created_at: Time
    finished_at: Time | None
    status_code: int | None
    milliseconds: int | None
    answer: str | None
    error: str | None


class EventWire(Struct, frozen=True):
    """What happened."""

    number: int
    id: UUID
    at: Time
    kind: EventKind
    project_id: UUID | None
    project_name: str | None
    run_id: UUID | None
    details: dict[str, Any]


class DeliveriesController(Controller):
    """What targets were told, and what came of it."""

    path = "/api/deliveries"
    tags = ("notifications",)

    @get(operation_id="list_deliveries")
    async def many(
        self,
        delivery_log: DeliveryLog,
        target_id: UUID | None = None,
        project_id: UUID | None = None,
        status: DeliveryStatus | None = None,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> Listing[DeliveryWire]:
        """Deliveries, newest first."""
        wanted = DeliveryFilter(target_id, project_id, status)
        listed = PagedList(tuple[datetime, UUID], "deliveries", wanted)
        found = await delivery_log.page(wanted, listed.read(cursor), limit + 1)
        return listed.page(found, limit, _show, lambda delivery: (delivery.created_at, delivery.id))

    @post("/{delivery_id:uuid}/resend", guards=[limit_triggers], status_code=204, operation_id="resend_delivery")
    async def resend(self, request: Request[Any, Identity, Any], delivery_log: DeliveryLog, delivery_id: UUID) -> None:
        """Let a delivery be made again at once, with the same id and the same body."""
        await delivery_log.resend(delivery_id, request.auth.role)


class EventsController(Controller):
    """What happened to projects."""

    path = "/api/events"
    tags = ("notifications",)

    @get(operation_id="list_events")
    async def many(
        self,
        delivery_log: DeliveryLog,
        project_id: UUID | None = None,
        kind: EventKind | None = None,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> Listing[EventWire]:
        """Events, newest first."""
        listed = PagedList(Position64, "events", project_id, kind)
        found = await delivery_log.events(project_id, kind, listed.read(cursor), limit + 1)
        return listed.page(found, limit, _show_event, lambda event: event.number)


def _show(delivery: LoggedDelivery) -> DeliveryWire:
    event = None
    if delivery.event_id and delivery.event_number and delivery.event_kind:
        event = DeliveryEventWire(delivery.event_id, delivery.event_number, delivery.event_kind)
    return DeliveryWire(
        id=delivery.id,
        target=DeliveryTargetWire(delivery.target_id, delivery.target_name, delivery.target_kind),
        event=event,
        project_id=delivery.project_id,
        status=delivery.status,
        attempts=delivery.attempt,
        next_attempt_at=delivery.not_before if delivery.status is DeliveryStatus.PENDING else None,
        created_at=delivery.created_at,
        finished_at=delivery.finished_at,
        status_code=delivery.status_code,
        milliseconds=delivery.milliseconds,
        answer=delivery.answer,
        error=delivery.error,
    )


def _show_event(event: ListedEvent) -> EventWire:
    return EventWire(**{name: getattr(event, name) for name in EventWire.__struct_fields__})
