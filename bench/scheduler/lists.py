"""Lists of projects over HTTP beside ticks: first a steady stream of them, then many at once without a pause."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from itertools import cycle, repeat
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench.crawl.service import Service as Process
from bench.crawl.service import service as process
from bench.scheduler.fill import fill_at
from bench.scheduler.service import Service, service
from llmstxt_sched.config import Settings
from llmstxt_sched.embedded import Servers, embedded

INTERVAL = timedelta(seconds=Settings().scheduler.interval_seconds)
# Ticks that have something to do during the lists.
TICKS = 4
LISTS_A_SECOND, AT_ONCE = 20, 40
LISTS = (
    "?limit=50",
    "?limit=50&sort=attention&recent=true",
    "?limit=50&sort=name",
    "?limit=50&sort=next_run_at",
    "?limit=50&status=queued",
    "?limit=50&schedule=daily",
    "?limit=50&q=99.example",
)
OF_RUNS = """
SELECT count(*) AS queued, extract(epoch FROM max(created_at - scheduled_for)) AS seconds
FROM runs
"""


class Lists(Struct, frozen=True):
    """What was measured: of the steady stream, of many at once, and of the runs that were due in the meantime."""

    steady_ms: float
    at_once_a_second: float
    fired: int
    due: int
    longest_wait_seconds: float

    @property
    def are_ticks_in_time(self) -> bool:
        """Whether all that was due was queued before the next tick but one: within the interval and a tick's time."""
        return self.fired == self.due and self.longest_wait_seconds <= 1.2 * INTERVAL.total_seconds()


async def measure(folder: Path, projects: int, due: int, seconds: float) -> Lists:
    """Each of the two for `seconds`, of `projects`, of which at each tick `due` are due; `folder` is there."""
    async with embedded(folder / "servers") as servers:
        async with service(servers) as replica:
            first = await _fill(replica, projects, due)
        urls = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
        async with process(folder, "--without", "worker", **urls) as started:
            await _list(started, LISTS[0])
            # Two of the ticks fall into each of the two parts.
            await asyncio.sleep((first - INTERVAL / 2 - datetime.now(UTC)).total_seconds())
            steady = await _steady(started, seconds)
            at_once = await _at_once(started, seconds)
            fired, waited = await _fired(servers, TICKS * due)
    return Lists(
        steady_ms=_p99_ms(steady),
        at_once_a_second=len(at_once) / seconds,
        fired=fired,
        due=TICKS * due,
        longest_wait_seconds=waited,
    )


async def _fill(replica: Service, projects: int, due: int) -> datetime:
    """Store the projects, with all that is to come in Redis, as where a service has run; returns the first due time."""
    await _fill_and_queue(replica, repeat(await replica.fire.now() + timedelta(days=1), projects - TICKS * due))
    first = await replica.fire.now() + 3 * INTERVAL
    await _fill_and_queue(replica, (first + INTERVAL * (number // due) for number in range(TICKS * due)))
    return first


async def _fill_and_queue(replica: Service, times: Iterable[datetime]) -> None:
    await fill_at(replica, times)
    await replica.reconcile.reconcile(await replica.fire.now(), fully=True)


async def _steady(started: Process, seconds: float) -> list[float]:
    """Ask at even times, whether or not those before are answered: else a pause would count once."""
    taken, asked = cycle(LISTS), list[asyncio.Task[float]]()
    first = time.perf_counter()
    for number in range(int(LISTS_A_SECOND * seconds)):
        await asyncio.sleep(max(0.0, first + number / LISTS_A_SECOND - time.perf_counter()))
        asked.append(asyncio.create_task(_list(started, next(taken))))
    return list(await asyncio.gather(*asked))


async def _at_once(started: Process, seconds: float) -> list[float]:
    end = time.perf_counter() + seconds
    found: list[float] = []

    async def ask_on(first: int) -> None:
        number = first
        while time.perf_counter() < end:
            found.append(await _list(started, LISTS[number % len(LISTS)]))
            number += 1

    asking: list[Coroutine[Any, Any, None]] = [ask_on(number) for number in range(AT_ONCE)]
    await asyncio.gather(*asking)
    return found


async def _list(started: Process, query: str) -> float:
    """The seconds that a list takes; a service that is too busy says so within four."""
    before = time.perf_counter()
    async with started.session.get(f"/api/projects{query}") as answer:
        await answer.read()
        assert answer.status in {200, 503}, answer.status
    return time.perf_counter() - before


async def _fired(servers: Servers, wanted: int) -> tuple[int, float]:
    """How many runs were queued, and the longest time from when one was due, once all are or the last tick is over."""
    async with service(servers) as replica, replica.database.connection() as connection:
        deadline = time.monotonic() + (TICKS + 2) * INTERVAL.total_seconds()
        while True:
            row = await connection.fetchrow(OF_RUNS)
            assert row
            if row["queued"] >= wanted or time.monotonic() > deadline:
                return row["queued"], float(row["seconds"] or 0)
            await asyncio.sleep(1)


def _p99_ms(seconds: list[float]) -> float:
    return 1000 * sorted(seconds)[len(seconds) * 99 // 100]
