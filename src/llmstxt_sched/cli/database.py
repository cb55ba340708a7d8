"""Opens the service's database, for commands that work with or without a running service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from llmstxt_sched.config import Settings
from llmstxt_sched.embedded import embedded, holds_data, running_database_url
from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.store.postgres.database import Database


def check_data(settings: Settings) -> None:
    """Raise StartError where no service has data yet: a command that only reads must not make any."""
    if not settings.database_url and not holds_data(settings.data_dir):
        raise StartError(
            f"no service has data in {settings.data_dir}: set DATABASE_URL or LLMSTXT_DATA__DIR to what `serve` uses"
        )


@asynccontextmanager
async def database_url(settings: Settings) -> AsyncIterator[str]:
    """The address of the database: DATABASE_URL, or else the embedded one, which is started if it is not running."""
    async with AsyncExitStack() as stack:
        yield await _url(settings, stack)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database at `database_url`."""
    async with database_url(settings) as url:
        database = await Database.connect(url, 1)
        try:
            yield database
        finally:
            await database.close()


async def _url(settings: Settings, stack: AsyncExitStack) -> str:
    if settings.database_url:
        return settings.database_url
    running = running_database_url(settings.data_dir)
    if running and await _answers(running):
        return running
    servers = await stack.enter_async_context(embedded(settings.data_dir, settings.data.user, valkey=False))
    return servers.database_url


async def _answers(url: str) -> bool:
    """Whether there is a server; the URL may have been left behind by a service that is no longer running."""
    try:
        database = await Database.connect(url, 1)
    except Unavailable:
        return False
    await database.close()
    return True
