"""The one page for browsers, at the addresses of its views, and at those that are none."""

from __future__ import annotations

from typing import Any

from litestar import MediaType, Request, Response

from llmstxt_sched.api.frontend.assets import DIGEST, WEB, modules_of

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
    "/notifications": ["views/notifications.js"],
    "/notifications/confirm": ["views/confirm.js"],
    "/tokens": ["views/tokens.js"],
    "/users": ["views/users.js"],
    "/audit": ["views/audit.js"],
    "/settings": ["views/settings.js"],
}
TABS = [path.stem for path in sorted((WEB / "views" / "project").glob("*.js"))]


def page_with(*modules: str) -> bytes:
    """The page, which tells a browser at once all that it will import, or it would find out import by import."""
    # The modules that draw the bar come first: the others are needed only once it asks who the user is.
    first = modules_of("main.js")
    later = [name for name in modules_of(*modules) if name not in first]
    preloads = [f'<link rel="modulepreload" href="/assets/{DIGEST}/{name}">' for name in first]
    preloads += [f'<link rel="modulepreload" fetchpriority="low" href="/assets/{DIGEST}/{name}">' for name in later]
    text = (WEB / "index.html").read_text()
    return text.replace("{preloads}", "\n".join(preloads)).replace("{digest}", DIGEST).encode()


# The pages by their addresses, without the types of parameters, as a request has them.
PAGES = {path.replace(":str", ""): page_with(*modules) for path, modules in VIEWS.items()}
PAGES_OF_TABS = {tab: page_with("views/project.js", f"views/project/{tab}.js") for tab in TABS}


# The page at an address of no view, where the router says so; below these paths, scripts get an error instead.
NOWHERE = page_with("views/not-found.js")
FOR_SCRIPTS = ("/api/", "/assets/", "/p/")


def page_of_nowhere(request: Request[Any, Any, Any]) -> Response[bytes] | None:
    """The page of an address that is none, for a browser that was sent there; None for anybody else."""
    is_browser = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if not is_browser or request.scope["path"].startswith(FOR_SCRIPTS):
        return None
    return Response(NOWHERE, status_code=404, media_type=MediaType.HTML, headers=HEADERS)
