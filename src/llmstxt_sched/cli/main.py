"""The command line: `llmstxt-sched serve | generate | check | backup | restore | …`.

The processes that parse pages import this module again (multiprocessing's spawn method does that), so whatever they
do not need is imported in the functions below, and a command only when the command line names it.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from llmstxt_sched.cli.standard_streams import forget_output
from llmstxt_sched.errors import InvalidInput, LlmstxtError, WrongSettings

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

FAILED = 1
# Each has a module of its name in this package.
COMMANDS = {
    "serve": "run the service; its settings are in the environment (see the README)",
    "generate": "crawl one site now, without any server",
    "check": "hold an llms.txt against the rules",
    "backup": "write all that the service knows to one file",
    "restore": "put what a backup holds into an empty database",
    "migrate": "bring the database to the newest state",
    "sign-in": "make a link by which a user signs in once",
    "user": "list users, and sign one out everywhere",
    "project": "list, create, run, export and import projects of a running service",
    "token": "make, list and revoke API tokens",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status: 0 for success, 1 for failure with a message, 2 for bad arguments."""
    # To load a command takes a second, in which Ctrl-C would end it with a traceback.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from llmstxt_sched.config import read_right_settings

    with _without_rich():
        from llmstxt_sched.log import configure

    _open_standard_streams()
    try:
        parsed = _parsed(sys.argv[1:] if arguments is None else arguments)
        wrong = WrongSettings()
        settings = read_right_settings(os.environ, wrong)
        parsed.check(settings, wrong)
        wrong.tell()
        # Commands print their own output, so the informational log of the services that they call would repeat it.
        configure(settings.log.level if parsed.is_service else "warning", settings.log.format)
        status = _run(parsed.command(parsed, settings))
        # Here, where an error is told: at its exit the interpreter has a traceback for it.
        sys.stdout.flush()
        sys.exit(status)
    except LlmstxtError as error:
        sys.exit(_complain(error.sentence if isinstance(error, InvalidInput) else error.message))
    except BrokenPipeError:
        forget_output()
        sys.exit(FAILED)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        forget_output()
        sys.exit(_complain(f"what is written finds no room: {error.strerror}"))


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    # The options before a command have no value.
    asked = next((word for word in words if not word.startswith("-")), "")
    try:
        return parser(asked).parse_args(words)
    finally:
        # Of the help, as of the output of a command.
        sys.stdout.flush()


def parser(asked: str) -> argparse.ArgumentParser:
    """Build the parser for all commands, and for the arguments of the command `asked` alone.

    The others are not loaded: all of them take a second.
    """
    from importlib.metadata import version

    from llmstxt_sched.process.garbage_collection import spare_what_is_loaded

    top = _Parser(prog="llmstxt-sched", description="Keeps a website's llms.txt true.")
    top.set_defaults(is_service=False, check=lambda *_: None)
    top.add_argument("--version", action="version", version=f"%(prog)s {version('llmstxt-sched')}")
    kinds = top.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = kinds.add_parser(name, help=summary)
        if name == asked:
            with spare_what_is_loaded():
                module = import_module(f"llmstxt_sched.cli.{name.replace('-', '_')}")
            module.add_arguments(command)
    return top


class _Parser(argparse.ArgumentParser):
    """Says where its help could not be written, which argparse keeps to itself."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file and file is sys.stdout:
            # At once where Python does not buffer; else it fails when it is flushed.
            file.write(message)
        else:
            super()._print_message(message, file)


@contextmanager
def _without_rich() -> Iterator[None]:
    """Keep structlog from loading rich, which takes half of its time, for tracebacks of a kind that the log has not."""
    if "structlog" in sys.modules:
        yield
        return
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["rich"]


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
    import asyncio

    import uvloop

    # By Python's own handler, from which asyncio takes over: it cancels the command, which may clean up.
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(command)
    except KeyboardInterrupt:
        return 130


def _complain(message: str) -> int:
    for line in message.splitlines():
        print(f"llmstxt-sched: {line}", file=sys.stderr)  # noqa: T201  (the command's answer)
    return FAILED
