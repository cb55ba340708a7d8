"""The documents over HTTP: those of a project, of a run, and of projects that publish them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from litestar import Controller, Request, Response, route
from litestar.openapi.datastructures import ResponseSpec

from llmstxt_sched.api.documents.sending import PRIVATE_CACHE, PUBLIC_CACHE, DocumentResponse, asked_for
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.files import Document, Documents

UNCHANGED = {304: ResponseSpec(None)}
TEXTS = {200: ResponseSpec(str, media_type="text/plain"), **UNCHANGED}
PAGES = {200: ResponseSpec(str, media_type="text/markdown"), **UNCHANGED}


class DocumentsController(Controller):
    """The documents of projects and runs."""

    path = "/api"
    tags = ("documents",)

    @route("/projects/{project_id:uuid}/llms.txt", http_method=READ, responses=TEXTS, operation_id="get_llms_txt")
    async def llms_txt(self, request: Request[Any, Any, Any], documents: Documents, project_id: UUID) -> Response[Any]:
        """The project's newest llms.txt."""
        return await _private(request, LLMS_TXT, partial(documents.of_project, project_id))

    @route(
        "/projects/{project_id:uuid}/llms-full.txt", http_method=READ, responses=TEXTS, operation_id="get_llms_full_txt"
    )
    async def llms_full(self, request: Request[Any, Any, Any], documents: Documents, project_id: UUID) -> Response[Any]:
        """The project's newest llms-full.txt."""
        return await _private(request, LLMS_FULL_TXT, partial(documents.of_project, project_id))

    @route(
        "/projects/{project_id:uuid}/pages/{page:path}",
        http_method=READ,
        responses=PAGES,
        operation_id="get_page_markdown",
    )
    async def page(
        self, request: Request[Any, Any, Any], documents: Documents, project_id: UUID, page: str
    ) -> Response[Any]:
        """The Markdown copy of a page, or the llms.txt of a folder."""
        path = raw_path(request, "/pages/")
        return await _private(request, path, partial(documents.of_project, project_id))

    @route("/runs/{run_id:uuid}/llms.txt", http_method=READ, responses=TEXTS, operation_id="get_run_llms_txt")
    async def run_llms_txt(self, request: Request[Any, Any, Any], documents: Documents, run_id: UUID) -> Response[Any]:
        """The llms.txt that was in force after the run."""
        return await _private(request, LLMS_TXT, partial(documents.of_run, run_id))

    @route("/runs/{run_id:uuid}/llms-full.txt", http_method=READ, responses=TEXTS, operation_id="get_run_llms_full_txt")
    async def run_llms_full(self, request: Request[Any, Any, Any], documents: Documents, run_id: UUID) -> Response[Any]:
        """The llms-full.txt that was in force after the run."""
        return await _private(request, LLMS_FULL_TXT, partial(documents.of_run, run_id))


class PublishedController(Controller):
    """The documents of projects that publish them; no token is needed."""

    path = "/p"
    tags = ("published",)

    @route("/{slug:str}/{page:path}", http_method=READ, responses=PAGES, operation_id="get_published")
    async def published(
        self, request: Request[Any, Any, Any], documents: Documents, slug: str, page: str
    ) -> Response[Any]:
        """llms.txt, llms-full.txt, a folder's llms.txt, or the Markdown copy of a page."""
        path, asked = raw_path(request, f"/p/{slug}/"), asked_for(request.scope)
        document, path = await _found(partial(documents.published, slug, gzipped=asked.gzip), path)
        return DocumentResponse(document, path, asked, PUBLIC_CACHE)


async def _private(
    request: Request[Any, Any, Any], path: str, find: Callable[..., Awaitable[Document]]
) -> Response[Any]:
    asked = asked_for(request.scope)
    document, path = await _found(partial(find, gzipped=asked.gzip), path)
    return DocumentResponse(document, path, asked, PRIVATE_CACHE)


async def _found(find: Callable[[str], Awaitable[Document]], path: str) -> tuple[Document, str]:
    """The document of `path`, or else of what `path` encodes, and the path that it has.

    A client made from the description encodes all of a path, its slashes and percent signs too.
    """
    try:
        return await find(path), path
    except NotFound:
        encoded = unquote(path)
        if encoded == path or not encoded.isascii() or not encoded.isprintable():
            raise
        return await find(encoded), encoded


def raw_path(request: Request[Any, Any, Any], prefix: str) -> str:
    """The part of the request's path after `prefix`, still percent-encoded, as the paths of pages are stored."""
    raw: bytes = request.scope.get("raw_path", b"") or request.url.path.encode()
    try:
        return raw.split(b"?")[0].decode("ascii").split(prefix, 1)[1]
    except (UnicodeDecodeError, IndexError):
        raise NotFound("there is no such document") from None
