"""One tick on real servers: every row of the table of verdicts, and Redis in every bad state."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.support.engine import PASSING, Engine, open_engine
from tests.support.postgres_clock import give_hands, set_clock
from tests.support.service import free_port

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.queue import BATCH
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.scheduler.tick import FULL_EVERY, TickReport
from llmstxt_sched.services.maintenance import fire
from llmstxt_sched.services.settle import lock


async def in_redis(engine: Engine, job_id: UUID | None) -> str:
    """Where the id is."""
    if str(job_id) in await engine.queued_ids():
        return "queued"
    return "kept" if str(job_id) in await engine.scheduled_ids() else "gone"


async def hold_as_due(engine: Engine, *members: str) -> None:
    await engine.redis.zadd(engine.keys.scheduled, dict.fromkeys(members, 1.0))


async def settled(engine: Engine) -> None:
    """The first tick on an empty Redis marks it as complete: what follows is not a rebuild."""
    await engine.tick.run()
    assert await engine.redis.exists(engine.keys.epoch)


async def test_a_due_occurrence_is_fired_and_queued(engine: Engine) -> None:
    project = await engine.due()
    report = await engine.tick.run()
    assert (report.due, report.enqueued, report.requeued) == (1, 1, 0)
    run = await engine.active(project)
    assert (await engine.queued_ids(), await engine.scheduled_ids()) == ([str(run.id)], {})
    assert (await engine.job(run.id))["state"] == "queued"
    assert float((await engine.job(run.id))["enqueued_at"]) > 0


async def test_a_tick_with_nothing_to_do_says_so(engine: Engine) -> None:
    await engine.ran()
    await settled(engine)
    report = await engine.tick.run()
    assert not report.did_something
    assert report == TickReport(0, 0, 0, 0, 0, 0, report.seconds)


async def test_a_queued_run_that_redis_holds_as_due_is_queued(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.redis.delete(engine.keys.queue)
    await hold_as_due(engine, str(run.id))
    report = await engine.tick.run()
    assert (report.due, report.enqueued) == (1, 1)
    assert await engine.queued_ids() == [str(run.id)]
    assert (await engine.active(project)).status is RunStatus.QUEUED


async def test_a_retry_whose_wait_is_over_is_queued(engine: Engine) -> None:
    _, run = await engine.fired()
    await engine.fail(run, PASSING)
    await engine.end_wait(run)
    assert (await engine.tick.run()).enqueued == 1
    assert await in_redis(engine, run.id) == "queued"


async def test_a_retry_that_waits_by_postgres_is_kept(engine: Engine) -> None:
    _, run = await engine.fired()
    await engine.fail(run, PASSING)
    await settled(engine)
    await hold_as_due(engine, str(run.id))
    assert not (await engine.tick.run()).did_something
    assert await in_redis(engine, run.id) == "kept"


async def test_a_due_cursor_behind_another_active_run_is_kept(engine: Engine) -> None:
    project = await engine.ran()
    await engine.trigger(project)
    await engine.pass_time(project, timedelta(days=1))
    report = await engine.tick.run()
    assert (report.due, report.dropped) == (0, 0)
    assert await in_redis(engine, (await engine.schedule(project)).next_job_id) == "kept"


async def test_a_due_cursor_that_a_peer_has_locked_is_kept_and_fired_by_the_next_tick(
    engine: Engine, other: Engine
) -> None:
    await settled(other)
    project = await engine.due()
    due = (await engine.schedule(project)).next_job_id
    async with other.database.transaction() as connection:
        await lock(connection, project)
        assert (await engine.tick.run()).due == 0
        assert await in_redis(engine, due) == "kept"
    assert (await engine.tick.run()).due == 1
    assert await in_redis(engine, due) == "queued"


async def test_a_cursor_that_is_not_due_by_postgres_is_kept(engine: Engine) -> None:
    project = await engine.ran()
    await settled(engine)
    due = (await engine.schedule(project)).next_job_id
    await hold_as_due(engine, str(due))
    assert not (await engine.tick.run()).did_something
    assert await in_redis(engine, due) == "kept"


async def test_a_run_in_progress_or_ended_is_dropped_and_so_is_what_is_neither_run_nor_cursor(engine: Engine) -> None:
    _, held = await engine.fired()
    await engine.claim(held)
    (ended,) = await engine.runs_of(await engine.ran())
    stranger = uuid4()
    await hold_as_due(engine, str(held.id), str(ended.id), str(stranger))
    report = await engine.tick.run()
    assert (report.due, report.dropped) == (0, 3)
    assert [await in_redis(engine, each) for each in (held.id, ended.id, stranger)] == ["gone"] * 3


async def test_members_that_are_no_ids_of_ours_are_dropped_and_harm_nothing(engine: Engine) -> None:
    project, run = await engine.fired()
    strays = ["", "no id", str(run.id).upper(), "{" + str(run.id) + "}", run.id.hex, "x" * 10_000]
    await hold_as_due(engine, *strays)
    report = await asyncio.wait_for(engine.tick.run(), 30)
    assert report.dropped == len(strays)
    assert await engine.scheduled_ids() == {}
    assert (await engine.active(project)).id == run.id


async def test_kept_ids_do_not_hide_those_behind_them(engine: Engine) -> None:
    """More kept than a page holds, with a due one and a stray after them."""
    await settled(engine)
    await engine.sql(
        """
        WITH made AS (
            INSERT INTO projects (id, name, url, slug)
            SELECT gen_random_uuid(), 'p', 'https://example.com/', 's' || n FROM generate_series(1, 1200) n RETURNING id
        )
        INSERT INTO project_configs (project_id, cron_expression, is_enabled, accounted_until, next_run_at, next_due_at,
                                     next_job_id)
        SELECT id, '0 2 * * *', true, clock_timestamp(), t, t, gen_random_uuid()
        FROM made, (SELECT clock_timestamp() + interval '1 day') AS due (t)
        """
    )
    kept = [str(row["next_job_id"]) for row in await engine.sql("SELECT next_job_id FROM project_configs")]
    await hold_as_due(engine, *kept)
    _, run = await engine.fired()
    await engine.redis.delete(engine.keys.queue)
    await engine.redis.zadd(engine.keys.scheduled, {str(run.id): 2.0, "stray": 2.0})
    report = await engine.tick.run()
    assert (report.enqueued, report.dropped) == (1, 1)
    assert await engine.queued_ids() == [str(run.id)]
    assert set(await engine.scheduled_ids()) == set(kept)


async def test_more_than_a_batch_is_promoted_in_one_tick(engine: Engine) -> None:
    number = 2 * BATCH + 3
    await engine.sql(
        """
        WITH made AS (
            INSERT INTO projects (id, name, url, slug)
            SELECT gen_random_uuid(), 'p', 'https://example.com/', 's' || n FROM generate_series(1, $1::integer) n
            RETURNING id
        )
        INSERT INTO project_configs (project_id, cron_expression, is_enabled, accounted_until, next_run_at, next_due_at,
                                     next_job_id)
        SELECT id, '0 2 * * *', true, t - interval '1 h', t, t, gen_random_uuid()
        FROM made, (SELECT clock_timestamp()) AS due (t)
        """,
        number,
    )
    await engine.reconcile.reconcile(await engine.fire.now(), fully=True)
    assert await engine.scheduled.count() == number
    report = await engine.tick.run()
    assert (report.due, report.enqueued, report.requeued) == (number, number, 0)
    queued = await engine.queued_ids()
    assert (len(queued), len(set(queued))) == (number, number)
    assert await engine.scheduled_ids() == {}
    rows = await engine.sql("SELECT id FROM runs WHERE status = 'QUEUED'")
    assert {str(row["id"]) for row in rows} == set(queued)


async def test_replicas_that_tick_at_once_queue_each_occurrence_once(engine: Engine, other: Engine) -> None:
    projects = [await engine.due() for _ in range(5)]
    loops = [SchedulerLoop(each.tick, 3600, each.metrics) for each in (engine, other)]
    reports = await asyncio.gather(*(each.tick() for each in loops * 3))
    assert sum(report.due for report in reports) == len(projects)
    ids = [str((await engine.active(project)).id) for project in projects]
    assert sorted(set(await engine.queued_ids())) == sorted(ids)
    for project in projects:
        assert len(await engine.runs_of(project)) == 2


async def test_the_list_of_a_silent_worker_goes_back_to_the_head_of_the_queue(engine: Engine, other: Engine) -> None:
    project, run = await engine.fired()
    waiting = await engine.active(await engine.create())
    await engine.claim(run)
    now = await engine.fire.now()
    await engine.queue.beat(engine.worker, now - timedelta(seconds=61))
    await engine.expire_lease(run)
    report = await other.tick.run()
    assert (report.reclaimed, report.rescued) == (1, 1)
    assert await engine.queued_ids() == [str(run.id), str(waiting.id)]
    assert (await engine.active(project)).status is RunStatus.RETRYING
    assert await engine.redis.zrange(engine.keys.workers, 0, -1) == []


async def test_the_list_of_a_worker_that_was_heard_is_left_to_it(engine: Engine, other: Engine) -> None:
    _, run = await engine.fired()
    await engine.claim(run)
    await engine.queue.beat(engine.worker, await engine.fire.now() - timedelta(seconds=30))
    report = await other.tick.run()
    assert (report.reclaimed, report.rescued, report.requeued) == (0, 0, 0)
    assert await engine.queued_ids() == []


async def test_a_wiped_redis_is_rebuilt_in_one_tick(engine: Engine) -> None:
    _, queued = await engine.fired()
    _, waiting = await engine.fired()
    retry = await engine.fail(waiting, PASSING)
    idle = await engine.ran()
    due = await engine.due()
    next_due = (await engine.schedule(idle)).next_job_id
    await engine.redis.flushdb()
    report = await engine.tick.run()
    assert report.requeued == 4
    assert sorted(await engine.queued_ids()) == sorted([str(queued.id), str((await engine.active(due)).id)])
    assert await engine.scheduled_ids() == {
        str(waiting.id): retry.not_before,
        str(next_due): (await engine.schedule(idle)).next_due_at,
    }
    assert not (await engine.tick.run()).did_something


@pytest.mark.parametrize(
    ("name", "kind"),
    [("scheduled", "string"), ("scheduled", "list"), ("queue", "zset"), ("workers", "hash"), ("epoch", "list")],
)
async def test_a_key_of_another_type_is_dropped_and_rebuilt_in_one_tick(engine: Engine, name: str, kind: str) -> None:
    project = await engine.due()
    idle = (await engine.schedule(await engine.ran())).next_job_id
    key = getattr(engine.keys, name)
    await engine.redis.delete(key)
    put = {"string": "SET k x", "hash": "HSET k x x", "list": "RPUSH k x", "zset": "ZADD k 1 x"}[kind].split()
    await engine.redis.execute_command(*(key if word == "k" else word for word in put))
    await engine.tick.run()
    run = await engine.active(project)
    assert str(run.id) in await engine.queued_ids()
    assert list(await engine.scheduled_ids()) == [str(idle)]


async def test_a_workers_list_of_another_type_hinders_neither_the_tick_nor_the_worker(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.queue.beat(engine.worker, await engine.fire.now())
    await engine.redis.set(engine.keys.processing(engine.worker), "x")
    await engine.tick.run()
    assert await engine.queue.take(engine.worker) == run.id


async def test_every_tenth_tick_looks_at_every_id(engine: Engine) -> None:
    project = await engine.ran()
    await settled(engine)
    lost = (await engine.schedule(project)).next_job_id
    await engine.redis.zrem(engine.keys.scheduled, str(lost))
    await engine.redis.zadd(engine.keys.scheduled, {str(uuid4()): 1e10})
    requeued = [(await engine.tick.run()).requeued for _ in range(FULL_EVERY - 1)]
    assert requeued == [0] * (FULL_EVERY - 2) + [1]
    assert list(await engine.scheduled_ids()) == [str(lost)]


async def test_of_two_replicas_one_looks_at_every_id(engine: Engine, other: Engine) -> None:
    project = await engine.ran()
    for _ in range(FULL_EVERY):
        await engine.tick.run()
    lost = (await engine.schedule(project)).next_job_id
    await engine.redis.zrem(engine.keys.scheduled, str(lost))
    await engine.redis.zadd(engine.keys.scheduled, {str(uuid4()): 1e10})
    assert [(await other.tick.run()).requeued for _ in range(FULL_EVERY)] == [0] * FULL_EVERY
    await engine.sql("UPDATE turns SET taken_at = taken_at - interval '1 h'")
    assert sum([(await other.tick.run()).requeued for _ in range(FULL_EVERY)]) == 1


async def test_ticks_asked_for_at_once_take_turns(engine: Engine) -> None:
    await engine.due()
    loop = SchedulerLoop(engine.tick, 3600, engine.metrics)
    reports = await asyncio.gather(*(loop.tick() for _ in range(4)))
    assert [report.due for report in reports] == [1, 0, 0, 0]


async def test_a_wait_from_a_clock_that_was_ahead_ends_within_some_ticks(engine: Engine) -> None:
    """The longest that there is, a site's Retry-After, goes on."""
    runs = [await engine.active(await engine.create()) for _ in range(2)]
    for run in runs:
        await engine.leases.fail(await engine.claim(run), PASSING)
    await engine.sql(
        "UPDATE runs SET not_before = clock_timestamp() + CASE id WHEN $1 THEN '400 days' ELSE '1 hour' END::interval",
        runs[0].id,
    )
    for _ in range(2 * FULL_EVERY):
        await engine.sql("UPDATE turns SET taken_at = taken_at - interval '1 day'")
        await engine.tick.run()
    assert await engine.queued_ids() == [str(runs[0].id)]
    assert str(runs[1].id) in await engine.scheduled_ids()


