"""When the next request to a host may be sent."""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from typing import Protocol

from llmstxt_sched.crawler.robots.robots_txt import MAX_DELAY_SECONDS
from llmstxt_sched.domain.host_turns import Turns
from llmstxt_sched.outbound.traffic import Traffic

# The longest that a site's Retry-After holds its requests back; a crawl does not wait longer for a page.
MAX_BACK_OFF_SECONDS = 120.0


def longest_wait(runs_per_host: int, connections: int, delay: float) -> float:
    """How many seconds away a turn may be: after a Retry-After, then after everyone who asks, with the longest delay.

    Each run of a host has so many `connections` to it, and one for robots.txt.  Doubled for the turns of crawls that
    have died, and for dry runs.
    """
    waiting = 2 * runs_per_host * (connections + 1)
    return MAX_BACK_OFF_SECONDS + waiting * max(delay, MAX_DELAY_SECONDS)


class Pace(Protocol):
    """Spaces out the requests to each host; shared by all crawls of that host."""

    async def wait(self, host: str, delay: float) -> None:
        """Return when the caller may send its request to `host`; the next one may follow `delay` seconds later."""

    async def back_off(self, host: str, seconds: float) -> None:
        """Hold back all requests to `host` for `seconds`, as its Retry-After demanded."""


class LocalPace:
    """A Pace for the crawls of a single process."""

    def __init__(self) -> None:
        self._turns = Turns()

    async def wait(self, host: str, delay: float) -> None:
        """Return when the caller may send its request to `host`; the next one may follow `delay` seconds later."""
        await asyncio.sleep(self._turns.reserve(host, asyncio.get_running_loop().time(), delay))

    async def back_off(self, host: str, seconds: float) -> None:
        """Hold back all requests to `host` for `seconds`."""
        self._turns.reserve(host, asyncio.get_running_loop().time(), 0, seconds)


class OwnPace:
    """Another Pace, in which the requests of one crawl are `delay` seconds apart by themselves.

    The other pace is asked only when a request may be sent by this delay, so that no other crawl waits for it.
    The crawl ends at `deadline`, in the event loop's time: a request that would come later is given up at once.
    """

    def __init__(self, pace: Pace, delay: float, deadline: float = math.inf) -> None:
        self._pace = pace
        self._delay = delay
        self._deadline = deadline
        self._free_at: dict[str, float] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def wait(self, host: str, delay: float) -> None:
        """Return when the caller may send its request to `host`; other crawls may follow `delay` seconds later.

        Raises TimeoutError if that is after the deadline.
        """
        if not self._delay:
            await self._pace.wait(host, delay)
            return
        loop = asyncio.get_running_loop()
        async with self._locks[host]:
            free_at = self._free_at.get(host, 0.0)
            if free_at > self._deadline:
                raise TimeoutError
            await asyncio.sleep(free_at - loop.time())
            await self._pace.wait(host, delay)
            self._free_at[host] = loop.time() + self._delay

    async def back_off(self, host: str, seconds: float) -> None:
        """Hold back all requests to `host` for `seconds`."""
        await self._pace.back_off(host, seconds)


class TimedPace:
    """Another Pace, of whose waits the longest is noted in `traffic`."""

    def __init__(self, pace: Pace, traffic: Traffic) -> None:
        self._pace = pace
        self._traffic = traffic

    async def wait(self, host: str, delay: float) -> None:
        """Return when the caller may send its request to `host`; the next one may follow `delay` seconds later."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        await self._pace.wait(host, delay)
        self._traffic.longest_wait = max(self._traffic.longest_wait, loop.time() - began)

    async def back_off(self, host: str, seconds: float) -> None:
        """Hold back all requests to `host` for `seconds`."""
        await self._pace.back_off(host, seconds)
