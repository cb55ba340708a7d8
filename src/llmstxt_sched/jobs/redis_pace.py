"""The delay between requests to a host, kept across all workers and replicas."""

from __future__ import annotations

import asyncio

from llmstxt_sched.domain.host_turns import Turns
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.scripts import Scripts

# Without a delay there is no turn to reserve, and Redis only knows whether another process was told to wait: that is
# asked once in so many seconds.
_FREE_SECONDS = 0.1
_MAX_HOSTS = 1000


class RedisPace:
    """Turns handed out by Redis; while Redis does not answer, each process keeps the delay on its own.

    No turn is more than `longest_wait` seconds away: a key that says so is taken for missing.
    """

    def __init__(self, scripts: Scripts, keys: Keys, longest_wait: float) -> None:
        self._scripts = scripts
        self._keys = keys
        self._longest_wait = longest_wait
        self._own = Turns()
        self._free_until: dict[str, float] = {}

    async def wait(self, host: str, delay: float) -> None:
        """Wait until the caller may send its request, `delay` seconds after the previous one to this host."""
        now = asyncio.get_running_loop().time()
        if not delay and now < self._free_until.get(host, 0):
            return
        waits = await self._turn(host, delay, 0)
        if len(self._free_until) >= _MAX_HOSTS:
            self._free_until.clear()
        self._free_until[host] = now + _FREE_SECONDS if not delay and not waits else 0
        await asyncio.sleep(waits)

    async def back_off(self, host: str, seconds: float) -> None:
        """Hold back all requests to the host for `seconds`."""
        self._free_until.pop(host, None)
        await self._turn(host, 0, seconds)

    async def _turn(self, host: str, delay: float, away: float) -> float:
        """Reserve the host's next turn and hold later ones back for `away` seconds; returns the seconds to wait."""
        own = self._own.reserve(host, asyncio.get_running_loop().time(), delay, away)
        try:
            async with answered():
                waits = await self._scripts.pace(
                    keys=[self._keys.pace(host)],
                    args=[round(seconds * 1000) for seconds in (delay, away, self._longest_wait)],
                )
        except Unavailable:
            return own
        return float(waits) / 1000
