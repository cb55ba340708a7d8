"""Logs one line for each request, with an id that the client also gets, in the header X-Request-Id."""

from __future__ import annotations

import logging
import time
from secrets import token_hex
from typing import Any

import structlog
from litestar.status_codes import HTTP_400_BAD_REQUEST, HTTP_503_SERVICE_UNAVAILABLE
from litestar.types import ASGIApp, Message, Receive, ReceiveMessage, Scope, Send

from llmstxt_sched.errors import Unavailable

# Where a handler of errors leaves why the service could not serve the request.
REASON = "unavailable_because"


class RequestLog:
    """ASGI middleware around the whole API.  Bodies, query strings and headers are never logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Bound once: a logger of a module looks up its configuration for each line.
        self._log = structlog.get_logger(__name__).bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request.  Raises `Unavailable`, told already, where that cuts short an answer that has begun."""
        request_id = token_hex(16)
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()
        status = 0
        has_ended = False

        async def receive_watched() -> ReceiveMessage:
            nonlocal has_ended
            message = await receive()
            # Once an answer has begun, this is also how a stream learns that it is not needed any more.
            has_ended = has_ended or (message["type"] == "http.disconnect" and not status)
            return message

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive_watched, send_with_id)
            except Exception as error:
                if status and (cause := _unavailable(error)):
                    self._log.warning("answer cut short", **_line_of(scope), reason=cause.message)
                    raise cause from None
                raise
            if has_ended:
                # Nobody got the status that the app then chose, which is 500 where a body does not come.
                ended = "the connection ended before there was an answer"
                self._log.info("request not answered", **_line_of(scope), reason=ended)
                return
            # A bug has been logged with its traceback.
            level, reason = _level_of(scope["path"], status), scope["state"].get(REASON)
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            more = {"reason": reason} if reason else {}
            self._log.log(level, "request served", **_line_of(scope), status=status, milliseconds=milliseconds, **more)


def _line_of(scope: Scope) -> dict[str, Any]:
    """Which request it is."""
    return {"method": scope.get("method"), "path": scope["path"]}


def _unavailable(error: BaseException | None) -> Unavailable | None:
    """What `error` comes from, if that is a server which is away; the framework wraps what ends a stream."""
    if isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if error is None or isinstance(error, Unavailable):
        return error
    return _unavailable(error.__cause__)


def _level_of(path: str, status: int) -> int:
    if status == HTTP_503_SERVICE_UNAVAILABLE:
        return logging.WARNING
    # A page loads fifty of these, among which all else would be lost.
    return logging.DEBUG if path.startswith("/assets/") and status < HTTP_400_BAD_REQUEST else logging.INFO
