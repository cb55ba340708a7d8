"""The addresses of targets of mail: asked, confirmed and given up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.mail_options import MailOptions
from llmstxt_sched.store.postgres.records import to
from llmstxt_sched.store.postgres.statements import Connection, statements


class AskedAddress(Struct, frozen=True, kw_only=True):
    """A target whose address is to be confirmed, or was, by a link; without a project it is of all of them."""

    id: UUID
    project_id: UUID | None
    name: str
    shown_address: str
    options: MailOptions
    confirmed_at: datetime | None
    project_name: str | None
    now: datetime


async def count_question(connection: Connection, address_sha256: bytes) -> int:
    """Note that the address with this hash is asked; returns how often it was within a day, without an answer."""
    return int(await statements["mail_question"].value(connection, sha256=address_sha256))


async def forget_questions(connection: Connection, address_sha256: bytes) -> None:
    """Note that the address with this hash has answered."""
    await statements["mail_answered"].execute(connection, sha256=address_sha256)


async def note_asked(connection: Connection, target_id: UUID, sha256: bytes) -> None:
    """Note the hash of the newest link by which a target's address is confirmed; it counts as not confirmed."""
    await statements["mail_ask"].execute(connection, id=target_id, sha256=sha256)


async def asked_by(connection: Connection, sha256: bytes) -> AskedAddress | None:
    """The target of the link with this hash, locked until the transaction ends."""
    return to(AskedAddress, await statements["mail_asked_by"].row(connection, sha256=sha256))


async def confirm(connection: Connection, target_id: UUID, next_digest: datetime | None) -> None:
    """Note that an address is confirmed, and when its first digest is due."""
    await statements["mail_confirm"].execute(connection, id=target_id, next=next_digest)


async def schedule_digest(connection: Connection, target_id: UUID, next_digest: datetime | None) -> None:
    """Note when the next digest of an address is due, if it is confirmed; None forgets what it was to tell."""
    await statements["digest_schedule"].execute(connection, id=target_id, next=next_digest)


async def forget(connection: Connection, target_id: UUID) -> None:
    """Forget what the reader of an address knows, and that it was confirmed."""
    await statements["mail_forget"].execute(connection, id=target_id)


async def end(connection: Connection, target_id: UUID, reason: str) -> str | None:
    """Disable a target whose address was confirmed, and return its name; None if it was not."""
    name: str | None = await statements["mail_end"].value(connection, id=target_id, reason=reason)
    return name
