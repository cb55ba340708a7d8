"""Compares Redis with Postgres and repairs Redis: jobs that it lost are added, ids that it should not hold removed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import structlog

from llmstxt_sched.jobs.job import Job, read_id
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.store import runs, schedules, turns
from llmstxt_sched.store.postgres.database import Database

log = structlog.get_logger(__name__)

PAGE = 1000
FIRST = UUID(int=0)
# A run that may start and stands in `scheduled:jobs` for no later than this waits there for room.  One that stands
# there for later was woken in the pause before its next attempt, and Redis did not hear of it; or it is one of very
# many of its host, which does no harm in the queue: it waits for room again.
MOST_POSTPONED = timedelta(seconds=10)


class Counts(NamedTuple):
    """How many ids the lists lack, and how many `scheduled:jobs` has beyond those that it should hold."""

    missing: int
    extra: int


class Reconcile:
    """The step of a tick that repairs Redis.

    Normally it compares only counts; it compares every id if the counts differ or the caller asks for it.  One replica
    does so for all, every `full_seconds`: at 100,000 projects it takes seconds.
    """

    def __init__(self, database: Database, queue: Queue, scheduled: ScheduledJobs, full_seconds: float) -> None:
        self._database = database
        self._full_seconds = full_seconds
        self._queue = queue
        self._scheduled = scheduled
        # What the last comparison left.  Fewer ids than none are missing where a list holds one twice, or no worker has
        # dropped it yet; fewer than none are extra where the run of a next occurrence has ended already, as a clock
        # that was ahead leaves it: nothing but its time moves it on.
        self._left = Counts(0, 0)

    async def drop_wrong_types(self) -> None:
        """Delete those of our keys that hold another type than they should; their content is rebuilt later."""
        wrong = await self._scheduled.drop_wrong_types()
        if wrong:
            log.warning("redis keys of another type dropped", keys=wrong)

    async def has_turn(self) -> bool:
        """Whether it is this replica's turn to compare every id; then nobody else's for `full_seconds`."""
        async with self._database.connection() as connection:
            return await turns.take(connection, "reconcile", self._full_seconds)

    async def reconcile(self, now: datetime, *, fully: bool) -> int:
        """Repair what differs; with `fully`, compare every id.  Returns how many jobs were missing in Redis."""
        if fully:
            for worker in await self._queue.unknown_workers():
                await self._queue.reclaim(worker, now.timestamp())
        wiped = await self._scheduled.is_wiped()
        requeued = 0
        if fully or wiped or not self._is_explained(await self._counts()):
            requeued += await self._requeue_missing(now)
            crash_point("after_requeue")
            requeued += await self._add_missing()
            await self._remove_strays()
            # What is left, no comparison repairs: the next tick need not compare again because of it.
            self._left = await self._counts()
        if wiped:
            crash_point("after_rebuild")
            await self._scheduled.mark_rebuilt(now)
            log.info("redis rebuilt from postgres", jobs=requeued)
        return requeued

    def _is_explained(self, counts: Counts) -> bool:
        """Whether the counts are what they should be; runs that wait for room are missing there and extra here."""
        unheld = min(self._left.extra, 0)
        surplus = min(self._left.missing - self._left.extra, -unheld)
        return counts.extra >= unheld and counts.missing - counts.extra == surplus

    async def _counts(self) -> Counts:
        async with self._database.connection() as connection:
            ready = await runs.ready_count(connection)
            waiting = await schedules.waiting_count(connection)
        missing = ready - sum(await self._queue.lengths())
        return Counts(missing, await self._scheduled.count() - waiting)

    async def _requeue_missing(self, now: datetime) -> int:
        since = await self._queue.clock()
        # Postgres is read before Redis: a job that is queued in between is then not seen as missing.  One that ended
        # in between may be queued again, which does no harm, since no worker can claim it.
        ready = [Job(r.id, r.project_id, r.trigger, r.scheduled_for) async for r in self._ready()]
        held = {job_id async for job_id in self._queue.ids()}
        await self._queue.discard([member for member in held if read_id(member) is None])
        missing = [job for job in ready if str(job.id) not in held]
        postponed = await self._scheduled.until([job.id for job in missing], now + MOST_POSTPONED)
        missing = [job for job in missing if job.id not in postponed]
        return await self._queue.requeue(missing, since)

    async def _ready(self) -> AsyncIterator[runs.ReadyRun]:
        after = FIRST
        while True:
            async with self._database.connection() as connection:
                page = await runs.ready_page(connection, after, PAGE)
            for ready in page:
                yield ready
            if len(page) < PAGE:
                return
            after = page[-1].project_id

    async def _add_missing(self) -> int:
        after, added = (FIRST, FIRST), 0
        while True:
            async with self._database.connection() as connection:
                page = await schedules.waiting_page(connection, after, PAGE)
            jobs = [Job(w.id, w.project_id, w.trigger, w.scheduled_for, w.due_at) for w in page]
            missing = await self._scheduled.missing(jobs)
            if missing:
                await self._scheduled.add(missing)
            added += len(missing)
            if len(page) < PAGE:
                return added
            after = (page[-1].project_id, page[-1].id)

    async def _remove_strays(self) -> None:
        cursor, more = 0, True
        while more:
            cursor, members = await self._scheduled.scan(cursor)
            ids = [job_id for member in members if (job_id := read_id(member))]
            async with self._database.connection() as connection:
                wanted = await schedules.waiting_among(connection, ids)
            await self._scheduled.remove([member for member in members if read_id(member) not in wanted])
            more = cursor != 0
