"""A bound on how long a caller waits for a server behind us: whoever asks gets an answer within five seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from llmstxt_sched.errors import Unavailable

ANSWER_SECONDS = 4.0
# On a route whose work may rightly take longer: there only the look-up of the token is bounded.
TAKES_LONG = "takes_long"

T = TypeVar("T")


class TimeLimit(ASGIMiddleware):
    """Bounds the time until an answer begins; what it takes to receive a body, or to send a long one, doesn't count."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve one request.  Raises `Unavailable`."""
        if scope["route_handler"].opt.get(TAKES_LONG):
            await next_app(scope, receive, send)
            return
        bound = asyncio.timeout(ANSWER_SECONDS)
        has_begun = False

        async def receive_unhurried() -> Any:
            bound.reschedule(None)
            message = await receive()
            if not has_begun:
                bound.reschedule(asyncio.get_running_loop().time() + ANSWER_SECONDS)
            return message

        async def send_unhurried(message: Message) -> None:
            nonlocal has_begun
            # An error once the time is over: the client has been told.
            bound.reschedule(None)
            has_begun = True
            await send(message)

        await _within(bound, next_app(scope, receive_unhurried, send_unhurried))


async def within_time_limit(asking: Awaitable[T]) -> T:
    """What `asking` gives.  Raises `Unavailable` where that takes too long."""
    return await _within(asyncio.timeout(ANSWER_SECONDS), asking)


async def _within(bound: asyncio.Timeout, asking: Awaitable[T]) -> T:
    """What `asking` gives.  Raises `Unavailable` where that takes too long.

    Then it is left to itself: giving up a connection whose server is out of reach takes seconds more.
    """
    task = asyncio.ensure_future(asking)
    try:
        async with bound:
            await asyncio.wait({task})
    except TimeoutError:
        raise Unavailable(f"no answer within {ANSWER_SECONDS:g} seconds") from None
    finally:
        task.add_done_callback(_forget)
        task.cancel()
    return task.result()


def _forget(task: asyncio.Future[Any]) -> None:
    """Take note of how it ended, or asyncio would report that nobody did."""
    if not task.cancelled():
        task.exception()
