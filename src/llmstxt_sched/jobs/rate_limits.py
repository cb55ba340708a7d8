"""Attempts counted across all replicas, for the limits on how often something may be done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from llmstxt_sched.domain.rate_limits import WINDOW_SECONDS, Limit, Windows
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.scripts import Scripts

# A request that is counted has other things to wait for, and must be answered within seconds.
COUNT_SECONDS = 0.5


class RateCounters:
    """Counts attempts in Redis; while Redis does not answer, each process counts on its own."""

    def __init__(self, scripts: Scripts, keys: Keys) -> None:
        self._scripts = scripts
        self._keys = keys
        self._own = Windows()

    async def attempt(self, limits: Sequence[Limit]) -> float:
        """Count one attempt; returns the seconds until another makes sense, 0 if this one is within all limits.

        Where one limit is exceeded, those after it are not charged.
        """
        now = asyncio.get_running_loop().time()
        try:
            async with answered(now + COUNT_SECONDS):
                wait = await self._scripts.limit(
                    keys=[self._keys.limit(limit.what, limit.who) for limit in limits],
                    args=[WINDOW_SECONDS * 1000, *(limit.most for limit in limits)],
                )
        except Unavailable:
            return self._own.attempt(limits, now)
        return float(wait) / 1000
