"""`generate:queue` (the jobs that may start now) and one list for each worker of the jobs that it has taken."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from llmstxt_sched.domain.run import URGENT, LiveCrawl
from llmstxt_sched.jobs.connection import RedisClient, answered
from llmstxt_sched.jobs.job import KEPT_SECONDS, Job, ShownJob, crawl_fields, read_id, read_job
from llmstxt_sched.jobs.keys import Keys, glob_escaped
from llmstxt_sched.jobs.scripts import Scripts

# How long `take` waits on an empty queue, in seconds; a worker that is told to stop may need that long to notice.
TAKE_SECONDS = 1.0
PAGE = 1000
# A look at every key: a million of them take Redis about a second, a thousand at a time.
SCAN_SECONDS = 60.0
# How many ids one script gets, since it blocks all of Redis (see the docstring of this package).
BATCH = 10
# Runs that somebody waits for.
LOOK = 20


class Queue:
    """The queue and the workers' lists.  Every method raises `Unavailable` if Redis does not answer."""

    def __init__(self, client: RedisClient, keys: Keys, scripts: Scripts) -> None:
        self._client: Any = client
        self._keys = keys
        self._scripts = scripts

    async def put(self, job: Job) -> None:
        """Queue a job that may start, whether or not it is queued already."""
        await self.requeue([job], math.inf)

    async def requeue(self, jobs: Sequence[Job], since: float) -> int:
        """Queue jobs that may start, and remove them from `scheduled:jobs`; returns how many were queued.

        Jobs that another process has queued since the time `since` are skipped: this is the value of `clock` at which
        the caller began to search for missing jobs.
        """
        keys = self._keys
        queued = 0
        for start in range(0, len(jobs), BATCH):
            batch = jobs[start : start + BATCH]
            arguments: list[str | float] = [since]
            for job in batch:
                arguments += [str(job.id), *job.fields.values()]
            names = [keys.queue, keys.scheduled, keys.front, *(keys.job(job.id) for job in batch)]
            async with answered():
                queued += int(await self._scripts.requeue(keys=names, args=arguments))
        return queued

    async def probe(self) -> None:
        """Write a key that expires, to see whether the server takes writes."""
        async with answered():
            await self._client.set(self._keys.probe, 1, ex=60)

    async def clock(self) -> float:
        """The time of the Redis server in epoch seconds; only for `requeue`, to compare with when jobs were queued."""
        async with answered():
            return float(await self._scripts.clock(keys=[self._keys.queue]))

    async def take(self, worker: UUID) -> UUID | None:
        """Move the next job to the worker's list and return its id; None if there was none for TAKE_SECONDS."""
        own = self._keys.processing(worker)
        async with answered():
            # Not a pipeline: when one fails, the cluster client does not look for another node.
            taken = await self._client.blmove(self._keys.queue, own, TAKE_SECONDS, "LEFT", "RIGHT")
            if taken:
                # Expires, because without `generate:workers`, which may be lost, a dead worker's list is never found.
                await self._client.expire(own, KEPT_SECONDS)
            job_id = read_id(taken) if taken else None
            if taken and job_id is None:
                await self._client.lrem(own, 0, taken)
        return job_id

    async def take_urgent(self, worker: UUID) -> UUID | None:
        """Move the first run by hand or initial run to the worker's list and return its id; None if none waits.

        Looked at are the first LOOK jobs, and the LOOK up to the last one that was put in front of scheduled ones:
        hundreds that were given back may stand before it.
        """
        keys = self._keys
        first = await self._range(keys.queue, 0, LOOK - 1)
        if len(first) == LOOK:
            first += await self._before_front()
        async with answered(), self._client.pipeline(transaction=False) as pipe:
            for job_id in first:
                pipe.hget(keys.job(job_id), "trigger")
            # A key of the wrong type, which the next tick drops, must not hide the others.
            triggers = await pipe.execute(raise_on_error=False)
        for job_id in (each for each, trigger in zip(first, triggers, strict=True) if trigger in URGENT):
            async with answered():
                names = [keys.queue, keys.processing(worker)]
                if await self._scripts.take(keys=names, args=[job_id, KEPT_SECONDS]):
                    return read_id(job_id)
        return None

    async def _before_front(self) -> list[str]:
        """The last LOOK jobs up to that which `generate:front` names, if it stands among the first PAGE."""
        async with answered(), self._client.pipeline(transaction=False) as pipe:
            pipe.get(self._keys.front)
            # A key of another type names none.
            (front,) = await pipe.execute(raise_on_error=False)
        if not isinstance(front, str):
            return []
        async with answered():
            place = await self._client.lpos(self._keys.queue, front, maxlen=PAGE)
        return [] if place is None else await self._range(self._keys.queue, max(0, place - LOOK + 1), place)

    async def report(self, worker: UUID, job: Job, crawl: LiveCrawl) -> None:
        """Record for display which worker has the job, and how its crawl is getting on."""
        key = self._keys.job(job.id)
        fields = {**job.fields, "state": "processing", "worker": str(worker), **crawl_fields(crawl)}
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.hset(key, mapping=fields)
            # Expires, because `forget` may have deleted the job meanwhile, and then nothing else deletes this hash.
            pipe.expire(key, KEPT_SECONDS)
            await pipe.execute()

    async def shown(self, job_ids: Sequence[UUID]) -> list[ShownJob]:
        """What is shown of each of the jobs, in the same order."""
        async with answered(), self._client.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                pipe.hgetall(self._keys.job(job_id))
            # A key of the wrong type must not hide the other jobs.
            found = await pipe.execute(raise_on_error=False)
        return [read_job(fields if isinstance(fields, dict) else {}) for fields in found]

    async def finish(self, worker: UUID, job_id: UUID, following: Job | None) -> None:
        """Remove a job from the worker's list and schedule the `following` one, in one transaction.

        `following` has the same id if the job waits for its next attempt.
        """
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.lrem(keys.processing(worker), 0, str(job_id))
            if following is None or following.id != job_id:
                pipe.zrem(keys.scheduled, str(job_id))
                pipe.hset(keys.job(job_id), "state", "settled")
                pipe.expire(keys.job(job_id), KEPT_SECONDS)
            if following and following.due_at:
                pipe.zadd(keys.scheduled, {str(following.id): following.due_at.timestamp()})
                # Deleted first: an old hash may hold other fields, an expiry, or be of another type.
                pipe.delete(keys.job(following.id))
                pipe.hset(keys.job(following.id), mapping={**following.fields, "state": "scheduled"})
            await pipe.execute()

    async def drop(self, worker: UUID, job_id: UUID) -> None:
        """Remove an id that cannot be claimed from the worker's list; the job's hash expires after KEPT_SECONDS."""
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.lrem(self._keys.processing(worker), 0, str(job_id))
            pipe.expire(self._keys.job(job_id), KEPT_SECONDS)
            await pipe.execute()

    async def forget(self, job_ids: Collection[UUID]) -> None:
        """Remove jobs that will not run from the queue and from `scheduled:jobs`."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            for job_id in job_ids:
                pipe.lrem(keys.queue, 0, str(job_id))
                pipe.zrem(keys.scheduled, str(job_id))
                pipe.delete(keys.job(job_id))
            await pipe.execute()

    async def give_back(self, worker: UUID, job_ids: Collection[UUID]) -> None:
        """Move jobs from the worker's list back to the head of the queue."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            for job_id in job_ids:
                pipe.lrem(keys.processing(worker), 0, str(job_id))
                pipe.lpush(keys.queue, str(job_id))
            await pipe.execute()

    async def beat(self, worker: UUID, now: datetime) -> set[UUID]:
        """Record a heartbeat of the worker; returns the ids in its list."""
        keys = self._keys
        async with answered(), self._client.pipeline(transaction=True) as pipe:
            pipe.zadd(keys.workers, {str(worker): now.timestamp()})
            # A crawl may take longer than the expiry that `take` has set.
            pipe.expire(keys.processing(worker), KEPT_SECONDS)
            pipe.lrange(keys.processing(worker), 0, -1)
            *_, held = await pipe.execute()
        return {job_id for member in held if (job_id := read_id(member))}

    async def leave(self, worker: UUID) -> None:
        """Move all jobs of the worker back to the queue and remove it from `generate:workers`."""
        await self.reclaim(worker, math.inf)

    async def reclaim(self, worker: UUID | str, silent_since: float, until: float = math.inf) -> int:
        """Move the jobs of a worker back to the queue, unless its last heartbeat was from `silent_since` to `until`.

        The times are in epoch seconds.  Returns how many jobs were moved.
        """
        keys = self._keys
        reclaimed, moved = 0, BATCH
        while moved == BATCH:
            async with answered():
                moved = int(
                    await self._scripts.reclaim(
                        keys=[keys.workers, keys.queue, keys.processing(worker)],
                        args=[str(worker), silent_since, until, BATCH],
                    )
                )
            reclaimed += moved
        return reclaimed

    async def silent(self, silent_since: float, until: float = math.inf) -> list[str]:
        """Workers whose last heartbeat was before `silent_since`, or after `until` (epoch seconds), as none can be."""
        key = self._keys.workers
        async with answered():
            early: list[str] = await self._client.zrange(key, "-inf", f"({silent_since}", byscore=True)
            late: list[str] = await self._client.zrange(key, f"({until}", "+inf", byscore=True)
        return early + late

    async def unknown_workers(self) -> list[str]:
        """Workers that have a list and are not in `generate:workers`: nobody else would find their jobs."""
        prefix = self._keys.processing("")
        async with answered(asyncio.get_running_loop().time() + SCAN_SECONDS):
            known = set(await self._client.zrange(self._keys.workers, 0, -1))
            scan = self._client.scan_iter(match=f"{glob_escaped(prefix)}*", count=PAGE)
            found = [key.removeprefix(prefix) async for key in scan]
        return [worker for worker in found if worker not in known]

    async def discard(self, members: Collection[str]) -> None:
        """Remove members from the queue and from the workers' lists."""
        async with answered():
            workers = await self._client.zrange(self._keys.workers, 0, -1)
        lists = [self._keys.queue, *map(self._keys.processing, workers)]
        for member in members:
            async with answered(), self._client.pipeline(transaction=False) as pipe:
                for key in lists:
                    pipe.lrem(key, 0, member)
                await pipe.execute()

    async def heartbeats(self, now: datetime) -> dict[UUID, datetime]:
        """When each worker was last heard, in the last day; workers that have died since may be among them."""
        since, until = now.timestamp() - KEPT_SECONDS, now.timestamp() + KEPT_SECONDS
        async with answered():
            found = await self._client.zrange(self._keys.workers, since, until, byscore=True, withscores=True)
        known = ((read_id(member), float(at)) for member, at in found)
        return {worker: datetime.fromtimestamp(at, UTC) for worker, at in known if worker}

    async def lengths(self) -> tuple[int, int]:
        """How many ids are in the queue, and how many in the workers' lists."""
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
        # The workers' lists are read after the queue, because jobs move from the queue to them.  Each list is read
        # from its end, because taking jobs at the beginning would shift the pages counted from there.
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
