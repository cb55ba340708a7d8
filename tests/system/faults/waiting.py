"""Waiting for what a process of another's will do: ends on the condition, the bound is for when all is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.05

Found = TypeVar("Found")


async def until(look: Callable[[], Awaitable[Found]], what: str, seconds: float = PATIENCE_SECONDS) -> Found:
    """What `look` gives once it is true."""
    deadline = time.monotonic() + seconds
    while True:
        found = await look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}: {found!r}")
        await asyncio.sleep(POLL_SECONDS)
