"""A bound on how long a caller waits for a server behind us."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from llmstxt_sched.errors import Unavailable

# Whoever asks gets an answer within five seconds.
ANSWER_SECONDS = 4.0

Result = TypeVar("Result")


async def promptly(asking: Coroutine[Any, Any, Result]) -> Result:
    """What `asking` gives.  Raises `Unavailable` where that takes too long.

    Then it is left to itself: giving up a connection whose server is out of reach takes seconds more.
    """
    task = asyncio.create_task(asking)
    try:
        done, _ = await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        if not done:
            task.add_done_callback(_forget)
            raise Unavailable(f"no answer within {ANSWER_SECONDS:g} seconds")
        return task.result()
    finally:
        task.cancel()


def _forget(task: asyncio.Task[Any]) -> None:
    """Take note of how it ended, or asyncio would report that nobody did."""
    if not task.cancelled():
        task.exception()
