"""The pages for browsers: the documentation of the API, built from our own assets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import Controller, MediaType, Request, Response, get
from litestar.response import Redirect

from llmstxt_sched.api.access import IS_OPEN
from llmstxt_sched.api.openapi import with_problems
from llmstxt_sched.errors import NotFound

WEB = Path(__file__).parent.parent / "web"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
# The files that may be served, with their media types; nothing else in the folder can be requested.
ASSETS = {
    "docs.css": "text/css",
    "docs.js": "text/javascript",
    "dom.js": "text/javascript",
}


class PagesController(Controller):
    """Pages and assets; they need no token, because they contain no stored data."""

    opt = {IS_OPEN: True}  # noqa: RUF012  (read by Litestar, changed by nobody)
    include_in_schema = False

    @get("/")
    async def root(self) -> Redirect:
        """Redirect to the documentation."""
        return Redirect("/api/docs", status_code=302)

    @get("/api/docs")
    async def docs(self) -> Response[bytes]:
        """The documentation of the API."""
        return Response((WEB / "docs.html").read_bytes(), media_type=MediaType.HTML, headers=HEADERS)

    @get("/assets/{name:str}")
    async def asset(self, name: str) -> Response[bytes]:
        """A script or a stylesheet."""
        if name not in ASSETS:
            raise NotFound(f"there is no asset {name[:100]}")
        return Response((WEB / name).read_bytes(), media_type=ASSETS[name], headers=HEADERS)

    # In a thread, because the first call takes half a second.
    @get("/api/openapi.json", sync_to_thread=True)
    def openapi(self, request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
        """The description of the API in OpenAPI 3.1."""
        return Response(with_problems(request.app.openapi_schema.to_schema()), media_type=MediaType.JSON)
