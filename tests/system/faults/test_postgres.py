"""Postgres restarted, away, out of reach, and its replies lost."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from tests.system.faults.replica import ANSWER_SECONDS, Replica
from tests.system.faults.waiting import until
from tests.system.faults.world import World, proxies

from llmstxt_sched.store.postgres.database import Database

pytestmark = pytest.mark.faults


async def test_an_immediate_restart_in_a_crawl_costs_nothing(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    faulty.site.hold("site")
    project = await faulty.create(replica, "site")
    await faulty.crawling("site")
    await faulty.backends.kill(faulty.backends.postgres, signal.SIGQUIT)
    await faulty.backends.heal()
    faulty.site.release("site")
    (run,) = await faulty.ended(project)
    assert run["status"] == "COMPLETE_WITH_DIFFS"
    assert await faulty.versions(project) == 1
    await faulty.check()


async def test_with_postgres_away_workers_leave_the_queue_as_it_is(faulty: World) -> None:
    """What they took and kept they would give back one day, all at once."""
    replica = faulty.replica()
    await replica.start()
    await faulty.backends.kill(faulty.backends.postgres)
    async with faulty.backends.redis() as client:
        await client.rpush(f"{faulty.prefix}generate:queue", *(str(uuid4()) for _ in range(40)))
        await until(lambda: _said(replica, "worker waits for Postgres"), "a worker to have tried")
        # Long enough to take all of them.
        await asyncio.sleep(3)
        assert await client.llen(f"{faulty.prefix}generate:queue") >= 30
        await faulty.backends.heal()
        await until(lambda: _is_empty(client, f"{faulty.prefix}generate:queue"), "the queue to be worked through")
    await faulty.settled(replica, "site")
    await faulty.check()


async def test_with_postgres_away_requests_are_refused_at_once_and_the_process_stays(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    faulty.site.hold("site")
    project = await faulty.create(replica, "site")
    await faulty.crawling("site")
    await faulty.backends.kill(faulty.backends.postgres)
    await _refuses(replica, "GET", f"/api/projects/{project}")
    await _refuses(replica, "POST", f"/api/projects/{project}/runs")
    assert (await replica.health.get("/ready")).status_code == 503
    assert (await replica.health.get("/health")).json()["postgres"] is False
    await until(lambda: _said(replica, "crawl stopped"), "the crawl to fence itself off")
    faulty.site.release("site")
    await faulty.backends.heal()
    (run,) = await faulty.ended(project)
    assert (run["status"], run["crashes"]) == ("COMPLETE_WITH_DIFFS", 0)
    assert [event["event"] for event in replica.events()].count("tick waits for a server") == 1
    told = [event for event in replica.events() if event["level"] in {"warning", "error"}]
    # Each refused request is told with its reason.
    warned = [(event["event"], event.get("method")) for event in told]
    assert len(warned) == len(set(warned))
    assert replica.is_running
    await faulty.check()


async def test_a_postgres_out_of_reach_is_reported_as_soon(faulty: World) -> None:
    async with proxies(faulty) as (postgres, redis):
        replica = faulty.proxied_replica(postgres, redis)
        await replica.start()
        project = await faulty.settled(replica, "site")
        postgres.stall()
        await _refuses(replica, "GET", f"/api/projects/{project}")
        await _refuses(replica, "GET", "/api/export")
        await _refuses(replica, "POST", f"/api/projects/{project}/runs")
        postgres.flow()
        postgres.cut()
        await until(lambda: _answers(replica, project), "the API to answer again")
        await faulty.check()


async def test_a_request_behind_a_lock_that_is_not_given_up_is_refused_in_time(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    project = await faulty.settled(replica, "site")
    holder = await asyncpg.connect(faulty.backends.database_url(faulty.database))
    try:
        async with holder.transaction():
            await holder.execute("SELECT FROM project_configs WHERE project_id = $1 FOR UPDATE", project)
            await _refuses(replica, "POST", f"/api/projects/{project}/runs")
            assert (await replica.client.get(f"/api/projects/{project}")).status_code == 200
    finally:
        await holder.close()
    assert (await replica.client.post(f"/api/projects/{project}/runs")).status_code == 202
    await faulty.ended(project, 2)
    await faulty.check()


async def test_a_finish_whose_commit_reply_was_lost_counts_once(faulty: World) -> None:
    async with proxies(faulty) as (postgres, redis):
        # A heartbeat comes between the lost reply and the next try: it must not take the run for lost.
        replica = faulty.proxied_replica(postgres, redis, LLMSTXT_RUNS__LEASE_SECONDS="1.6")
        await replica.start()
        await faulty.settled(replica, "first")
        postgres.to_lose = 2
        project = await faulty.settled(replica, "site")
        await until(lambda: _said(replica, "run ended", times=2), "the process to know")
        assert postgres.lost == 1
        (run,) = await faulty.runs(project)
        assert (run["status"], run["crashes"]) == ("COMPLETE_WITH_DIFFS", 0)
        assert await faulty.versions(project) == 1
        await faulty.check()


async def test_connections_that_are_cut_again_and_again_delay_and_lose_nothing(faulty: World) -> None:
    async with proxies(faulty) as (postgres, redis):
        replica = faulty.proxied_replica(postgres, redis)
        await replica.start()
        postgres.delay_seconds = redis.delay_seconds = 0.002
        projects = [await faulty.create(replica, f"site{number}") for number in range(8)]
        for _ in range(6):
            await asyncio.sleep(0.2)
            postgres.cut()
            redis.cut()
        await asyncio.gather(*map(faulty.ended, projects))
        assert [await faulty.versions(project) for project in projects] == [1] * 8
        await faulty.check()


async def test_connections_that_the_server_ends_in_a_storm_are_no_mistake_of_the_service(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    projects = [await faulty.settled(replica, f"site{number}") for number in range(4)]
    answers: list[int] = []
    is_over = False

    async def ask(project: str) -> None:
        while not is_over:
            answers.append((await replica.client.get(f"/api/projects/{project}")).status_code)
            answers.append((await replica.client.post(f"/api/projects/{project}/runs")).status_code)

    asking = [asyncio.create_task(ask(project)) for project in projects]
    for _ in range(40):
        await faulty.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await asyncio.sleep(0.05)
    is_over = True
    await asyncio.gather(*asking)
    assert set(answers) <= {200, 202, 409, 503}
    assert {200, 202} <= set(answers)
    assert [event for event in replica.events() if event["level"] == "error"] == []
    await asyncio.gather(*map(faulty.ended, projects))
    await faulty.check()


async def test_a_replica_that_stands_still_in_a_transaction_holds_up_no_other_project(faulty: World) -> None:
    dying, peer = faulty.replica(), faulty.replica()
    await dying.start()
    faulty.site.hold("locked")
    faulty.site.hold("other")
    projects = [await faulty.create(dying, name) for name in ("locked", "other")]
    await asyncio.gather(*map(faulty.crawling, ("locked", "other")))
    await dying.kill()
    faulty.site.release("locked")
    faulty.site.release("other")
    holder = await asyncpg.connect(faulty.backends.database_url(faulty.database))
    try:
        async with holder.transaction():
            await holder.execute("SELECT FROM project_configs WHERE project_id = $1 FOR UPDATE", projects[0])
            await peer.start()
            await faulty.ended(projects[1])
            assert (await faulty.runs(projects[0]))[0]["status"] == "IN_PROGRESS"
    finally:
        await holder.close()
    await faulty.ended(projects[0])
    await faulty.check()


async def test_the_server_is_told_to_end_a_transaction_that_stands_still(faulty: World) -> None:
    database = await Database.connect(faulty.backends.database_url(faulty.database), 1)
    async with database.connection() as connection:
        assert await connection.fetchval("SHOW idle_in_transaction_session_timeout") == "25s"
    await database.close()


async def _refuses(replica: Replica, method: str, path: str) -> None:
    """The answer is 503, with a word on when to come back, in the time promised."""
    begun = time.monotonic()
    answer = await replica.client.request(method, path)
    assert time.monotonic() - begun < ANSWER_SECONDS
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def _answers(replica: Replica, project: str) -> bool:
    with suppress(httpx.TransportError):
        return (await replica.client.get(f"/api/projects/{project}")).status_code == 200
    return False


async def _said(replica: Replica, event: str, times: int = 1) -> bool:
    return [each["event"] for each in replica.events()].count(event) >= times


async def _is_empty(client: Any, key: str) -> bool:
    return not await client.exists(key)
