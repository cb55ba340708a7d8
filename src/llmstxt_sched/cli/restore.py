"""The `restore` command: puts what a backup holds into a database without projects."""

from __future__ import annotations

import argparse
import sys

from llmstxt_sched.cli.backup import keys_at
from llmstxt_sched.cli.database import database_url
from llmstxt_sched.cli.file_argument import file_path
from llmstxt_sched.config import Settings
from llmstxt_sched.domain.plural import plural
from llmstxt_sched.services.maintenance.backup import check_source, count_unreadable, holds_key, restore
from llmstxt_sched.services.secrets import KEY, KEY_FILE, Secrets, secrets_of

_KEY_TO_SET = (
    f"before the service starts, set {KEY} to the key of the service that was backed up{{where}}: "
    "{count} of the credentials of sites and the addresses of targets are sealed with none that is here"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command and its argument."""
    parser.add_argument("file", metavar="FILE", type=file_path, help="a file that `backup` wrote")
    parser.set_defaults(command=restore_database)


async def restore_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Restore the backup, and print what it held; the service must not be running."""
    check_source(arguments.file)
    async with database_url(settings) as url:
        manifest = await restore(url, arguments.file)
        unreadable = await count_unreadable(url, _keys(settings))
    print(f"{plural(manifest.projects, 'project')} as of {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC")  # noqa: T201  (the answer)
    if unreadable:
        where = "" if settings.database_url else f", or copy its {KEY_FILE} into {settings.data_dir}"
        if holds_key(arguments.file):
            where = f", which `tar -xOf {arguments.file} {KEY_FILE}` prints if it was not set there"
        print(_KEY_TO_SET.format(where=where, count=unreadable), file=sys.stderr)  # noqa: T201  (what is left to do)
    return 0


def _keys(settings: Settings) -> Secrets:
    """The keys that are here; none is made, which would be one more that opens nothing."""
    return secrets_of(settings) if settings.database_url or keys_at(settings) else Secrets()
