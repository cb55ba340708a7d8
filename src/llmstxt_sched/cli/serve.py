"""The `serve` command: runs the service."""

from __future__ import annotations

import argparse

from llmstxt_sched.config import Settings
from llmstxt_sched.errors import StartError, WrongSettings
from llmstxt_sched.process.garbage_collection import spare_what_is_loaded

# The parts of the service that can be left out.
PARTS = ("api", "scheduler", "worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=PARTS,
        help="leave a part to other processes on the same servers; may be given twice",
    )
    parser.set_defaults(command=serve, check=check, is_service=True)


def check(settings: Settings, wrong: WrongSettings) -> None:
    """Note what the service would find wrong with its settings."""
    # Here, because its code takes a second to load, and the other commands can do without.
    with spare_what_is_loaded():
        from llmstxt_sched.runtime import check_settings

    check_settings(settings, wrong)


async def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the service, without the parts left out by `--without`, until a signal stops it.  Raises StartError."""
    if set(arguments.without) == set(PARTS):
        raise StartError(f"without {', '.join(PARTS)} there is nothing to run: leave one of them in")
    with spare_what_is_loaded():
        from llmstxt_sched import app

    await app.run(settings, frozenset(arguments.without))
    return 0
