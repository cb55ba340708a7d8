"""Responses stored for requests that carry an Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.records import to
from llmstxt_sched.store.postgres.statements import Connection, statements


class StoredResponse(Struct, frozen=True):
    """A response exactly as it is sent."""

    status: int
    body: bytes


class KeptResponse(StoredResponse, frozen=True):
    """A stored response with the hash of the request that it answered."""

    request_sha256: bytes


async def find(connection: Connection, owner_id: UUID, key: str) -> KeptResponse | None:
    """The response stored for this key of a token or a user, or None.

    Takes a lock until the transaction ends, so that concurrent requests with the same key run one after another.
    """
    await statements["idempotency_lock"].execute(connection, owner_id=str(owner_id), key=key)
    return to(KeptResponse, await statements["idempotency_find"].row(connection, owner_id=owner_id, key=key))


async def insert(
    connection: Connection, owner_id: UUID, key: str, request_sha256: bytes, response: StoredResponse
) -> None:
    """Store a response."""
    await statements["idempotency_insert"].execute(
        connection,
        owner_id=owner_id,
        key=key,
        request_sha256=request_sha256,
        status=response.status,
        body=response.body,
    )


async def purge(connection: Connection) -> None:
    """Delete responses older than 24 hours."""
    await statements["idempotency_purge"].execute(connection)
