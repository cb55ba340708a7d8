"""Responses kept for requests with an Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.records import to
from llmstxt_sched.store.statements import Connection, statements


class StoredResponse(Struct, frozen=True):
    """A response as it is sent."""

    status: int
    body: bytes


class KeptResponse(StoredResponse, frozen=True):
    """A response, and the hash of the request that it answered."""

    request_sha256: bytes


async def find(connection: Connection, token_id: UUID, key: str) -> KeptResponse | None:
    """The response kept for this key; requests with the same key wait for each other until the commit."""
    await statements["idempotency_lock"].execute(connection, token_id=str(token_id), key=key)
    return to(KeptResponse, await statements["idempotency_find"].row(connection, token_id=token_id, key=key))


async def insert(
    connection: Connection, token_id: UUID, key: str, request_sha256: bytes, response: StoredResponse
) -> None:
    """Keep a response."""
    await statements["idempotency_insert"].execute(
        connection,
        token_id=token_id,
        key=key,
        request_sha256=request_sha256,
        status=response.status,
        body=response.body,
    )


async def purge(connection: Connection) -> None:
    """Forget the responses whose time is over."""
    await statements["idempotency_purge"].execute(connection)
