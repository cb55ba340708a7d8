"""What it takes on this disk to write the same rows and nothing else: without that, seconds mean nothing elsewhere.

The rows go into tables of the same columns, indexes, checks and references to projects, in transactions of the same
size, with the log written and fsync on.  Nothing is decided, looked for, locked ahead or told to Redis.

queued   what a tick writes: each run's row, and the count of the runs in the row of its schedule
ended    what a run writes once it waits: its row when it is claimed; then, in a second transaction, its row again, its
         rows of the ledger and of the events, and the row of its schedule
"""

from __future__ import annotations

import asyncio
import time

from bench.scheduler.fill import come_to_rest
from bench.scheduler.service import WORKERS, Service
from llmstxt_sched.scheduler.tick import PAGE
from llmstxt_sched.store.postgres.statements import Connection

# Of each table that is written to, the copies that are written to here: an inserted row costs what a new version of it
# costs, an entry in each index.
COPIES = {
    "runs": ("bare_runs", "bare_runs_ended"),
    "project_configs": ("bare_project_configs", "bare_project_configs_ended"),
    "occurrences": ("bare_occurrences",),
    "events": ("bare_events",),
}


async def queued(service: Service, due: int) -> float:
    """Seconds to write the rows of `due` runs that wait, a page in each transaction."""
    async with service.database.connection() as connection:
        await _make(connection)
        await connection.execute(
            """
            CREATE TEMP TABLE numbered AS SELECT row_number() OVER () AS place, id, project_id FROM runs
            WHERE status = 'QUEUED';
            CREATE INDEX ON numbered (place);
            INSERT INTO bare_project_configs SELECT c.* FROM project_configs c JOIN numbered USING (project_id)
            """
        )
        await come_to_rest(service)
        started = time.perf_counter()
        for place in range(0, due, PAGE):
            await connection.execute(INSERT_PAGE, place, place + PAGE)
        return time.perf_counter() - started


async def ended(service: Service, runs: int) -> float:
    """Runs a second of which the rows are written, by as many connections at once as there are workers."""
    async with service.database.connection() as connection:
        await _make(connection)
        rows = await connection.fetch("SELECT id FROM runs WHERE finished_at IS NOT NULL LIMIT $1", runs)
    left = iter([row["id"] for row in rows])

    async def write() -> None:
        async with service.database.connection() as connection:
            for run_id in left:
                await connection.execute(INSERT_CLAIMED, run_id)
                await connection.execute(INSERT_ENDED, run_id)

    started = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(WORKERS)))
    return len(rows) / (time.perf_counter() - started)


INSERT_PAGE = """
WITH fired AS (
    INSERT INTO bare_runs SELECT r.* FROM numbered JOIN runs r USING (id) WHERE place > $1 AND place <= $2
    RETURNING project_id
)
UPDATE bare_project_configs c SET run_count = run_count + 1 FROM fired WHERE c.project_id = fired.project_id
"""
INSERT_CLAIMED = "INSERT INTO bare_runs SELECT * FROM runs WHERE id = $1"
INSERT_ENDED = """
WITH run AS (
    INSERT INTO bare_runs_ended SELECT * FROM runs WHERE id = $1 RETURNING id, project_id
), noted AS (
    INSERT INTO bare_occurrences SELECT o.* FROM occurrences o JOIN run USING (project_id)
), told AS (
    INSERT INTO bare_events OVERRIDING SYSTEM VALUE SELECT e.* FROM events e JOIN run USING (project_id)
)
INSERT INTO bare_project_configs_ended SELECT c.* FROM project_configs c JOIN run USING (project_id)
"""


async def _make(connection: Connection) -> None:
    for table, copies in COPIES.items():
        options = await connection.fetchval("SELECT reloptions FROM pg_class WHERE oid = $1::text::regclass", table)
        for copy in copies:
            await connection.execute(f"DROP TABLE IF EXISTS {copy}; CREATE TABLE {copy} (LIKE {table} INCLUDING ALL)")
            if options:
                await connection.execute(f"ALTER TABLE {copy} SET ({', '.join(options)})")
            if table != "events":
                await connection.execute(f"ALTER TABLE {copy} ADD FOREIGN KEY (project_id) REFERENCES projects")
