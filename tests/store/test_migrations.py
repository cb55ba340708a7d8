from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import asyncpg
import pytest
import pytest_asyncio

from llmstxt_sched.errors import StartError
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.migrations import is_migrated, migrate, migration_files

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database of the test's own, because these tests change its tables."""
    pool = await Database.connect(database_url, 4)
    yield pool
    await pool.close()


async def wipe(connection: Connection) -> None:
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


async def test_a_migrated_database_is_left_as_it_is(connection: Connection) -> None:
    assert await is_migrated(connection)
    before = await connection.fetch("SELECT * FROM migrations")
    assert await migrate(connection) == []
    assert await connection.fetch("SELECT * FROM migrations") == before


async def test_replicas_that_start_together_migrate_once(database: Database, connection: Connection) -> None:
    await wipe(connection)

    async def start() -> list[str]:
        async with database.connection() as one:
            return await migrate(one)

    applied = await asyncio.gather(*(start() for _ in range(3)))
    assert sorted(applied) == [[], [], list(migration_files())]
    assert await is_migrated(connection)


async def test_a_database_of_a_newer_release_is_refused(connection: Connection) -> None:
    await connection.execute("INSERT INTO migrations (name) VALUES ('9999_from_the_future')")
    with pytest.raises(StartError, match=r"newer release \(9999_from_the_future\)"):
        await migrate(connection)


async def test_a_migration_that_fails_leaves_nothing(connection: Connection) -> None:
    await wipe(connection)
    await connection.execute("CREATE TABLE runs (mine text)")
    with pytest.raises(asyncpg.DuplicateTableError):
        await migrate(connection)
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert [row["tablename"] for row in tables] == ["runs"]


async def test_a_database_with_a_migration_missing_is_not_at_its_newest_state(connection: Connection) -> None:
    await connection.execute("DELETE FROM migrations")
    assert not await is_migrated(connection)
