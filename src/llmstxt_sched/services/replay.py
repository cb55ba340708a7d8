"""Answers that are given again: a POST with an Idempotency-Key is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.store import idempotency

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection


class Replay(Struct, frozen=True):
    """Which request it is: the key of a token, and the hash of what was asked."""

    token_id: UUID
    key: str
    request_sha256: bytes


class Answer(Struct, frozen=True):
    """A response as it is sent."""

    status: int
    body: bytes


async def earlier_answer(connection: Connection, replay: Replay | None) -> Answer | None:
    """The answer that this request got before.  Raises InvalidInput for the same key on another request."""
    if replay is None:
        return None
    kept = await idempotency.find(connection, replay.token_id, replay.key)
    if kept is None:
        return None
    if kept.request_sha256 != replay.request_sha256:
        raise InvalidInput("Idempotency-Key", "this key was used for another request: send a new one")
    return Answer(kept.status, kept.body)


async def keep_answer(connection: Connection, replay: Replay | None, answer: Answer) -> None:
    """Keep the answer, in the transaction of what was done."""
    if replay is not None:
        kept = idempotency.Kept(replay.request_sha256, answer.status, answer.body)
        await idempotency.insert(connection, replay.token_id, replay.key, kept)
