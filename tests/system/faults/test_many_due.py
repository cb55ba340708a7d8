"""A hundred thousand projects due at once, and a death among them."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
from tests.system.faults.waiting import until
from tests.system.faults.world import World

from llmstxt_sched.domain.schedule import job_id
from llmstxt_sched.process.crash_points import KILLED

pytestmark = pytest.mark.faults

DUE = 100_000
DAILY = "0 2 * * *"
# After so many times as long as this machine takes to write them to Postgres, Redis holds them all: it takes two.
WRITES_UNTIL_DUE, LEAST_SECONDS = 6, 20.0
# Of a bound for when something is broken, on a machine that does much else.
PATIENCE_SECONDS = 600.0


async def test_a_hundred_thousand_due_at_once_are_queued_once_each_though_a_replica_dies_at_it(faulty: World) -> None:
    without = ("--without", "worker")
    dying, peer = faulty.replica(arguments=without), faulty.replica(arguments=without)
    await _fill(faulty)
    dying.launch(CRASH_AT="after_promote:30")
    await until(lambda: _holds(faulty, "ZCARD", "scheduled:jobs"), "all of them to be scheduled", PATIENCE_SECONDS)
    assert await dying.ended(PATIENCE_SECONDS) == KILLED
    await asyncio.gather(dying.start(), peer.start())
    await until(lambda: _holds(faulty, "LLEN", "generate:queue"), "all of them to be queued", PATIENCE_SECONDS)
    async with faulty.backends.redis() as redis:
        queued = await redis.lrange(f"{faulty.prefix}generate:queue", 0, -1)
        assert await redis.zcard(f"{faulty.prefix}scheduled:jobs") == 0
    runs = {str(row["id"]) for row in await faulty.fetch("SELECT id FROM runs WHERE status = 'QUEUED'")}
    assert (len(runs), len(queued), {*queued}) == (DUE, DUE, runs)
    # The tick takes many times its short period here.
    await until(peer.is_healthy, "the tick to be over")


async def _holds(world: World, command: str, key: str) -> bool:
    async with world.backends.redis() as redis:
        return bool(await redis.execute_command(command, f"{world.prefix}{key}") >= DUE)


async def _fill(world: World) -> None:
    """Projects that come due at the same time, soon, but not before Redis holds them all."""
    connection = await asyncpg.connect(world.backends.database_url(world.database))
    try:
        ids = [uuid4() for _ in range(DUE)]
        begin = time.monotonic()
        await connection.copy_records_to_table(
            "projects",
            columns=["id", "name", "url", "slug", "schedule_kind"],
            records=((each, "due", f"http://127.0.0.1/{each}", str(each), "daily") for each in ids),
        )
        now = await connection.fetchval("SELECT clock_timestamp()")
        due = now + timedelta(seconds=max(LEAST_SECONDS, WRITES_UNTIL_DUE * (time.monotonic() - begin)))
        columns = ["project_id", "cron_expression", "timezone", "is_enabled", "accounted_until"]
        columns += ["next_run_at", "next_due_at", "next_job_id"]
        await connection.copy_records_to_table(
            "project_configs",
            columns=columns,
            records=((each, DAILY, "UTC", True, now, due, due, job_id(each, due)) for each in ids),
        )
    finally:
        await connection.close()
