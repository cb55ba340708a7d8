"""Serves published documents that are in memory, before anything else sees the request.

Everything else, and every document that is not in memory or perhaps not the newest, is left to the app behind.
"""

from __future__ import annotations

from typing import cast

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from llmstxt_sched.api.documents.sending import PUBLIC_CACHE, asked_for, send_fixed
from llmstxt_sched.services.documents.files import Documents

PREFIX = b"/p/"
READ = ("GET", "HEAD")
SAFE = (*READ, "OPTIONS")


class PublishedFiles:
    """ASGI middleware around the API."""

    def __init__(self, app: ASGIApp, documents: Documents) -> None:
        self._app = app
        self._documents = documents

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        # uvicorn sends no other scopes here (`process/serve.py`).
        scope = cast("HTTPScope", scope)
        if scope["method"] not in SAFE:
            await self._app(scope, receive, self._doubting(send))
        elif not await self._served(scope, send):
            await self._app(scope, receive, send)

    async def _served(self, scope: HTTPScope, send: Send) -> bool:
        raw = scope.get("raw_path") or b""
        if not raw.startswith(PREFIX) or not raw.isascii() or scope["method"] not in READ:
            return False
        slug, _, path = raw[len(PREFIX) :].decode("ascii").partition("/")
        file = self._documents.at_hand(slug, path)
        if file is None:
            return False
        asked = asked_for(scope)
        if asked.gzip and file.gzipped is None:
            return False
        await send_fixed(send, file, path, asked, PUBLIC_CACHE)
        return True

    def _doubting(self, send: Send) -> Send:
        """`send`, for a request that may have changed what is published: whoever made it must not see what was."""

        async def send_doubting(message: Message) -> None:
            self._documents.doubt()
            await send(message)

        return send_doubting
