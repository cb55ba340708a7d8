"""`scheduled:jobs`: the upcoming jobs, sorted by due time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.jobs.connection import RedisClient, answered
from llmstxt_sched.jobs.job import KEPT_SECONDS, Job
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import BATCH, PAGE
from llmstxt_sched.jobs.scripts import Scripts

# How many ids one transaction gets, since it blocks all of Redis as well.
TRANSACTION_BATCH = 25


class ScheduledJobs:
    """The sorted set.  Every method raises `Unavailable` if Redis does not answer."""

    def __init__(self, client: RedisClient, keys: Keys, scripts: Scripts) -> None:
        self._client: Any = client
        self._keys = keys
        self._scripts = scripts

    async def add(self, jobs: Sequence[Job]) -> None:
        """Add jobs at their `due_at`; a job that is already there moves to that time."""
        keys = self._keys
        timed = [(job, job.due_at.timestamp()) for job in jobs if job.due_at]
        for start in range(0, len(timed), TRANSACTION_BATCH):
            batch = timed[start : start + TRANSACTION_BATCH]
            async with answered(), self._client.pipeline(transaction=True) as pipe:
                pipe.zadd(keys.scheduled, {str(job.id): due for job, due in batch})
                # Deleted first: an old hash may hold other fields, an expiry, or be of another type.
                pipe.delete(*(keys.job(job.id) for job, _ in batch))
                for job, _ in batch:
                    pipe.hset(keys.job(job.id), mapping={**job.fields, "state": "scheduled"})
                await pipe.execute()

    async def remove(self, members: Sequence[str]) -> None:
        """Remove members; the hashes of these jobs expire after KEPT_SECONDS."""
        for start in range(0, len(members), TRANSACTION_BATCH):
            batch = members[start : start + TRANSACTION_BATCH]
            async with answered(), self._client.pipeline(transaction=True) as pipe:
                pipe.zrem(self._keys.scheduled, *batch)
                for member in batch:
                    pipe.expire(self._keys.job(member), KEPT_SECONDS)
                await pipe.execute()

    async def due(self, now: datetime, skip: int, limit: int) -> list[str]:
        """At most `limit` members that are due at `now`, earliest first, without the first `skip`."""
        async with answered():
            found: list[str] = await self._client.zrange(
                self._keys.scheduled, "-inf", now.timestamp(), byscore=True, offset=skip, num=limit
            )
        return found

    async def promote(self, job_ids: Sequence[UUID], trigger: Trigger | None = None) -> int:
        """Move jobs to the queue in their order, if they are still scheduled; returns how many this call moved.

        With the `trigger` of all of them, their hashes are not asked for it.
        """
        keys = self._keys
        moved = 0
        for start in range(0, len(job_ids), BATCH):
            members = [str(job_id) for job_id in job_ids[start : start + BATCH]]
            names = [keys.scheduled, keys.queue, keys.front, *map(keys.job, members)]
            async with answered():
                moved += int(await self._scripts.promote(keys=names, args=[trigger or "", *members]))
        return moved

    async def count(self) -> int:
        """The number of scheduled jobs."""
        async with answered():
            return int(await self._client.zcard(self._keys.scheduled))

    async def missing(self, jobs: Sequence[Job]) -> list[Job]:
        """Those of `jobs` that are not scheduled, or for another time."""
        if not jobs:
            return []
        async with answered():
            scores = await self._client.zmscore(self._keys.scheduled, [str(job.id) for job in jobs])
        # A float barely represents microseconds at this magnitude, so times within a millisecond count as equal.
        return [
            job
            for job, score in zip(jobs, scores, strict=True)
            if score is None or (job.due_at and abs(float(score) - job.due_at.timestamp()) > 0.001)
        ]

    async def until(self, job_ids: Sequence[UUID], latest: datetime) -> set[UUID]:
        """Those of the jobs that are scheduled for `latest` or sooner."""
        found: set[UUID] = set()
        for start in range(0, len(job_ids), PAGE):
            page = job_ids[start : start + PAGE]
            async with answered():
                scores = await self._client.zmscore(self._keys.scheduled, [str(job_id) for job_id in page])
            known = ((job_id, score) for job_id, score in zip(page, scores, strict=True) if score is not None)
            found |= {job_id for job_id, score in known if float(score) <= latest.timestamp()}
        return found

    async def scan(self, cursor: int) -> tuple[int, list[str]]:
        """One step of a ZSCAN: the cursor for the next call (0 at the end) and some members."""
        async with answered():
            cursor, found = await self._client.zscan(self._keys.scheduled, cursor, count=1000)
        return int(cursor), [member for member, _ in found]

    async def is_wiped(self) -> bool:
        """Whether Redis has lost its keys since the last full rebuild, or has never been filled."""
        async with answered():
            return not await self._client.exists(self._keys.epoch)

    async def mark_rebuilt(self, now: datetime) -> None:
        """Record that a full rebuild is complete."""
        async with answered():
            await self._client.set(self._keys.epoch, now.isoformat())

    async def drop_wrong_types(self) -> list[str]:
        """Delete those of our keys that hold another type than they should; returns their names."""
        expected = {
            self._keys.scheduled: "zset",
            self._keys.queue: "list",
            self._keys.front: "string",
            self._keys.workers: "zset",
            self._keys.epoch: "string",
        }
        wrong = await self._drop_unless(expected)
        async with answered():
            workers = await self._client.zrange(self._keys.workers, 0, -1)
        return wrong + await self._drop_unless({self._keys.processing(worker): "list" for worker in workers})

    async def _drop_unless(self, expected: Mapping[str, str]) -> list[str]:
        """Delete those keys whose type is not the one in `expected`; returns their names."""
        async with answered(), self._client.pipeline(transaction=False) as pipe:
            for key in expected:
                pipe.type(key)
            found = await pipe.execute()
        wrong = [key for key, kind in zip(expected, found, strict=True) if kind not in {expected[key], "none"}]
        if wrong:
            async with answered():
                await self._client.delete(*wrong)
        return wrong
