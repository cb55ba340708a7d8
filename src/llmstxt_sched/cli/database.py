"""Opens the service's database, for commands that work with or without a running service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from llmstxt_sched.config import Settings
from llmstxt_sched.embedded import embedded, running_database_url
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.store.database import Database


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of DATABASE_URL or else the embedded one, which is started if it is not running."""
    async with AsyncExitStack() as stack:
        database = await _connect(settings, stack)
        stack.push_async_callback(database.close)
        yield database


async def _connect(settings: Settings, stack: AsyncExitStack) -> Database:
    if settings.database_url:
        return await Database.connect(settings.database_url, 1)
    running = running_database_url(settings.data_dir)
    if running:
        try:
            return await Database.connect(running, 1)
        except Unavailable:
            # The URL was left behind by a service that is no longer running.
            pass
    servers = await stack.enter_async_context(embedded(settings.data_dir, settings.data.user, valkey=False))
    return await Database.connect(servers.database_url, 1)
