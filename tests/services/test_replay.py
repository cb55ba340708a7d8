from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest
from tests.engine import Engine

from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.services.replay import Answer, Replay, earlier_answer, keep_answer

ANSWER = Answer(202, b'{"id": "\x00"}')


async def new_token(engine: Engine) -> UUID:
    token = uuid4()
    await engine.sql("INSERT INTO tokens (id, name, sha256) VALUES ($1, 'test', $2)", token, token.bytes)
    return token


async def test_an_answer_is_given_again_to_the_same_request_alone(engine: Engine) -> None:
    replay = Replay(await new_token(engine), "key", b"one")
    strangers = [Replay(await new_token(engine), "key", b"one"), Replay(replay.token_id, "other", b"one"), None]
    async with engine.database.transaction() as connection:
        assert await earlier_answer(connection, replay) is None
        await keep_answer(connection, replay, ANSWER)
        await keep_answer(connection, None, ANSWER)
    async with engine.database.transaction() as connection:
        assert await earlier_answer(connection, replay) == ANSWER
        assert [await earlier_answer(connection, each) for each in strangers] == [None] * 3
        with pytest.raises(InvalidInput, match="another request"):
            await earlier_answer(connection, Replay(replay.token_id, "key", b"two"))


async def test_an_answer_is_forgotten_after_a_day_and_its_key_is_free_again(engine: Engine) -> None:
    replay, kept = Replay(await new_token(engine), "key", b"one"), Replay(await new_token(engine), "kept", b"one")
    async with engine.database.transaction() as connection:
        await keep_answer(connection, replay, ANSWER)
        await keep_answer(connection, kept, ANSWER)
        await connection.execute(
            "UPDATE idempotency_keys SET created_at = created_at - interval '25 h' WHERE key = 'key'"
        )
        assert await earlier_answer(connection, replay) is None
        await keep_answer(connection, replay, Answer(201, b"new"))
        assert await earlier_answer(connection, replay) == Answer(201, b"new")
        await connection.execute(
            "UPDATE idempotency_keys SET created_at = created_at - interval '25 h' WHERE key = 'key'"
        )
    await engine.firing.purge()
    assert [row["key"] for row in await engine.sql("SELECT key FROM idempotency_keys")] == ["kept"]


async def test_requests_with_one_key_wait_for_each_other(engine: Engine, other: Engine) -> None:
    replay, did = Replay(await new_token(engine), "key", b"one"), []

    async def act(replica: Engine) -> Answer:
        async with replica.database.transaction() as connection:
            earlier = await earlier_answer(connection, replay)
            if earlier:
                return earlier
            did.append(replica)
            await keep_answer(connection, replay, ANSWER)
            return ANSWER

    answers = await asyncio.gather(*(act(replica) for replica in (engine, other) * 4))
    assert (set(answers), len(did)) == ({ANSWER}, 1)
