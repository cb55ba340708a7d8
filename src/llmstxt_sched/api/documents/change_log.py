"""What changed, as JSON lines, for programs that follow a project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, route
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from msgspec import Meta, Struct

from llmstxt_sched.api.documents.files import UNCHANGED
from llmstxt_sched.api.documents.sending import PRIVATE_CACHE, PUBLIC_CACHE, DocumentResponse, asked_for
from llmstxt_sched.api.requests.calls import LINES
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.api.requests.paging import Cursor, PagedList, Position32, read_since
from llmstxt_sched.domain.times import Time
from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.services.documents.change_log import ChangeLog
from llmstxt_sched.services.documents.files import document_of
from llmstxt_sched.services.documents.fixed_files import FixedFile, gzip_of
from llmstxt_sched.store.documents.feeds import ChangePlace, PublishedChange

CHANGES_JSONL = "changes.jsonl"
MOST_LINES = 1000
LAST_POSITION = 2**31 - 1
ChangePosition = tuple[int, int]
Since = Annotated[str | None, Parameter(max_length=64)]
Lines = Annotated[int, Parameter(ge=1, le=MOST_LINES, description="How many changes, at most 1,000.")]


class PublishedChangeWire(Struct, frozen=True):
    """One page, or one entry of llms.txt, that a version changed, and when that was published."""

    at: Time
    run_id: UUID
    run: int
    version: int
    scope: Literal["page", "entry"]
    kind: str
    url: str
    title: str
    before: str | None
    after: str | None


CHANGES = {200: ResponseSpec(PublishedChangeWire, media_type=LINES), **UNCHANGED}


class ChangeLogController(Controller):
    """The changes of projects, one a line."""

    path = "/api/projects"
    tags = ("changes",)

    @route("/{project_id:uuid}/changes.jsonl", http_method=READ, responses=CHANGES, operation_id="follow_changes")
    async def of_project(
        self,
        request: Request[Any, Any, Any],
        change_log: ChangeLog,
        public_url: str,
        project_id: UUID,
        since: Since = None,
        limit: Lines = MOST_LINES,
        cursor: Cursor = None,
    ) -> Response[Any]:
        """What the project's versions changed, oldest first, as JSON lines; a header Link names the next ones."""
        listed = _changes_of(project_id)
        found = await change_log.of_project(project_id, _place(since, listed.read(cursor)), limit + 1)
        return await _answer(request, public_url, listed, found, limit, PRIVATE_CACHE)


class PublicChangeLogController(Controller):
    """The changes of projects that publish their documents; no token is needed."""

    path = "/p"
    tags = ("published",)

    @route("/{slug:str}/changes.jsonl", http_method=READ, responses=CHANGES, operation_id="follow_public_changes")
    async def published(
        self,
        request: Request[Any, Any, Any],
        change_log: ChangeLog,
        public_url: str,
        slug: str,
        since: Since = None,
        limit: Lines = MOST_LINES,
        cursor: Cursor = None,
    ) -> Response[Any]:
        """What a public project's versions changed, oldest first, as JSON lines; a header Link names the next ones."""
        listed = _changes_of(slug)
        found = await change_log.published(slug, _place(since, listed.read(cursor)), limit + 1)
        return await _answer(request, public_url, listed, found, limit, PUBLIC_CACHE)


def _changes_of(project: UUID | str) -> PagedList[ChangePosition]:
    """The list; `since` is no filter of it, but where it begins."""
    return PagedList(tuple[Position32, Position32], "changes of a project", project)


def _place(since: str | None, after: ChangePosition | None) -> ChangePlace:
    """The place after which the list begins.  Raises InvalidInput."""
    if after:
        return ChangePlace(*after)
    if since is None:
        return ChangePlace()
    if since.isascii() and since.isdecimal():
        return ChangePlace(min(int(since), LAST_POSITION), LAST_POSITION)
    try:
        # Strictly, or other numbers were seconds since 1970.
        at = msgspec.convert(since, Annotated[datetime, Meta(tz=True)])
        return ChangePlace(since=read_since(at))
    except (msgspec.ValidationError, InvalidInput):
        raise InvalidInput("since", "must be a run's number, or a time such as 2026-11-24T02:00:00Z") from None


async def _answer(
    request: Request[Any, Any, Any],
    public_url: str,
    listed: PagedList[ChangePosition],
    found: Sequence[PublishedChange],
    limit: int,
    cache: bytes,
) -> Response[Any]:
    shown, asked = found[:limit], asked_for(request.scope)
    body = b"".join(msgspec.json.encode(_show(change)) + b"\n" for change in shown)
    file = FixedFile(body)
    if asked.gzip and file.gzipped is None:
        file.gzipped = await gzip_of(body)
    link = []
    if len(found) > limit:
        last = shown[-1]
        query = urlencode({"cursor": listed.write((last.run, last.position)), "limit": limit})
        link = [(b"link", f'<{public_url}{request.url.path}?{query}>; rel="next"'.encode())]
        # Another tag than the same lines had while nothing followed them.
        file.etag += "-next"
    return DocumentResponse(document_of(file), CHANGES_JSONL, asked, cache, link)


def _show(change: PublishedChange) -> PublishedChangeWire:
    return PublishedChangeWire(**{name: getattr(change, name) for name in PublishedChangeWire.__struct_fields__})
