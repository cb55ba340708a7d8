from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.support.engine import PASSING, Engine

from llmstxt_sched.jobs.job import Job
from llmstxt_sched.services.maintenance.fire import EARLIEST


async def reconcile(engine: Engine, *, fully: bool = False) -> int:
    return await engine.reconcile.reconcile(await engine.fire.now(), fully=fully)


async def everything(engine: Engine) -> tuple[dict[str, object], list[str]]:
    found = await engine.scheduled_ids()
    return {member: round(at.timestamp(), 2) for member, at in found.items()}, sorted(await engine.queued_ids())


async def busy(engine: Engine) -> None:
    """Something of each kind, and Redis in agreement."""
    await engine.create()
    await engine.fired()
    _, waiting = await engine.fired()
    await engine.fail(waiting, PASSING)
    _, held = await engine.fired()
    await engine.claim(held)
    await engine.trigger(await engine.ran())
    await engine.queue.beat(engine.worker, await engine.fire.now())
    assert await reconcile(engine) == 0


async def compared(engine: Engine) -> int:
    """How often every id was compared."""
    found = await engine.redis.info("commandstats")
    return int(found["cmdstat_zscan"]["calls"])


async def test_an_agreeing_redis_is_left_alone(engine: Engine) -> None:
    await busy(engine)
    before = await everything(engine)
    assert await reconcile(engine, fully=True) == 0
    assert await everything(engine) == before


@pytest.mark.parametrize("lost", ["scheduled", "queue", "workers", "epoch"])
async def test_each_key_that_is_lost_is_rebuilt(engine: Engine, lost: str) -> None:
    await busy(engine)
    before = await everything(engine)
    await engine.redis.delete(getattr(engine.keys, lost))
    await reconcile(engine)
    assert await everything(engine) == before
    assert await engine.redis.exists(engine.keys.epoch)


async def test_a_wiped_redis_is_rebuilt_at_once(engine: Engine) -> None:
    await busy(engine)
    scheduled, queued = await everything(engine)
    await engine.redis.flushdb()
    assert await reconcile(engine) == len(scheduled) + len(queued)
    assert await everything(engine) == (scheduled, queued)
    for member in scheduled:
        assert (await engine.redis.hgetall(f"job:{member}"))["state"] == "scheduled"
    for member in queued:
        assert (await engine.redis.hgetall(f"job:{member}"))["state"] == "queued"


async def test_what_is_not_to_come_is_taken_out(engine: Engine) -> None:
    await busy(engine)
    before = await everything(engine)
    await engine.redis.zadd(engine.keys.scheduled, {str(uuid4()): 1e12, "no id": 1e12, "": 1e12})
    assert await reconcile(engine) == 0
    assert await everything(engine) == before


async def test_a_wrong_time_is_put_right_by_a_full_look(engine: Engine) -> None:
    await busy(engine)
    before = await everything(engine)
    for member in before[0]:
        await engine.redis.zadd(engine.keys.scheduled, {member: 1e10})
    assert await reconcile(engine) == 0
    assert await everything(engine) != before
    assert await reconcile(engine, fully=True) == len(before[0])
    assert await everything(engine) == before


async def test_two_mistakes_that_make_the_counts_agree_are_found_by_a_full_look(engine: Engine) -> None:
    await busy(engine)
    before = await everything(engine)
    lost = before[1][0]
    await engine.redis.lrem(engine.keys.queue, 0, lost)
    await engine.redis.rpush(engine.keys.queue, str(uuid4()))
    assert await reconcile(engine) == 0
    assert await reconcile(engine, fully=True) == 1
    assert lost in await engine.queued_ids()


