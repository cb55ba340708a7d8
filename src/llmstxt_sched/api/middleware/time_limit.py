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
        bound = asyncio.timeout(ANSWER_SECONDS)
        has_begun = False

        async def receive_unlimited() -> Any:
            bound.reschedule(None)
            message = await receive()
            if not has_begun:
                bound.reschedule(asyncio.get_running_loop().time() + ANSWER_SECONDS)
            return message

        async def send_unlimited(message: Message) -> None:
            nonlocal has_begun
            # Raises once the time is over, which is right: the client has already been sent an error.
            bound.reschedule(None)
            has_begun = True
            await send(message)

        await _within(bound, next_app(scope, receive_unlimited, send_unlimited))


async def within_time_limit(asking: Awaitable[T]) -> T:
    """The result of `asking`.  Raises `Unavailable` if it takes longer than ANSWER_SECONDS."""
    return await _within(asyncio.timeout(ANSWER_SECONDS), asking)


async def _within(bound: asyncio.Timeout, asking: Awaitable[T]) -> T:
    """The result of `asking`.  Raises `Unavailable` if that takes longer than `bound`.

    Then `asking` is cancelled but not awaited, because closing a connection to an unreachable server takes seconds.
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
    """Retrieve the task's exception, because asyncio logs exceptions that are never retrieved."""
    if not task.cancelled():
        task.exception()
