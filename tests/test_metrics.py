from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from msgspec.structs import replace
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.parser import text_string_to_metric_families
from tests.support.engine import FINAL, PASSING, Engine, open_engine
from tests.support.pools import pool_of

from llmstxt_sched.api.operation.health import Vitals, health_api
from llmstxt_sched.config import CrawlSettings, RunSettings
from llmstxt_sched.domain.run import TERMINAL, RunStatus
from llmstxt_sched.errors import CrawlFailed, Unavailable
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.metrics import Metrics, Reading
from llmstxt_sched.process.supervise import Member, Supervisor
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.leases import ClaimedRun
from llmstxt_sched.services.overview import Overview
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.worker.generate import CrawlResult, Generate
from llmstxt_sched.worker.heartbeat import Heartbeat
from llmstxt_sched.worker.held_runs import HeldRuns

PATIENCE_SECONDS = 30
Samples = dict[tuple[str, str], float]
UNREAD = Reading(due_lag_seconds=None, active_leases=None, queue_depth=None, member_restarts={})


@pytest_asyncio.fixture
async def engine(database_url: str, redis_url: str) -> AsyncIterator[Engine]:
    async with open_engine(database_url, redis_url, settings=RunSettings(max_crashes=1)) as engine:
        yield engine


@asynccontextmanager
async def listener(engine: Engine, queue: Queue) -> AsyncIterator[httpx.AsyncClient]:
    supervisor = Supervisor()
    supervisor.add(Member("worker", Heartbeat(engine.worker, engine.leases, queue, HeldRuns(), 60).run))
    supervisor.crashes["worker"].count = 2
    overview = Overview(engine.database, queue, ScheduledJobs(engine.redis, engine.keys, engine.scripts), 60)
    stop = asyncio.Event()
    vitals = Vitals(
        overview, supervisor, None, engine.metrics, stop, interval_seconds=30, max_waiting_seconds=60, version="0"
    )
    app: Any = health_api(vitals)
    transport = httpx.ASGITransport(app)
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://health") as client:
        yield client


def samples(body: str) -> Samples:
    """Each sample by its name and the value of its label."""
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def counted(metrics: Metrics) -> Samples:
    return samples(metrics.expose(UNREAD).decode())


def test_every_end_state_is_there_before_the_first_run_ends() -> None:
    found = counted(Metrics())
    assert {label for name, label in found if name == "llmstxt_runs_ended_total"} == set(TERMINAL)
    assert set(found.values()) == {0}


def test_two_processes_in_one_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.tick_failed()
    assert counted(first)["llmstxt_tick_errors_total", ""] == 1
    assert counted(second)["llmstxt_tick_errors_total", ""] == 0


def test_a_run_that_waits_for_its_next_try_has_not_ended() -> None:
    metrics = Metrics()
    metrics.run_ended(RunStatus.RETRYING)
    metrics.run_ended(RunStatus.FAILED)
    assert sum(value for (name, _), value in counted(metrics).items() if name == "llmstxt_runs_ended_total") == 1


async def test_a_scrape_tells_what_stands_and_what_was_counted(engine: Engine) -> None:
    project = await engine.due(timedelta(days=2))
    loop = SchedulerLoop(engine.tick, 3600, engine.metrics)
    await loop.tick()
    async with listener(engine, engine.queue) as health:
        queued = await health.get("/metrics")
        found = samples(queued.text)
        claimed = await engine.leases.claim((await engine.active(project)).id)
        held = samples((await health.get("/metrics")).text)
    assert queued.headers["content-type"] == CONTENT_TYPE_LATEST
    assert found["llmstxt_ticks_total", ""] == 1
    assert found["llmstxt_due_total", ""] == 1
    assert found["llmstxt_queue_depth", ""] >= 1
    assert found["llmstxt_active_leases", ""] == 0
    assert found["llmstxt_due_lag_seconds", ""] > timedelta(hours=23).total_seconds()
    assert found["llmstxt_member_restarts_total", "worker"] == 2
    assert claimed
    assert held["llmstxt_active_leases", ""] == 1
    assert held["llmstxt_due_lag_seconds", ""] == 0


async def test_a_tick_counts_what_it_took_from_dead_workers_and_what_redis_had_lost(engine: Engine) -> None:
    dead = await engine.active(await engine.create())
    await engine.claim(dead)
    await engine.expire_lease(dead)
    lost = await engine.active(await engine.create())
    await engine.redis.lrem(engine.keys.queue, 0, str(lost.id))
    await SchedulerLoop(engine.tick, 3600, engine.metrics).tick()
    found = counted(engine.metrics)
    assert found["llmstxt_rescued_total", ""] == 1
    assert found["llmstxt_requeued_total", ""] >= 1
    assert str(lost.id) in await engine.queued_ids()


async def test_a_due_occurrence_that_no_tick_has_fired_counts_as_waiting(engine: Engine) -> None:
    await engine.due(timedelta(days=2))
    backlog = await engine.overview.backlog()
    assert backlog
    assert backlog.lag_seconds > timedelta(hours=23).total_seconds()