async def test_a_run_that_a_worker_holds_is_not_queued_again(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.queue.beat(engine.worker, await engine.fire.now())
    assert await engine.queue.take(engine.worker) == run.id
    assert await reconcile(engine, fully=True) == 0
    assert await engine.queued_ids() == []


async def test_a_member_of_a_list_that_is_no_id_is_taken_out_so_that_the_counts_agree_again(engine: Engine) -> None:
    await busy(engine)
    before = await everything(engine)
    await engine.redis.rpush(engine.keys.queue, "no id")
    assert await reconcile(engine) == 0
    assert await everything(engine) == before


async def test_the_jobs_of_a_worker_that_nobody_knows_are_queued_again_by_a_full_look(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await reconcile(engine)
    await engine.redis.lmove(engine.keys.queue, engine.keys.processing(uuid4()))
    await reconcile(engine, fully=True)
    assert await engine.queued_ids() == [str(run.id)]
    assert [key async for key in engine.redis.scan_iter(match="generate:processing:*")] == []


async def test_a_run_that_waits_for_room_stays_where_it_is_until_that_is_lost(engine: Engine) -> None:
    await busy(engine)
    run = await engine.active(await engine.create())
    assert await engine.leases.postpone(run.id, lambda _: 8)
    await engine.redis.lrem(engine.keys.queue, 0, str(run.id))
    before = await everything(engine)
    assert await reconcile(engine) == await reconcile(engine, fully=True) == 0
    assert await everything(engine) == before
    await engine.redis.zrem(engine.keys.scheduled, str(run.id))
    assert await reconcile(engine) == 1
    assert str(run.id) in await engine.queued_ids()


async def test_what_no_comparison_repairs_is_not_compared_at_each_tick_while_runs_wait_for_room(engine: Engine) -> None:
    await busy(engine)
    run = await engine.active(await engine.create())
    assert await engine.leases.postpone(run.id, lambda _: 8)
    await engine.redis.lrem(engine.keys.queue, 0, str(run.id))
    (first, *_) = await engine.queued_ids()
    await engine.redis.rpush(engine.keys.queue, first)

    await reconcile(engine)
    before = await compared(engine)
    assert await reconcile(engine) == 0
    assert await compared(engine) == before
    await engine.redis.zrem(engine.keys.scheduled, str(run.id))
    assert await reconcile(engine) == 1


async def test_next_times_that_have_a_run_already_are_not_compared_at_each_tick(engine: Engine) -> None:
    """A clock that was ahead has run them; nothing but their time moves such schedules on."""
    others = [await engine.ran() for _ in range(2)]
    for _ in range(2):
        project, run = await engine.fired()
        await engine.finish(run)
        await engine.sql("UPDATE project_configs SET next_job_id = $2 WHERE project_id = $1", project, run.id)
    await reconcile(engine, fully=True)
    before = await compared(engine)
    assert await reconcile(engine) == 0
    assert await compared(engine) == before
    for other in others:
        await engine.redis.zrem(engine.keys.scheduled, str((await engine.schedule(other)).next_job_id))
        assert await reconcile(engine) == 1
    # The time of one of them has come.
    await engine.sql("UPDATE project_configs SET next_due_at = clock_timestamp() WHERE project_id = $1", project)
    await engine.fire.fire(EARLIEST, 10)
    await reconcile(engine)
    before = await compared(engine)
    assert await reconcile(engine) == 0
    assert await compared(engine) == before


async def test_a_run_that_may_start_does_not_wait_for_hours_in_redis(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.queue.take(engine.worker)
    assert await engine.leases.postpone(run.id, lambda _: 3600)
    assert await reconcile(engine, fully=True) == 1
    assert await engine.queued_ids() == [str(run.id)]
    assert str(run.id) not in await engine.scheduled_ids()


async def test_a_run_that_was_woken_while_redis_was_away_does_not_wait_for_its_next_attempt(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.fail(run, PASSING)
    await engine.trigger(run.project_id)
    await engine.redis.delete(engine.keys.queue)
    await engine.redis.zadd(engine.keys.scheduled, {str(run.id): datetime.now(UTC).timestamp() + 60})
    assert await reconcile(engine, fully=True) == 1
    assert await engine.queued_ids() == [str(run.id)]


async def test_more_than_a_page_is_rebuilt(engine: Engine) -> None:
    project = await engine.create()
    await engine.sql(
        """
        WITH made AS (
            INSERT INTO projects (id, name, url, slug)
            SELECT gen_random_uuid(), 'p', 'https://example.com/', 's' || n FROM generate_series(1, 2100) n RETURNING id
        ), configured AS (
            INSERT INTO project_configs (project_id, cron_expression, is_enabled, accounted_until, run_count,
                                         next_run_at, next_due_at, next_job_id)
            SELECT id, '0 2 * * *', true, clock_timestamp(), 1, clock_timestamp() + interval '1 day',
                   clock_timestamp() + interval '1 day', gen_random_uuid()
            FROM made
        )
        INSERT INTO runs (id, project_id, number, trigger, status)
        SELECT gen_random_uuid(), id, 1, 'initial', 'QUEUED' FROM made
        """
    )
    # Half of the projects wait for a retry as well: two jobs of one project, also on both sides of a page's end.
    await engine.sql(
        """
        UPDATE runs SET status = 'IN_PROGRESS', lease_until = clock_timestamp() WHERE number = 1 AND project_id IN (
            SELECT project_id FROM runs WHERE project_id <> $1 ORDER BY project_id OFFSET 1 LIMIT 1050
        )
        """,
        project,
    )
    await engine.sql(
        """
        UPDATE runs SET status = 'RETRYING', lease_until = NULL, not_before = clock_timestamp() + interval '1 hour'
        WHERE status = 'IN_PROGRESS'
        """
    )
    await reconcile(engine)
    assert (await engine.scheduled.count(), await engine.queue.lengths()) == (2101 + 1050, (2101 - 1050, 0))
    ids = [job_id async for job_id in engine.queue.ids()]
    assert len(set(ids)) == 2101 - 1050
    assert str((await engine.active(project)).id) in ids


async def test_a_hash_of_another_type_is_no_hindrance(engine: Engine) -> None:
    await busy(engine)
    before = await everything(engine)
    await engine.redis.flushdb()
    for member in (*before[0], *before[1]):
        await engine.redis.set(f"job:{member}", "a string")
    await reconcile(engine)
    assert await everything(engine) == before
    for member in (*before[0], *before[1]):
        assert (await engine.redis.hgetall(f"job:{member}"))["state"] in {"scheduled", "queued"}


async def test_what_was_settled_in_redis_alone_is_put_back(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.queue.forget([run.id])
    await engine.queue.finish(engine.worker, run.id, Job(uuid4(), uuid4(), run.trigger))
    await reconcile(engine)
    assert await engine.queued_ids() == [str(run.id)]
