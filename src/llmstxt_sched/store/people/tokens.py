"""API tokens, stored as hashes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.user import Identity, TokenScope
from llmstxt_sched.store.people import users
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class TokenDetails(Struct, frozen=True, kw_only=True):
    """A token before it is stored; without a user it is nobody's, and limited by its scope alone."""

    id: UUID
    name: str
    scope: TokenScope
    user_id: UUID | None
    expires_at: datetime | None


class Token(TokenDetails, frozen=True, kw_only=True):
    """What is stored about a token; the token itself is not."""

    user_name: str | None
    created_at: datetime
    last_used_at: datetime | None


class RevokedToken(NamedTuple):
    """A token that was revoked."""

    id: UUID
    name: str


async def insert(connection: Connection, token: TokenDetails, sha256: bytes) -> Token:
    """Store a new token and its hash."""
    rows = await statements["token_insert"].rows(connection, **structs.asdict(token), sha256=sha256)
    return each_to(Token, rows)[0]


async def put(connection: Connection, token_id: UUID, name: str, sha256: bytes) -> bool:
    """Store the hash of a token under a fixed id, unless it is another token's; it may do everything, and is nobody's.

    An earlier one of another hash is replaced, and its sessions end; returns whether there was one.
    """
    await statements["token_turn"].execute(connection, id=token_id)
    replaced = await statements["token_unset"].value(connection, id=token_id, sha256=sha256)
    await statements["token_set"].execute(connection, id=token_id, name=name, sha256=sha256)
    return replaced is not None


async def unset(connection: Connection, token_id: UUID) -> bool:
    """Revoke the token of a fixed id; false if there is none."""
    return await statements["token_unset"].value(connection, id=token_id, sha256=None) is not None


async def find(connection: Connection, sha256: bytes) -> Identity | None:
    """Whose token has this hash, or None; records that it was used, and its user seen."""
    row = await statements["token_find"].row(connection, sha256=sha256)
    if row and row["is_stamped"] and row["user_id"]:
        await users.stamp(connection, row["user_id"])
    return to(Identity, row)


async def id_of(connection: Connection, sha256: bytes) -> UUID | None:
    """The id of the token with this hash, or None."""
    found: UUID | None = await statements["token_id"].value(connection, sha256=sha256)
    return found


async def lock(connection: Connection, token_id: UUID) -> bool:
    """Protect a token from being revoked until the transaction ends; false if it does not exist."""
    return bool(await statements["token_lock"].value(connection, id=token_id))


async def page(
    connection: Connection, user_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[Token]:
    """At most `limit` tokens of a user (None means all), newest first, those before `before` (a time and an id)."""
    at, last = before or (None, None)
    rows = await statements["token_page"].rows(connection, user_id=user_id, before_at=at, before_id=last, limit=limit)
    return each_to(Token, rows)


async def adopt(connection: Connection, user_id: UUID, except_id: UUID) -> None:
    """Give the tokens that are nobody's to a user, but one of them."""
    await statements["token_adopt"].execute(connection, user_id=user_id, except_id=except_id)


async def delete(
    connection: Connection, token_id: UUID, user_id: UUID | None, *, of_anybody: bool
) -> RevokedToken | None:
    """Revoke a token of a user, or of anybody; None if there is none of this id."""
    row = await statements["token_delete"].row(connection, id=token_id, user_id=user_id, of_anybody=of_anybody)
    return RevokedToken(row["id"], row["name"]) if row else None


async def delete_of_user(connection: Connection, user_id: UUID) -> list[RevokedToken]:
    """Revoke all tokens of a user."""
    rows = await statements["token_delete_of_user"].rows(connection, user_id=user_id)
    return [RevokedToken(row["id"], row["name"]) for row in rows]
