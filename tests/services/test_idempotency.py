from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from tests.support.engine import Engine

from llmstxt_sched.domain.notifications.delivery import longest_wait
from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.services.idempotency import AnsweredBefore, IdempotentRequest, Once
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.postgres.statements import Connection

ANSWER = StoredResponse(202, b'{"id": "\x00"}')


def respond(body: bytes) -> StoredResponse:
    return StoredResponse(202, body)


async def earlier(connection: Connection, once: Once[bytes]) -> StoredResponse | None:
    try:
        await once.check(connection)
    except AnsweredBefore as before:
        return before.response
    return None


async def test_a_response_is_sent_again_to_the_same_request_alone(engine: Engine) -> None:
    owner = uuid4()
    once = Once(IdempotentRequest(owner, "key", b"one"), respond)
    strangers = [
        Once(IdempotentRequest(uuid4(), "key", b"one"), respond),
        Once(IdempotentRequest(owner, "other", b"one"), respond),
        Once[bytes](),
    ]
    async with engine.database.transaction() as connection:
        assert await earlier(connection, once) is None
        await once.keep(connection, ANSWER.body)
        await Once[bytes]().keep(connection, ANSWER.body)
    async with engine.database.transaction() as connection:
        assert await earlier(connection, once) == ANSWER
        assert [await earlier(connection, each) for each in strangers] == [None] * 3
        with pytest.raises(InvalidInput, match="another request"):
            await earlier(connection, Once(IdempotentRequest(owner, "key", b"two"), respond))


async def test_a_response_is_forgotten_after_a_day_and_its_key_is_free_again(engine: Engine) -> None:
    once = Once(IdempotentRequest(uuid4(), "key", b"one"), respond)
    kept = Once(IdempotentRequest(uuid4(), "kept", b"one"), respond)
    a_day_later = "UPDATE idempotency_keys SET created_at = created_at - interval '25 h' WHERE key = 'key'"
    async with engine.database.transaction() as connection:
        await once.keep(connection, ANSWER.body)
        await kept.keep(connection, ANSWER.body)
        await connection.execute(a_day_later)
        assert await earlier(connection, once) is None
        await once.keep(connection, b"new")
        assert await earlier(connection, once) == respond(b"new")
        await connection.execute(a_day_later)
    await Purge(engine.database, longest_wait(())).purge()
    assert [row["key"] for row in await engine.sql("SELECT key FROM idempotency_keys")] == ["kept"]


async def test_requests_with_one_key_wait_for_each_other(engine: Engine, other: Engine) -> None:
    once, did = Once(IdempotentRequest(uuid4(), "key", b"one"), respond), []

    async def act(replica: Engine) -> StoredResponse:
        async with replica.database.transaction() as connection:
            before = await earlier(connection, once)
            if before:
                return before
            did.append(replica)
            await once.keep(connection, ANSWER.body)
            return ANSWER

    answers = await asyncio.gather(*(act(replica) for replica in (engine, other) * 4))
    assert (set(answers), len(did)) == ({ANSWER}, 1)
