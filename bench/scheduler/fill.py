"""Many projects with a daily schedule, a part of them due since last night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from bench.scheduler.service import Service
from llmstxt_sched.domain.schedule import calculate_next_run_time, job_id

CRON, ZONE = "0 2 * * *", "Europe/Berlin"
BATCH = 50_000


async def fill(service: Service, scheduled: int, due: int) -> None:
    """Store `scheduled` projects, of which the first `due` are due, and let Redis be rebuilt from them."""
    now = await service.fire.now()
    past = calculate_next_run_time(CRON, ZONE, now - timedelta(days=1))
    future = calculate_next_run_time(CRON, ZONE, now)
    assert past
    assert future
    await fill_at(service, (past if number < due else future for number in range(scheduled)))


async def fill_at(service: Service, times: Iterable[datetime]) -> None:
    """Store a project for each of the `times`, at which it is due next, and let Redis be rebuilt from them."""
    rows = ((uuid4(), at) for at in times)
    async with service.database.connection() as connection:
        while batch := list(islice(rows, BATCH)):
            async with connection.transaction():
                await connection.copy_records_to_table(
                    "projects", records=_projects(batch), columns=PROJECT_COLUMNS, timeout=600
                )
                await connection.copy_records_to_table(
                    "project_configs", records=_configs(batch), columns=CONFIG_COLUMNS, timeout=600
                )
    await come_to_rest(service)


async def come_to_rest(service: Service) -> None:
    """What autovacuum and the checkpointer have done long before a service has this many projects or runs."""
    async with service.database.connection() as connection:
        await connection.execute("VACUUM ANALYZE", timeout=600)
        await connection.execute("CHECKPOINT", timeout=600)


# With what the database or a first run would else write once more for each: the kind of schedule, and the folder.
PROJECT_COLUMNS = ("id", "name", "url", "slug", "schedule_kind", "folder")
CONFIG_COLUMNS = (
    "project_id",
    "cron_expression",
    "timezone",
    "is_enabled",
    "accounted_until",
    "next_run_at",
    "next_due_at",
    "next_job_id",
)


def _projects(batch: list[tuple[UUID, datetime]]) -> Iterator[tuple[object, ...]]:
    return ((each, f"Project {each}", f"https://{each}.example/", str(each), "daily", "/") for each, _ in batch)


def _configs(batch: list[tuple[UUID, datetime]]) -> Iterator[tuple[object, ...]]:
    return ((each, CRON, ZONE, True, at - timedelta(days=1), at, at, job_id(each, at)) for each, at in batch)
