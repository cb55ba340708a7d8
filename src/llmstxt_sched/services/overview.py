"""The state of the scheduler as a whole: upcoming jobs, backlog, counts."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered, brief_deadline
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.store import runs, schedules
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.migrations import is_migrated
from llmstxt_sched.store.runs import Backlog
from llmstxt_sched.store.schedules import ScheduledJob


class Depths(NamedTuple):
    """The number of jobs that are scheduled, that wait for a worker, and that a worker has taken."""

    scheduled: int
    queued: int
    processing: int


class Overview:
    """Use cases for the API's scheduler view, the health check and the metrics."""

    def __init__(self, database: Database, queue: Queue, scheduled: ScheduledJobs) -> None:
        self._database = database
        self._queue = queue
        self._scheduled = scheduled

    async def jobs(self, after: tuple[datetime, UUID, UUID] | None, limit: int) -> list[ScheduledJob]:
        """At most `limit` upcoming jobs, soonest first, those after `after` (a due time, a project and a job)."""
        async with self._database.connection() as connection:
            return await schedules.jobs_page(connection, after, limit)

    async def backlog(self) -> Backlog | None:
        """The valid leases and the age of the oldest due job, according to Postgres."""
        async with self._database.connection() as connection:
            return await runs.backlog(connection)

    async def depths(self) -> Depths | None:
        """The number of jobs in each place in Redis; None if Redis does not answer."""
        try:
            async with answered(brief_deadline()):
                return Depths(await self._scheduled.count(), *await self._queue.lengths())
        except Unavailable:
            return None

    async def overdue(self, seconds: float, limit: int) -> list[UUID]:
        """At most `limit` projects that have been due for longer than `seconds` without an active run."""
        async with self._database.connection() as connection:
            return await schedules.overdue(connection, seconds, limit)

    async def is_migrated(self) -> bool:
        """Whether every migration has been applied to the database."""
        async with self._database.connection() as connection:
            return await is_migrated(connection)
