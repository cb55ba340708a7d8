"""The `token` commands: create, list and revoke API tokens."""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec

from llmstxt_sched.cli.database import check_data, open_database
from llmstxt_sched.config import Settings
from llmstxt_sched.domain.user import Identity, TokenScope
from llmstxt_sched.embedded import holds_data
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.people.audit import COMMAND_LINE, acting_as
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.tokens import TokenRequest, Tokens
from llmstxt_sched.services.people.users import Users
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.migrations import migrate

PAGE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the commands and their arguments."""
    actions = parser.add_subparsers(required=True, metavar="COMMAND")
    create = actions.add_parser("create", help="make a token; it is shown this once")
    create.add_argument("name", metavar="NAME", help="what the token is for")
    create.add_argument("--user", metavar="USER", help="whose token it is; the first admin's by default")
    create.add_argument(
        "--scope",
        choices=[scope.value for scope in TokenScope],
        help="what it may do at most; by default write, for a viewer read",
    )
    create.set_defaults(command=create_token)
    listing = actions.add_parser("list", help="list tokens: id, time of creation, last use, scope, user, name")
    listing.set_defaults(command=list_tokens)
    revoke = actions.add_parser("revoke", help="revoke a token")
    revoke.add_argument("id", metavar="ID", help="its id, as the list shows it")
    revoke.set_defaults(command=revoke_token)


async def create_token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Create a token and print it."""
    wanted = TokenRequest(arguments.name, TokenScope(arguments.scope) if arguments.scope else None)
    is_new = not settings.database_url and not holds_data(settings.data_dir)
    async with _migrated(settings) as database:
        owner = await _owner(Users(database, Passwords(), settings.public_url), arguments.user)
        created = await Tokens(database).create(owner, wanted, "", Once())
    _say(created.secret)
    # Not where a script reads the token.
    print(f"its id is {created.token.id}", file=sys.stderr)  # noqa: T201
    if is_new:
        known = f"only a service with LLMSTXT_DATA__DIR={settings.data_dir} will know it, where none had data before"
        print(known, file=sys.stderr)  # noqa: T201
    return 0


async def list_tokens(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the tokens, newest first: id, time of creation, time of last use, scope, whose it is, name."""
    check_data(settings)
    async with _migrated(settings) as database:
        before = None
        while page := await Tokens(database).page(None, before, PAGE):
            for token in page:
                used = f"{token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"
                names = "  ".join(msgspec.json.encode(name).decode() for name in (token.user_name, token.name))
                _say(f"{token.id}  {token.created_at:%Y-%m-%d %H:%M}  {used:<16}  {token.scope:<5}  {names}")
            before = (page[-1].created_at, page[-1].id)
    return 0


async def revoke_token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Revoke a token."""
    try:
        token_id = UUID(arguments.id)
    except ValueError:
        raise NotFound(f"{arguments.id!r} is not the id of a token: see `llmstxt-sched token list`") from None
    check_data(settings)
    async with _migrated(settings) as database:
        await Tokens(database).revoke(Identity(), token_id)
    return 0


@asynccontextmanager
async def _migrated(settings: Settings) -> AsyncIterator[Database]:
    async with open_database(settings) as database:
        async with database.connection() as connection:
            await migrate(connection)
        with acting_as(COMMAND_LINE):
            yield database


async def _owner(users: Users, name: str | None) -> Identity:
    """Whose token is to be made; nobody's while there are no users."""
    user = await users.by_name(name) if name is not None else await users.first_admin()
    return Identity(user_id=user.id, user_name=user.name, user_role=user.role) if user else Identity()


def _say(text: str) -> None:
    print(text)  # noqa: T201  (the command's answer)
