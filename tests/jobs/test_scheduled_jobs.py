from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.jobs.conftest import Jobs

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.job import KEPT_SECONDS, Job
from llmstxt_sched.jobs.queue import BATCH

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def new_jobs(count: int, due_at: datetime = NOW) -> list[Job]:
    return [Job(uuid4(), uuid4(), Trigger.SCHEDULE, due_at, due_at + timedelta(seconds=n)) for n in range(count)]


async def test_what_is_due_comes_soonest_first_behind_what_is_skipped(jobs: Jobs) -> None:
    made = new_jobs(5)
    await jobs.scheduled.add(made[::-1])
    ids = [str(job.id) for job in made]
    assert await jobs.scheduled.due(NOW + timedelta(seconds=3), 0, 10) == ids[:4]
    assert await jobs.scheduled.due(NOW + timedelta(seconds=3), 1, 2) == ids[1:3]
    assert await jobs.scheduled.due(NOW - timedelta(seconds=1), 0, 10) == []
    assert await jobs.scheduled.count() == 5


async def test_a_job_that_is_added_again_is_moved_and_shown_anew(jobs: Jobs) -> None:
    (job,) = new_jobs(1)
    await jobs.redis.hset(jobs.keys.job(job.id), mapping={"state": "settled", "worker": "w"})
    await jobs.redis.expire(jobs.keys.job(job.id), 60)
    await jobs.scheduled.add([job])
    later = Job(job.id, job.project_id, job.trigger, NOW, NOW + timedelta(days=1))
    await jobs.scheduled.add([later])
    assert await jobs.redis.zscore(jobs.keys.scheduled, str(job.id)) == (NOW + timedelta(days=1)).timestamp()
    assert await jobs.redis.hgetall(jobs.keys.job(job.id)) == {**later.fields, "state": "scheduled"}
    assert await jobs.redis.ttl(jobs.keys.job(job.id)) == -1


async def test_a_job_without_a_due_time_is_not_scheduled(jobs: Jobs) -> None:
    await jobs.scheduled.add([Job(uuid4(), uuid4(), Trigger.MANUAL)])
    assert await jobs.scheduled.count() == 0


async def test_promoted_jobs_are_queued_once_however_many_promote_them(jobs: Jobs) -> None:
    made = new_jobs(2 * BATCH + 1)
    await jobs.scheduled.add(made)
    ids = [job.id for job in made]
    moved = await asyncio.gather(*(jobs.scheduled.promote(ids) for _ in range(4)))
    assert sum(moved) == len(ids)
    assert sorted(await jobs.redis.lrange(jobs.keys.queue, 0, -1)) == sorted(map(str, ids))
    assert await jobs.scheduled.count() == 0


async def test_a_promoted_run_by_hand_comes_before_scheduled_ones(jobs: Jobs) -> None:
    made = [*new_jobs(2), Job(uuid4(), uuid4(), Trigger.MANUAL, None, NOW)]
    await jobs.scheduled.add(made)
    assert await jobs.scheduled.promote([job.id for job in made]) == 3
    assert await jobs.redis.lrange(jobs.keys.queue, 0, -1) == [str(job.id) for job in (made[2], *made[:2])]


async def test_more_jobs_than_a_script_gets_are_promoted_in_their_order(jobs: Jobs) -> None:
    made = new_jobs(2 * BATCH + 1)
    await jobs.scheduled.add(made)
    assert await jobs.scheduled.promote([job.id for job in made]) == len(made)
    assert await jobs.redis.lrange(jobs.keys.queue, 0, -1) == [str(job.id) for job in made]


async def test_jobs_of_a_known_trigger_are_promoted_by_it(jobs: Jobs) -> None:
    first, second = new_jobs(2)
    await jobs.scheduled.add([first, second])
    await jobs.scheduled.promote([first.id], Trigger.SCHEDULE)
    await jobs.scheduled.promote([second.id], Trigger.MANUAL)
    assert await jobs.redis.lrange(jobs.keys.queue, 0, -1) == [str(second.id), str(first.id)]


async def test_a_promote_that_redis_refuses_says_that_it_is_unavailable(jobs: Jobs) -> None:
    made = new_jobs(1)
    await jobs.scheduled.add(made)
    await jobs.redis.set(jobs.keys.queue, "a string")
    with pytest.raises(Unavailable, match="WRONGTYPE"):
        await jobs.scheduled.promote([job.id for job in made])


