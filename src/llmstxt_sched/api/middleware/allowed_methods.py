"""Answers OPTIONS with every method of an address; Litestar names those of one of its controller's methods only."""

from __future__ import annotations

from functools import cache
from typing import Any

from litestar import Litestar, Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Receive, Scope, Send


class AllowedMethods(ASGIMiddleware):
    """Serves OPTIONS (RFC 9110, section 9.3.7) on every address that there is."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve one request."""
        if Request[Any, Any, Any](scope).method != "OPTIONS":
            await next_app(scope, receive, send)
            return
        allowed = _allowed(scope["litestar_app"])[scope["path_template"]]
        await send({"type": "http.response.start", "status": 204, "headers": [(b"allow", allowed)]})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@cache
def _allowed(app: Litestar) -> dict[str, bytes]:
    """What the header Allow says, by the address as its route names it."""
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    return {route.path_format: ", ".join(sorted(map(str, route.methods))).encode() for route in routes}
