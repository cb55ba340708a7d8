"""The commands that work on the service and its database."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

import msgspec

from llmstxt_sched import app
from llmstxt_sched.config import Settings
from llmstxt_sched.embedded import embedded, running_database_url
from llmstxt_sched.errors import NotFound, Unavailable
from llmstxt_sched.services.tokens import Tokens
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.migrations import migrate

PAGE = 200


async def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """The service, whole or without some parts, until a signal."""
    await app.run(settings, frozenset(arguments.without))
    return 0


async def migrate_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring the database to the newest state, and say what was applied."""
    async with _database(settings) as database, database.connection() as connection:
        applied = await migrate(connection)
    _say("\n".join(applied) or "nothing to do: the database is at its newest state")
    return 0


async def create_token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a token and show it."""
    async with _tokens(settings) as tokens:
        created = await tokens.create(arguments.name, "", None)
    _say(created.secret)
    return 0


async def list_tokens(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the tokens, newest first: id, when it was made, when it was used, name."""
    async with _tokens(settings) as tokens:
        before = None
        while page := await tokens.page(before, PAGE):
            for token in page:
                used = f"{token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"
                name = msgspec.json.encode(token.name).decode()
                _say(f"{token.id}  {token.created_at:%Y-%m-%d %H:%M}  {used:<16}  {name}")
            before = (page[-1].created_at, page[-1].id)
    return 0


async def revoke_token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Revoke a token."""
    try:
        token_id = UUID(arguments.id)
    except ValueError:
        raise NotFound(f"{arguments.id!r} is not the id of a token: see `llmstxt-sched token list`") from None
    async with _tokens(settings) as tokens:
        await tokens.revoke(token_id)
    return 0


@asynccontextmanager
async def _tokens(settings: Settings) -> AsyncIterator[Tokens]:
    async with _database(settings) as database:
        async with database.connection() as connection:
            await migrate(connection)
        yield Tokens(database)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    """The service's database: the one that is named, the embedded one that runs, or that one started for this."""
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
            # Left by a service that does not run any more.
            pass
    servers = await stack.enter_async_context(embedded(settings.data_dir, valkey=False))
    return await Database.connect(servers.database_url, 1)


def _say(text: str) -> None:
    print(text)  # noqa: T201  (the command's answer)
