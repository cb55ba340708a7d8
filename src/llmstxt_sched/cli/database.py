"""Opens the service's database, for commands that work with or without a running service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from llmstxt_sched.config import Settings
from llmstxt_sched.embedded import embedded, holds_data, running_database_url
from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.store.database import Database


def check_data(settings: Settings) -> None:
    """Raise StartError where no service has data yet: a command that only reads must not make any."""
    if not settings.database_url and not holds_data(settings.data_dir):
        raise StartError(
            f"no service has data in {settings.data_dir}: set DATABASE_URL or LLMSTXT_DATA__DIR to what `serve` uses"
        )


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
