from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from tests.support.engine import DAILY, PASSING, Engine, open_engine

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.services.maintenance.fire import EARLIEST
from llmstxt_sched.services.settle import lock
from llmstxt_sched.store.schedules import FiredPage

NOTHING = FiredPage([], [], None)


async def test_a_due_occurrence_becomes_a_queued_run_with_what_it_was_computed_from(engine: Engine) -> None:
    project = await engine.due(zone="Europe/Berlin")
    schedule = await engine.schedule(project)
    fired = await engine.fire.fire(EARLIEST, 10)
    run = await engine.active(project)
    assert schedule.next_due_at
    assert fired == FiredPage([run.id], [], (schedule.next_due_at, project))
    assert (run.id, run.status, run.trigger, run.number) == (
        schedule.next_job_id,
        RunStatus.QUEUED,
        Trigger.SCHEDULE,
        2,
    )
    assert (run.scheduled_for, run.cron_expression, run.timezone) == (schedule.next_run_at, DAILY, "Europe/Berlin")
    assert await engine.schedule(project) == replace(schedule, run_count=2)
    assert await engine.fire.fire(EARLIEST, 10) == NOTHING


async def test_what_is_to_come_is_not_fired(engine: Engine) -> None:
    await engine.ran()
    assert await engine.fire.fire(EARLIEST, 10) == NOTHING


async def test_a_due_time_is_the_nominal_one_and_the_jitter(
    engine: Engine, clean_database_url: str, redis_url: str
) -> None:
    async with open_engine(clean_database_url, redis_url, jitter=10**10) as jittery:
        project = await jittery.due()
        schedule = await jittery.schedule(project)
        assert schedule.next_run_at
        assert schedule.next_due_at
        assert schedule.next_run_at < await jittery.fire.now() < schedule.next_due_at
        assert await jittery.fire.fire(EARLIEST, 10) == NOTHING
        due = await jittery.sql("UPDATE project_configs SET next_due_at = clock_timestamp() RETURNING next_run_at", *())
        await jittery.fire.fire(EARLIEST, 10)
        assert (await jittery.active(project)).scheduled_for == due[0]["next_run_at"]


@pytest.mark.parametrize("kind", ["manual", "initial", "retrying"])
async def test_an_occurrence_that_comes_due_in_another_run_fires_right_after_it(engine: Engine, kind: str) -> None:
    project = await engine.create() if kind == "initial" else await engine.ran()
    run = await engine.active(project) if kind == "initial" else await engine.trigger(project)
    if kind == "retrying":
        await engine.fail(run, PASSING)
    await engine.pass_time(project, timedelta(days=1))
    due = (await engine.schedule(project)).next_job_id
    assert await engine.fire.fire(EARLIEST, 10) == NOTHING
    if kind == "retrying":
        await engine.end_wait(run)
    await engine.finish(run)
    assert (await engine.fire.fire(EARLIEST, 10)).queued == [due]


async def test_due_occurrences_are_fired_in_pages_by_due_time(engine: Engine) -> None:
    projects = [await engine.due(timedelta(days=days)) for days in (2, 4, 3, 1, 1)]
    jobs = [(await engine.schedule(project)).next_job_id for project in projects]
    after, found = EARLIEST, list[UUID]()
    for size in (2, 2, 1, 0):
        page = await engine.fire.fire(after, 2)
        assert len(page.queued) == size
        found += page.queued
        after = page.last or after
    assert page.last is None
    assert found[:3] == [jobs[1], jobs[2], jobs[0]]
    assert set(found) == set(jobs)


async def test_the_next_page_is_fired_while_one_is_handled(engine: Engine) -> None:
    projects = [await engine.due(timedelta(days=days)) for days in (5, 4, 3, 2, 1)]
    found = list[UUID]()

    async def handle(page: FiredPage) -> None:
        found.extend(page.queued)
        while len(await engine.sql("SELECT FROM runs WHERE status = 'QUEUED'")) < min(len(found) + 2, 5):
            await asyncio.sleep(0.01)

    await engine.fire.fire_all(2, handle)
    assert found == [(await engine.schedule(project)).next_job_id for project in projects]


async def test_a_page_that_cannot_be_handled_leaves_the_others_due(engine: Engine) -> None:
    projects = [await engine.due(timedelta(days=days)) for days in (5, 4, 3, 2, 1)]
    found = list[UUID]()

    async def fail(page: FiredPage) -> None:
        raise Unavailable(f"nobody takes {page.queued}")

    async def handle(page: FiredPage) -> None:
        found.extend(page.queued)

    with pytest.raises(Unavailable):
        await engine.fire.fire_all(2, fail)
    await engine.fire.fire_all(2, handle)
    assert found
    assert all([await engine.active(project) for project in projects])


async def test_of_two_replicas_that_fire_at_once_each_occurrence_is_fired_once(engine: Engine, other: Engine) -> None:
    jobs = [(await engine.schedule(await engine.due())).next_job_id for _ in range(8)]
    pages = await asyncio.gather(*(each.fire.fire(EARLIEST, 100) for each in (engine, other) * 3))
    assert sorted(run_id for page in pages for run_id in page.queued) == sorted(each for each in jobs if each)


