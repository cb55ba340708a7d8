"""One database for many tests, emptied before each: a fresh one takes ten times as long to make."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator
from typing import NamedTuple

import asyncpg
import pytest_asyncio
from tests.support.servers import Urls, with_database

_numbers = itertools.count()


class SharedDatabase(NamedTuple):
    """The database, and a connection that empties it: one for each test would first have to learn all tables anew."""

    url: str
    connection: asyncpg.Connection[asyncpg.Record]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_database(server_urls: Urls, template: str) -> AsyncIterator[SharedDatabase]:
    """A database with the service's tables, for tests that change none of these."""
    name = f"llmstxt_shared_{os.getpid()}_{next(_numbers)}"
    await execute(server_urls.database, f"CREATE DATABASE {name} TEMPLATE {template}")
    url = with_database(server_urls.database, name)
    connection = await asyncpg.connect(url)
    yield SharedDatabase(url, connection)
    await connection.close()
    await execute(server_urls.database, f"DROP DATABASE {name} WITH (FORCE)")


@pytest_asyncio.fixture(loop_scope="session")
async def clean_database_url(shared_database: SharedDatabase) -> str:
    """That database, empty."""
    await shared_database.connection.execute(
        "DELETE FROM projects; DELETE FROM users; DELETE FROM tokens; DELETE FROM sign_in_links; DELETE FROM audit; "
        "DELETE FROM idempotency_keys; DELETE FROM turns; DELETE FROM events; DELETE FROM targets; "
        "DELETE FROM mail_questions; DELETE FROM lease_extensions; DELETE FROM published_changes; "
        "UPDATE retention_walk SET at = '-infinity', after = DEFAULT",
    )
    return shared_database.url


async def execute(url: str, statements: str) -> None:
    """Run statements on a connection of their own."""
    connection = await asyncpg.connect(url)
    await connection.execute(statements)
    await connection.close()