async def test_a_schedule_that_a_clock_which_was_ahead_has_moved_on_is_brought_back_within_some_ticks(
    database_url: str, redis_url: str
) -> None:
    """What the ledger has of that time gives way to what becomes of it."""
    await give_hands(database_url)
    async with open_engine(database_url, redis_url) as engine:
        noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
        await set_clock(engine, noon)
        project = await engine.ran()
        for days in (40, 41):
            await set_clock(engine, noon + timedelta(days=days))
            await engine.tick.run()
            await engine.finish(await engine.active(project))
        assert await engine.ledger(project) == [("RAN", None, 1), ("COALESCED", None, 39), ("RAN", None, 1)]
        ahead = (await engine.schedule(project)).next_job_id
        await set_clock(engine, noon + timedelta(minutes=1))
        for _ in range(2 * FULL_EVERY):
            await engine.sql("UPDATE turns SET taken_at = taken_at - interval '1 day'")
            await engine.tick.run()
        assert (await engine.schedule(project)).next_run_at == datetime(2030, 1, 2, 2, tzinfo=UTC)
        assert str(ahead) not in await engine.scheduled_ids()
        # This one has a run already, and those after it have none.
        for days in (1, 2):
            await set_clock(engine, noon + timedelta(days=days))
            await engine.tick.run()
        await engine.finish(await engine.active(project))
        assert await engine.ledger(project) == [("RAN", None, 1)] * 3
        await engine.tick.run()
        schedule = await engine.schedule(project)
        assert schedule.next_run_at == datetime(2030, 1, 4, 2, tzinfo=UTC)
        assert await engine.scheduled_ids() == {str(schedule.next_job_id): schedule.next_run_at}


