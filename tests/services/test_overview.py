from __future__ import annotations

from datetime import timedelta

from tests.support.engine import PASSING, Engine

from llmstxt_sched.services.overview import Depths


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
