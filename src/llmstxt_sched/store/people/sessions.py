"""Sessions of browsers, stored as hashes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.user import BegunWith, Identity
from llmstxt_sched.store.people import users
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class NewSession(Struct, frozen=True, kw_only=True):
    """A session before it is stored."""

    id: UUID
    sha256: bytes
    user_id: UUID | None
    token_id: UUID | None
    begun_with: BegunWith
    address: str
    user_agent: str


class Session(Struct, frozen=True):
    """A session as its user sees it."""

    id: UUID
    address: str
    user_agent: str
    created_at: datetime
    last_used_at: datetime


class EndedSession(Struct, frozen=True):
    """A session that was ended."""

    id: UUID
    user_id: UUID | None


async def insert(connection: Connection, session: NewSession) -> None:
    """Store a new session."""
    await statements["session_insert"].execute(connection, **structs.asdict(session))


async def find(connection: Connection, sha256: bytes) -> Identity | None:
    """Who is signed in with the cookie of this hash, or None; records that the session was used, and the user seen."""
    row = await statements["session_find"].row(connection, sha256=sha256)
    if row and row["is_stamped"] and row["user_id"]:
        await users.stamp(connection, row["user_id"])
    return to(Identity, row)


async def page(
    connection: Connection, owner: Identity, before: tuple[datetime, UUID] | None, limit: int
) -> list[Session]:
    """At most `limit` sessions of a user, or of a token that is nobody's, newest first, those before `before`."""
    at, last = before or (None, None)
    rows = await statements["session_page"].rows(
        connection, user_id=owner.user_id, token_id=owner.token_id, before_at=at, before_id=last, limit=limit
    )
    return each_to(Session, rows)


async def adopt(connection: Connection, user_id: UUID, except_token_id: UUID) -> None:
    """Give the sessions of nobody to a user, but those that were begun with one token."""
    await statements["session_adopt"].execute(connection, user_id=user_id, except_token_id=except_token_id)


async def delete(connection: Connection, session_id: UUID, user_id: UUID | None) -> bool:
    """End one session of a user; false if there is none of this id."""
    return await statements["session_delete"].value(connection, id=session_id, user_id=user_id) is not None


async def delete_by_hash(connection: Connection, sha256: bytes) -> EndedSession | None:
    """End the session of this cookie; None if there was none."""
    return to(EndedSession, await statements["session_delete_by_hash"].row(connection, sha256=sha256))


async def delete_others(connection: Connection, user_id: UUID, except_id: UUID | None) -> None:
    """End all sessions of a user but one, if one is named."""
    await statements["session_delete_others"].execute(connection, user_id=user_id, except_id=except_id)


async def purge(connection: Connection) -> None:
    """Delete sessions that have ended by themselves."""
    await statements["session_purge"].execute(connection)