async def test_what_a_peer_has_locked_is_passed_over_and_the_rest_fired(engine: Engine, other: Engine) -> None:
    projects = [await engine.due(), await engine.due()]
    held, free = [(await engine.schedule(project)).next_job_id for project in projects]
    async with other.database.transaction() as connection:
        await lock(connection, projects[0])
        assert (await engine.fire.fire(EARLIEST, 10)).queued == [free]
    assert (await engine.fire.fire(EARLIEST, 10)).queued == [held]


async def test_a_cursor_on_a_run_that_has_ended_is_moved_past_it(engine: Engine) -> None:
    project, run = await engine.fired(back=timedelta(days=3))
    before = await engine.schedule(project)
    await engine.finish(run)
    await engine.sql(
        "UPDATE project_configs SET next_run_at = $2, next_due_at = $2, next_job_id = $3, accounted_until = $4 "
        "WHERE project_id = $1",
        project,
        before.next_run_at,
        run.id,
        before.accounted_until,
    )
    await engine.sql("DELETE FROM occurrences WHERE outcome = 'COALESCED'")
    fired = await engine.fire.fire(EARLIEST, 10)
    assert (fired.queued, fired.stuck) == ([], [run.id])
    # Its run saw nothing of what came due after it.
    await engine.tick.run()
    await engine.finish(await engine.active(project))
    after = await engine.schedule(project)
    assert after.next_run_at
    assert after.next_run_at > await engine.fire.now()
    assert await engine.ledger(project) == [("RAN", None, 1), ("RAN", None, 1), ("COALESCED", None, 1)]


async def test_a_clock_that_was_behind_takes_no_run_out_of_the_ledger(engine: Engine) -> None:
    days = timedelta(days=3)
    project, run = await engine.fired(back=days)
    await engine.finish(run)
    ledger = await engine.ledger(project)
    assert ledger == [("RAN", None, 1), ("COALESCED", None, 2)]
    await engine.pass_time(project, -days)
    await engine.fire.bring_back()
    brought = await engine.schedule(project)
    assert brought.next_run_at
    assert brought.next_run_at < await engine.fire.now() + timedelta(days=1)
    await engine.projects.pause(project)
    await engine.pass_time(project, days)
    await engine.projects.resume(project)
    assert await engine.ledger(project) == ledger


async def test_a_schedule_is_brought_back_from_two_clocks_that_were_ahead_and_then_left(engine: Engine) -> None:
    project = await engine.ran()
    following = (await engine.schedule(project)).next_run_at
    await engine.pass_time(project, timedelta(days=-40))
    # As the first of them has left it.
    later = "next_run_at = next_run_at - interval '20 days', next_due_at = next_due_at - interval '20 days'"
    await engine.sql(f"UPDATE project_configs SET {later}, next_job_id = gen_random_uuid()")
    await engine.fire.bring_back()
    brought = await engine.sql("SELECT next_run_at, xmin FROM project_configs")
    assert brought[0]["next_run_at"] == following
    await engine.fire.bring_back()
    assert await engine.sql("SELECT next_run_at, xmin FROM project_configs") == brought


async def test_a_schedule_that_cannot_be_moved_holds_up_no_other(engine: Engine) -> None:
    unreadable = "UPDATE project_configs SET cron_expression = 'none' WHERE project_id = $1"
    stuck, run = await engine.fired()
    before = await engine.schedule(stuck)
    await engine.finish(run)
    await engine.sql(
        "UPDATE project_configs SET next_run_at = $2, next_due_at = $2, next_job_id = $3 WHERE project_id = $1",
        stuck,
        before.next_run_at,
        run.id,
    )
    ahead, well = await engine.ran(), [await engine.ran(), await engine.due()]
    for project in (ahead, well[0]):
        await engine.pass_time(project, timedelta(days=-40))
    for project in (stuck, ahead):
        await engine.sql(unreadable, project)
    assert (await engine.fire.fire(EARLIEST, 10)).stuck == [run.id]
    await engine.fire.bring_back()
    await engine.tick.run()
    assert str((await engine.active(well[1])).id) in await engine.queued_ids()
    brought = (await engine.schedule(well[0])).next_run_at
    assert brought
    assert brought < await engine.fire.now() + timedelta(days=2)


async def test_each_id_that_redis_holds_as_due_gets_the_verdict_of_the_table(engine: Engine) -> None:
    queued = await engine.active(await engine.create())
    (_, retrying), (_, waiting) = await engine.fired(), await engine.fired()
    await engine.fail(retrying, PASSING)
    await engine.end_wait(retrying)
    await engine.fail(waiting, PASSING)
    (_, held) = await engine.fired()
    await engine.claim(held)
    (ended,) = await engine.runs_of(await engine.ran())
    behind = await engine.due()
    await engine.trigger(behind)
    due, to_come = await engine.due(), await engine.ran()
    cursors = [(await engine.schedule(project)).next_job_id for project in (behind, due, to_come)]
    stranger = uuid4()
    ids = [queued.id, retrying.id, waiting.id, held.id, ended.id, *(each for each in cursors if each), stranger]
    verdicts = await engine.fire.judge(ids)
    assert [verdicts[each] for each in ids] == [
        "enqueue",
        "enqueue",
        "keep",
        "drop",
        "drop",
        "keep",
        "keep",
        "keep",
        "drop",
    ]
