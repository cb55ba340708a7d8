from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tests.engine import PASSING, Engine

from llmstxt_sched.services.overview import Depths

START = (datetime.min.replace(tzinfo=UTC), UUID(int=0))


async def test_jobs_to_come_are_next_occurrences_and_retries_soonest_first(engine: Engine) -> None:
    later, (retrying, run) = await engine.ran(name="Later"), await engine.fired(name="Retrying")
    await engine.fail(run, PASSING)
    await engine.create(None)
    jobs = await engine.overview.jobs(START, 10)
    assert [(job.project_name, job.kind, job.project_id) for job in jobs] == [
        ("Retrying", "retry", retrying),
        ("Later", "schedule", later),
    ]
    assert jobs[0].job_id == run.id
    assert await engine.overview.jobs((jobs[0].due_at, jobs[0].job_id), 10) == jobs[1:]
    assert await engine.overview.jobs(START, 1) == jobs[:1]


async def test_depths_tell_where_jobs_are(engine: Engine) -> None:
    await engine.create()
    await engine.create(None)
    run = await engine.active(await engine.create())
    await engine.queue.beat(engine.worker, await engine.firing.now())
    await engine.claim(run)
    assert await engine.overview.depths() == Depths(scheduled=2, queued=1, processing=1)
