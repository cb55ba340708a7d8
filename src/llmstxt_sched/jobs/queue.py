"""`generate:queue`: jobs that may start now, and the lists of those that workers hold."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from llmstxt_sched.domain.run import Progress
from llmstxt_sched.jobs.connection import RedisClient, answered
from llmstxt_sched.jobs.job import KEPT_SECONDS, Job, progress_fields, read_id, read_progress
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.scripts import Scripts

# How long one look at an empty queue lasts, in seconds: also how soon a worker that is told to stop does.
TAKE_SECONDS = 1.0
PAGE = 1000
# How many ids a script is given: it holds up all of Redis (see the package).
BATCH = 10


class Queue:
    """The queue and the lists beside it; every call raises `Unavailable` where Redis does not answer."""

    def __init__(self, client: RedisClient, keys: Keys, scripts: Scripts) -> None:
        self._client: Any = client
        self._keys = keys
        self._scripts = scripts

    async def put(self, job: Job) -> None:
        """Queue a job that may start."""
        await self.requeue([job], math.inf)

    async def requeue(self, jobs: Sequence[Job], since: float) -> int:
        """Queue jobs that may start, and take them out of what is to come; gives how many.

        Not those that somebody else has queued `since` (`clock`), when the caller began to look for them.
        """
        keys = self._keys
        queued = 0
        for start in range(0, len(jobs), BATCH):
            batch = jobs[start : start + BATCH]
            arguments: list[str | float] = [since]
            for job in batch:
                arguments += [str(job.id), *job.fields.values()]
            async with answered():
                queued += int(
                    await self._scripts.requeue(
                        keys=[keys.queue, keys.scheduled, *(keys.job(job.id) for job in batch)], args=arguments
                    )
                )
        return queued

    async def clock(self) -> float:
        """The time by Redis, in epoch seconds: only to tell whether a job was queued before or after."""
        async with answered():
            return float(await self._scripts.clock(keys=[self._keys.queue]))

    async def take(self, worker: UUID) -> UUID | None:
        """The next job, now in the worker's own list; None where there was none for a second."""
        own = self._keys.processing(worker)
        async with answered():
            # Each by itself: after a pipeline that failed the client of a cluster does not look for another node.
            taken = await self._client.blmove(self._keys.queue, own, TAKE_SECONDS, "LEFT", "RIGHT")
            if taken:
                # Should `generate:workers` be lost, nobody would find the list of a worker that dies.
                await self._client.expire(own, KEPT_SECONDS)
            job_id = read_id(taken) if taken else None
            if taken and job_id is None:
                await self._client.lrem(own, 0, taken)
        return job_id

    async def report(self, worker: UUID, job: Job, progress: Progress) -> None:
        """Show which worker has the job, and how far the crawl is."""
        key = self._keys.job(job.id)
        fields = {**job.fields, "state": "processing", "worker": str(worker), **progress_fields(progress)}
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.hset(key, mapping=fields)
            # The job may have been forgotten meanwhile, and nobody would take the hash away.
            pipe.expire(key, KEPT_SECONDS)
            await pipe.execute()

    async def progress(self, job_id: UUID) -> Progress | None:
        """How far the crawl is; None where nothing is known."""
        async with answered():
            return read_progress(await self._client.hgetall(self._keys.job(job_id)))

    async def finish(self, worker: UUID, job_id: UUID, following: Job | None) -> None:
        """Take a job that has ended, or waits, out of the worker's list, and schedule what follows, all in one."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.lrem(keys.processing(worker), 0, str(job_id))
            if following is None or following.id != job_id:
                pipe.zrem(keys.scheduled, str(job_id))
                pipe.hset(keys.job(job_id), "state", "settled")
                pipe.expire(keys.job(job_id), KEPT_SECONDS)
            if following and following.due_at:
                pipe.zadd(keys.scheduled, {str(following.id): following.due_at.timestamp()})
                # It may be there as something else, or expire.
                pipe.delete(keys.job(following.id))
                pipe.hset(keys.job(following.id), mapping={**following.fields, "state": "scheduled"})
            await pipe.execute()

    async def drop(self, worker: UUID, job_id: UUID) -> None:
        """Take an id that means nothing any more out of the worker's list; what people see of it goes in a day."""
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.lrem(self._keys.processing(worker), 0, str(job_id))
            pipe.expire(self._keys.job(job_id), KEPT_SECONDS)
            await pipe.execute()

    async def forget(self, job_ids: Collection[UUID]) -> None:
        """Take jobs that will not run out of the queue and of what is to come."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            for job_id in job_ids:
                pipe.lrem(keys.queue, 0, str(job_id))
                pipe.zrem(keys.scheduled, str(job_id))
                pipe.delete(keys.job(job_id))
            await pipe.execute()

    async def give_back(self, worker: UUID, job_ids: Collection[UUID]) -> None:
        """Put jobs of the worker's list back to the head of the queue."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            for job_id in job_ids:
                pipe.lrem(keys.processing(worker), 0, str(job_id))
                pipe.lpush(keys.queue, str(job_id))
            await pipe.execute()

    async def beat(self, worker: UUID, now: datetime) -> set[UUID]:
        """Tell that the worker lives; gives the ids in its list."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.zadd(keys.workers, {str(worker): now.timestamp()})
            # A crawl may be longer than what `take` has asked for.
            pipe.expire(keys.processing(worker), KEPT_SECONDS)
            pipe.lrange(keys.processing(worker), 0, -1)
            *_, held = await pipe.execute()
        return {job_id for member in held if (job_id := read_id(member))}

    async def leave(self, worker: UUID) -> None:
        """Put all that the worker holds back, and take it off the list of workers."""
        await self.reclaim(worker, math.inf)

    async def reclaim(self, worker: UUID | str, silent_since: float) -> int:
        """Put the jobs of a worker back that was not heard since (epoch seconds); gives how many."""
        keys = self._keys
        reclaimed, moved = 0, BATCH
        while moved == BATCH:
            async with answered():
                moved = int(
                    await self._scripts.reclaim(
                        keys=[keys.workers, keys.queue, keys.processing(worker)],
                        args=[str(worker), silent_since, BATCH],
                    )
                )
            reclaimed += moved
        return reclaimed

    async def silent(self, silent_since: float) -> list[str]:
        """Workers that were not heard since (epoch seconds)."""
        async with answered():
            found: list[str] = await self._client.zrange(self._keys.workers, "-inf", f"({silent_since}", byscore=True)
        return found

    async def lengths(self) -> tuple[int, int]:
        """How many ids are queued, and how many workers hold."""
        keys = self._keys
        async with answered():
            workers = await self._client.zrange(keys.workers, 0, -1)
            async with self._client.pipeline(transaction=False) as pipe:
                pipe.llen(keys.queue)
                for worker in workers:
                    pipe.llen(keys.processing(worker))
                queued, *held = await pipe.execute()
        return int(queued), sum(map(int, held))

    async def ids(self) -> AsyncIterator[str]:
        """Every id in the queue and in the workers' lists, read a page at a time."""
        keys = self._keys
        async with answered():
            workers = await self._client.zrange(keys.workers, 0, -1)
        # The workers' lists last, because what moves meanwhile moves from the queue to them; each from its end,
        # because jobs are taken at its beginning, which would shift what a page from there holds.
        for key in (keys.queue, *(keys.processing(worker) for worker in workers)):
            end = -1
            while found := await self._range(key, end - PAGE + 1, end):
                for job_id in found:
                    yield job_id
                end -= PAGE

    async def _range(self, key: str, first: int, last: int) -> list[str]:
        async with answered():
            found: list[str] = await self._client.lrange(key, first, last)
        return found
