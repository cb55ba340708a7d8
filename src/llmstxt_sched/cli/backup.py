"""The `backup` command: writes all that the service knows to one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from llmstxt_sched.cli.database import check_data, database_url
from llmstxt_sched.config import Settings
from llmstxt_sched.services.maintenance.backup import back_up
from llmstxt_sched.services.secrets import KEY_FILE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command and its argument."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write, which only its owner may read")
    parser.set_defaults(command=back_up_database)


async def back_up_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the backup, read it back, and print what it holds; the service may be running."""
    check_data(settings)
    async with database_url(settings) as url:
        manifest = await back_up(url, key_file(settings), arguments.file)
    size = arguments.file.stat().st_size
    print(f"{arguments.file}: {manifest.projects} projects, {size / 1e6:.1f} MB, read back")  # noqa: T201  (the answer)
    return 0


def key_file(settings: Settings) -> Path | None:
    """Where the key of stored credentials is, if the service keeps it itself."""
    return None if settings.database_url else settings.data_dir / KEY_FILE
