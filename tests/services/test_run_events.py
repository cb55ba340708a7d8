from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from tests.support.engine import PASSING, Engine

from llmstxt_sched.domain.run import LiveCrawl, Progress, RunStatus
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.services.run_events import RunEvents, RunMoment

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
FIRST = LiveCrawl(Progress(found=9, fetched=4), NOW, 2.5, "https://example.com/one")
SECOND = LiveCrawl(Progress(found=9, fetched=7), NOW, 3.5, "https://example.com/two")
PATIENCE_SECONDS = 30


async def following(moments: AsyncIterator[RunMoment]) -> RunMoment:
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await anext(moments)


async def is_over(moments: AsyncIterator[RunMoment]) -> bool:
    with pytest.raises(StopAsyncIteration):
        await following(moments)
    return True


def status_of(moment: RunMoment) -> RunStatus | None:
    return moment.run.status if moment.run else None


async def test_a_run_is_followed_from_the_queue_to_its_end(engine: Engine, other: Engine) -> None:
    """By another replica than the one that carries it out."""
    run = await engine.active(await engine.create())
    moments = other.run_events.follow(run)
    assert await following(moments) == RunMoment(run)
    claimed = await engine.claim(run)
    await engine.leases.report(claimed, FIRST)
    moment = await following(moments)
    assert (status_of(moment), moment.crawl) == (RunStatus.IN_PROGRESS, FIRST)
    await engine.leases.report(claimed, SECOND)
    assert (await following(moments)).crawl == SECOND
    ended = await engine.leases.fail(claimed, PASSING)
    moment = await following(moments)
    assert (moment.run, moment.crawl, moment.is_last) == (ended, None, False)
    ended = await engine.runs.cancel(run.id)
    moment = await following(moments)
    assert (moment.run, moment.is_last) == (ended, True)
    assert await is_over(moments)


async def test_of_a_run_that_has_ended_there_is_one_moment(engine: Engine) -> None:
    project = await engine.ran()
    (run,) = await engine.runs_of(project)
    moments = engine.run_events.follow(run)
    assert await following(moments) == RunMoment(run)
    assert await is_over(moments)


async def test_a_run_that_is_deleted_ends_without_a_run(engine: Engine) -> None:
    project = await engine.create()
    moments = engine.run_events.follow(await engine.active(project))
    await following(moments)
    await engine.projects.delete(project)
    assert await following(moments) == RunMoment(None)
    assert await is_over(moments)


async def test_progress_that_redis_has_lost_stays_shown_and_that_of_an_earlier_attempt_does_not(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    claimed = await engine.claim(run)
    await engine.leases.report(claimed, FIRST)
    moments = engine.run_events.follow(claimed.run)
    assert (await following(moments)).crawl == FIRST
    await engine.redis.delete(engine.keys.job(run.id))
    await engine.leases.hand_back(claimed)
    moment = await following(moments)
    assert (status_of(moment), moment.crawl) == (RunStatus.QUEUED, None)
    await engine.redis.hset(engine.keys.job(run.id), mapping={"state": "queued", "found": 9})
    again = await engine.claim(run)
    moment = await following(moments)
    assert (status_of(moment), moment.crawl) == (RunStatus.IN_PROGRESS, None)
    await engine.leases.report(again, SECOND)
    assert (await following(moments)).crawl == SECOND


async def test_with_redis_away_a_run_is_followed_by_what_postgres_says(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = connect(f"unix://{tmp_path_factory.mktemp('none')}/none.sock", 2)
    events = RunEvents(engine.database, Queue(client, engine.keys, Scripts(client)))
    run = await engine.active(await engine.create())
    moments = events.follow(run)
    assert await following(moments) == RunMoment(run)
    claimed = await engine.claim(run)
    assert await following(moments) == RunMoment(claimed.run)
    ended = await engine.leases.fail(claimed, PASSING)
    assert await following(moments) == RunMoment(ended)
    await engine.runs.cancel(run.id)
    assert (await following(moments)).is_last
    await client.aclose()
