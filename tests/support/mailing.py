"""The way of events to readers of mail, by a real mail server, with hands for the clock."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from msgspec import Struct
from tests.support.engine import SECRETS, Engine
from tests.support.mail_server import MailServer, mail_server
from tests.support.notifying import PUBLIC_URL, Notifying, open_notifying

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.notify.mail.smtp import SmtpServer
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.notifications.delivery_log import DeliveryLog
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses
from llmstxt_sched.services.notifications.mail.mails import Mails, pauses_of
from llmstxt_sched.services.notifications.wanted_targets import WantedTarget

ANN = "ann@example.com"


class Mailing(Struct, frozen=True):
    """The use cases on one replica, and the server that takes its mail."""

    engine: Engine
    notifying: Notifying
    server: MailServer
    mails: Mails
    log: DeliveryLog
    mail_addresses: MailAddresses

    async def ask(self, project_id: UUID | None = None, *, only_changes: bool = True, **options: Any) -> UUID:
        """A target whose address is not confirmed yet; its mail was sent."""
        wanted = WantedTarget(
            project_id=project_id,
            kind=TargetKind.EMAIL,
            name="Ann",
            address=ANN,
            only_changes=only_changes,
            options=options,
        )
        made = await self.notifying.targets.create(wanted, Role.ADMIN, Once())
        return made.target.id

    async def subscribe(self, project_id: UUID | None = None, *, only_changes: bool = True, **options: Any) -> UUID:
        """A target whose address is confirmed."""
        target_id = await self.ask(project_id, only_changes=only_changes, **options)
        (asked,) = await self.received()
        await self.mail_addresses.confirm(token_in(asked))
        return target_id

    async def received(self) -> list[EmailMessage]:
        """The mails that come now, once events are handed out, mails written and deliveries made."""
        while await self.notifying.routing.route():
            pass
        while await self.mails.write():
            pass
        await self.notifying.deliver()
        came = self.server.messages
        self.server.envelopes.clear()
        return came

    async def wait(self, time: timedelta) -> None:
        """So much time passes for what is to be told."""
        for column in ("opened_at", "closed_at"):
            await self.engine.sql(f"UPDATE incidents SET {column} = {column} - $1::interval", time)
        for column in ("last_mail_at", "next_digest_at", "untold_since"):
            await self.engine.sql(f"UPDATE targets SET {column} = {column} - $1::interval", time)


def token_in(asked: EmailMessage) -> str:
    """The token of the link in a mail that asks for a confirmation."""
    found = re.search(rf"{PUBLIC_URL}/notifications/confirm#token=([A-Za-z0-9_-]+)", text_of(asked))
    assert found
    return found[1]


def text_of(mail: EmailMessage) -> str:
    """The text of a mail."""
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


@asynccontextmanager
async def open_mailing(engine: Engine) -> AsyncIterator[Mailing]:
    """The use cases on one replica."""
    async with mail_server() as server, open_notifying(engine, mail=server.settings()) as notifying:
        smtp = SmtpServer(server.settings())
        yield Mailing(
            engine=engine,
            notifying=notifying,
            server=server,
            log=DeliveryLog(engine.database, SECRETS, {}, PUBLIC_URL),
            mails=Mails(engine.database, SECRETS, smtp.sender, pauses_of(server.settings()), PUBLIC_URL),
            mail_addresses=MailAddresses(engine.database, SECRETS, smtp.sender, PUBLIC_URL),
        )
