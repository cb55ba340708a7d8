"""Settles on the first day and after a year of daily runs: each makes a version, in turn in two databases.

The year is there as rows, all of it: more than the retention would have kept.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle, islice
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from msgspec import structs

from bench.scheduler.fill import come_to_rest, fill
from bench.scheduler.service import Service, service
from llmstxt_sched.domain.run import Progress, Trigger
from llmstxt_sched.embedded import Servers
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.store import runs
from llmstxt_sched.store.documents.versions import NewVersion
from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.runs import PageChanges

# On each day; those before them plan the statements.
SETTLES, WARM_UP = 1000, 100


class Settles(NamedTuple):
    """The 99th of 100 settles, in milliseconds: on the first day, and after a year."""

    first_day_ms: float
    year_ms: float


async def measure(servers: Servers, projects: int) -> Settles:
    """Measure settles of `projects` in turn."""
    async with replica_on(servers, "first_day") as first_day, replica_on(servers, "year") as year:
        both = (first_day, year)
        ids = [await _fill(replica, projects) for replica in both]
        async with year.database.connection() as connection:
            await connection.execute(YEAR, timeout=600)
        await come_to_rest(year)
        seconds: tuple[list[float], list[float]] = ([], [])
        for number, pair in enumerate(islice(cycle(zip(*ids, strict=True)), WARM_UP + SETTLES)):
            for replica, project_id, taken in zip(both, pair, seconds, strict=True):
                settled = await _settle(replica, project_id)
                if number >= WARM_UP:
                    taken.append(settled)
    return Settles(*(1000 * sorted(taken)[len(taken) * 99 // 100] for taken in seconds))


@asynccontextmanager
async def replica_on(servers: Servers, name: str) -> AsyncIterator[Service]:
    """A replica on a database of its own."""
    async with service(servers) as other, other.database.connection() as connection:
        await connection.execute(f"CREATE DATABASE {name}")
    url = urlsplit(servers.database_url)._replace(path=f"/{name}").geturl()
    async with service(structs.replace(servers, database_url=url)) as replica:
        yield replica


async def _fill(replica: Service, projects: int) -> list[UUID]:
    await fill(replica, projects, 0)
    async with replica.database.connection() as connection:
        return [row["id"] for row in await connection.fetch("SELECT id FROM projects")]


async def _settle(replica: Service, project_id: UUID) -> float:
    """Seconds that the end of a run takes."""
    async with replica.database.connection() as connection:
        run = await runs.insert(connection, uuid4(), project_id, Trigger.MANUAL)
    assert run
    claimed = await replica.leases.claim(run.id)
    assert claimed
    version = NewVersion(uuid4(), run.id.hex, "Docs", "", {"llms.txt": b"# Docs\n"}, PackedRows())
    draft = Draft(PackedRows(), (), None, version, PackedRows(), PageChanges())
    started = time.perf_counter()
    await replica.leases.complete(claimed, draft, Progress(), "done")
    return time.perf_counter() - started


YEAR = """
INSERT INTO runs (id, project_id, number, trigger, scheduled_for, cron_expression, timezone, status, created_at,
                  started_at, finished_at)
SELECT gen_random_uuid(), project_id, day, 'schedule', at, cron_expression, timezone, 'COMPLETE_WITH_DIFFS', at, at, at
FROM project_configs, generate_series(1, 365) day,
     LATERAL (SELECT accounted_until - (365 - day) * interval '1 day' AS at) AS past;
INSERT INTO occurrences (project_id, first, last, count, outcome, run_id, cron_expression, timezone)
SELECT project_id, scheduled_for, scheduled_for, 1, 'RAN', id, cron_expression, timezone FROM runs;
INSERT INTO events (kind, project_id, run_id, at) SELECT 'run.completed', project_id, id, finished_at FROM runs;
INSERT INTO versions (id, project_id, run_id, number, sha256, name, summary, page_count, created_at)
SELECT id, project_id, id, number, id::text, 'Docs', '', 0, finished_at FROM runs;
INSERT INTO version_files (version_id, path, body) SELECT id, 'llms.txt', '# Docs' FROM runs;
UPDATE project_configs SET run_count = 365
"""
