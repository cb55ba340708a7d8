"""Waiting for a server that is away, inside a run: such an outage must not count as a failure of the run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from llmstxt_sched.errors import Unavailable

PAUSE_SECONDS = 0.5

T = TypeVar("T")


async def until_available(act: Callable[[], Awaitable[T]]) -> T:
    """Call `act` until it no longer raises `Unavailable`.

    There is no time limit: the heartbeat cancels the crawl when its lease can no longer be renewed.
    """
    while True:
        try:
            return await act()
        except Unavailable:
            await asyncio.sleep(PAUSE_SECONDS)
