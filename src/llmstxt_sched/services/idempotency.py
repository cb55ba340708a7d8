"""Requests that are done once: with an Idempotency-Key a POST gets the same response for a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.errors import InvalidInput, LlmstxtError
from llmstxt_sched.store import idempotency
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.statements import Connection

T = TypeVar("T")


class IdempotentRequest(Struct, frozen=True):
    """Which request it is: the key of a token, and the hash of what was asked."""

    token_id: UUID
    key: str
    sha256: bytes


class AnsweredBefore(LlmstxtError):
    """This request was done before; `response` is what it got then."""

    def __init__(self, response: StoredResponse) -> None:
        super().__init__("this request was answered before")
        self.response = response


class Once(Generic[T]):
    """A deed that is done once for `request`; without one, each time.

    `respond` is the caller's: the response to what happened, which is kept in the transaction of the deed.
    """

    def __init__(
        self, request: IdempotentRequest | None = None, respond: Callable[[T], StoredResponse] | None = None
    ) -> None:
        self.request = request
        self._respond = respond

    async def check(self, connection: Connection) -> None:
        """Raises AnsweredBefore for a request that was done before, InvalidInput for its key on another request."""
        if self.request is None:
            return
        kept = await idempotency.find(connection, self.request.token_id, self.request.key)
        if kept is None:
            return
        if kept.request_sha256 != self.request.sha256:
            raise InvalidInput("Idempotency-Key", "this key was used for another request: send a new one")
        raise AnsweredBefore(StoredResponse(kept.status, kept.body))

    async def keep(self, connection: Connection, happened: T) -> None:
        """Keep the response to what happened, in the transaction of the deed."""
        if self.request and self._respond:
            request, response = self.request, self._respond(happened)
            await idempotency.insert(connection, request.token_id, request.key, request.sha256, response)
