"""Idempotent requests: a POST repeated with the same Idempotency-Key within a day gets the same response."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

from msgspec import Struct

from llmstxt_sched.errors import InvalidInput, LlmstxtError
from llmstxt_sched.store import idempotency
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.postgres.statements import Connection

T = TypeVar("T")

# The turns by owner and key, as long as a request has or wants one.
_turns: WeakValueDictionary[tuple[UUID, str], asyncio.Lock] = WeakValueDictionary()


class IdempotentRequest(Struct, frozen=True):
    """Identifies a request by its Idempotency-Key and the SHA-256, or an HMAC with it, of its method, path and body.

    A key belongs to an owner: the token of the request, or the user who is signed in.
    """

    owner_id: UUID
    key: str
    sha256: bytes


class AnsweredBefore(LlmstxtError):
    """The request has been executed before; `response` is the response it got then."""

    def __init__(self, response: StoredResponse) -> None:
        super().__init__("this request was answered before")
        self.response = response


class Once(Generic[T]):
    """Makes a use case run at most once for `request`; without a request it always runs.

    `respond` builds the response from the result of the use case; it is stored in the same transaction.
    """

    def __init__(
        self, request: IdempotentRequest | None = None, respond: Callable[[T], StoredResponse] | None = None
    ) -> None:
        self.request = request
        self._respond = respond

    def turn(self) -> AbstractAsyncContextManager[None]:
        """To be entered before the transaction: requests with the same key have it one after another in this process.

        In `check` they wait as well, but each with a connection: ten of them, behind a bulk action that takes a minute,
        would leave none to anybody else, nor to that action itself.
        """
        if self.request is None:
            return nullcontext()
        return _turns.setdefault((self.request.owner_id, self.request.key), asyncio.Lock())

    async def check(self, connection: Connection) -> None:
        """To be called at the start of the transaction.

        Raises AnsweredBefore if this request has been executed before, InvalidInput if its key belongs to another.
        """
        if self.request is None:
            return
        kept = await idempotency.find(connection, self.request.owner_id, self.request.key)
        if kept is None:
            return
        if kept.request_sha256 != self.request.sha256:
            raise InvalidInput("Idempotency-Key", "this key was used for another request: send a new one")
        raise AnsweredBefore(StoredResponse(kept.status, kept.body))

    async def keep(self, connection: Connection, happened: T) -> None:
        """Store the response for the result `happened`; to be called at the end of the same transaction."""
        if self.request and self._respond:
            request, response = self.request, self._respond(happened)
            await idempotency.insert(connection, request.owner_id, request.key, request.sha256, response)
