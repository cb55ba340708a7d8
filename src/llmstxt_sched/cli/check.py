"""The `check` command: checks a file or the document at a URL against the rules for an llms.txt."""

from __future__ import annotations

import argparse
import asyncio
import sys
from importlib.metadata import version
from pathlib import Path

from llmstxt_sched.config import Settings
from llmstxt_sched.documents.check import check as findings_of
from llmstxt_sched.documents.parse import MAX_BYTES
from llmstxt_sched.errors import FetchFailed, LlmstxtError
from llmstxt_sched.outbound.client import fetch, open_client
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.headers import user_agent

OK_STATUS = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("target", metavar="FILE|URL", help="the llms.txt to check; - is standard input")


async def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print each violation as `target:line: rule: message`; the exit status is 0 without violations, 1 with some.

    Raises LlmstxtError if the document cannot be read.
    """
    findings = findings_of(await _read(arguments.target, settings))
    for finding in findings:
        print(f"{arguments.target}:{finding.line}: {finding.rule}: {finding.message}")  # noqa: T201  (the answer)
    if not findings:
        print(f"{arguments.target}: nothing to object to", file=sys.stderr)  # noqa: T201
    return 1 if findings else 0


async def _read(target: str, settings: Settings) -> bytes:
    if target.startswith(("http://", "https://")):
        return await _download(target, settings)
    try:
        return await asyncio.to_thread(_read_file, target)
    except OSError as error:
        raise LlmstxtError(f"{target} cannot be read: {error.strerror}") from None


def _read_file(target: str) -> bytes:
    # One byte more than allowed, so that the check notices a document that is too large.
    if target == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(target).open("rb") as file:
        return file.read(MAX_BYTES + 1)


async def _download(url: str, settings: Settings) -> bytes:
    agent = user_agent(version("llmstxt-sched"), settings.api.public_url)
    async with open_client(Gate(settings.egress.allow), agent) as client:
        response = await fetch(client, url)
    if response.status != OK_STATUS:
        raise FetchFailed("http_error", f"{url} answered {response.status}")
    return response.body
