"""The command line: `llmstxt-sched serve | generate | check | sign-in | token | migrate`.

The processes that parse pages import this module again (multiprocessing's spawn method does that), so each command's
own dependencies are imported only when the command line is parsed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Coroutine, Sequence
from importlib.metadata import version

import uvloop

from llmstxt_sched.cli.streams import forget_output
from llmstxt_sched.config import read_settings
from llmstxt_sched.errors import LlmstxtError
from llmstxt_sched.log import configure

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status: 0 for success, 1 for failure with a message, 2 for bad arguments."""
    _open_standard_streams()
    parsed = parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        # Commands print their own output, so the informational log of the services that they call would repeat it.
        configure(settings.log.level if parsed.is_service else "warning", settings.log.format)
        sys.exit(_run(parsed.command(parsed, settings)))
    except LlmstxtError as error:
        sys.exit(_complain(error.message))
    except BrokenPipeError:
        forget_output()
        sys.exit(FAILED)


def parser() -> argparse.ArgumentParser:
    """Build the parser for all commands and their arguments."""
    from llmstxt_sched.cli import check, generate, migrate, serve, sign_in, token

    top = argparse.ArgumentParser(prog="llmstxt-sched", description="Keeps a website's llms.txt true.")
    top.set_defaults(is_service=False)
    top.add_argument("--version", action="version", version=f"%(prog)s {version('llmstxt-sched')}")
    kinds = top.add_subparsers(required=True, metavar="COMMAND")
    service = kinds.add_parser("serve", help="run the service; its settings are in the environment (see the README)")
    serve.add_arguments(service)
    service.set_defaults(command=serve.serve, is_service=True)
    once = kinds.add_parser("generate", help="crawl one site now, without any server")
    generate.add_arguments(once)
    once.set_defaults(command=generate.generate)
    checked = kinds.add_parser("check", help="hold an llms.txt against the rules")
    check.add_arguments(checked)
    checked.set_defaults(command=check.check)
    migrated = kinds.add_parser("migrate", help="bring the database to the newest state")
    migrated.set_defaults(command=migrate.migrate_database)
    link = kinds.add_parser("sign-in", help="make a link by which a user signs in once")
    sign_in.add_arguments(link)
    link.set_defaults(command=sign_in.sign_in)
    token.add_arguments(kinds.add_parser("token", help="make, list and revoke API tokens"))
    return top


def _open_standard_streams() -> None:
    """Open standard streams that are closed on /dev/null: otherwise the next opened file would get their number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
            # The interpreter has none where its file was closed.
            setattr(sys, name, os.fdopen(number, "w" if number else "r"))


def _run(command: Coroutine[object, object, int]) -> int:
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(command)
    except KeyboardInterrupt:
        return 130


def _complain(message: str) -> int:
    print(f"llmstxt-sched: {message}", file=sys.stderr)  # noqa: T201  (the command's answer)
    return FAILED
