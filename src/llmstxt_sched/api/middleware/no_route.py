"""Answers 401 to whoever is not signed in, also where there is no route: Litestar calls its middleware for routes only.

A method that an address does not have is no route either.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from llmstxt_sched.api.middleware.access import identify
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.permissions import has_open_method
from llmstxt_sched.api.problems import on_our_error
from llmstxt_sched.errors import Unauthorized, Unavailable
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.tokens import Tokens

# Below these, whoever asks must be known.
CLOSED = ("/api/", "/v1/")


class NoRoute:
    """ASGI middleware around Litestar: a malformed id is 404 only to those who would be told of a good one."""

    def __init__(self, app: ASGIApp, tokens: Tokens, sessions: Sessions, cookie: SessionCookie) -> None:
        self._app = app
        self._tokens = tokens
        self._sessions = sessions
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith(CLOSED):
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_later(message: Message) -> None:
            if held or _is_no_route(message, scope):
                held.append(message)
            else:
                await send(message)

        await self._app(scope, receive, send_later)
        if held:
            await self._answer(held, scope, receive, send)

    async def _answer(self, held: list[Message], scope: Scope, receive: Receive, send: Send) -> None:
        request = Request[Any, Any, Any](scope)
        try:
            await identify(request, self._tokens, self._sessions, self._cookie)
        except (Unauthorized, Unavailable) as error:
            await on_our_error(request, error).to_asgi_response(None, request)(scope, receive, send)
        else:
            for message in held:
                await send(message)


def _is_no_route(message: Message, scope: Scope) -> bool:
    if message["type"] != "http.response.start" or "route_handler" in scope:
        return False
    is_405 = message["status"] == HTTPStatus.METHOD_NOT_ALLOWED and not has_open_method(scope["path"])
    return is_405 or message["status"] == HTTPStatus.NOT_FOUND