async def test_runs_that_are_canceled_or_poison_are_counted_by_their_state(engine: Engine) -> None:
    canceled = await engine.create()
    await engine.runs.cancel((await engine.active(canceled)).id)
    poison = await engine.active(await engine.create())
    await engine.claim(poison)
    await engine.expire_lease(poison)
    assert await engine.rescue.rescue() == 1
    found = counted(engine.metrics)
    assert found["llmstxt_runs_ended_total", "CANCELED"] == 1
    assert found["llmstxt_runs_ended_total", "FAILED"] == 1


class CanceledMeanwhile(Generate):
    """Sees a run to an end that comes too late: its crawl is the time in which somebody cancels the run."""

    def __init__(self, engine: Engine) -> None:
        nothing: Any = None
        credentials = SiteCredentials(engine.database, Secrets())
        super().__init__(engine.leases, engine.staging, engine.database, nothing, nothing, CrawlSettings(), credentials)
        self._runs = engine.runs

    async def prepare(self, claimed: ClaimedRun) -> CrawlResult | CrawlFailed:
        await self._runs.cancel(claimed.run.id)
        return FINAL


async def test_a_result_that_comes_too_late_is_counted_as_fenced(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    stop, held = asyncio.Event(), HeldRuns()
    pool = pool_of(engine, CanceledMeanwhile(engine), held)
    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        group.create_task(pool.run(stop))
        while not counted(engine.metrics)["llmstxt_fenced_commits_total", ""]:
            await asyncio.sleep(0.01)
        stop.set()
    assert (await engine.runs.get(run.id)).status is RunStatus.CANCELED
    found = counted(engine.metrics)
    assert found["llmstxt_fenced_commits_total", ""] == 1
    assert found["llmstxt_runs_ended_total", "CANCELED"] == 1


async def test_a_server_that_is_away_leaves_its_gauges_out_of_the_scrape(engine: Engine, tmp_path: Path) -> None:
    client = connect(f"unix://{tmp_path}/nobody.sock", 2)
    keys = Keys()
    await engine.database.close()
    async with client, listener(engine, Queue(client, keys, Scripts(client))) as health:
        answer = await health.get("/metrics")
    assert answer.status_code == 200
    names = {name for name, _ in samples(answer.text)}
    assert "llmstxt_ticks_total" in names
    assert not names & {"llmstxt_queue_depth", "llmstxt_active_leases", "llmstxt_due_lag_seconds"}


async def test_a_tick_that_fails_is_counted_as_failed(engine: Engine) -> None:
    await engine.database.close()
    loop = SchedulerLoop(engine.tick, 3600, engine.metrics)
    with pytest.raises(Unavailable):
        await loop.tick()
    assert counted(engine.metrics)["llmstxt_tick_errors_total", ""] == 1
    assert counted(engine.metrics)["llmstxt_ticks_total", ""] == 0


async def test_a_scrape_tells_what_is_halted_waits_or_is_held(engine: Engine) -> None:
    await engine.fail((await engine.fired())[1], FINAL)
    await engine.fail((await engine.fired())[1], PASSING)
    await engine.due()
    async with listener(engine, engine.queue) as health:
        found = samples((await health.get("/metrics")).text)
    assert found["llmstxt_halted_schedules", ""] == 1
    assert found["llmstxt_retrying_runs", ""] == 1
    assert found["llmstxt_held_versions", ""] == 0
    assert found["llmstxt_oldest_waiting_seconds", ""] == 0
    assert found["llmstxt_oldest_pending_delivery_seconds", ""] > 0


async def problems(engine: Engine) -> list[str]:
    async with listener(engine, engine.queue) as health:
        answer = await health.get("/health")
    found: list[str] = answer.json()["problems"]
    assert (answer.status_code == 200) is not bool(found)
    return [problem for problem in found if not problem.startswith("worker is")]


async def test_a_run_that_waits_while_nobody_works_is_a_problem(engine: Engine) -> None:
    waiting = await engine.active(await engine.create())
    assert await problems(engine) == []
    await engine.sql("UPDATE runs SET created_at = created_at - interval '2 min' WHERE id = $1", waiting.id)
    (problem,) = await problems(engine)
    assert re.fullmatch(r"a run has been waiting for 1\d\d seconds, and nobody works", problem)
    await engine.claim(await engine.active(await engine.create()))
    assert await problems(engine) == []


async def test_a_postgres_that_takes_no_writes_is_a_problem(engine: Engine, database_url: str) -> None:
    await engine.sql(f"ALTER DATABASE {urlsplit(database_url).path[1:]} SET default_transaction_read_only = on")
    full = await Database.connect(database_url, 4)
    try:
        assert await problems(replace(engine, database=full)) == ["postgres takes no writes"]
    finally:
        await full.close()


async def test_a_redis_that_takes_no_writes_is_a_problem(engine: Engine) -> None:
    await engine.redis.config_set("maxmemory", 1)
    try:
        assert await problems(engine) == ["redis takes no writes"]
    finally:
        await engine.redis.config_set("maxmemory", 0)
