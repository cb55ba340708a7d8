"""The `check` command: checks a file or the document at a URL against the rules for an llms.txt."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import msgspec

from llmstxt_sched.cli.file_argument import named
from llmstxt_sched.config import Settings
from llmstxt_sched.documents.check import check as findings_of
from llmstxt_sched.documents.check_rules import Finding, Level, score
from llmstxt_sched.documents.parse import MAX_BYTES
from llmstxt_sched.domain.plural import plural
from llmstxt_sched.errors import FetchFailed, LlmstxtError

OK_STATUS = 200
HAS_ERRORS, UNREADABLE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("target", metavar="FILE|URL", type=named, help="the llms.txt to check; - is standard input")
    parser.add_argument("--json", action="store_true", help="print the findings as one JSON object")
    parser.set_defaults(command=check)


async def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print each finding as `target:line: level: rule: message`, or all as JSON; one about the whole file has line 0.

    The exit status is 1 if there are errors, 2 if the document is empty or cannot be read, else 0.
    """
    target = arguments.target
    try:
        body, content_type = await _read(target, settings)
        if not body.strip():
            raise LlmstxtError(f"{'standard input' if target == '-' else target} is empty: there is nothing to check")
    except LlmstxtError as error:
        print(f"llmstxt-sched: {error.message}", file=sys.stderr)  # noqa: T201  (the answer)
        return UNREADABLE
    findings = findings_of(body, content_type)
    counts = Counter(found.level for found in findings)
    if arguments.json:
        print(_as_json(target, findings, counts))  # noqa: T201
    else:
        for found in findings:
            print(f"{target}:{found.line}: {found.level}: {found.rule}: {found.message}")  # noqa: T201
        summary = ", ".join(plural(counts[level], level) for level in Level)
        print(f"{target}: {score(findings)} of 100 points; {summary}", file=sys.stderr)  # noqa: T201
    return HAS_ERRORS if counts[Level.ERROR] else 0


def _as_json(target: str, findings: list[Finding], counts: Counter[Level]) -> str:
    answer = {
        "target": target,
        "score": score(findings),
        **{f"{level}s": counts[level] for level in Level},
        "findings": findings,
    }
    return msgspec.json.format(msgspec.json.encode(answer)).decode()


async def _read(target: str, settings: Settings) -> tuple[bytes, str | None]:
    """The document, and its Content-Type if it is from the network."""
    if target.startswith(("http://", "https://")):
        return await _download(target, settings)
    try:
        return await asyncio.to_thread(_read_file, target), None
    except FileNotFoundError:
        raise LlmstxtError(f"there is no file {target}; an address begins with https:// or http://") from None
    except OSError as error:
        raise LlmstxtError(f"{target} cannot be read: {error.strerror}") from None


def _read_file(target: str) -> bytes:
    # One byte more than allowed, so that the check notices a document that is too large.
    if target == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(target).open("rb") as file:
        return file.read(MAX_BYTES + 1)


async def _download(url: str, settings: Settings) -> tuple[bytes, str]:
    # Here, because its code takes a fifth of a second to load, and the check of a file can do without.
    from llmstxt_sched.outbound.client import fetch, open_client
    from llmstxt_sched.outbound.dial import read_nameservers
    from llmstxt_sched.outbound.gate import Gate
    from llmstxt_sched.outbound.headers import user_agent

    agent = user_agent(version("llmstxt-sched"), settings.api.public_url)
    egress = settings.egress
    async with open_client(Gate(egress.allow), agent, read_nameservers(egress.nameservers)) as client:
        response = await fetch(client, url)
    if response.status != OK_STATUS:
        raise FetchFailed("http_error", f"{url} answered {response.status}")
    return response.body, response.content_type
