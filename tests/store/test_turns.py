from __future__ import annotations

import asyncio

from llmstxt_sched.store import turns
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection


async def test_of_many_replicas_one_has_the_turn_until_its_time_is_over(
    database: Database, connection: Connection
) -> None:
    async def take() -> bool:
        async with database.connection() as own:
            return await turns.take(own, "work", 60)

    assert sorted(await asyncio.gather(take(), take(), take())) == [False, False, True]
    assert await turns.take(connection, "other work", 60)
    for passed in ("- interval '61 s'", "+ interval '1 year'"):
        await connection.execute(f"UPDATE turns SET taken_at = taken_at {passed}")
        assert await take()
        assert not await take()
