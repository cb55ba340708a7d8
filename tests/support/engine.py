"""The inner engine on real servers, wired as `app.py` wires it, with hands for what a test needs of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
from msgspec import UNSET, Struct
from msgspec.structs import replace

from llmstxt_sched.config import RunSettings, Settings
from llmstxt_sched.domain.notifications.delivery import longest_wait
from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.domain.schedule import OnFailure, Schedule, ScheduleChange, SchedulePatch, arm
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.scheduler.tick import Tick
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.services.documents.writing.staging import Staging
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.job_push import next_job
from llmstxt_sched.services.leases import ClaimedRun, Leases
from llmstxt_sched.services.maintenance.fire import Fire
from llmstxt_sched.services.maintenance.pings import DuePings
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.services.maintenance.reconcile import Reconcile
from llmstxt_sched.services.maintenance.rescue import Rescue
from llmstxt_sched.services.maintenance.staleness import Staleness
from llmstxt_sched.services.overview import Overview
from llmstxt_sched.services.projects.bulk import Bulk
from llmstxt_sched.services.projects.project_views import ProjectView
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.services.run_events import RunEvents
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.services.schedules import Schedules
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.services.settle import lock
from llmstxt_sched.store import runs, schedules
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.runs import PageChanges, Run

NOTHING = Draft(PackedRows(), (), None, None, PackedRows(), PageChanges())
PASSING = CrawlFailed("timeout", "the start page did not answer", transient=True)
FINAL = CrawlFailed("robots", "robots.txt forbids the start page", transient=False)
DAILY = "0 2 * * *"
SECRETS_KEY = "the key of the tests"
# One for all, because a guess at a key is made to take long.
SECRETS = Secrets([SECRETS_KEY])


class Engine(Struct, frozen=True):
    """One replica: `worker` is its incarnation, `redis` a look past the code that is tested."""

    worker: UUID
    database: Database
    redis: Any
    keys: Keys
    scripts: Scripts
    queue: Queue
    scheduled: ScheduledJobs
    projects: Projects
    runs: Runs
    bulk: Bulk
    run_events: RunEvents
    fire: Fire
    rescue: Rescue
    reconcile: Reconcile
    tick: Tick
    leases: Leases
    staging: Staging
    overview: Overview
    jitter: int
    metrics: Metrics

    async def create(
        self,
        cron: str | None = DAILY,
        zone: str = "UTC",
        is_enabled: bool | None = None,
        on_failure: OnFailure = OnFailure.STOP,
        name: str = "Example",
    ) -> UUID:
        """A new project."""
        wanted = SchedulePatch(
            cron_expression=cron,
            timezone=zone,
            is_enabled=UNSET if is_enabled is None else is_enabled,
            on_failure=on_failure,
        )
        view = await self.projects.create("https://example.com/", ProjectDetails(name=name), wanted, Once())
        return view.project.id

    async def edit(self, project: UUID, **changes: Any) -> ProjectView:
        """The project with fields changed, those of its schedule among them."""
        schedule = {name: changes.pop(name) for name in SchedulePatch.__struct_fields__ if name in changes}
        return await self.projects.edit(project, changes, SchedulePatch(**schedule))

    async def ran(self, **options: Any) -> UUID:
        """A new project whose initial run has ended."""
        project = await self.create(**options)
        await self.finish(await self.active(project))
        return project

    async def due(self, back: timedelta = timedelta(days=1), **options: Any) -> UUID:
        """A project whose initial run has ended, and that was alone for `back` since."""
        project = await self.ran(**options)
        await self.pass_time(project, back)
        return project

    async def pass_time(self, project: UUID, time: timedelta) -> Schedule:
        """The project as if `time` had passed with no service running: whole days for a daily schedule."""
        async with self.database.transaction() as connection:
            schedule = (await lock(connection, project)).schedule
            earlier = replace(schedule, accounted_until=schedule.accounted_until - time)
            moved = arm(earlier, self.jitter) if schedule.next_job_id else earlier
            await schedules.save(connection, ScheduleChange(moved))
            for statement in (
                "UPDATE occurrences SET first = first - $2::interval, last = last - $2::interval WHERE project_id = $1",
                "UPDATE runs SET scheduled_for = scheduled_for - $2::interval WHERE project_id = $1",
            ):
                await connection.execute(statement, project, time)
        following = next_job(moved)
        if following:
            await self.queue.forget([schedule.next_job_id] if schedule.next_job_id else [])
            await self.scheduled.add([following])
        return moved

    async def fired(self, **options: Any) -> tuple[UUID, Run]:
        """A project whose scheduled run has been queued, and that run."""
        project = await self.due(**options)
        await self.tick.run()
        return project, await self.active(project)

    async def claim(self, run: Run) -> ClaimedRun:
        """The run, taken from the queue and held."""
        if await self.redis.lrem(self.keys.queue, 0, str(run.id)):
            await self.redis.rpush(self.keys.processing(self.worker), str(run.id))
        claimed = await self.leases.claim(run.id)
        assert claimed
        return claimed

    async def finish(self, run: Run) -> Run:
        """The run claimed and complete."""
        return await self.leases.complete(await self.claim(run), NOTHING, Progress(), "done")

    async def fail(self, run: Run, failure: CrawlFailed = FINAL) -> Run:
        """The run claimed and failed."""
        return await self.leases.fail(await self.claim(run), failure)

    async def trigger(self, project: UUID) -> Run:
        """A run that was asked for."""
        return await self.runs.trigger(project, Once())

    async def active(self, project: UUID) -> Run:
        """The project's active run."""
        found = (await self.projects.get(project)).active_run
        assert found, "no run is active"
        return found

    async def schedule(self, project: UUID) -> Schedule:
        """The project's schedule."""
        async with self.database.connection() as connection:
            found = await schedules.get(connection, project)
        assert found
        return found

    async def ledger(self, project: UUID) -> list[tuple[str, str | None, int]]:
        """What became of the project's occurrences, oldest first."""
        entries = await self.projects.occurrences(project, None, 1000)
        return [(entry.outcome.value, entry.reason, entry.count) for entry in reversed(entries)]

    async def runs_of(self, project: UUID) -> list[Run]:
        """All runs of the project, oldest first."""
        async with self.database.connection() as connection:
            return (await runs.page(connection, project, None, 1000))[::-1]

    async def sql(self, statement: str, *values: object) -> list[Any]:
        """Rows of a statement."""
        async with self.database.connection() as connection:
            return list(await connection.fetch(statement, *values))

    async def expire_lease(self, run: Run) -> None:
        """The run's worker has not been heard for a lease."""
        await self.sql("UPDATE runs SET lease_until = clock_timestamp() - interval '1 s' WHERE id = $1", run.id)

    async def end_wait(self, run: Run) -> None:
        """The run's time to wait is over, to Postgres and to Redis."""
        (row,) = await self.sql(
            "UPDATE runs SET not_before = clock_timestamp() - interval '1 s' WHERE id = $1 RETURNING not_before", run.id
        )
        await self.redis.zadd(self.keys.scheduled, {str(run.id): row["not_before"].timestamp()})

    async def scheduled_ids(self) -> dict[str, datetime]:
        """What is to come by Redis."""
        found = await self.redis.zrange(self.keys.scheduled, 0, -1, withscores=True)
        return {member: datetime.fromtimestamp(score).astimezone() for member, score in found}

    async def queued_ids(self) -> list[str]:
        """What may start by Redis."""
        found: list[str] = await self.redis.lrange(self.keys.queue, 0, -1)
        return found

    async def job(self, job_id: UUID) -> dict[str, str]:
        """What people see of a job."""
        found: dict[str, str] = await self.redis.hgetall(self.keys.job(job_id))
        return found


