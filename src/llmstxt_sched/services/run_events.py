"""Following a run: what Redis tells of its crawl every second, what Postgres tells of its state every other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from msgspec import Struct

from llmstxt_sched.domain.run import TERMINAL, LiveCrawl, RunStatus
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered
from llmstxt_sched.jobs.job import ShownJob
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.store import runs
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.runs import Run

# Workers report once a second.
REDIS_SECONDS = 1.0
POSTGRES_SECONDS = 2.0


class RunMoment(Struct, frozen=True):
    """What is known of a run at one moment: `run` is None once it was deleted, `crawl` while it is not crawled."""

    run: Run | None
    crawl: LiveCrawl | None = None

    @property
    def is_last(self) -> bool:
        """Whether nothing will change any more."""
        return self.run is None or self.run.status in TERMINAL


class RunEvents:
    """Lets clients follow runs, whichever process carries them out."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def follow(self, run: Run) -> AsyncIterator[RunMoment]:
        """What is known of the run now, and then after each change, up to the last moment.

        A server that is away is waited for: as long as one of the two answers, what it tells is passed on.
        """
        loop = asyncio.get_running_loop()
        shown: RunMoment | None = None
        job, asked_at = ShownJob("", None), loop.time()
        while True:
            before, job = job, await self._job(run) or job
            # A job changes its state after its run has, so that Postgres already knows.
            if job.state != before.state or loop.time() - asked_at >= POSTGRES_SECONDS:
                asked_at = loop.time()
                moment = await self._moment(run, job, shown)
            else:
                moment = _seen(run, job, shown)
            if moment != shown:
                yield moment
            if moment.run is None or moment.is_last:
                return
            run, shown = moment.run, moment
            await asyncio.sleep(REDIS_SECONDS)

    async def _job(self, run: Run) -> ShownJob | None:
        try:
            async with answered(asyncio.get_running_loop().time() + REDIS_SECONDS):
                (job,) = await self._queue.shown([run.id])
        except Unavailable:
            return None
        return job

    async def _moment(self, run: Run, job: ShownJob, shown: RunMoment | None) -> RunMoment:
        try:
            async with self._database.connection() as connection:
                found = await runs.get(connection, run.id)
        except Unavailable:
            found = run
        return _seen(found, job, shown) if found else RunMoment(None)


def _seen(run: Run, job: ShownJob, shown: RunMoment | None) -> RunMoment:
    """What is to be shown of `run`, after `shown`."""
    if run.status is not RunStatus.IN_PROGRESS:
        return RunMoment(run)
    # The hash may still tell of an earlier attempt, and is empty after Redis has lost it.
    crawl = job.crawl if job.state == "processing" else None
    return RunMoment(run, crawl or (shown.crawl if shown else None))
