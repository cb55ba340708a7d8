"""When the next request to a host may leave."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Pace(Protocol):
    """Spreads the requests to each host; shared by all crawls that go there."""

    async def wait(self, host: str, delay: float) -> None:
        """Return when the caller may send its request: `delay` seconds after the one before to `host`."""

    async def back_off(self, host: str, seconds: float) -> None:
        """Let no request to `host` leave for `seconds`, because it asked for that."""


class LocalPace:
    """The pace of one process; knows as many hosts as were asked for within the last delays."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    async def wait(self, host: str, delay: float) -> None:
        """Return `delay` seconds after the request before."""
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._free_at.get(host, 0.0))
        self._forget(loop.time())
        self._free_at[host] = turn + delay
        await asyncio.sleep(turn - loop.time())

    async def back_off(self, host: str, seconds: float) -> None:
        """Push the host's next turn `seconds` away."""
        now = asyncio.get_running_loop().time()
        self._free_at[host] = max(self._free_at.get(host, 0.0), now + seconds)

    def _forget(self, now: float) -> None:
        if len(self._free_at) > 1000:
            self._free_at = {host: turn for host, turn in self._free_at.items() if turn > now}
