"""The arguments of the command line for a site behind a login.

Arguments stand in the list of processes, which others on the machine can read: `@FILE` reads them from a file instead,
one a line, and `env:NAME` from a variable of the environment.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Callable, Sequence

from llmstxt_sched.cli.crawling.crawl_arguments import SEVERAL
from llmstxt_sched.cli.file_argument import file_path
from llmstxt_sched.domain.credentials import Basic, Credentials

FILE, VARIABLE = "@", "env:"


def add_credential_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add(
        "--header",
        action="append",
        default=[],
        type=_lines,
        metavar="'NAME: VALUE'|@FILE|env:NAME",
        help=f"a header; {SEVERAL}",
    )
    add(
        "--cookie",
        action="append",
        default=[],
        type=_lines,
        metavar="NAME=VALUE|@FILE|env:NAME",
        help=f"a cookie; {SEVERAL}",
    )
    add("--basic", type=_lines, metavar="USER:PASSWORD|@FILE|env:NAME", help="basic authentication")


def credentials_of(arguments: argparse.Namespace) -> Credentials:
    """What the arguments say.  Raises ValueError, whose message holds no value."""
    basic = None if arguments.basic is None else _pairs([arguments.basic], ":", "--basic takes USER:PASSWORD")
    if basic is not None and len(basic) != 1:
        raise ValueError("--basic takes one user and password")
    return Credentials(
        headers=_by_name(_pairs(arguments.header, ":", "--header takes 'NAME: VALUE'", str.strip)),
        cookies=_by_name(_pairs(arguments.cookie, "=", "--cookie takes NAME=VALUE", str.strip)),
        basic=Basic(*basic[0]) if basic else None,
    )


def _pairs(
    given: Sequence[Sequence[str]], sign: str, wanted: str, clean: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    lines = [line for lines in given for line in lines]
    if not all(sign in line for line in lines):
        raise ValueError(f"{wanted}, {FILE}FILE with one a line, or {VARIABLE}NAME of a variable with one")
    split = (line.partition(sign) for line in lines)
    return [(clean(name), clean(value)) for name, _, value in split]


def _by_name(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(name for name, number in Counter(name for name, _ in pairs).items() if number > 1)
        raise ValueError(f"{twice} would be sent twice")
    return values


def _lines(text: str) -> list[str]:
    """What an argument stands for: itself, or what the file or the variable that it names holds."""
    if text.startswith(VARIABLE):
        name = text.removeprefix(VARIABLE)
        if name not in os.environ:
            raise argparse.ArgumentTypeError(f"the environment has no variable {name}")
        return [os.environ[name]]
    if not text.startswith(FILE):
        return [text]
    path = file_path(text.removeprefix(FILE))
    try:
        lines = [line for line in path.read_text().splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise argparse.ArgumentTypeError(f"{path} cannot be read: {reason}") from None
    if not lines:
        raise argparse.ArgumentTypeError(f"{path} is empty")
    return lines
