"""The service's doors to Redis, over the model's: each command is one step, and the others may come after it.

They are subclasses for the sake of their signatures, which mypy holds against the real ones.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Awaitable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from tests.system.model.redis import Redis
from tests.system.model.switch import switch

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs import queue, scheduled_jobs
from llmstxt_sched.jobs.job import Job

# A history has eight projects: larger pages would hold all there is.
PAGE = 3


class Queue(queue.Queue):
    """`generate:queue` and the lists of workers."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def requeue(self, jobs: Sequence[Job], since: float) -> int:
        queued = self._redis.requeue([job.id for job in jobs], since)
        await switch()
        return queued

    async def clock(self) -> float:
        at = self._redis.clock().timestamp()
        await switch()
        return at

    async def take(self, worker: UUID) -> UUID | None:
        taken = self._redis.take(worker)
        await switch()
        return taken

    async def finish(self, worker: UUID, job_id: UUID, following: Job | None) -> None:
        waits = (following.id, following.due_at) if following and following.due_at else None
        self._redis.finish(worker, job_id, waits)
        await switch()

    async def drop(self, worker: UUID, job_id: UUID) -> None:
        self._redis.drop(worker, job_id)
        await switch()

    async def forget(self, job_ids: Collection[UUID]) -> None:
        self._redis.forget(job_ids)
        await switch()

    async def give_back(self, worker: UUID, job_ids: Collection[UUID]) -> None:
        self._redis.give_back(worker, job_ids)
        await switch()

    async def beat(self, worker: UUID, now: datetime) -> set[UUID]:
        held = self._redis.beat(worker, now)
        await switch()
        return held

    async def reclaim(self, worker: UUID | str, silent_since: float, until: float = math.inf) -> int:
        reclaimed = self._redis.reclaim(UUID(str(worker)), silent_since)
        await switch()
        return reclaimed

    async def unknown_workers(self) -> list[str]:
        unknown = [str(worker) for worker in self._redis.keys.processing if worker not in self._redis.keys.workers]
        await switch()
        return unknown

    async def discard(self, members: Collection[str]) -> None:
        assert not members

    async def silent(self, silent_since: float, until: float = math.inf) -> list[str]:
        found = [str(worker) for worker, heard in self._redis.keys.workers.items() if heard.timestamp() < silent_since]
        await switch()
        return found

    async def lengths(self) -> tuple[int, int]:
        workers = list(self._redis.keys.workers)
        await switch()
        lists = [self._redis.keys.processing.get(worker, []) for worker in workers]
        lengths = len(self._redis.keys.queue), sum(map(len, lists))
        await switch()
        return lengths

    async def ids(self) -> AsyncIterator[str]:
        workers = list(self._redis.keys.workers)
        await switch()
        for worker in (None, *workers):
            end = 0
            while found := self._page(worker, end):
                await switch()
                for job_id in found:
                    yield str(job_id)
                end += PAGE

    def _page(self, worker: UUID | None, end: int) -> list[UUID]:
        """A page of a list, or with None of the queue, before its last `end`."""
        keys = self._redis.keys
        listed = keys.processing.get(worker, []) if worker else keys.queue
        return listed[: max(len(listed) - end, 0)][-PAGE:]


class ScheduledJobs(scheduled_jobs.ScheduledJobs):
    """`scheduled:jobs`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def add(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            if job.due_at:
                self._redis.add(job.id, job.due_at)
        await switch()

    async def remove(self, members: Sequence[str]) -> None:
        for member in members:
            self._redis.keys.scheduled.pop(UUID(member), None)
        await switch()

    async def due(self, now: datetime, skip: int, limit: int) -> list[str]:
        due = sorted((at, job_id) for job_id, at in self._redis.keys.scheduled.items() if at <= now)
        await switch()
        return [str(job_id) for _, job_id in due[skip : skip + limit]]

    async def promote(self, job_ids: Sequence[UUID], trigger: Trigger | None = None) -> int:
        moved = self._redis.promote(job_ids)
        await switch()
        return moved

    async def count(self) -> int:
        count = len(self._redis.keys.scheduled)
        await switch()
        return count

    async def missing(self, jobs: Sequence[Job]) -> list[Job]:
        missing = [job for job in jobs if self._redis.keys.scheduled.get(job.id) != job.due_at]
        await switch()
        return missing

    async def until(self, job_ids: Sequence[UUID], latest: datetime) -> set[UUID]:
        scheduled = self._redis.keys.scheduled
        found = {job_id for job_id in job_ids if job_id in scheduled and scheduled[job_id] <= latest}
        await switch()
        return found

    async def scan(self, cursor: int) -> tuple[int, list[str]]:
        ahead = sorted(job_id for job_id in self._redis.keys.scheduled if job_id.int >= cursor)
        await switch()
        page = ahead[:PAGE]
        return page[-1].int + 1 if len(ahead) > PAGE else 0, [str(job_id) for job_id in page]

    async def is_wiped(self) -> bool:
        wiped = not self._redis.keys.epoch
        await switch()
        return wiped

    async def mark_rebuilt(self, now: datetime) -> None:
        self._redis.keys.epoch = True
        await switch()

    async def drop_wrong_types(self) -> list[str]:
        wrong = self._redis.drop_wrong_types()
        await switch()
        return wrong


async def push(command: Awaitable[None]) -> None:
    """Tell Redis; what is lost is left to the next tick."""
    with suppress(Unavailable):
        await command
