from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.support.engine import Engine, open_engine

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.worker import postponed
from llmstxt_sched.worker.postponed import Postponed

WAIT_SECONDS = 0.1


async def test_a_job_without_room_waits_in_redis_and_then_comes_back_to_the_queue(
    engine: Engine, clean_database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postponed, "URGENT_SECONDS", WAIT_SECONDS)
    monkeypatch.setattr(postponed, "LOOK_SECONDS", WAIT_SECONDS)
    first, second = [await engine.active(await engine.create()) for _ in range(2)]
    async with open_engine(clean_database_url, redis_url, per_host=1) as narrow:
        await narrow.claim(first)
        assert await narrow.queue.take(narrow.worker) == second.id
        assert await narrow.leases.claim(second.id) is None
        waiting, stop = Postponed(narrow.leases, narrow.scheduled), asyncio.Event()
        assert await waiting.postpone(second.id)
        assert (await engine.active(second.project_id)).status is RunStatus.QUEUED
        assert str(second.id) in await engine.scheduled_ids()
        assert await engine.queued_ids() == []
        async with asyncio.timeout(30), asyncio.TaskGroup() as group:
            group.create_task(waiting.run(stop))
            while await engine.queued_ids() != [str(second.id)]:
                await asyncio.sleep(0.01)
            stop.set()
    assert str(second.id) not in await engine.scheduled_ids()


async def test_what_may_not_start_anyway_is_not_postponed(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.finish(run)
    waiting = Postponed(engine.leases, engine.scheduled)
    assert not await waiting.postpone(run.id)
    assert not await waiting.postpone(uuid4())


async def test_thousands_without_room_wait_longer_so_that_they_do_not_fill_the_queue_all_the_time(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postponed, "ASKED_A_SECOND", 0.1)
    waiting = Postponed(engine.leases, engine.scheduled)
    runs = [await engine.active(await engine.create()) for _ in range(2)]
    for run in runs:
        await waiting.postpone(run.id)
    due, now = await engine.scheduled_ids(), await engine.fire.now()
    waits = [due[str(run.id)] - now for run in runs]
    assert waits[0] < timedelta(seconds=5) < waits[1] < timedelta(seconds=10)


async def test_a_run_by_hand_waits_for_a_moment_only_however_many_scheduled_ones_wait(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postponed, "ASKED_A_SECOND", 0.1)
    waiting = Postponed(engine.leases, engine.scheduled)
    runs = [(await engine.fired())[1], (await engine.fired())[1], await engine.active(await engine.create())]
    for run in runs:
        assert await waiting.postpone(run.id)
    due, now = await engine.scheduled_ids(), await engine.fire.now()
    first, second, by_hand = [due[str(run.id)] - now for run in runs]
    assert by_hand < timedelta(seconds=1) < first < timedelta(seconds=5) < second


async def test_a_scheduled_run_leaves_the_last_place_of_its_host_to_one_by_hand(
    engine: Engine, clean_database_url: str, redis_url: str
) -> None:
    scheduled, by_hand = (await engine.fired())[1], await engine.active(await engine.create())
    async with open_engine(clean_database_url, redis_url, per_host=1) as narrow:
        assert await narrow.leases.claim(scheduled.id) is None
        await narrow.finish(by_hand)
        assert await narrow.leases.claim(scheduled.id)


async def test_a_scheduled_run_starts_beside_one_by_hand_where_there_is_room_for_both(
    engine: Engine, clean_database_url: str, redis_url: str
) -> None:
    scheduled = (await engine.fired())[1]
    await engine.active(await engine.create())
    async with open_engine(clean_database_url, redis_url, per_host=2) as roomy:
        assert await roomy.leases.claim(scheduled.id)
