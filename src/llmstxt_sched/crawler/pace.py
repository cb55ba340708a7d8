"""When the next request to a host may leave."""

from __future__ import annotations

import asyncio
from typing import Protocol

from llmstxt_sched.domain.pace import Turns


class Pace(Protocol):
    """Spreads the requests to each host; shared by all crawls that go there."""

    async def wait(self, host: str, delay: float) -> None:
        """Return when the caller may send its request: `delay` seconds after the one before to `host`."""

    async def back_off(self, host: str, seconds: float) -> None:
        """Let no request to `host` leave for `seconds`, because it asked for that."""


class LocalPace:
    """The pace of one process."""

    def __init__(self) -> None:
        self._turns = Turns()

    async def wait(self, host: str, delay: float) -> None:
        """Return `delay` seconds after the request before."""
        await asyncio.sleep(self._turns.reserve(host, asyncio.get_running_loop().time(), delay))

    async def back_off(self, host: str, seconds: float) -> None:
        """Push the host's next turn `seconds` away."""
        self._turns.reserve(host, asyncio.get_running_loop().time(), 0, seconds)
