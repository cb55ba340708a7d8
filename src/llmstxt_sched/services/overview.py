"""The whole schedule at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered, soon
from llmstxt_sched.store import configs, runs

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from llmstxt_sched.jobs.queue import Queue
    from llmstxt_sched.jobs.schedule import ScheduledJobs
    from llmstxt_sched.store.configs import ScheduledJob
    from llmstxt_sched.store.database import Database
    from llmstxt_sched.store.runs import Backlog


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
            return await configs.jobs_page(connection, after, limit)

    async def backlog(self) -> Backlog | None:
        """What waits and what is held, by Postgres."""
        async with self._database.connection() as connection:
            return await runs.backlog(connection)

    async def depths(self) -> Depths | None:
        """How many jobs there are where; None where Redis does not answer."""
        try:
            async with answered(soon()):
                return Depths(await self._scheduled.count(), *await self._queue.lengths())
        except Unavailable:
            return None
