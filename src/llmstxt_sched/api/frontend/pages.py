"""The pages for browsers, and their assets, which call the API.

Assets are served below a digest of them all, so that a browser may keep them for good; another release has other
addresses.  The pages themselves are asked for anew each time.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, MediaType, Request, Response, route
from litestar.params import HeaderParameter

from llmstxt_sched.api.frontend.assets import ASSETS, DIGEST, WEB
from llmstxt_sched.api.frontend.views import HEADERS, PAGES, PAGES_OF_TABS, VIEWS
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.openapi.description import description_of
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.errors import NotFound

FOR_GOOD = "public, max-age=31536000, immutable"
DOCS = (WEB / "docs.html").read_text().replace("{digest}", DIGEST).encode()


class PagesController(Controller):
    """Pages and assets; they need no token, because they contain no stored data."""

    include_in_schema = False

    @route(list(VIEWS), http_method=READ)
    async def page(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """The one page, whose router shows the view of the address."""
        page = PAGES_OF_TABS.get(request.path_params.get("tab", "")) or PAGES[request.scope["path_template"]]
        return Response(page, media_type=MediaType.HTML, headers=HEADERS)

    @route("/api/docs", http_method=READ)
    async def docs(self) -> Response[bytes]:
        """The documentation of the API."""
        return Response(DOCS, media_type=MediaType.HTML, headers=HEADERS)

    @route("/assets/{digest:str}/{path:path}", http_method=READ)
    async def asset(
        self, digest: str, path: str, accepts: Annotated[str, HeaderParameter(name="Accept-Encoding")] = ""
    ) -> Response[bytes]:
        """A script, a stylesheet or a picture; those of another release are answered by this one's, and not kept."""
        asset = ASSETS.get(path.lstrip("/"))
        if asset is None:
            raise NotFound(f"there is no asset {path[:100]}")
        headers = HEADERS | {"Cache-Control": FOR_GOOD if digest == DIGEST else "no-cache", "Vary": "Accept-Encoding"}
        if "gzip" in accepts:
            return Response(asset.gzipped, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(asset.body, media_type=asset.media_type, headers=headers)

    # In a thread, because the first call takes a second of computing, on a busy machine many; it waits for no server.
    @route("/api/openapi.json", http_method=READ, sync_to_thread=True, opt={TAKES_LONG: True})
    def openapi(
        self, request: Request[Any, Any, Any], version: str, session_cookie: SessionCookie
    ) -> Response[dict[str, Any]]:
        """The description of the API in OpenAPI 3.1."""
        return Response(description_of(request.app, version, session_cookie.name), media_type=MediaType.JSON)
