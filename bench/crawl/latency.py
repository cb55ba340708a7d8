"""How long the API takes to answer while a crawl runs, until after its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.crawl.service import Service

# One request every so many seconds, whether or not those before are answered: else a pause would count once.
INTERVAL_SECONDS = 0.025


class Latencies:
    """The seconds that each request took from when it was due to its answer."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def percentile_ms(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))] * 1000


@asynccontextmanager
async def latencies(service: Service, path: str) -> AsyncIterator[Latencies]:
    """Ask for `path` again and again during the block."""
    found, asked = Latencies(), set[asyncio.Task[None]]()
    asking = asyncio.create_task(_ask_on(service, path, found, asked))
    try:
        yield found
    finally:
        asking.cancel()
        await asyncio.gather(asking, *asked, return_exceptions=True)


async def _ask_on(service: Service, path: str, found: Latencies, asked: set[asyncio.Task[None]]) -> None:
    due = time.perf_counter()
    while True:
        task = asyncio.create_task(_ask(service, path, found, due))
        asked.add(task)
        task.add_done_callback(asked.discard)
        due += INTERVAL_SECONDS
        await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def _ask(service: Service, path: str, found: Latencies, due: float) -> None:
    async with service.session.get(path) as answer:
        await answer.read()
    found.seconds.append(time.perf_counter() - due)
