"""Limits how long a request waits for Postgres or Redis: every client gets an answer within five seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from llmstxt_sched.errors import Unavailable

ANSWER_SECONDS = 4.0
# Marks a route whose work may legitimately take longer: only the lookup of the token is limited there.
TAKES_LONG = "takes_long"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LATE = f"no answer within {ANSWER_SECONDS:g} seconds"
LATE_BUT_DONE = (
    f"{LATE}, but what was asked for may have been done: to find out, send it again with the same Idempotency-Key, "
    "or look"
)

T = TypeVar("T")


class TimeLimit(ASGIMiddleware):
    """Limits the time until a response starts, not counting the time to receive the request's body.

    Sending the response is not limited either.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve one request.  Raises `Unavailable`."""
        if scope["route_handler"].opt.get(TAKES_LONG):
            await next_app(scope, receive, send)
            return
        limit = _Limit()
        has_begun = False

        async def receive_unlimited() -> Any:
            limit.lift()
            message = await receive()
            if not has_begun:
                limit.set()
            return message

        async def send_unlimited(message: Message) -> None:
            nonlocal has_begun
            limit.lift()
            has_begun = True
            await send(message)

        is_safe = scope.get("method") in SAFE_METHODS
        await _within(limit, next_app(scope, receive_unlimited, send_unlimited), LATE if is_safe else LATE_BUT_DONE)


class _Limit:
    """A time by which something must be done, which may be set anew and lifted."""

    def __init__(self) -> None:
        self._at: float | None = None
        self.set()

    def set(self) -> None:
        self._at = asyncio.get_running_loop().time() + ANSWER_SECONDS

    def lift(self) -> None:
        self._at = None

    @property
    def seconds(self) -> float | None:
        """The seconds that are left, or None if there is no limit."""
        return None if self._at is None else self._at - asyncio.get_running_loop().time()


async def within_time_limit(asking: Awaitable[T]) -> T:
    """The result of `asking`.  Raises `Unavailable` if it takes longer than ANSWER_SECONDS."""
    return await _within(_Limit(), asking, LATE)


async def _within(limit: _Limit, asking: Awaitable[T], late: str) -> T:
    """The result of `asking`.  Raises `Unavailable` with the message `late` if that takes longer than `limit`.

    Then `asking` is cancelled but not awaited, because closing a connection to an unreachable server takes seconds.
    Not by asyncio's time-out, after which a result could no longer be sent that came while the process stood still.
    """
    task = asyncio.ensure_future(asking)
    try:
        while not task.done():
            seconds = limit.seconds
            if seconds is not None and seconds <= 0:
                raise Unavailable(late)
            await asyncio.wait({task}, timeout=seconds)
    finally:
        task.add_done_callback(_forget)
        task.cancel()
    return task.result()


def _forget(task: asyncio.Future[Any]) -> None:
    """Retrieve the task's exception, because asyncio logs exceptions that are never retrieved."""
    if not task.cancelled():
        task.exception()
