from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.jobs.conftest import Jobs

from llmstxt_sched.domain.run import LiveCrawl, Progress, Trigger
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.job import KEPT_SECONDS, Job, ShownJob
from llmstxt_sched.jobs.queue import BATCH, LOOK, Queue
from llmstxt_sched.jobs.scripts import Scripts

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def new_job(due_at: datetime | None = None, trigger: Trigger = Trigger.MANUAL) -> Job:
    return Job(uuid4(), uuid4(), trigger, None, due_at)


async def put(jobs: Jobs, count: int) -> list[UUID]:
    made = [new_job() for _ in range(count)]
    for job in made:
        await jobs.queue.put(job)
    return [job.id for job in made]


async def queued(jobs: Jobs) -> list[str]:
    return [str(each) for each in await jobs.redis.lrange(jobs.keys.queue, 0, -1)]


async def held(jobs: Jobs) -> list[str]:
    return [str(each) for each in await jobs.redis.lrange(jobs.keys.processing(jobs.worker), 0, -1)]


async def test_jobs_are_taken_in_their_order_into_the_workers_list(jobs: Jobs) -> None:
    ids = await put(jobs, 3)
    assert [await jobs.queue.take(jobs.worker) for _ in ids] == ids
    assert (await queued(jobs), await held(jobs)) == ([], [str(each) for each in ids])
    assert 0 < await jobs.redis.ttl(jobs.keys.processing(jobs.worker)) <= KEPT_SECONDS


async def test_an_empty_queue_gives_none_after_a_while(jobs: Jobs) -> None:
    assert await jobs.queue.take(jobs.worker) is None


async def test_a_job_that_comes_meanwhile_is_taken_at_once(jobs: Jobs) -> None:
    taking = asyncio.create_task(jobs.queue.take(jobs.worker))
    (job,) = await put(jobs, 1)
    assert await taking == job


async def test_a_member_that_is_no_id_of_ours_is_thrown_away(jobs: Jobs) -> None:
    (job,) = await put(jobs, 1)
    strays = ["x", "", str(uuid4()).upper()]
    await jobs.redis.lpush(jobs.keys.queue, *strays)
    await jobs.redis.rpush(jobs.keys.processing(jobs.worker), "y")
    assert [await jobs.queue.take(jobs.worker) for _ in strays] == [None] * len(strays)
    assert await jobs.queue.take(jobs.worker) == job
    assert await jobs.queue.beat(jobs.worker, NOW) == {job}


async def test_of_many_takers_each_gets_another_job(jobs: Jobs) -> None:
    ids = await put(jobs, 10)
    taken = await asyncio.gather(*(jobs.queue.take(uuid4()) for _ in ids))
    assert sorted(each for each in taken if each) == sorted(ids)


async def test_a_job_is_shown_through_its_life(jobs: Jobs) -> None:
    job = new_job()
    key = jobs.keys.job(job.id)
    await jobs.queue.put(job)
    about = {"project_id": str(job.project_id), "trigger": "manual", "scheduled_for": ""}
    shown = await jobs.redis.hgetall(key)
    assert 0 < float(shown.pop("enqueued_at")) <= await jobs.queue.clock()
    assert shown == {**about, "state": "queued"}
    assert await jobs.queue.shown([job.id]) == [ShownJob("queued", None)]
    crawl = LiveCrawl(Progress(found=3, fetched=1), NOW, 1.5, "https://example.com/")
    await jobs.queue.report(jobs.worker, job, crawl)
    assert await jobs.queue.shown([job.id]) == [ShownJob("processing", crawl)]
    shown = await jobs.redis.hgetall(key)
    assert (shown["state"], shown["worker"]) == ("processing", str(jobs.worker))
    await jobs.queue.finish(jobs.worker, job.id, None)
    assert await jobs.redis.hget(key, "state") == "settled"
    assert 0 < await jobs.redis.ttl(key) <= KEPT_SECONDS


async def test_jobs_are_shown_in_the_order_asked_for_and_a_spoilt_one_hides_no_other(jobs: Jobs) -> None:
    ids = await put(jobs, 2)
    await jobs.redis.set(jobs.keys.job(ids[0]), "spoilt")
    nobody = uuid4()
    assert [job.state for job in await jobs.queue.shown([ids[0], nobody, ids[1]])] == ["", "", "queued"]
    assert await jobs.queue.shown([]) == []


async def test_heartbeats_are_those_of_workers_that_were_heard_lately(jobs: Jobs) -> None:
    peer, gone = uuid4(), uuid4()
    await jobs.queue.beat(jobs.worker, NOW)
    await jobs.queue.beat(peer, NOW - timedelta(minutes=5))
    await jobs.queue.beat(gone, NOW - timedelta(days=2))
    await jobs.redis.zadd(jobs.keys.workers, {"rubbish": NOW.timestamp(), str(uuid4()): "inf"})
    assert await jobs.queue.heartbeats(NOW) == {jobs.worker: NOW, peer: NOW - timedelta(minutes=5)}


