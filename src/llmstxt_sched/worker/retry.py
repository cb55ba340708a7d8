"""Waiting for a server that is away, inside a run: no failure of the site's, so no failure of the run's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from llmstxt_sched.errors import Unavailable

PAUSE_SECONDS = 0.5

T = TypeVar("T")


async def until_available(act: Callable[[], Awaitable[T]]) -> T:
    """Do it again until the server answers.  A crawl is canceled in it once its lease can't be renewed."""
    while True:
        try:
            return await act()
        except Unavailable:
            await asyncio.sleep(PAUSE_SECONDS)
