"""The `token` commands: create, list and revoke API tokens."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec

from llmstxt_sched.cli.database import open_database
from llmstxt_sched.config import Settings
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.tokens import Tokens
from llmstxt_sched.store.migrations import migrate

PAGE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the commands and their arguments."""
    actions = parser.add_subparsers(required=True, metavar="COMMAND")
    create = actions.add_parser("create", help="make a token; it is shown this once")
    create.add_argument("name", metavar="NAME", help="what the token is for")
    create.set_defaults(command=create_token)
    actions.add_parser("list", help="list the tokens").set_defaults(command=list_tokens)
    revoke = actions.add_parser("revoke", help="revoke a token")
    revoke.add_argument("id", metavar="ID", help="its id, as the list shows it")
    revoke.set_defaults(command=revoke_token)


async def create_token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Create a token and print it."""
    async with _tokens(settings) as tokens:
        created = await tokens.create(arguments.name, "", Once())
    _say(created.secret)
    return 0


async def list_tokens(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the tokens, newest first: id, time of creation, time of last use, name."""
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
    async with open_database(settings) as database:
        async with database.connection() as connection:
            await migrate(connection)
        yield Tokens(database)


def _say(text: str) -> None:
    print(text)  # noqa: T201  (the command's answer)