async def test_a_settled_job_leaves_the_list_and_schedules_what_follows(jobs: Jobs) -> None:
    (job, other) = await put(jobs, 2)
    for _ in range(2):
        await jobs.queue.take(jobs.worker)
    following = new_job(NOW + timedelta(days=1))
    await jobs.queue.finish(jobs.worker, job, following)
    assert await held(jobs) == [str(other)]
    assert await jobs.redis.zrange(jobs.keys.scheduled, 0, -1, withscores=True) == [
        (str(following.id), (NOW + timedelta(days=1)).timestamp())
    ]
    assert await jobs.redis.hget(jobs.keys.job(following.id), "state") == "scheduled"
    assert await jobs.redis.ttl(jobs.keys.job(following.id)) == -1


async def test_a_job_that_waits_for_its_next_try_leaves_the_list_and_is_to_come(jobs: Jobs) -> None:
    job = new_job(NOW)
    await jobs.queue.put(job)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.finish(jobs.worker, job.id, job)
    assert await held(jobs) == []
    assert await jobs.redis.zscore(jobs.keys.scheduled, str(job.id)) == NOW.timestamp()
    assert await jobs.redis.hget(jobs.keys.job(job.id), "state") == "scheduled"
    assert await jobs.redis.ttl(jobs.keys.job(job.id)) == -1


async def test_a_dropped_job_leaves_the_list_and_its_hash_does_not_stay_for_good(jobs: Jobs) -> None:
    (job,) = await put(jobs, 1)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.drop(jobs.worker, job)
    assert await held(jobs) == []
    assert 0 < await jobs.redis.ttl(jobs.keys.job(job)) <= KEPT_SECONDS


async def test_a_forgotten_job_is_nowhere(jobs: Jobs) -> None:
    (job, other) = await put(jobs, 2)
    await jobs.scheduled.add([Job(job, uuid4(), Trigger.SCHEDULE, NOW, NOW)])
    await jobs.queue.forget([job])
    assert await queued(jobs) == [str(other)]
    assert await jobs.redis.zcard(jobs.keys.scheduled) == 0
    assert not await jobs.redis.exists(jobs.keys.job(job))


async def test_what_is_given_back_goes_to_the_head_of_the_queue(jobs: Jobs) -> None:
    first, second, third = await put(jobs, 3)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.give_back(jobs.worker, [first])
    assert (await queued(jobs), await held(jobs)) == ([str(first), str(third)], [str(second)])


async def test_a_requeued_job_is_queued_and_not_to_come_any_more(jobs: Jobs) -> None:
    made = [new_job(NOW) for _ in range(BATCH + 1)]
    await jobs.scheduled.add(made)
    await jobs.redis.delete(jobs.keys.job(made[0].id))
    await jobs.redis.set(jobs.keys.job(made[1].id), "a string")
    await jobs.redis.expire(jobs.keys.job(made[2].id), 60)
    await jobs.queue.requeue(made, math.inf)
    assert await queued(jobs) == [str(job.id) for job in made]
    assert await jobs.scheduled.count() == 0
    for job in made[:4]:
        assert await jobs.redis.hget(jobs.keys.job(job.id), "state") == "queued"
        assert await jobs.redis.hget(jobs.keys.job(job.id), "project_id") == str(job.project_id)
        assert await jobs.redis.ttl(jobs.keys.job(job.id)) == -1


async def test_runs_by_hand_and_initial_ones_come_before_scheduled_ones_in_their_order(jobs: Jobs) -> None:
    scheduled = [new_job(trigger=Trigger.SCHEDULE) for _ in range(2 * BATCH)]
    await jobs.queue.requeue(scheduled, math.inf)
    urgent = [new_job(trigger=trigger) for trigger in (Trigger.MANUAL, Trigger.INITIAL, Trigger.MANUAL)]
    for job in urgent:
        await jobs.queue.put(job)
    assert await queued(jobs) == [str(job.id) for job in (*urgent, *scheduled)]
    for _ in urgent:
        await jobs.queue.take(jobs.worker)
    late = new_job()
    await jobs.queue.put(late)
    assert await queued(jobs) == [str(job.id) for job in (late, *scheduled)]


