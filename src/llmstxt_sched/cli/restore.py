"""The `restore` command: puts what a backup holds into a database without projects."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from llmstxt_sched.cli.backup import key_file
from llmstxt_sched.cli.database import database_url
from llmstxt_sched.config import Settings
from llmstxt_sched.services.maintenance.backup import check_source, key_in, restore
from llmstxt_sched.services.secrets import KEY, KEY_FILE

# The embedded Postgres has a folder beside it in which the key is put; another has none.
_KEY_TO_SET = (
    f"before the service starts, set {KEY} to what `tar -xOf {{file}} {KEY_FILE}` prints: "
    "the credentials of sites and the addresses of targets were sealed with it"
)


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
    key = "" if key_file(settings) else key_in(arguments.file)
    if key not in {"", settings.secrets.key, settings.secrets.old_key}:
        print(_KEY_TO_SET.format(file=arguments.file), file=sys.stderr)  # noqa: T201  (what is left to do)
    return 0
