"""A connection to Postgres."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from tests.support.shared import clean_database_url, shared_database

from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

__all__ = ["clean_database_url", "shared_database"]


@pytest_asyncio.fixture
async def database(clean_database_url: str) -> AsyncIterator[Database]:
    """The pool that the service uses."""
    pool = await Database.connect(clean_database_url, 4)
    yield pool
    await pool.close()


@pytest_asyncio.fixture
async def connection(database: Database) -> AsyncIterator[Connection]:
    """A connection outside of any transaction."""
    async with database.connection() as one:
        yield one
