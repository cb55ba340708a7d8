"""The pages for browsers, and their assets, which call the API.

Assets are served below a digest of them all, so that a browser may keep them for good; another release has other
addresses.  The pages themselves are asked for anew each time.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, HttpMethod, MediaType, Request, Response, get, route
from litestar.params import HeaderParameter

from llmstxt_sched.api.assets import ASSETS, DIGEST, WEB, modules_of
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.openapi import with_needs, with_problems
from llmstxt_sched.errors import NotFound

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
FOR_GOOD = "public, max-age=31536000, immutable"
# The addresses of the one page that draws all views, with the modules that its router loads there beside `main.js`.
VIEWS = {
    "/": ["views/home.js"],
    "/login": ["views/login.js"],
    "/start": ["views/start.js"],
    "/projects": ["views/projects.js"],
    "/projects/new": ["views/projects.js", "views/projects/create.js"],
    "/projects/{project_id:str}": ["views/project.js", "views/project/overview.js"],
    "/projects/{project_id:str}/{tab:str}": ["views/project.js"],
    "/scheduler": ["views/scheduler.js"],
    "/tokens": ["views/tokens.js"],
    "/users": ["views/users.js"],
    "/audit": ["views/audit.js"],
    "/settings": ["views/settings.js"],
}
TABS = [path.stem for path in sorted((WEB / "views" / "project").glob("*.js"))]
DOCS = (WEB / "docs.html").read_text().replace("{digest}", DIGEST).encode()


def page_with(*modules: str) -> bytes:
    """The page, which tells a browser at once all that it will import, or it would find out import by import."""
    # What draws the bar comes first: the rest only has to be there when it asks who this is.
    first = modules_of("main.js")
    later = [name for name in modules_of(*modules) if name not in first]
    preloads = [f'<link rel="modulepreload" href="/assets/{DIGEST}/{name}">' for name in first]
    preloads += [f'<link rel="modulepreload" fetchpriority="low" href="/assets/{DIGEST}/{name}">' for name in later]
    text = (WEB / "index.html").read_text()
    return text.replace("{preloads}", "\n".join(preloads)).replace("{digest}", DIGEST).encode()


# By the addresses without the types of their parameters, as a request has them.
PAGES = {path.replace(":str", ""): page_with(*modules) for path, modules in VIEWS.items()}
PAGES_OF_TABS = {tab: page_with("views/project.js", f"views/project/{tab}.js") for tab in TABS}


class PagesController(Controller):
    """Pages and assets; they need no token, because they contain no stored data."""

    include_in_schema = False

    @route(list(VIEWS), http_method=[HttpMethod.GET, HttpMethod.HEAD])
    async def page(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """The one page, whose router shows the view of the address."""
        page = PAGES_OF_TABS.get(request.path_params.get("tab", "")) or PAGES[request.scope["path_template"]]
        return Response(page, media_type=MediaType.HTML, headers=HEADERS)

    @get("/api/docs")
    async def docs(self) -> Response[bytes]:
        """The documentation of the API."""
        return Response(DOCS, media_type=MediaType.HTML, headers=HEADERS)

    @get("/assets/{digest:str}/{path:path}")
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
    @get("/api/openapi.json", sync_to_thread=True, opt={TAKES_LONG: True})
    def openapi(self, request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
        """The description of the API in OpenAPI 3.1."""
        schema = with_needs(with_problems(request.app.openapi_schema.to_schema()))
        return Response(schema, media_type=MediaType.JSON)
