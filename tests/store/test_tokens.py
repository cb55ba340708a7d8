from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from llmstxt_sched.store import tokens
from llmstxt_sched.store.statements import Connection
from llmstxt_sched.store.tokens import Token

HASH, OTHER_HASH = b"1" * 32, b"2" * 32


async def new_token(connection: Connection, sha256: bytes = HASH) -> UUID:
    return (await tokens.insert(connection, uuid4(), "laptop", sha256)).id


async def used_ago(connection: Connection, token_id: UUID, ago: timedelta) -> Token:
    """The token, last used so long ago."""
    await connection.execute(
        "UPDATE tokens SET last_used_at = clock_timestamp() - $2::interval WHERE id = $1", token_id, ago
    )
    return await stored(connection, token_id)


async def stored(connection: Connection, token_id: UUID) -> Token:
    (token,) = [each for each in await tokens.page(connection, None, 10) if each.id == token_id]
    return token


async def test_a_token_that_was_never_used_has_no_time_of_use_until_it_is_found(connection: Connection) -> None:
    token_id = await new_token(connection)
    assert (await stored(connection, token_id)).last_used_at is None
    assert await tokens.find(connection, HASH) == token_id
    used_at = (await stored(connection, token_id)).last_used_at
    assert used_at
    assert used_at >= (await stored(connection, token_id)).created_at


@pytest.mark.parametrize("seconds", [0, 30])
async def test_a_use_within_a_minute_of_the_last_is_not_written(connection: Connection, seconds: int) -> None:
    before = await used_ago(connection, await new_token(connection), timedelta(seconds=seconds))
    for _ in range(3):
        assert await tokens.find(connection, HASH) == before.id
    assert await stored(connection, before.id) == before


@pytest.mark.parametrize("seconds", [61, 100_000])
async def test_a_use_more_than_a_minute_after_the_last_is_written(connection: Connection, seconds: int) -> None:
    before = await used_ago(connection, await new_token(connection), timedelta(seconds=seconds))
    assert await tokens.find(connection, HASH) == before.id
    after = (await stored(connection, before.id)).last_used_at
    assert before.last_used_at
    assert after
    assert after - before.last_used_at >= timedelta(seconds=seconds)


async def test_a_use_of_one_token_is_none_of_another(connection: Connection) -> None:
    used, unused = await new_token(connection), await new_token(connection, OTHER_HASH)
    assert await tokens.find(connection, HASH) == used
    assert await tokens.find(connection, b"3" * 32) is None
    assert (await stored(connection, unused)).last_used_at is None
