"""The `backup` command: writes all that the service knows to one file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from llmstxt_sched.cli.database import check_data, database_url
from llmstxt_sched.config import Settings
from llmstxt_sched.services.maintenance.backup import back_up, key_in
from llmstxt_sched.services.secrets import KEY, KEY_FILE

_NOT_HELD = (
    f"it does not hold {KEY}, with which the credentials of sites and the addresses of targets were sealed: "
    "keep that somewhere else"
)
_HELD = "it holds the key of the credentials of sites and the addresses of targets: keep it as you keep the data folder"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command and its argument."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write, which only its owner may read")
    parser.set_defaults(command=back_up_database)


async def back_up_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the backup, read it back, and print what it holds; the service may be running."""
    check_data(settings)
    async with database_url(settings) as url:
        manifest = await back_up(url, key_file(settings), arguments.file)
    held = key_in(arguments.file)
    size = arguments.file.stat().st_size
    print(f"{arguments.file}: {manifest.projects} projects, {size / 1e6:.1f} MB, read back")  # noqa: T201  (the answer)
    if settings.secrets.key not in {"", held}:
        print(_NOT_HELD, file=sys.stderr)  # noqa: T201  (what is left to do)
    elif held:
        print(_HELD, file=sys.stderr)  # noqa: T201  (what is to be known)
    return 0


def key_file(settings: Settings) -> Path | None:
    """Where the key of stored credentials is, if the service keeps it itself."""
    return None if settings.database_url else settings.data_dir / KEY_FILE
