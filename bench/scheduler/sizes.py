"""How large the database is once the retention has been over years of daily runs, and what its settings say of that."""

from __future__ import annotations

from typing import NamedTuple

from bench.scheduler import history
from bench.scheduler.fill import come_to_rest, fill
from bench.scheduler.service import Service
from bench.scheduler.years import replica_on
from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.embedded import Servers
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.services.maintenance.retention import Retention

# The arithmetic of docs/operate.md, in bytes a row with its part of the indexes: a run with its changes, its event and
# its row in the ledger; a version without its files; a page of it; what a run saw of a page; a page as it stands.
RUN, VERSION, VERSION_PAGE, SEEN_PAGE, PAGE = 2000, 700, 400, 500, 1500
# Each of a hundred tables and indexes with a row in it takes whole blocks of 8 KiB, however few rows there are.
BEGUN = 1_500_000
# Room of deleted rows that waits to be used again.
SPARE = 1.3
# A year, and the days that follow one by one, each with its retention and what autovacuum does.
DAYS, STEPS = 365, 10
MEGABYTES = 1e-6
DAYS_A_MONTH = 30


class Sizes(NamedTuple):
    """Megabytes beyond an empty database: what may be kept, what is there, and what was there before the retention."""

    kept: float
    measured: float
    untrimmed: float


async def measure(servers: Servers, projects: int) -> Sizes:
    """Trim `projects` that have run daily for a year, and let some more days pass."""
    async with replica_on(servers, "sizes") as replica:
        empty = await _size(replica)
        await fill(replica, projects, 0)
        async with replica.database.connection() as connection:
            await history.add(connection, DAYS, STEPS)
        await come_to_rest(replica)
        untrimmed = await _size(replica)
        await _trim(replica)
        # A year at once leaves room that one day after the other never takes.
        await _execute(replica, "VACUUM FULL")
        for step in range(STEPS):
            async with replica.database.connection() as connection:
                await history.add(connection, 1, STEPS - 1 - step)
            await _trim(replica)
            await come_to_rest(replica)
        return Sizes(kept(projects, DAYS + STEPS), await _size(replica) - empty, untrimmed - empty)


async def _size(replica: Service) -> float:
    async with replica.database.connection() as connection:
        return float(await connection.fetchval("SELECT pg_database_size(current_database())")) * MEGABYTES


def kept(projects: int, days: int) -> float:
    """The megabytes that the default settings keep of daily runs, each with one page changed."""
    settings = RetentionSettings()
    runs, months = min(days, settings.run_days), days / DAYS_A_MONTH
    versions = min(days, settings.versions + months)
    seen = settings.seen_runs + 1
    each = (
        runs * RUN
        + versions * (VERSION + history.INDEX + history.MARKDOWN + history.PAGES * VERSION_PAGE)
        + history.PAGES * (seen * SEEN_PAGE + PAGE + history.MARKDOWN)
    )
    return (BEGUN + projects * each * SPARE) * MEGABYTES


async def _trim(replica: Service) -> None:
    """Have the retention take turns until it finds nothing."""
    retention = Retention(replica.database, RetentionSettings(), Metrics())
    while True:
        await _execute(replica, "UPDATE retention_walk SET at = 'epoch'")
        if not (await retention.turn()).total():
            return


async def _execute(replica: Service, statement: str) -> None:
    async with replica.database.connection() as connection:
        await connection.execute(statement, timeout=600)
