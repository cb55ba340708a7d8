"""The `migrate` command: brings the schema of the database up to date."""

from __future__ import annotations

import argparse

from llmstxt_sched.cli.database import open_database
from llmstxt_sched.config import Settings
from llmstxt_sched.store.postgres.migrations import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command, which has no arguments."""
    parser.set_defaults(command=migrate_database)


async def migrate_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Apply the missing migrations and print their names."""
    async with open_database(settings) as database, database.connection() as connection:
        applied = await migrate(connection)
    print("\n".join(applied) or "nothing to do: the database is at its newest state")  # noqa: T201  (the answer)
    return 0