async def test_a_run_by_hand_is_found_behind_scheduled_ones_that_were_given_back(jobs: Jobs) -> None:
    scheduled = [new_job(trigger=Trigger.SCHEDULE) for _ in range(3)]
    await jobs.queue.requeue(scheduled, math.inf)
    assert await jobs.queue.take_urgent(jobs.worker) is None
    (job,) = await put(jobs, 1)
    await jobs.redis.lmove(jobs.keys.queue, jobs.keys.queue, "RIGHT", "LEFT")
    await jobs.redis.lpush(jobs.keys.queue, "no id")
    found = await asyncio.gather(*(jobs.queue.take_urgent(jobs.worker) for _ in range(3)))
    assert sorted(found, key=str) == sorted([job, None, None], key=str)
    assert await held(jobs) == [str(job)]
    assert len(await queued(jobs)) == 4


async def test_runs_by_hand_are_found_behind_hundreds_that_were_given_back(jobs: Jobs) -> None:
    urgent = await put(jobs, 2)
    returned = [new_job(trigger=Trigger.SCHEDULE) for _ in range(300)]
    await jobs.queue.requeue(returned, math.inf)
    for _ in returned:
        await jobs.redis.lmove(jobs.keys.queue, jobs.keys.queue, "RIGHT", "LEFT")
    assert await jobs.queue.take_urgent(jobs.worker) == urgent[0]
    assert await jobs.queue.take_urgent(jobs.worker) == urgent[1]
    assert await jobs.queue.take_urgent(jobs.worker) is None
    assert len(await queued(jobs)) == len(returned)


@pytest.mark.parametrize("kind", ["string", "hash"])
async def test_a_front_that_names_no_job_hides_none_of_the_first(jobs: Jobs, kind: str) -> None:
    urgent = await put(jobs, LOOK + 1)
    await jobs.redis.delete(jobs.keys.front)
    if kind == "string":
        await jobs.redis.set(jobs.keys.front, "x")
    else:
        await jobs.redis.hset(jobs.keys.front, "x", "x")
    assert await jobs.queue.take_urgent(jobs.worker) == urgent[0]


async def test_a_job_of_another_type_hides_no_run_by_hand(jobs: Jobs) -> None:
    broken, sound = await put(jobs, 2)
    await jobs.redis.set(jobs.keys.job(broken), "x")
    assert await jobs.queue.take_urgent(jobs.worker) == sound
    assert await jobs.queue.take_urgent(jobs.worker) is None


async def test_a_front_of_another_type_keeps_no_run_by_hand_from_the_queue(jobs: Jobs) -> None:
    await jobs.redis.hset(jobs.keys.front, "x", "x")
    ids = await put(jobs, 2)
    assert await queued(jobs) == [str(each) for each in ids]


async def test_of_replicas_that_search_at_the_same_time_one_requeues_a_job(jobs: Jobs) -> None:
    made = [new_job() for _ in range(3)]
    since = await jobs.queue.clock()
    found = await asyncio.gather(*(jobs.queue.requeue(made, since) for _ in range(4)))
    assert sum(found) == len(made)
    assert sorted(await queued(jobs)) == sorted(str(job.id) for job in made)


async def test_a_job_that_was_queued_before_a_search_and_is_in_no_list_is_requeued(jobs: Jobs) -> None:
    job = new_job()
    await jobs.queue.put(job)
    await jobs.redis.delete(jobs.keys.queue)
    assert await jobs.queue.requeue([job], await jobs.queue.clock()) == 1


async def test_a_clock_of_redis_that_was_set_back_delays_no_job(jobs: Jobs) -> None:
    job = new_job()
    since = await jobs.queue.clock()
    await jobs.queue.put(job)
    await jobs.redis.hset(jobs.keys.job(job.id), "enqueued_at", since + 3600)
    assert await jobs.queue.requeue([job], since) == 1


async def test_a_beat_tells_that_a_worker_lives_and_what_it_holds(jobs: Jobs) -> None:
    ids = await put(jobs, 2)
    for _ in ids:
        await jobs.queue.take(jobs.worker)
    assert await jobs.queue.beat(jobs.worker, NOW) == set(ids)
    await put(jobs, 3)
    assert await jobs.queue.lengths() == (3, 2)
    assert await jobs.queue.silent(NOW.timestamp()) == []
    assert await jobs.queue.silent(NOW.timestamp() + 1) == [str(jobs.worker)]


async def test_a_silent_workers_jobs_are_reclaimed_in_their_order_and_by_one(jobs: Jobs) -> None:
    ids = await put(jobs, 3)
    for _ in ids[:2]:
        await jobs.queue.take(jobs.worker)
    await jobs.queue.beat(jobs.worker, NOW)
    since = NOW.timestamp() + 1
    assert sorted(await asyncio.gather(*(jobs.queue.reclaim(jobs.worker, since) for _ in range(3)))) == [0, 0, 2]
    assert await queued(jobs) == [str(each) for each in ids]
    assert await jobs.redis.zcard(jobs.keys.workers) == 0


