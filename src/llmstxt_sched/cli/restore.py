"""The `restore` command: puts what a backup holds into a database without projects."""

from __future__ import annotations

import argparse
from pathlib import Path

from llmstxt_sched.cli.backup import key_file
from llmstxt_sched.cli.database import database_url
from llmstxt_sched.config import Settings
from llmstxt_sched.services.maintenance.backup import check_source, restore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command and its argument."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that `backup` wrote")
    parser.set_defaults(command=restore_database)


async def restore_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Restore the backup, and print what it held; the service must not be running."""
    check_source(arguments.file)
    async with database_url(settings) as url:
        manifest = await restore(url, key_file(settings), arguments.file)
    print(f"{manifest.projects} projects as of {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC")  # noqa: T201  (the answer)
    return 0
