"""The `project` commands: what the API does with projects, from a shell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from llmstxt_sched.cli.api_client import LONGEST_WAIT, ApiClient
from llmstxt_sched.cli.crawling.output_files import in_place_of
from llmstxt_sched.cli.file_argument import file_path
from llmstxt_sched.config import Settings
from llmstxt_sched.domain.run import COMPLETE
from llmstxt_sched.errors import LlmstxtError, NotFound, StartError

FAILED = 1
LINES = "application/jsonl"
# An import in one request is no larger: so much is done well within the time that is waited for an answer.
MOST_LINES, MOST_BYTES = 500, 262_144


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the commands and their arguments."""
    actions = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = actions.add_parser("list", help="list projects: id, status, address, name")
    listing.add_argument("--label", help="only those that have it")
    listing.add_argument("--status", help="only those that stand so, such as failed")
    listing.set_defaults(command=list_projects)
    create = actions.add_parser("create", help="create a project, and print its id")
    create.add_argument("url", metavar="URL", help="its start page")
    create.add_argument("--name", help="its name; the host by default")
    create.add_argument("--cron", metavar="EXPRESSION", help="its schedule, such as '0 2 * * *'")
    create.add_argument("--timezone", metavar="ZONE", help="that of the schedule; UTC by default")
    create.add_argument("--label", action="append", default=[], help="a label; may be given several times")
    create.add_argument("--unless-known", action="store_true", help="print that of this address, if there is one")
    create.set_defaults(command=create_project)
    run = actions.add_parser("run", help="ask for a run, and print its id")
    run.add_argument("id", metavar="ID", help="the project's")
    run.add_argument(
        "--wait", action="store_true", help="wait for its end, and print what it did; 1 where it did not complete"
    )
    run.set_defaults(command=run_project)
    export = actions.add_parser("export", help="print all projects as JSON lines, without credentials")
    export.add_argument("--label", help="only those that have it")
    export.add_argument("--documents", metavar="FILE", type=file_path, help="write their documents instead, as a tar")
    export.set_defaults(command=export_projects)
    taken = actions.add_parser("import", help="create projects of JSON lines")
    taken.add_argument("file", metavar="FILE", type=file_path, help="the lines; - for standard input")
    taken.set_defaults(command=import_projects)


async def list_projects(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the projects by name."""
    found = ApiClient(settings).items("/api/projects", label=arguments.label, status=arguments.status, sort="name")
    for project in found:
        _say(f"{project['id']}  {project['status']:<8}  {project['url']}  {project['name']}")
    return 0


async def create_project(arguments: argparse.Namespace, settings: Settings) -> int:
    """Create a project and print its id."""
    wanted = {"name": arguments.name, "cron_expression": arguments.cron, "timezone": arguments.timezone}
    body: dict[str, Any] = {"url": arguments.url, "labels": arguments.label}
    body |= {name: value for name, value in wanted.items() if value is not None}
    on_conflict = "return" if arguments.unless_known else None
    _say(ApiClient(settings).json("POST", "/api/projects", body, on_conflict=on_conflict)["id"])
    return 0


async def run_project(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask for a run; print its id, or what it did."""
    try:
        project_id = UUID(arguments.id)
    except ValueError:
        raise NotFound(f"{arguments.id!r} is not the id of a project: see `llmstxt-sched project list`") from None
    client = ApiClient(settings)
    run = client.json("POST", f"/api/projects/{project_id}/runs")
    if not arguments.wait:
        _say(run["id"])
        return 0
    while run["finished_at"] is None:
        run = client.json_at_last(f"/api/runs/{run['id']}", wait=LONGEST_WAIT)
    _say(f"{run['status']}: {run['summary']}")
    # A cancelled one made no documents either.
    return 0 if run["status"] in COMPLETE else FAILED


async def export_projects(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the projects as JSON lines, or write their documents to a file."""
    client = ApiClient(settings)
    if arguments.documents is None:
        for piece in client.pieces("/api/projects.jsonl", label=arguments.label):
            sys.stdout.buffer.write(piece)
        return 0
    try:
        with in_place_of(arguments.documents) as file:
            for piece in client.pieces("/api/export", label=arguments.label):
                file.write(piece)
    except OSError as error:
        raise StartError(f"{arguments.documents} cannot be written: {error.strerror}") from None
    return 0


async def import_projects(arguments: argparse.Namespace, settings: Settings) -> int:
    """Create a project of each line, and say of which there was none; 1 if there was any such line."""
    try:
        lines = sys.stdin.buffer.read() if str(arguments.file) == "-" else arguments.file.read_bytes()
    except OSError as error:
        raise StartError(f"{arguments.file} cannot be read: {error.strerror}") from None
    if not lines.strip():
        name = "standard input" if str(arguments.file) == "-" else arguments.file
        raise StartError(f"{name} is empty: there is no project to import")
    client = ApiClient(settings)
    created, known, failed = 0, 0, 0
    for first, part in _parts(lines.split(b"\n"), min(MOST_BYTES, settings.api.max_body_bytes)):
        try:
            outcome = client.send("/api/projects.jsonl", b"\n".join(part), LINES)
        except LlmstxtError as error:
            if first > 1:
                error.message = (
                    f"line {first} and those after it: {error.message}; {created} of those before were created"
                )
            raise
        created, known = created + outcome["created"], known + outcome["known"]
        failed += len(outcome["failed"])
        # At once: a later part that is refused ends the command.
        for failure in outcome["failed"]:
            print(f"line {first + failure['line'] - 1}: {failure['message']}", file=sys.stderr)  # noqa: T201
    _say(f"{created} created, {known} known already, {failed} failed")
    return FAILED if failed else 0


def _parts(lines: Sequence[bytes], most_bytes: int) -> Iterator[tuple[int, list[bytes]]]:
    """The lines in parts that a service takes at once, each with the number of its first line."""
    part: list[bytes] = []
    first, size = 1, 0
    for number, line in enumerate(lines, 1):
        if part and (len(part) == MOST_LINES or size + len(line) >= most_bytes):
            yield first, part
            first, part, size = number, [], 0
        part.append(line)
        size += len(line) + 1
    yield first, part


def _say(text: str) -> None:
    print(text)  # noqa: T201  (the command's answer)
