"""Has crawls give way to requests until their answers begin: how the rest is sent depends on who receives it."""

from __future__ import annotations

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from llmstxt_sched.process.right_of_way import RightOfWay


class BeforeCrawls:
    """ASGI middleware around the whole API."""

    def __init__(self, app: ASGIApp, right_of_way: RightOfWay) -> None:
        self._app = app
        self._right_of_way = right_of_way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        end = self._right_of_way.begin()

        async def send_on(message: Message) -> None:
            end()
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            end()