async def test_a_full_redis_keeps_what_it_shows_of_promoted_jobs(jobs: Jobs) -> None:
    made = new_jobs(2)
    await jobs.scheduled.add(made)
    await jobs.redis.config_set("maxmemory", 1)
    try:
        await jobs.scheduled.promote([job.id for job in made])
    finally:
        await jobs.redis.config_set("maxmemory", 0)
    for job in made:
        assert job.fields.items() <= (await jobs.redis.hgetall(jobs.keys.job(job.id))).items()


async def test_what_is_not_scheduled_is_not_promoted(jobs: Jobs) -> None:
    (job,) = new_jobs(1)
    assert await jobs.scheduled.promote([job.id]) == 0
    assert not await jobs.redis.exists(jobs.keys.queue, jobs.keys.job(job.id))


@pytest.mark.parametrize("lost", ["nothing", "hash", "type"])
async def test_a_promoted_job_is_shown_as_queued_whatever_its_hash_was(jobs: Jobs, lost: str) -> None:
    (job,) = new_jobs(1)
    await jobs.scheduled.add([job])
    key = jobs.keys.job(job.id)
    if lost == "hash":
        await jobs.redis.delete(key)
    if lost == "type":
        await jobs.redis.set(key, "a string", ex=60)
    assert await jobs.scheduled.promote([job.id]) == 1
    assert await jobs.redis.hget(key, "state") == "queued"
    assert await jobs.redis.ttl(key) == -1


async def test_removed_jobs_are_not_to_come_and_their_hashes_go_in_a_day(jobs: Jobs) -> None:
    made = new_jobs(3)
    await jobs.scheduled.add(made)
    await jobs.scheduled.remove([str(job.id) for job in made[:2]])
    await jobs.scheduled.remove([])
    assert await jobs.redis.zrange(jobs.keys.scheduled, 0, -1) == [str(made[2].id)]
    assert 0 < await jobs.redis.ttl(jobs.keys.job(made[0].id)) <= KEPT_SECONDS


async def test_what_is_missing_is_what_is_not_there_or_at_another_time(jobs: Jobs) -> None:
    made = new_jobs(4, NOW + timedelta(microseconds=123_457))
    await jobs.scheduled.add(made)
    await jobs.redis.zrem(jobs.keys.scheduled, str(made[0].id))
    await jobs.redis.zincrby(jobs.keys.scheduled, 0.5, str(made[2].id))
    assert await jobs.scheduled.missing(made) == [made[0], made[2]]
    assert await jobs.scheduled.missing([]) == []


async def test_a_scan_meets_every_member(jobs: Jobs) -> None:
    made = new_jobs(2500)
    await jobs.scheduled.add(made)
    cursor, found = await jobs.scheduled.scan(0)
    while cursor:
        cursor, more = await jobs.scheduled.scan(cursor)
        found += more
    assert set(found) == {str(job.id) for job in made}


async def test_a_wiped_redis_is_known_by_its_epoch(jobs: Jobs) -> None:
    assert await jobs.scheduled.is_wiped()
    await jobs.scheduled.mark_rebuilt(NOW)
    assert not await jobs.scheduled.is_wiped()


async def test_keys_of_another_type_are_dropped_and_the_rest_left(jobs: Jobs) -> None:
    keys = jobs.keys
    await jobs.queue.beat(jobs.worker, NOW)
    assert await jobs.scheduled.drop_wrong_types() == []
    await jobs.scheduled.mark_rebuilt(NOW)
    await jobs.redis.set(keys.scheduled, "x")
    await jobs.redis.hset(keys.queue, "x", "x")
    await jobs.redis.set(keys.processing(jobs.worker), "x")
    assert set(await jobs.scheduled.drop_wrong_types()) == {keys.scheduled, keys.queue, keys.processing(jobs.worker)}
    assert not await jobs.redis.exists(keys.scheduled, keys.queue, keys.processing(jobs.worker))
    assert await jobs.redis.exists(keys.workers, keys.epoch) == 2
    await jobs.redis.set(keys.workers, "x")
    await jobs.redis.delete(keys.epoch)
    await jobs.redis.rpush(keys.epoch, "x")
    assert set(await jobs.scheduled.drop_wrong_types()) == {keys.workers, keys.epoch}
