"""Responses kept for requests with an Idempotency-Key."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.records import to
from llmstxt_sched.store.statements import statements

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection


class Kept(Struct, frozen=True):
    """A response, and the hash of the request that it answered."""

    request_sha256: bytes
    status: int
    body: bytes


async def find(connection: Connection, token_id: UUID, key: str) -> Kept | None:
    """The response kept for this key; requests with the same key wait for each other until the commit."""
    await statements.idempotency_lock(connection, token_id=str(token_id), key=key)
    return to(Kept, await statements.idempotency_find(connection, token_id=token_id, key=key))


async def insert(connection: Connection, token_id: UUID, key: str, kept: Kept) -> None:
    """Keep a response."""
    await statements.idempotency_insert(
        connection,
        token_id=token_id,
        key=key,
        request_sha256=kept.request_sha256,
        status=kept.status,
        body=kept.body,
    )


async def purge(connection: Connection) -> None:
    """Forget the responses whose time is over."""
    await statements.idempotency_purge(connection)
