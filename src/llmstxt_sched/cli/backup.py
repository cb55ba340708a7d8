"""The `backup` command: writes all that the service knows to one file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from llmstxt_sched.cli.database import check_data, database_url
from llmstxt_sched.config import Settings
from llmstxt_sched.services.maintenance.backup import back_up
from llmstxt_sched.services.secrets import KEY, KEY_FILE

_NOT_HELD = (
    f"it does not hold the key ({KEY}) with which the credentials of sites and the addresses of targets are sealed: "
    "keep {key} as well, and away from the backup"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command and its argument."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write, which only its owner may read")
    parser.set_defaults(command=back_up_database)


async def back_up_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the backup, read it back, and print what it holds; the service may be running."""
    check_data(settings)
    async with database_url(settings) as url:
        manifest = await back_up(url, arguments.file)
    size = arguments.file.stat().st_size
    print(f"{arguments.file}: {manifest.projects} projects, {size / 1e6:.1f} MB, read back")  # noqa: T201  (the answer)
    if key := key_at(settings):
        print(_NOT_HELD.format(key=key), file=sys.stderr)  # noqa: T201  (what is left to do)
    return 0


def key_at(settings: Settings) -> str:
    """Where the key of the service is: the name of its setting, or of the file in its data folder; '' without one."""
    if settings.secrets.key:
        return KEY
    file = settings.data_dir / KEY_FILE
    return str(file) if not settings.database_url and file.exists() else ""
