from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest_asyncio
from msgspec.structs import replace
from tests.support.engine import NOTHING, Engine, open_engine
from tests.support.postgres_clock import give_hands, set_clock

from llmstxt_sched.domain.run import Progress
from llmstxt_sched.domain.schedule import Fate, LedgerRow, ScheduleChange
from llmstxt_sched.services.ledger import told_once
from llmstxt_sched.store import schedules

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest_asyncio.fixture
async def timed(database_url: str, redis_url: str) -> AsyncIterator[Engine]:
    """An engine whose clock is set by the test; it is noon."""
    await give_hands(database_url)
    async with open_engine(database_url, redis_url) as engine:
        await set_clock(engine, NOON)
        yield engine


async def run_at(engine: Engine, project: UUID, at: datetime) -> None:
    """What is due at a time is fired and runs at once."""
    await set_clock(engine, at)
    await engine.tick.run()
    await engine.finish(await engine.active(project))


async def ledger(engine: Engine, project: UUID) -> list[str]:
    rows = await engine.projects.occurrences(project, None, 100)
    return [f"{row.first:%H:%M}-{row.last:%H:%M} {row.count} {row.outcome.value}" for row in reversed(rows)]


async def test_what_a_clock_that_was_ahead_told_of_a_time_to_come_gives_way_to_what_comes(timed: Engine) -> None:
    project = await timed.ran(cron="*/10 * * * *")
    await run_at(timed, project, NOON + HOUR)
    assert await ledger(timed, project) == ["12:10-12:10 1 RAN", "12:20-13:00 5 COALESCED"]
    await set_clock(timed, NOON + timedelta(minutes=25))
    await timed.fire.bring_back()
    await run_at(timed, project, NOON + timedelta(minutes=41))
    assert await ledger(timed, project) == [
        "12:10-12:10 1 RAN",
        "12:20-12:20 1 COALESCED",
        "12:30-12:30 1 RAN",
        "12:40-12:40 1 COALESCED",
    ]


async def test_what_ran_before_a_clock_was_behind_stays_in_the_ledger_and_is_told_once(timed: Engine) -> None:
    project = await timed.ran(cron="*/10 * * * *")
    await run_at(timed, project, NOON + HOUR)
    await run_at(timed, project, NOON + HOUR + timedelta(minutes=10))
    ran = ["12:10-12:10 1 RAN", "13:10-13:10 1 RAN"]
    assert [row for row in await ledger(timed, project) if "RAN" in row] == ran
    await set_clock(timed, NOON + timedelta(minutes=15))
    await timed.fire.bring_back()
    await run_at(timed, project, NOON + timedelta(minutes=21))
    await set_clock(timed, NOON + 2 * HOUR)
    await timed.projects.pause(project)
    paused = ["12:10-12:10 1 RAN", "12:20-12:20 1 RAN", "12:30-13:00 4 SKIPPED", "13:10-13:10 1 RAN"]
    assert await ledger(timed, project) == [*paused, "13:20-14:00 5 SKIPPED"]


async def test_a_run_that_is_taken_back_after_a_clock_was_behind_is_told_once(timed: Engine) -> None:
    project = await timed.ran(cron="*/10 * * * *")
    await run_at(timed, project, NOON + HOUR)
    await set_clock(timed, NOON + timedelta(minutes=25))
    await timed.fire.bring_back()
    await set_clock(timed, NOON + timedelta(minutes=31))
    await timed.tick.run()
    await timed.projects.pause(project)
    coalesced = ["12:20-12:20 1 COALESCED", "12:30-12:30 1 SKIPPED", "12:40-13:00 3 COALESCED"]
    assert await ledger(timed, project) == ["12:10-12:10 1 RAN", *coalesced]


async def test_a_run_that_ends_after_a_pause_is_told_once_after_a_clock_was_ahead(timed: Engine) -> None:
    project = await timed.ran(cron="*/10 * * * *")
    await run_at(timed, project, NOON + HOUR)
    await set_clock(timed, NOON + timedelta(minutes=25))
    await timed.fire.bring_back()
    await set_clock(timed, NOON + timedelta(minutes=31))
    await timed.tick.run()
    held = await timed.claim(await timed.active(project))
    await timed.projects.pause(project)
    await timed.leases.complete(held, NOTHING, Progress(), "done")
    coalesced = ["12:20-12:20 1 COALESCED", "12:30-12:30 1 RAN", "12:40-13:00 3 COALESCED"]
    assert await ledger(timed, project) == ["12:10-12:10 1 RAN", *coalesced]


async def test_years_after_a_clock_was_behind_do_not_hold_up_the_loop(engine: Engine) -> None:
    project = await engine.ran(cron="*/10 * * * *")
    schedule = await engine.schedule(project)
    ran = LedgerRow(NOON, NOON, 1, Fate.RAN, None, None, "*/10 * * * *", "UTC")
    years = replace(ran, first=NOON - 9000 * DAY, count=1296001, outcome=Fate.SKIPPED, reason="paused")
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - before)

    async with engine.database.transaction() as connection:
        await schedules.save(connection, ScheduleChange(schedule, (ran,)))
        watching, began = asyncio.create_task(watch()), time.monotonic()
        change = await told_once(connection, schedule, ScheduleChange(schedule, (years,)), None)
        took = time.monotonic() - began
    watching.cancel()
    assert [row.count for row in change.rows] == [1296000]
    assert longest < took / 2