@pytest.mark.parametrize("number", [BATCH - 1, BATCH, 2 * BATCH + 1])
async def test_more_jobs_of_a_silent_worker_than_a_script_takes_are_reclaimed_in_their_order(
    jobs: Jobs, number: int
) -> None:
    ids = await put(jobs, number)
    for _ in ids:
        await jobs.queue.take(jobs.worker)
    await jobs.queue.beat(jobs.worker, NOW)
    assert await jobs.queue.reclaim(jobs.worker, NOW.timestamp() + 1) == number
    assert await queued(jobs) == [str(each) for each in ids]
    assert await jobs.redis.exists(jobs.keys.workers, jobs.keys.processing(jobs.worker)) == 0


async def test_what_is_no_list_of_a_silent_worker_is_dropped(jobs: Jobs) -> None:
    await jobs.redis.set(jobs.keys.processing("stranger"), "1")
    assert await jobs.queue.unknown_workers() == ["stranger"]
    assert await jobs.queue.reclaim("stranger", NOW.timestamp()) == 0
    assert await jobs.queue.unknown_workers() == []


async def test_a_worker_that_was_heard_meanwhile_keeps_its_jobs(jobs: Jobs) -> None:
    (job,) = await put(jobs, 1)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.beat(jobs.worker, NOW)
    assert await jobs.queue.reclaim(jobs.worker, NOW.timestamp()) == 0
    assert await held(jobs) == [str(job)]


async def test_a_worker_that_was_heard_in_the_future_is_silent(jobs: Jobs) -> None:
    (job,) = await put(jobs, 1)
    await jobs.queue.take(jobs.worker)
    since, until = NOW.timestamp() - 60, NOW.timestamp() + 60
    await jobs.redis.zadd(jobs.keys.workers, {str(jobs.worker): "inf", str(uuid4()): NOW.timestamp()})
    assert await jobs.queue.silent(since, until) == [str(jobs.worker)]
    assert await jobs.queue.reclaim(jobs.worker, since, until) == 1
    assert await queued(jobs) == [str(job)]


async def test_a_list_of_a_worker_that_nobody_knows_is_found(jobs: Jobs) -> None:
    lost = uuid4()
    await put(jobs, 2)
    for worker in (lost, jobs.worker):
        await jobs.queue.take(worker)
    await jobs.queue.beat(jobs.worker, NOW)
    assert await jobs.queue.unknown_workers() == [str(lost)]


async def test_members_that_are_no_ids_leave_every_list(jobs: Jobs) -> None:
    (job,) = await put(jobs, 1)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.beat(jobs.worker, NOW)
    await jobs.redis.rpush(jobs.keys.queue, "x", "x")
    await jobs.redis.rpush(jobs.keys.processing(jobs.worker), "x", "y")
    await jobs.queue.discard(["x"])
    assert (await queued(jobs), await held(jobs)) == ([], [str(job), "y"])


async def test_a_worker_that_leaves_puts_all_back(jobs: Jobs) -> None:
    (job,) = await put(jobs, 1)
    await jobs.queue.take(jobs.worker)
    await jobs.queue.beat(jobs.worker, NOW)
    await jobs.queue.leave(jobs.worker)
    assert (await queued(jobs), await held(jobs)) == ([str(job)], [])
    assert await jobs.queue.lengths() == (1, 0)


async def test_all_ids_of_long_lists_are_read(jobs: Jobs) -> None:
    await jobs.redis.rpush(jobs.keys.queue, *map(str, range(2500)))
    await jobs.redis.rpush(jobs.keys.processing(jobs.worker), *map(str, range(2500, 3700)))
    await jobs.queue.beat(jobs.worker, NOW)
    assert sorted([int(each) async for each in jobs.queue.ids()]) == list(range(3700))


async def test_a_redis_that_is_away_is_unavailable_in_every_call(
    jobs: Jobs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = connect(f"unix://{tmp_path_factory.mktemp('none')}/none.sock", 2)
    queue = Queue(client, jobs.keys, Scripts(client))
    job = new_job()
    for call in (
        queue.put(job),
        queue.take(jobs.worker),
        queue.report(jobs.worker, job, LiveCrawl(Progress())),
        queue.shown([job.id]),
        queue.heartbeats(NOW),
        queue.finish(jobs.worker, job.id, None),
        queue.drop(jobs.worker, job.id),
        queue.forget([job.id]),
        queue.give_back(jobs.worker, [job.id]),
        queue.beat(jobs.worker, NOW),
        queue.leave(jobs.worker),
        queue.silent(0),
        queue.lengths(),
        queue.take_urgent(jobs.worker),
    ):
        with pytest.raises(Unavailable, match="Redis does not answer"):
            await call
    await client.aclose()
