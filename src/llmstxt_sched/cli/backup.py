"""The `backup` command: writes all that the service knows to one file."""

from __future__ import annotations

import argparse
import sys

from llmstxt_sched.cli.database import check_data, database_url
from llmstxt_sched.cli.file_argument import file_path
from llmstxt_sched.config import Settings
from llmstxt_sched.domain.plural import plural
from llmstxt_sched.services.maintenance.backup import back_up
from llmstxt_sched.services.secrets import KEY, KEY_FILE, OLD_KEY

_NOT_HELD = (
    f"it does not hold the key ({KEY}) with which the credentials of sites and the addresses and tokens of targets are "
    "sealed: keep {key} as well, and away from the backup"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command and its argument."""
    parser.add_argument("file", metavar="FILE", type=file_path, help="the file to write, which only its owner may read")
    parser.set_defaults(command=back_up_database)


async def back_up_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the backup, read it back, and print what it holds; the service may be running."""
    check_data(settings)
    async with database_url(settings) as url:
        manifest = await back_up(url, arguments.file)
    size = arguments.file.stat().st_size
    print(f"{arguments.file}: {plural(manifest.projects, 'project')}, {size / 1e6:.1f} MB, read back")  # noqa: T201  (the answer)
    if places := keys_at(settings):
        print(_NOT_HELD.format(key=" and ".join(places)), file=sys.stderr)  # noqa: T201  (what is left to do)
    return 0


def keys_at(settings: Settings) -> list[str]:
    """Where the keys of the service are: the names of their settings, and of the file in its data folder.

    What is sealed with one that was replaced stays so until it is used again.
    """
    file = settings.data_dir / KEY_FILE
    own = [str(file)] if not settings.database_url and file.exists() else []
    named = [name for name, key in ((KEY, settings.secrets.key), (OLD_KEY, settings.secrets.old_key)) if key]
    return named + own
