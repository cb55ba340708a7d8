"""The way of events to targets, wired as `app.py` wires it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest_asyncio
from msgspec import Struct
from tests.support.engine import SECRETS, Engine

from llmstxt_sched.config import SmtpSettings
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.notify.mail.smtp import SmtpServer
from llmstxt_sched.notify.senders import senders
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.notifications.deliveries import Deliveries
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses
from llmstxt_sched.services.notifications.routing import Routing
from llmstxt_sched.services.notifications.targets import NewTarget, Targets
from llmstxt_sched.services.notifications.wanted_targets import WantedTarget

PUBLIC_URL = "https://llms.example.com"


class Notifying(Struct, frozen=True):
    """The use cases on one replica, whose gate lets loopback through."""

    engine: Engine
    targets: Targets
    routing: Routing
    deliveries: Deliveries

    async def webhook(
        self, address: str, project_id: UUID | None = None, events: Sequence[EventKind] | None = None, **more: Any
    ) -> NewTarget:
        """A target that is a webhook."""
        wanted = WantedTarget(
            project_id=project_id,
            kind=TargetKind.WEBHOOK,
            name="deploy",
            address=address,
            events=tuple(events) if events else None,
            **more,
        )
        return await self.targets.create(wanted, Role.ADMIN, Once())

    async def deliver(self) -> int:
        """Hand events to their targets and make every attempt that is due; returns how many were made."""
        while await self.routing.route():
            pass
        count = 0
        while claimed := await self.deliveries.claim(256, 128):
            await asyncio.gather(*(self.deliveries.attempt(each) for each in claimed))
            count += len(claimed)
        return count

    async def end_waits(self) -> None:
        """All pauses between attempts are over."""
        await self.engine.sql("UPDATE deliveries SET not_before = clock_timestamp() WHERE status = 'PENDING'")

    async def log(self) -> list[Any]:
        """All deliveries in the order of their events."""
        return await self.engine.sql("SELECT * FROM deliveries ORDER BY number, created_at")


@asynccontextmanager
async def open_notifying(
    engine: Engine, retries: Sequence[float] = (5, 300), mail: SmtpSettings | None = None
) -> AsyncIterator[Notifying]:
    """The use cases on one replica; `mail` is the server to send by."""
    gate = Gate("127.0.0.0/8")
    smtp = SmtpServer(mail) if mail else None
    sender = smtp.sender if smtp else None
    mail_addresses = MailAddresses(engine.database, SECRETS, sender, PUBLIC_URL)
    async with open_client(gate, "llmstxt-sched/test", reuses=False) as client:
        yield Notifying(
            engine=engine,
            targets=Targets(engine.database, SECRETS, gate, mail_addresses),
            routing=Routing(engine.database, PUBLIC_URL),
            deliveries=Deliveries(engine.database, SECRETS, senders(client, smtp), retries, engine.metrics),
        )


@pytest_asyncio.fixture
async def notifying(engine: Engine) -> AsyncIterator[Notifying]:
    """The use cases on one replica."""
    async with open_notifying(engine) as opened:
        yield opened
