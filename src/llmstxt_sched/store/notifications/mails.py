"""Mails: who they go to, and each as a delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.mail_options import MailOptions
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class MailTarget(Struct, frozen=True, kw_only=True):
    """What decides of what a target of mail is told; `is_told` says whether it is told anything new."""

    id: UUID
    project_id: UUID | None
    events: frozenset[EventKind]
    only_changes: bool
    options: MailOptions
    is_told: bool


class Recipient(Struct, frozen=True, kw_only=True):
    """A target of mail that is written to; `now` is the time according to Postgres."""

    id: UUID
    project_id: UUID | None
    shown_address: str
    options: MailOptions
    only_changes: bool
    last_mail_at: datetime | None
    now: datetime
    next_digest_at: datetime | None = None


async def targets_of(connection: Connection, project_ids: Sequence[UUID]) -> list[MailTarget]:
    """The targets of mail of these projects and of all."""
    return each_to(MailTarget, await statements["mail_targets"].rows(connection, ids=project_ids))


async def lock_recipient(connection: Connection, target_id: UUID) -> Recipient | None:
    """A target, locked until the transaction ends; None if another process has it, or it is told nothing any more."""
    return to(Recipient, await statements["mail_target_lock"].row(connection, id=target_id))


async def insert(connection: Connection, mail_id: UUID, target_id: UUID, content: bytes) -> None:
    """Have a mail delivered."""
    await statements["mail_insert"].execute(connection, id=mail_id, target_id=target_id, content=content)
