"""The parts of the service that are measured, wired as `llmstxt_sched.app` wires them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from msgspec import Struct
from redis.asyncio import Redis

from llmstxt_sched.config import Settings
from llmstxt_sched.domain.notifications.delivery import longest_wait
from llmstxt_sched.embedded import Servers
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.runtime import ENGINE_CONNECTIONS
from llmstxt_sched.scheduler.tick import Tick
from llmstxt_sched.services.leases import Leases
from llmstxt_sched.services.maintenance.fire import Fire
from llmstxt_sched.services.maintenance.pings import DuePings
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.services.maintenance.reconcile import Reconcile
from llmstxt_sched.services.maintenance.rescue import Rescue
from llmstxt_sched.services.maintenance.staleness import Staleness
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.migrations import migrate

# Crawls that find nothing wait for the servers alone: more of them only wait for one another.
WORKERS = 16


class Service(Struct, frozen=True):
    """One replica without its listeners and its crawler; `database` has the connections of its workers."""

    settings: Settings
    database: Database
    redis: Redis
    queue: Queue
    scheduled: ScheduledJobs
    fire: Fire
    reconcile: Reconcile
    tick: Tick
    leases: Leases
    worker: UUID


@asynccontextmanager
async def service(servers: Servers) -> AsyncIterator[Service]:
    """A replica on `servers`, its database migrated."""
    settings, keys, worker = Settings(), Keys(), uuid4()
    database = await Database.connect(servers.database_url, WORKERS + 12)
    async with database.connection() as connection:
        await migrate(connection)
    engine = await Database.connect(servers.database_url, ENGINE_CONNECTIONS, plans_each_time=True)
    redis = connect(servers.redis_url, WORKERS + 64)
    scripts = Scripts(redis)
    queue, scheduled = Queue(redis, keys, scripts), ScheduledJobs(redis, keys, scripts)
    fire = Fire(engine, 0)
    rescue = Rescue(engine, scheduled, settings.runs, 0, Metrics())
    reconcile = Reconcile(engine, queue, scheduled, 60)
    try:
        yield Service(
            settings=settings,
            database=database,
            redis=redis,
            queue=queue,
            scheduled=scheduled,
            fire=fire,
            reconcile=reconcile,
            tick=Tick(
                fire,
                DuePings(engine),
                rescue,
                reconcile,
                Staleness(engine),
                Purge(engine, longest_wait(())),
                queue,
                scheduled,
                settings.runs.lease_seconds,
            ),
            leases=Leases(database, queue, settings.runs, 0, worker, settings.crawl.runs_per_host),
            worker=worker,
        )
    finally:
        await redis.aclose()
        await engine.close()
        await database.close()
