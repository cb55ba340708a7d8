"""The state of the service as a whole: upcoming jobs, backlog, counts, workers."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered, brief_deadline
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.services.projects.project_counts import ProjectCounts
from llmstxt_sched.store import runs, schedules, turns
from llmstxt_sched.store.notifications import deliveries
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.migrations import is_migrated
from llmstxt_sched.store.projects import ProjectFilter
from llmstxt_sched.store.runs import Backlog, BusyRun
from llmstxt_sched.store.schedules import ScheduledJob

# A health check that is asked for often writes only now and then.
PROBE_SECONDS = 5.0


class Depths(NamedTuple):
    """The number of jobs that are scheduled, that wait for a worker, and that a worker has taken."""

    scheduled: int
    queued: int
    processing: int


class ServiceStanding(NamedTuple):
    """How the service stands: projects by status, active runs, and whether a project is overdue.

    `workers` is the number of workers with a recent heartbeat; None if Redis does not answer.
    """

    counts: Mapping[str, int]
    backlog: Backlog
    is_overdue: bool
    workers: int | None


class WorkerRun(NamedTuple):
    """A run that a worker holds; its progress is None if unknown."""

    run: BusyRun
    progress: Progress | None


class WorkerView(NamedTuple):
    """A worker with its runs; it was never heard (None) if Redis does not answer or has lost the heartbeat."""

    id: UUID
    last_heartbeat_at: datetime | None
    runs: Sequence[WorkerRun]


class Overview:
    """Use cases for the API's overview and scheduler view, the health check and the metrics.

    A worker that has not been heard for `lease_seconds` is taken for dead.
    """

    def __init__(self, database: Database, queue: Queue, scheduled: ScheduledJobs, lease_seconds: float) -> None:
        self._database = database
        self._queue = queue
        self._scheduled = scheduled
        self._lease = timedelta(seconds=lease_seconds)
        self._counts = ProjectCounts(database)

    async def jobs(self, after: tuple[datetime, UUID, UUID] | None, limit: int) -> list[ScheduledJob]:
        """At most `limit` upcoming jobs, soonest first, those after `after` (a due time, a project and a job)."""
        async with self._database.connection() as connection:
            return await schedules.jobs_page(connection, after, limit)

    async def standing(self, overdue_seconds: float) -> ServiceStanding:
        """How the service stands; a project is overdue that has been due for so long without an active run."""
        counts = await self._counts.read(ProjectFilter())
        async with self._database.connection() as connection:
            backlog = await runs.backlog(connection)
            overdue = await schedules.overdue(connection, overdue_seconds, 1)
        heard = await self._heartbeats(backlog.now)
        workers = None if heard is None else sum(at >= backlog.now - self._lease for at in heard.values())
        return ServiceStanding(counts, backlog, bool(overdue), workers)

    async def workers(self) -> list[WorkerView]:
        """The workers that were heard lately or hold a run, those with the most runs first."""
        async with self._database.connection() as connection:
            now = await database.now(connection)
            busy = await runs.busy(connection)
        heard, progress = await asyncio.gather(self._heartbeats(now), self._progress([run.id for run in busy]))
        held: dict[UUID, list[WorkerRun]] = defaultdict(list)
        for run in busy:
            held[run.worker].append(WorkerRun(run, progress.get(run.id)))
        known = heard or {}
        views = [WorkerView(worker, known.get(worker), held.get(worker, [])) for worker in known.keys() | held.keys()]
        return sorted(views, key=lambda view: (-len(view.runs), str(view.id)))

    async def backlog(self) -> Backlog:
        """The valid leases and the age of the oldest due job, according to Postgres."""
        async with self._database.connection() as connection:
            return await runs.backlog(connection)

    async def oldest_delivery_seconds(self) -> float:
        """For how long the oldest event that somebody is still to be told of has been waiting."""
        async with self._database.connection() as connection:
            return await deliveries.oldest_seconds(connection)

    async def postgres_takes_writes(self) -> bool:
        """Write a row, to see whether the disk takes it; true, or raises `Unavailable`."""
        async with self._database.connection() as connection:
            await turns.take(connection, "health", PROBE_SECONDS)
        return True

    async def redis_takes_writes(self) -> bool:
        """Write a key, to see whether memory and disk take it; true, or raises `Unavailable`."""
        async with answered(brief_deadline()):
            await self._queue.probe()
        return True

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

    async def _heartbeats(self, now: datetime) -> dict[UUID, datetime] | None:
        try:
            async with answered(brief_deadline()):
                return await self._queue.heartbeats(now)
        except Unavailable:
            return None

    async def _progress(self, run_ids: Sequence[UUID]) -> dict[UUID, Progress]:
        try:
            async with answered(brief_deadline()):
                shown = await self._queue.shown(run_ids)
        except Unavailable:
            return {}
        return {run_id: job.crawl.progress for run_id, job in zip(run_ids, shown, strict=True) if job.crawl}