@asynccontextmanager
async def open_engine(
    database_url: str,
    redis_url: str,
    *,
    jitter: int = 0,
    prefix: str = "",
    settings: RunSettings | None = None,
    per_host: int = 1000,
) -> AsyncIterator[Engine]:
    """One replica; opened twice it is two."""
    async with AsyncExitStack() as stack:
        database = await Database.connect(database_url, 10)
        stack.push_async_callback(database.close)
        client = connect(redis_url, 40)
        stack.push_async_callback(client.aclose)
        keys, scripts, worker = Keys(prefix), Scripts(client), uuid4()
        settings, metrics = settings or RunSettings(), Metrics()
        queue, scheduled = Queue(client, keys, scripts), ScheduledJobs(client, keys, scripts)
        projects = Projects(database, Schedules(queue, scheduled, jitter), Gate(), Settings(), SECRETS)
        runs_ = Runs(database, queue, scheduled, jitter, metrics)
        fire = Fire(database, jitter)
        rescue = Rescue(database, scheduled, settings, jitter, metrics)
        reconcile = Reconcile(database, queue, scheduled, 60)
        yield Engine(
            worker=worker,
            database=database,
            redis=client,
            keys=keys,
            scripts=scripts,
            queue=queue,
            scheduled=scheduled,
            projects=projects,
            runs=runs_,
            bulk=Bulk(database, projects, runs_),
            run_events=RunEvents(database, queue),
            fire=fire,
            rescue=rescue,
            reconcile=reconcile,
            tick=Tick(
                fire,
                DuePings(database),
                rescue,
                reconcile,
                Staleness(database),
                Purge(database, longest_wait(())),
                queue,
                scheduled,
                settings.lease_seconds,
            ),
            leases=Leases(database, queue, settings, jitter, worker, per_host),
            staging=Staging(database),
            overview=Overview(database, queue, scheduled, settings.lease_seconds),
            jitter=jitter,
            metrics=metrics,
        )


@pytest_asyncio.fixture
async def engine(clean_database_url: str, redis_url: str) -> AsyncIterator[Engine]:
    """One replica."""
    async with open_engine(clean_database_url, redis_url) as opened:
        yield opened


@pytest_asyncio.fixture
async def other(engine: Engine, clean_database_url: str, redis_url: str) -> AsyncIterator[Engine]:
    """A second replica on the same servers."""
    async with open_engine(clean_database_url, redis_url) as opened:
        yield opened
