"""The `user` commands: who may sign in, and the end of their sessions and tokens."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from llmstxt_sched.cli.database import check_data, open_database
from llmstxt_sched.config import Settings
from llmstxt_sched.services.people.audit import COMMAND_LINE, acting_as
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.users import Users
from llmstxt_sched.store.postgres.migrations import migrate

PAGE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the commands and their arguments."""
    actions = parser.add_subparsers(required=True, metavar="COMMAND")
    actions.add_parser("list", help="list users: id, role, when last seen, name").set_defaults(command=list_users)
    out = actions.add_parser("sign-out", help="end all sessions of a user, and the sign-in links that were not used")
    out.add_argument("user", metavar="USER", help="who is to be signed out")
    out.add_argument("--tokens", action="store_true", help="revoke the user's API tokens, too")
    out.set_defaults(command=sign_out)


async def list_users(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the users by name: id, role, when they were last seen, name."""
    async with _users(settings) as users:
        after = None
        while page := await users.page(after, PAGE):
            for user in page:
                seen = f"{user.last_seen_at:%Y-%m-%d %H:%M}" if user.last_seen_at else "never seen"
                _say(f"{user.id}  {user.role:<6}  {seen:<16}  {msgspec.json.encode(user.name).decode()}")
            after = (page[-1].name, page[-1].id)
    return 0


async def sign_out(arguments: argparse.Namespace, settings: Settings) -> int:
    """End what a user has begun."""
    async with _users(settings) as users:
        user = await users.by_name(arguments.user)
        await users.sign_out(user.id, with_tokens=arguments.tokens)
    return 0


@asynccontextmanager
async def _users(settings: Settings) -> AsyncIterator[Users]:
    check_data(settings)
    async with open_database(settings) as database:
        async with database.connection() as connection:
            await migrate(connection)
        with acting_as(COMMAND_LINE):
            yield Users(database, Passwords(), settings.public_url)


def _say(text: str) -> None:
    print(text)  # noqa: T201  (the command's answer)
