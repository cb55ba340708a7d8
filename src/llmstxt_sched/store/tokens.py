"""API tokens, stored as hashes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.records import each_to
from llmstxt_sched.store.statements import Connection, statements


class Token(Struct, frozen=True):
    """What is stored about a token; the token itself is not."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


async def insert(connection: Connection, token_id: UUID, name: str, sha256: bytes) -> Token:
    """Store the hash of a new token."""
    rows = await statements["token_insert"].rows(connection, id=token_id, name=name, sha256=sha256)
    return each_to(Token, rows)[0]


async def put(connection: Connection, token_id: UUID, name: str, sha256: bytes) -> None:
    """Store the hash of a token under a fixed id, replacing an earlier one."""
    await statements["token_set"].execute(connection, id=token_id, name=name, sha256=sha256)


async def find(connection: Connection, sha256: bytes) -> UUID | None:
    """The id of the token with this hash, or None; records that it was used."""
    found: UUID | None = await statements["token_find"].value(connection, sha256=sha256)
    return found


async def lock(connection: Connection) -> None:
    """Keep other transactions from creating tokens until this one ends."""
    await statements["token_lock"].execute(connection)


async def page(connection: Connection, before: tuple[datetime, UUID] | None, limit: int) -> list[Token]:
    """At most `limit` tokens, newest first, starting before `before` (a creation time and an id)."""
    at, last = before or (None, None)
    return each_to(Token, await statements["token_page"].rows(connection, before_at=at, before_id=last, limit=limit))


async def count(connection: Connection) -> int:
    """The number of tokens."""
    return int(await statements["token_count"].value(connection))


async def delete(connection: Connection, token_id: UUID) -> bool:
    """Revoke a token; false if it did not exist."""
    return await statements["token_delete"].value(connection, id=token_id) is not None
