"""Addresses of mail: nothing is sent to one before its reader has followed a link, and nothing once they object."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
import structlog

from llmstxt_sched.config import variable
from llmstxt_sched.domain.notifications.mail_options import MailOptions, next_digest_at
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Conflict, NotFound, TooManyRequests
from llmstxt_sched.notify.mail.from_address import Sender
from llmstxt_sched.notify.mail.letter import Letter, write_letter
from llmstxt_sched.notify.mail.render import Frame, render_confirmation
from llmstxt_sched.notify.mail.texts import ConfirmText
from llmstxt_sched.services.notifications.access import check_may_change, found
from llmstxt_sched.services.notifications.mail.tokens import (
    CONFIRM_DAYS,
    address_hash,
    confirm_token,
    confirms,
    read_unsubscribe_token,
)
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.notifications import deliveries, events, mail_addresses, mails, targets
from llmstxt_sched.store.notifications.targets import Target
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)

# Mails that ask for a confirmation, to one address within a day: nobody is to be flooded by them.
ASKED_A_DAY = 5
DAY_SECONDS = 86_400
UNSUBSCRIBED = "its reader has unsubscribed"
NOT_VALID = "this link is not valid: it is older than {days} days, a newer one was sent, or a part of it is missing"


class Confirmed(NamedTuple):
    """An address that was confirmed, and the name of its project; None for all projects."""

    address: str
    project_name: str | None


class MailAddresses:
    """Use cases of the readers of mail.

    `sender` is None where no mail can be sent; `public_url` has no slash at the end.
    """

    def __init__(self, database: Database, secrets: Secrets, sender: Sender | None, public_url: str) -> None:
        self._database = database
        self._secrets = secrets
        self._sender = sender
        self._public_url = public_url

    async def ask(self, connection: Connection, target: Target, now: datetime) -> None:
        """Send a link by which the reader of a target's address confirms it; until then it is told nothing.

        Raises TooManyRequests, and Conflict where no mail can be sent.
        """
        if self._sender is None:
            raise Conflict(f"no mail can be sent before {variable('smtp', 'host')} names a server")
        address = target.shown_address
        if await mail_addresses.count_question(connection, _sha256(address.casefold())) > ASKED_A_DAY:
            message = f"{address} was asked {ASKED_A_DAY} times within a day: confirm it by one of these mails"
            raise TooManyRequests(message, DAY_SECONDS)
        token = confirm_token(self._secrets, target.id, address, now)
        projects = await events.projects_of(connection, [target.project_id] if target.project_id else [])
        scope = next((each.name for each in projects.values()), "")
        text = ConfirmText(f"{self._public_url}/notifications/confirm#token={token}", scope, CONFIRM_DAYS)
        rendered = render_confirmation(text, Frame(_options(target).timezone, address))
        mail_id = uuid4()
        letter = Letter(mail_id, address, now, rendered.subject, rendered.text, rendered.html)
        await mail_addresses.note_asked(connection, target.id, _sha256(token))
        await mails.insert(connection, mail_id, target.id, write_letter(letter, self._sender))

    async def ask_again(self, target_id: UUID, role: Role) -> None:
        """Send another link, in place of those before.

        Raises Forbidden, NotFound, TooManyRequests, and Conflict for an address that is confirmed, or is none.
        """
        async with self._database.transaction() as connection:
            target, now = found(await targets.lock(connection, target_id), target_id)
            check_may_change(target.project_id, role)
            if target.kind is not TargetKind.EMAIL:
                raise Conflict("only addresses of mail are confirmed")
            if target.confirmed_at:
                raise Conflict("this address is confirmed")
            await self.ask(connection, target, now)
            await audit.record(connection, "target.ask", "target", target.id, target.name)

    async def changed(self, connection: Connection, before: Target, after: Target, now: datetime) -> None:
        """Follow a change of a target of mail: another address is asked anew, and the next digest may be due otherwise.

        Raises as `ask` does.
        """
        if before.shown_address != after.shown_address:
            await deliveries.give_up(connection, after.id, "its address was changed")
            await mail_addresses.forget(connection, after.id)
            await self.ask(connection, after, now)
        elif before.options != after.options:
            await mail_addresses.schedule_digest(connection, after.id, next_digest_at(_options(after), now))

    async def confirm(self, token: str) -> Confirmed:
        """Confirm an address by the link that was sent to it; once more makes no difference.  Raises NotFound."""
        async with self._database.transaction() as connection:
            asked = await mail_addresses.asked_by(connection, _sha256(token))
            if not asked or not confirms(self._secrets, token, asked.id, asked.shown_address, asked.now):
                raise NotFound(NOT_VALID.format(days=CONFIRM_DAYS))
            if not asked.confirmed_at:
                await mail_addresses.forget_questions(connection, _sha256(asked.shown_address.casefold()))
                await mail_addresses.confirm(connection, asked.id, next_digest_at(asked.options, asked.now))
                await audit.record(connection, "target.confirm", "target", asked.id, asked.name)
                log.info("address confirmed", target_id=str(asked.id))
        return Confirmed(asked.shown_address, asked.project_name)

    def knows(self, token: str) -> bool:
        """Whether `unsubscribe` takes this token."""
        return read_unsubscribe_token(self._secrets, token) is not None

    async def unsubscribe(self, token: str) -> None:
        """Tell the reader of a mail nothing any more; once more makes no difference.  Raises NotFound."""
        subscription = read_unsubscribe_token(self._secrets, token)
        if subscription is None:
            raise NotFound("this link is not valid: a part of it is missing")
        target_id = subscription.target_id
        async with self._database.transaction() as connection:
            locked = await targets.lock(connection, target_id)
            # The target may have gone, or have the address of somebody else by now.
            if not locked or address_hash(locked.target.shown_address) != subscription.address_hash:
                return
            if name := await mail_addresses.end(connection, target_id, UNSUBSCRIBED):
                await mail_addresses.forget(connection, target_id)
                await deliveries.give_up(connection, target_id, UNSUBSCRIBED)
                await audit.record(connection, "target.unsubscribe", "target", target_id, name)
                log.info("reader unsubscribed", target_id=str(target_id))


def _options(target: Target) -> MailOptions:
    return msgspec.convert(target.options, MailOptions)


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
