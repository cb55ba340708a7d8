"""Redis emptied, spoilt, killed and away: it is an index, and the record is elsewhere."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from datetime import timedelta
from http import HTTPStatus

import pytest
from tests.system.faults.proxy import Promotes, Proxy
from tests.system.faults.replica import ANSWER_SECONDS, Replica
from tests.system.faults.waiting import until
from tests.system.faults.world import World, proxies

pytestmark = pytest.mark.faults

DAILY = "0 2 * * *"


async def test_an_emptied_redis_is_rebuilt_idle_and_in_a_crawl(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    idle = await faulty.settled(replica, "idle", DAILY)
    faulty.site.hold("busy")
    busy = await faulty.create(replica, "busy", DAILY)
    await faulty.crawling("busy")
    await faulty.backends.flush()
    faulty.site.release("busy")
    await faulty.ended(busy)
    await faulty.check()
    await faulty.backends.flush()
    await faulty.check()
    await faulty.move(idle, timedelta(days=3))
    await faulty.ended(idle, 2)
    assert [await faulty.versions(project) for project in (idle, busy)] == [1, 1]
    await faulty.check()


@pytest.mark.parametrize("spoil", ["deleted", "of the wrong type"])
async def test_every_key_may_be_lost_or_spoilt(faulty: World, spoil: str) -> None:
    replica = faulty.replica()
    await replica.start()
    projects = [await faulty.settled(replica, f"site{number}", DAILY) for number in range(2)]
    faulty.site.hold("site0")
    await replica.client.post(f"/api/projects/{projects[0]}/runs")
    await faulty.crawling("site0", asked=2)
    async with faulty.backends.redis() as client:
        keys = {key async for key in client.scan_iter(f"{faulty.prefix}*")}
        pace = f"{faulty.prefix}pace:127.0.0.1"
        kinds = {key.removeprefix(faulty.prefix).rpartition(":")[0] for key in keys}
        assert {"scheduled", "generate", "generate:processing", "job"} <= kinds
        # The hashes first: those of jobs to come are written anew with the set, whose turn is after them.
        for key in (*sorted(keys, key=lambda key: ":job:" not in key), f"{faulty.prefix}generate:queue", pace):
            if spoil == "deleted" or key.endswith((":epoch", pace)):
                await client.delete(key)
            if spoil == "of the wrong type" and key.endswith((":epoch", pace)):
                await client.rpush(key, "spoilt")
            elif spoil == "of the wrong type":
                await client.set(key, "spoilt", keepttl=True)
    faulty.site.release("site0")
    await faulty.ended(projects[0], 2)
    await faulty.move(projects[1], timedelta(days=3))
    await faulty.ended(projects[1], 2)
    await faulty.check()


async def test_a_queue_with_rubbish_in_it_is_worked_through(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    async with faulty.backends.redis() as client:
        await client.rpush(f"{faulty.prefix}generate:queue", "rubbish", "more rubbish", b"\xff\xfe")
        await client.zadd(f"{faulty.prefix}scheduled:jobs", {"rubbish": 1, b"\xff\xfe": 1, b"\xfe": 9e9})
        await client.zadd(f"{faulty.prefix}generate:workers", {b"\xff\xfe": 1})
    await faulty.settled(replica, "site")
    assert (await replica.health.get("/health")).json()["problems"] == []
    await faulty.check()


async def test_with_redis_away_the_run_of_a_dead_worker_is_taken_from_it(faulty: World) -> None:
    first, second = faulty.replica(), faulty.replica()
    await first.start()
    faulty.site.hold("site")
    project = await faulty.create(first, "site")
    await faulty.crawling("site")
    await second.start()
    await faulty.backends.kill(faulty.backends.valkey)
    await first.kill()
    faulty.site.release("site")
    await until(lambda: _is(second, project, "RETRYING"), "the run to wait for its next try")
    await faulty.backends.heal()
    (run,) = await faulty.ended(project)
    assert (run["status"], run["crashes"]) == ("COMPLETE_WITH_DIFFS", 1)
    await faulty.check()


async def test_with_redis_away_the_api_answers_and_what_was_asked_for_runs_later(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    project = await faulty.settled(replica, "site")
    await faulty.backends.kill(faulty.backends.valkey)
    assert (await replica.client.get(f"/api/projects/{project}")).status_code == 200
    assert (await replica.client.get("/api/scheduler/jobs")).json()["queued"] is None
    answer = await replica.client.post(f"/api/projects/{project}/runs")
    assert answer.status_code == 202
    assert (await replica.health.get("/ready")).status_code == 200
    health = await replica.health.get("/health")
    assert (health.status_code, health.json()["redis"]) == (503, False)
    await until(lambda: _ticks_failed(replica), "the log to say that ticks wait")
    await faulty.backends.heal()
    assert str((await faulty.ended(project, 2))[-1]["id"]) == answer.json()["id"]
    await until(replica.is_healthy, "the health to be good again")
    complaints = [
        event["event"] for event in replica.events() if event["event"].startswith(("tick waits", "worker waits"))
    ]
    assert sorted(complaints) == ["tick waits for a server", "worker waits for Redis"]
    await faulty.check()


@pytest.mark.parametrize(
    ("spoil", "mend"),
    [
        ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
        # A failover leaves clients with what was the primary: it answers reads, and refuses to write.
        ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"),
    ],
)
async def test_a_redis_that_takes_no_writes_and_forgets_its_scripts_is_waited_for(
    faulty: World, spoil: str, mend: str
) -> None:
    replica = faulty.replica()
    await replica.start()
    project = await faulty.settled(replica, "site")
    faulty.site.hold("busy")
    busy = await faulty.create(replica, "busy")
    await faulty.crawling("busy")
    async with faulty.backends.redis() as client:
        await client.execute_command(*spoil.split())
        assert (await replica.client.post(f"/api/projects/{project}/runs")).status_code == 202
        assert (await replica.health.get("/ready")).status_code == 200
        await until(lambda: _ticks_failed(replica), "a tick to meet a Redis that takes no writes")
        faulty.site.release("busy")
        await faulty.ended(busy)
        await client.script_flush()
        await client.execute_command(*mend.split())
    await faulty.ended(project, 2)
    assert [await faulty.versions(each) for each in (project, busy)] == [1, 1]
    await faulty.check()


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_redis_emptied_in_a_promote_loses_no_job(faulty: World, is_late: bool) -> None:
    def listener(owner: Proxy) -> Promotes:
        return Promotes(owner, faulty.backends.flush, is_late=is_late)

    async with proxies(faulty, listener) as (postgres, redis):
        replica = faulty.proxied_replica(postgres, redis)
        await replica.start()
        project = await faulty.settled(replica, "site", DAILY)
        async with faulty.backends.redis() as client:
            await client.script_load(Promotes.SCRIPT)
        redis.to_lose = 1
        await faulty.move(project, timedelta(days=3))
        (*_, run) = await faulty.ended(project, 2)
        assert redis.lost == 1
        assert (run["status"], run["crashes"], faulty.site.asked("site")) == ("COMPLETE_NO_DIFFS", 0, 2)
        await faulty.check()


async def test_a_job_whose_blmove_reply_was_lost_is_taken_again(faulty: World) -> None:
    async with proxies(faulty) as (postgres, redis):
        replica = faulty.proxied_replica(postgres, redis)
        await replica.start()
        redis.to_lose = 1
        await faulty.settled(replica, "site")
        assert redis.lost == 1
        assert faulty.site.asked("site") == 1
        await faulty.check()


async def test_a_redis_that_stands_still_holds_up_no_request_for_long(faulty: World) -> None:
    replica = faulty.replica(LLMSTXT_RUNS__RETRY_BASE_SECONDS="60")
    await replica.start()
    idle = await faulty.settled(replica, "idle")
    faulty.site.fail("waiting", HTTPStatus.SERVICE_UNAVAILABLE)
    waiting = await faulty.create(replica, "waiting")
    await until(lambda: faulty.fetch("SELECT FROM runs WHERE status = 'RETRYING'"), "a run to wait for its next try")
    faulty.site.fail("waiting", None)
    pid = faulty.backends.valkey.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    for project in (idle, waiting):
        begun = time.monotonic()
        assert (await replica.client.post(f"/api/projects/{project}/runs")).status_code == 202
        assert time.monotonic() - begun < ANSWER_SECONDS
    assert (await replica.health.get("/ready")).status_code == 200
    os.kill(pid, signal.SIGCONT)
    await asyncio.gather(faulty.ended(idle, 2), faulty.ended(waiting))
    await faulty.check()


async def test_what_a_crawl_still_reports_of_a_deleted_project_does_not_stay(faulty: World) -> None:
    # Long enough that the crawl reports, once a second, before its heartbeat tells it to end.
    replica = faulty.replica(LLMSTXT_RUNS__LEASE_SECONDS="12")
    await replica.start()
    faulty.site.hold("site")
    project = await faulty.create(replica, "site")
    await faulty.crawling("site")
    await faulty.wipe()
    await replica.client.delete(f"/api/projects/{project}")

    async def reported() -> bool:
        async with faulty.backends.redis() as client:
            return bool([key async for key in client.scan_iter(f"{faulty.prefix}job:*")])

    await until(reported, "the crawl to report")
    faulty.site.release("site")
    await faulty.check()


async def test_the_list_of_a_dead_worker_that_no_one_knows_does_not_stay(faulty: World) -> None:
    # It dies long before a heartbeat.
    replica = faulty.replica(LLMSTXT_RUNS__LEASE_SECONDS="20")
    await replica.start()
    faulty.site.hold("site")
    project = await faulty.create(replica, "site")
    await faulty.crawling("site")
    await replica.kill()
    async with faulty.backends.redis() as client:
        await client.delete(f"{faulty.prefix}generate:workers")
    faulty.site.release("site")
    await replica.start()
    await faulty.ended(project)
    await faulty.check()


async def test_a_redis_that_answers_and_takes_no_writes_is_logged_once(faulty: World) -> None:
    # One of eight workers only looks for runs by hand, and is answered.
    replica = faulty.replica(LLMSTXT_CRAWL__WORKERS="8")
    await replica.start()
    async with faulty.backends.redis() as client:
        await client.execute_command("REPLICAOF", "127.0.0.1", "1")
        await until(lambda: _has_failed_ticks(replica, 6), "ticks to meet a Redis that takes no writes")
        await client.execute_command("REPLICAOF", "NO", "ONE")
    project = await faulty.settled(replica, "site")
    said = [event["event"] for event in replica.events() if "waits for Redis" in event["event"]]
    assert said.count("worker waits for Redis") == 1, said
    assert await faulty.versions(project) == 1
    await faulty.check()


async def _ticks_failed(replica: Replica) -> bool:
    return any(event["event"] == "tick waits for a server" for event in replica.events())


async def _has_failed_ticks(replica: Replica, count: int) -> bool:
    lines = (await replica.health.get("/metrics")).text.splitlines()
    (errors,) = (float(line.split()[1]) for line in lines if line.startswith("llmstxt_tick_errors_total "))
    return errors >= count


async def _is(replica: Replica, project: object, status: str) -> bool:
    found: str = (await replica.client.get(f"/api/projects/{project}/runs")).json()["items"][0]["status"]
    return found == status
