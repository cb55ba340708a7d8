"""The whole schedule at a glance."""

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
    """How many jobs are to come, wait for a worker, and are with one."""

    scheduled: int
    queued: int
    processing: int


class Overview:
    """Use cases of whoever watches the scheduler."""

    def __init__(self, database: Database, queue: Queue, scheduled: ScheduledJobs) -> None:
        self._database = database
        self._queue = queue
        self._scheduled = scheduled

    async def jobs(self, after: tuple[datetime, UUID, UUID] | None, limit: int) -> list[ScheduledJob]:
        """Jobs to come, soonest first, from behind `after` (a due time, a project and a job)."""
        async with self._database.connection() as connection:
            return await schedules.jobs_page(connection, after, limit)

    async def backlog(self) -> Backlog | None:
        """What waits and what is held, by Postgres."""
        async with self._database.connection() as connection:
            return await runs.backlog(connection)

    async def depths(self) -> Depths | None:
        """How many jobs there are where; None where Redis does not answer."""
        try:
            async with answered(brief_deadline()):
                return Depths(await self._scheduled.count(), *await self._queue.lengths())
        except Unavailable:
            return None

    async def overdue(self, seconds: float, limit: int) -> list[UUID]:
        """Projects that have been due for longer than `seconds` with no run under way."""
        async with self._database.connection() as connection:
            return await schedules.overdue(connection, seconds, limit)

    async def is_migrated(self) -> bool:
        """Whether the schema is at its newest state."""
        async with self._database.connection() as connection:
            return await is_migrated(connection)
