"""Digests: what the next one of each target of mail tells, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.notifications.mail_options import MOST_AHEAD, Digest, MailOptions
from llmstxt_sched.store.postgres.records import each_to
from llmstxt_sched.store.postgres.statements import Connection, statements


class DueDigest(Struct, frozen=True):
    """A target whose digest is due."""

    id: UUID
    options: MailOptions
    now: datetime


class DigestPayload(Struct, frozen=True):
    """The payload of an event that a digest tells of; none if the event is gone."""

    number: int
    payload: bytes | None


async def note(connection: Connection, entries: Sequence[tuple[UUID, int]]) -> None:
    """Keep for the next digests, each of a target, the number of an event."""
    await statements["digest_note"].execute(
        connection, targets=[target for target, _ in entries], numbers=[number for _, number in entries]
    )


async def due(connection: Connection, after: UUID, limit: int) -> list[DueDigest]:
    """At most `limit` targets after a target, by id, whose digest is due."""
    rows = await statements["digest_due"].rows(
        connection,
        after=after,
        most_daily=MOST_AHEAD[Digest.DAILY],
        most_weekly=MOST_AHEAD[Digest.WEEKLY],
        limit=limit,
    )
    return each_to(DueDigest, rows)


async def payloads(connection: Connection, target_id: UUID, after: int, limit: int) -> list[DigestPayload]:
    """At most `limit` of the events after a number that the next digest of a target tells of, oldest first."""
    rows = await statements["digest_payloads"].rows(connection, target_id=target_id, after=after, limit=limit)
    return each_to(DigestPayload, rows)


async def note_told(
    connection: Connection, target_id: UUID, numbers: Sequence[int], following: datetime | None
) -> None:
    """Note that a digest tells of the events of these numbers, and when the next one is due."""
    await statements["digest_told"].execute(connection, target_id=target_id, numbers=numbers, next=following)
