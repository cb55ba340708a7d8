"""The `sign-in` command: makes a link by which a user signs in once."""

from __future__ import annotations

import argparse

from llmstxt_sched.cli.database import open_database
from llmstxt_sched.config import Settings
from llmstxt_sched.services.people.audit import COMMAND_LINE, acting_as
from llmstxt_sched.services.people.sign_in_links import SignInLinks
from llmstxt_sched.store.postgres.migrations import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("user", metavar="USER", nargs="?", help="who is to sign in; without a name, the first admin")
    parser.set_defaults(command=sign_in)


async def sign_in(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a link and print it."""
    async with open_database(settings) as database:
        async with database.connection() as connection:
            await migrate(connection)
        with acting_as(COMMAND_LINE):
            link = await SignInLinks(database, settings.public_url).renew(arguments.user)
    print(link)  # noqa: T201  (the command's answer)
    return 0
