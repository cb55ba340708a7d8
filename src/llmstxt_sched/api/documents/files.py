"""The documents over HTTP: those of a project, of a run, and of projects that publish them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, HttpMethod, Request, Response, route
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.files import Document, Documents

READ = [HttpMethod.GET, HttpMethod.HEAD]
# A document contains text from crawled sites, so browsers must not interpret it as anything but text.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
PUBLIC_CACHE = "public, max-age=300"
PRIVATE_CACHE = "private, no-cache"
# Litestar adds "; charset=utf-8" to these.
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
UNCHANGED = {304: ResponseSpec(None)}
TEXTS = {200: ResponseSpec(str, media_type=PLAIN), **UNCHANGED}
PAGES = {200: ResponseSpec(str, media_type=MARKDOWN), **UNCHANGED}


def send(request: Request[Any, Any, Any], document: Document, path: str, cache: str) -> Response[Any]:
    """Send a document with its entity tag, or 304 if the client has it already (RFC 9110, section 13.1.2)."""
    etag = f'"{document.etag}"'
    headers = {**HEADERS, "ETag": etag, "Cache-Control": cache}
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(None, status_code=304, headers=headers)
    media_type = MARKDOWN if path.endswith(".md") else PLAIN
    if request.method == HttpMethod.HEAD:
        return Response(b"", headers=headers, media_type=media_type)
    return Stream(document.pieces, headers=headers, media_type=media_type)


def _has(if_none_match: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags


class DocumentsController(Controller):
    """The documents of projects and runs."""

    path = "/api"
    tags = ("documents",)

    @route("/projects/{project_id:uuid}/llms.txt", http_method=READ, responses=TEXTS, operation_id="get_llms_txt")
    async def llms_txt(self, request: Request[Any, Any, Any], documents: Documents, project_id: UUID) -> Response[Any]:
        """The project's newest llms.txt."""
        return send(request, await documents.of_project(project_id, LLMS_TXT), LLMS_TXT, PRIVATE_CACHE)

    @route(
        "/projects/{project_id:uuid}/llms-full.txt", http_method=READ, responses=TEXTS, operation_id="get_llms_full_txt"
    )
    async def llms_full(self, request: Request[Any, Any, Any], documents: Documents, project_id: UUID) -> Response[Any]:
        """The project's newest llms-full.txt."""
        return send(request, await documents.of_project(project_id, LLMS_FULL_TXT), LLMS_FULL_TXT, PRIVATE_CACHE)

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
        return send(request, await documents.of_project(project_id, path), path, PRIVATE_CACHE)

    @route("/runs/{run_id:uuid}/llms.txt", http_method=READ, responses=TEXTS, operation_id="get_run_llms_txt")
    async def run_llms_txt(self, request: Request[Any, Any, Any], documents: Documents, run_id: UUID) -> Response[Any]:
        """The llms.txt that was in force after the run."""
        return send(request, await documents.of_run(run_id, LLMS_TXT), LLMS_TXT, PRIVATE_CACHE)

    @route("/runs/{run_id:uuid}/llms-full.txt", http_method=READ, responses=TEXTS, operation_id="get_run_llms_full_txt")
    async def run_llms_full(self, request: Request[Any, Any, Any], documents: Documents, run_id: UUID) -> Response[Any]:
        """The llms-full.txt that was in force after the run."""
        return send(request, await documents.of_run(run_id, LLMS_FULL_TXT), LLMS_FULL_TXT, PRIVATE_CACHE)


class PublishedController(Controller):
    """The documents of projects that publish them; no token is needed."""

    path = "/p"
    tags = ("published",)

    @route("/{slug:str}/{page:path}", http_method=READ, responses=PAGES, operation_id="get_published")
    async def published(
        self, request: Request[Any, Any, Any], documents: Documents, slug: str, page: str
    ) -> Response[Any]:
        """llms.txt, llms-full.txt, a folder's llms.txt, or the Markdown copy of a page."""
        project_id = await documents.public_project(slug)
        path = raw_path(request, f"/p/{slug}/")
        return send(request, await documents.of_project(project_id, path), path, PUBLIC_CACHE)


def raw_path(request: Request[Any, Any, Any], prefix: str) -> str:
    """The part of the request's path after `prefix`, still percent-encoded, as the paths of pages are stored."""
    raw: bytes = request.scope.get("raw_path", b"") or request.url.path.encode()
    try:
        return raw.split(b"?")[0].decode("ascii").split(prefix, 1)[1]
    except (UnicodeDecodeError, IndexError):
        raise NotFound("there is no such document") from None
