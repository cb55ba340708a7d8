"""What a bare insert of the same rows takes on this disk, into tables of the same shape and with the same indexes.

Seconds mean nothing on another disk; beside these they do.
"""

from __future__ import annotations

import asyncio
import time

from bench.scheduler.service import WORKERS, Service
from llmstxt_sched.scheduler.tick import PAGE

TABLES = ("runs", "occurrences", "project_configs")


async def queued(service: Service, due: int) -> float:
    """Seconds to insert the rows of `due` runs that wait, a page in each transaction, as a tick does."""
    await _make(service)
    async with service.database.connection() as connection:
        await connection.execute(
            "CREATE TEMP TABLE numbered AS SELECT row_number() OVER () AS place, id FROM runs WHERE status = 'QUEUED'"
        )
        await connection.execute("CREATE INDEX ON numbered (place)")
        started = time.perf_counter()
        for place in range(0, due, PAGE):
            await connection.execute(INSERT_PAGE, place, place + PAGE)
        return time.perf_counter() - started


async def ended(service: Service, runs: int) -> float:
    """Runs a second of which the row, the one of the ledger and the schedule's are inserted, each in a transaction."""
    await _make(service)
    async with service.database.connection() as connection:
        rows = await connection.fetch("SELECT id FROM runs WHERE finished_at IS NOT NULL LIMIT $1", runs)
    left = iter([row["id"] for row in rows])

    async def insert() -> None:
        async with service.database.connection() as connection:
            for run_id in left:
                await connection.execute(INSERT_RUN, run_id)

    started = time.perf_counter()
    await asyncio.gather(*(insert() for _ in range(WORKERS)))
    return len(rows) / (time.perf_counter() - started)


INSERT_PAGE = "INSERT INTO bare_runs SELECT r.* FROM runs r JOIN numbered USING (id) WHERE place > $1 AND place <= $2"
INSERT_RUN = """
WITH run AS (
    INSERT INTO bare_runs SELECT * FROM runs WHERE id = $1 RETURNING id, project_id
), entry AS (
    INSERT INTO bare_occurrences SELECT o.* FROM occurrences o JOIN run ON o.project_id = run.project_id
)
INSERT INTO bare_project_configs SELECT c.* FROM project_configs c JOIN run USING (project_id)
"""


async def _make(service: Service) -> None:
    async with service.database.connection() as connection:
        for table in TABLES:
            await connection.execute(f"DROP TABLE IF EXISTS bare_{table}")
            await connection.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
