from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from llmstxt_sched.store.people import tokens
from llmstxt_sched.store.postgres.statements import Connection

HASH, OTHER_HASH, UNKNOWN_HASH = b"1" * 32, b"2" * 32, b"3" * 32


async def new_token(connection: Connection, sha256: bytes = HASH) -> UUID:
    token_id = uuid4()
    await tokens.put(connection, token_id, "laptop", sha256)
    return token_id


async def last_used_at(connection: Connection, token_id: UUID) -> datetime | None:
    at: datetime | None = await connection.fetchval("SELECT last_used_at FROM tokens WHERE id = $1", token_id)
    return at


async def use_before(connection: Connection, token_id: UUID, ago: timedelta) -> datetime:
    """The token as if it had been used so long ago; gives the time that is stored."""
    at: datetime = await connection.fetchval(
        "UPDATE tokens SET last_used_at = clock_timestamp() - $2::interval WHERE id = $1 RETURNING last_used_at",
        token_id,
        ago,
    )
    return at


async def test_a_token_has_a_time_of_use_once_it_was_found(connection: Connection) -> None:
    token_id = await new_token(connection)
    assert await last_used_at(connection, token_id) is None
    before = await connection.fetchval("SELECT clock_timestamp()")
    assert await tokens.find(connection, HASH)
    at = await last_used_at(connection, token_id)
    assert at
    assert before <= at <= await connection.fetchval("SELECT clock_timestamp()")


async def test_a_use_of_a_token_is_one_of_its_user_and_also_written_once_a_minute(connection: Connection) -> None:
    user_id = await connection.fetchval(
        "INSERT INTO users (id, name, role) VALUES (gen_random_uuid(), 'Edda', 'editor') RETURNING id"
    )
    await tokens.put(connection, uuid4(), "laptop", HASH)
    await connection.execute("UPDATE tokens SET user_id = $1", user_id)
    seen = []
    for _ in range(3):
        assert await tokens.find(connection, HASH)
        seen.append(await connection.fetchval("SELECT last_seen_at FROM users WHERE id = $1", user_id))
    assert seen[0]
    assert seen == seen[:1] * 3


@pytest.mark.parametrize("seconds", [0, 30])
async def test_a_use_within_a_minute_of_the_last_is_not_written(connection: Connection, seconds: int) -> None:
    token_id = await new_token(connection)
    before = await use_before(connection, token_id, timedelta(seconds=seconds))
    for _ in range(3):
        assert await tokens.find(connection, HASH)
    assert await last_used_at(connection, token_id) == before


@pytest.mark.parametrize("seconds", [61, 100_000])
async def test_a_use_more_than_a_minute_after_the_last_is_written(connection: Connection, seconds: int) -> None:
    token_id = await new_token(connection)
    before = await use_before(connection, token_id, timedelta(seconds=seconds))
    assert await tokens.find(connection, HASH)
    after = await last_used_at(connection, token_id)
    assert after
    assert after - before >= timedelta(seconds=seconds)


async def test_a_use_of_one_token_is_none_of_another(connection: Connection) -> None:
    used, unused = await new_token(connection), await new_token(connection, OTHER_HASH)
    assert await tokens.find(connection, HASH)
    assert await tokens.find(connection, UNKNOWN_HASH) is None
    assert await last_used_at(connection, used)
    assert await last_used_at(connection, unused) is None
