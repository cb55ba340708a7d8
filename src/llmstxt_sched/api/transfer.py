"""All documents as an archive, and projects as JSON lines, to move them from one service to another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from litestar.response import Stream
from msgspec import Struct

from llmstxt_sched.api.middleware.rate_limits import count_create, limit_creates
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG, within_time_limit
from llmstxt_sched.api.projects import CrawlWire, ProjectCreate, read_new
from llmstxt_sched.api.requests.bodies import read_with_faults
from llmstxt_sched.api.requests.calls import LINES, TAKES_LINES
from llmstxt_sched.api.requests.validation import InvalidRequest
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.errors import Conflict, InvalidInput, TooManyRequests, Unavailable
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.exports import Exports
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.store.projects import Project, ProjectFilter

TAR = "application/x-tar"
OfLabel = Annotated[
    str | None,
    Parameter(max_length=50, description="Only the projects that have this label."),
]
# The fields of a project that move beside its crawl options: all that it is created with, but its credentials.
MOVED = tuple(name for name in ProjectCreate.__struct_fields__ if name not in {"crawl", "credentials"})

# Errors of one line, after which the next ones are read nonetheless.
WRONG = (InvalidInput, InvalidRequest, Conflict, msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class ImportFailure(Struct, frozen=True):
    """A line of which no project could be made, from 1, and why."""

    line: int
    message: str


class ImportOutcome(Struct, frozen=True):
    """How many projects were created, how many were there already, and of which lines none could be made."""

    created: int
    known: int
    failed: list[ImportFailure]


class TransferController(Controller):
    """Documents and projects, all at once."""

    path = "/api"
    tags = ("transfer",)

    @get(
        "/export",
        responses={200: ResponseSpec(bytes, media_type=TAR)},
        opt={TAKES_LONG: True},
        operation_id="export_documents",
    )
    async def documents(self, exports: Exports, label: OfLabel = None) -> Stream:
        """All current documents as a tar archive, each project's in a folder named by its slug."""
        headers = {"Content-Disposition": 'attachment; filename="documents.tar"'}
        pieces = await _begun(exports.documents(ProjectFilter(label=label)))
        return Stream(pieces, media_type=TAR, headers=headers)

    @get(
        "/projects.jsonl",
        responses={200: ResponseSpec(str, media_type=LINES)},
        opt={TAKES_LONG: True},
        operation_id="export_projects",
    )
    async def export_lines(self, exports: Exports, label: OfLabel = None) -> Stream:
        """All projects as JSON lines, as another service takes them; without credentials, which are never shown."""
        return Stream(await _begun(_lines(exports, ProjectFilter(label=label))), media_type=LINES)

    @post(
        "/projects.jsonl",
        status_code=200,
        guards=[limit_creates],
        opt={TAKES_LONG: True, TAKES_LINES: True},
        operation_id="import_projects",
    )
    async def import_lines(self, request: Request[Any, Identity, Any], projects: Projects) -> ImportOutcome:
        """Create a project of each line; one of an address that there is already stays as it is.

        Raises TooManyRequests and Unavailable, with the number of those that were created before.
        """
        created, known, failed = 0, 0, []
        for number, line in enumerate((await request.body()).split(b"\n"), 1):
            if line.strip():
                try:
                    is_known = await _create(projects, line)
                    known, created = known + is_known, created + (not is_known)
                    if not is_known:
                        await count_create(request)
                except WRONG as error:
                    failed.append(ImportFailure(number, _said(error)))
                except TooManyRequests as error:
                    error.message += _resumable(created)
                    raise
                except Unavailable as error:
                    error.public += _resumable(created)
                    raise
        return ImportOutcome(created, known, failed)


async def _begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """`pieces`, with the first read already: what fails there is answered as any error.  Raises Unavailable."""

    async def read_first() -> bytes:
        return await anext(pieces, b"")

    async def whole(first: bytes) -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return whole(await within_time_limit(read_first()))


async def _lines(exports: Exports, wanted: ProjectFilter) -> AsyncIterator[bytes]:
    async for project in exports.projects(wanted):
        yield msgspec.json.encode(_moved(project)) + b"\n"


def _moved(project: Project) -> ProjectCreate:
    crawl = CrawlWire(**{name: getattr(project, name) for name in CrawlWire.__struct_fields__})
    return ProjectCreate(**{name: getattr(project, name) for name in MOVED}, crawl=crawl)


async def _create(projects: Projects, line: bytes) -> bool:
    """Create the project of a line; gives whether there was one already."""
    data, faults = read_with_faults(line, ProjectCreate)
    url, details, patch, credentials = read_new(data, faults)
    view = await projects.create(url, details, patch, Once(), credentials, faults=faults, unless_known=True)
    return view.is_known


def _resumable(created: int) -> str:
    return f"; {created} were created, and sending all again creates only what is missing"


def _said(error: Exception) -> str:
    if isinstance(error, InvalidRequest | InvalidInput):
        return error.sentence
    if isinstance(error, RecursionError):
        return "is nested too deep"
    return error.message if isinstance(error, Conflict) else "is not valid JSON"
