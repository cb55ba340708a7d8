from __future__ import annotations

from datetime import timedelta

import pytest
from tests.support.engine import PASSING, Engine

from llmstxt_sched.domain.run import LiveCrawl, Progress
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts
from llmstxt_sched.services.overview import Depths, Overview


async def test_jobs_to_come_are_next_occurrences_and_retries_soonest_first(engine: Engine) -> None:
    later, (retrying, run) = await engine.ran(name="Later"), await engine.fired(name="Retrying")
    await engine.fail(run, PASSING)
    await engine.create(None)
    jobs = await engine.overview.jobs(None, 10)
    assert [(job.project_name, job.kind, job.project_id) for job in jobs] == [
        ("Retrying", "retry", retrying),
        ("Later", "schedule", later),
    ]
    assert jobs[0].job_id == run.id


async def test_jobs_of_the_same_time_are_listed_once_each_over_many_pages(engine: Engine) -> None:
    projects = {await engine.ran(name=f"Project {number}") for number in range(5)}
    jobs, after = [], None
    while page := await engine.overview.jobs(after, 2):
        jobs += page
        after = (page[-1].due_at, page[-1].project_id, page[-1].job_id)
    assert len({job.due_at for job in jobs}) == 1
    assert len(jobs) == len(projects)
    assert {job.project_id for job in jobs} == projects


async def test_depths_tell_where_jobs_are(engine: Engine) -> None:
    await engine.create()
    await engine.create(None)
    run = await engine.active(await engine.create())
    await engine.queue.beat(engine.worker, await engine.fire.now())
    await engine.claim(run)
    assert await engine.overview.depths() == Depths(scheduled=2, queued=1, processing=1)


async def test_what_is_neither_paused_nor_halted_nor_under_way_is_overdue(engine: Engine) -> None:
    overdue = await engine.due(timedelta(days=2))
    longer = await engine.due(timedelta(days=3))
    await engine.ran()
    for lies_still in (engine.projects.pause, engine.trigger):
        await lies_still(await engine.due())
    halted, run = await engine.ran(), None
    run = await engine.trigger(halted)
    await engine.finish(run)
    assert await engine.overview.overdue(60, 10) == [longer, overdue]
    assert await engine.overview.overdue(60, 1) == [longer]
    assert await engine.overview.overdue(10**7, 10) == []


async def test_the_service_stands_as_its_projects_runs_and_workers_do(engine: Engine, other: Engine) -> None:
    empty = await engine.overview.standing(60)
    assert (empty.counts["all"], empty.backlog.lag_seconds, empty.is_overdue, empty.workers) == (0, 0, False, 0)
    await engine.claim(await engine.active(await engine.create()))
    await engine.create()
    _, waiting = await engine.fired()
    await engine.fail(waiting, PASSING)
    now = await engine.fire.now()
    await engine.queue.beat(engine.worker, now)
    await engine.queue.beat(other.worker, now - timedelta(minutes=5))
    standing = await engine.overview.standing(60)
    assert standing.counts["all"] == 3
    backlog = standing.backlog
    assert (backlog.running, backlog.queued, backlog.retrying) == (1, 1, 1)
    assert backlog.lag_seconds > 0
    assert (standing.is_overdue, standing.workers) == (False, 1)
    await engine.due()
    assert (await engine.overview.standing(60)).is_overdue


async def test_workers_are_shown_with_what_they_do(engine: Engine, other: Engine) -> None:
    project = await engine.create(name="Busy")
    claimed = await engine.claim(await engine.active(project))
    progress = Progress(found=9, fetched=4)
    await engine.leases.report(claimed, LiveCrawl(progress))
    now = await engine.fire.now()
    await engine.queue.beat(engine.worker, now)
    await engine.queue.beat(other.worker, now)
    busy, idle = await engine.overview.workers()
    assert (busy.id, idle.id) == (engine.worker, other.worker)
    assert busy.last_heartbeat_at == now
    (held,) = busy.runs
    assert (held.run.id, held.run.project_name, held.progress) == (claimed.run.id, "Busy", progress)
    assert held.run.started_at == claimed.run.started_at
    assert not idle.runs


async def test_with_redis_away_the_overview_says_what_postgres_knows(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    claimed = await engine.claim(await engine.active(await engine.create()))
    client = connect(f"unix://{tmp_path_factory.mktemp('none')}/none.sock", 2)
    scripts = Scripts(client)
    queue, scheduled = Queue(client, engine.keys, scripts), ScheduledJobs(client, engine.keys, scripts)
    overview = Overview(engine.database, queue, scheduled, 60)
    standing = await overview.standing(60)
    assert (standing.backlog.running, standing.workers) == (1, None)
    (worker,) = await overview.workers()
    assert (worker.id, worker.last_heartbeat_at) == (engine.worker, None)
    assert [(held.run.id, held.progress) for held in worker.runs] == [(claimed.run.id, None)]
    await client.aclose()