async def test_more_schedules_of_a_clock_that_was_ahead_than_a_tick_has_time_for_are_brought_back_by_the_next_ones(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that cannot be moved are not found again and again."""
    monkeypatch.setattr(fire, "MOST_BROUGHT_BACK", 2)
    projects = sorted([await engine.ran() for _ in range(6)])
    for project in projects:
        await engine.pass_time(project, timedelta(days=-40))
    await engine.sql("UPDATE project_configs SET cron_expression = 'none' WHERE project_id = ANY($1)", projects[:2])
    while not (await engine.sql("SELECT FROM turns WHERE name = 'reconcile'")):
        await engine.tick.run()
    for _ in range(2):
        await engine.tick.run()
    soon = await engine.fire.now() + timedelta(days=2)

    async def is_far(project: UUID) -> bool:
        following = (await engine.schedule(project)).next_run_at
        return following is not None and following > soon

    assert [project for project in projects if await is_far(project)] == projects[:2]
    # All over again with the next turn alone.
    await engine.pass_time(projects[5], timedelta(days=-40))
    await engine.tick.run()
    assert await is_far(projects[5])


async def test_a_clock_that_was_behind_costs_no_occurrence_and_takes_nothing_out_of_the_ledger(
    database_url: str, redis_url: str
) -> None:
    await give_hands(database_url)
    async with open_engine(database_url, redis_url) as engine:
        noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
        await set_clock(engine, noon)
        project = await engine.ran()
        for days in range(1, 5):
            await set_clock(engine, noon + timedelta(days=days))
            await engine.tick.run()
            await engine.finish(await engine.active(project))
        await set_clock(engine, noon + timedelta(days=1))
        await engine.fire.bring_back()
        assert (await engine.schedule(project)).next_run_at == datetime(2030, 1, 3, 2, tzinfo=UTC)
        await set_clock(engine, noon + timedelta(days=5))
        await engine.tick.run()
        await engine.finish(await engine.active(project))
        assert await engine.ledger(project) == [("RAN", None, 1)] * 5
        assert (await engine.schedule(project)).next_run_at == datetime(2030, 1, 7, 2, tzinfo=UTC)


async def test_a_project_that_becomes_stale_while_redis_is_away_is_told_of(
    engine: Engine, clean_database_url: str
) -> None:
    project = await engine.ran()
    await engine.sql("UPDATE project_configs SET stale_after = clock_timestamp() - interval '1 hour'")
    async with open_engine(clean_database_url, f"redis://127.0.0.1:{free_port()}/0") as without_redis:
        with pytest.raises(Unavailable):
            await without_redis.tick.run()
    told = await engine.sql("SELECT project_id FROM events WHERE kind = 'project.stale'")
    assert [each["project_id"] for each in told] == [project]
