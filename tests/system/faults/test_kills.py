"""Processes that are killed, stopped, or told to end, with a crawl under way."""

from __future__ import annotations

import asyncio
import signal
from datetime import timedelta

import pytest
from tests.system.faults.waiting import until
from tests.system.faults.world import MINUTELY, World

pytestmark = pytest.mark.faults


async def test_a_crawl_whose_process_is_killed_is_done_again_and_committed_once(faulty: World) -> None:
    replica = faulty.replica()
    await replica.start()
    faulty.site.hold("site")
    project = await faulty.create(replica, "site")
    await faulty.crawling("site")
    await replica.kill()
    faulty.site.release("site")
    await replica.start()
    (run,) = await faulty.ended(project)
    assert (run["status"], run["crashes"], run["attempt"]) == ("COMPLETE_WITH_DIFFS", 1, 0)
    assert await faulty.versions(project) == 1
    await faulty.check()


async def test_the_late_commit_of_a_process_that_stood_still_is_refused(faulty: World) -> None:
    stopped, peer = faulty.replica(), faulty.replica()
    await stopped.start()
    faulty.site.hold("site")
    project = await faulty.create(stopped, "site")
    await faulty.crawling("site")
    stopped.send(signal.SIGSTOP)
    await peer.start()
    await faulty.crawling("site", asked=2)
    stopped.send(signal.SIGCONT)
    faulty.site.release("site")

    async def lost() -> bool:
        return any(event["event"] == "run lost" for event in stopped.events())

    await until(lost, "the late commit to be refused")
    (run,) = await faulty.ended(project)
    assert (run["status"], run["crashes"]) == ("COMPLETE_WITH_DIFFS", 1)
    assert await faulty.versions(project) == 1
    assert not any(event["event"] == "run ended" for event in stopped.events())
    await faulty.check()


async def test_a_process_that_is_told_to_end_twice_hands_its_crawl_back_uncounted(faulty: World) -> None:
    leaving, staying = faulty.replica(), faulty.replica()
    await leaving.start()
    faulty.site.hold("site")
    project = await faulty.create(leaving, "site")
    await faulty.crawling("site")
    await staying.start()
    leaving.send(signal.SIGTERM)
    await asyncio.sleep(0.2)
    leaving.send(signal.SIGTERM)
    assert await leaving.ended() == 0
    await faulty.crawling("site", asked=2)
    faulty.site.release("site")
    (run,) = await faulty.ended(project)
    assert (run["status"], run["crashes"], run["attempt"]) == ("COMPLETE_WITH_DIFFS", 0, 0)
    await faulty.check()


async def test_killing_all_replicas_again_and_again_loses_no_project(faulty: World) -> None:
    replicas = [faulty.replica() for _ in range(2)]
    await asyncio.gather(*(replica.start() for replica in replicas))
    projects = [await faulty.create(replicas[0], f"site{number}") for number in range(12)]
    for _ in range(3):
        await asyncio.gather(*(replica.kill() for replica in replicas))
        for replica in replicas:
            replica.launch()
        await asyncio.sleep(1.5)
    await asyncio.gather(*map(faulty.ended, projects))
    assert [await faulty.versions(project) for project in projects] == [1] * len(projects)
    await faulty.check()


async def test_after_a_power_cut_all_runs_come_back_and_none_is_charged(faulty: World) -> None:
    replicas = [faulty.replica() for _ in range(2)]
    await asyncio.gather(*(replica.start() for replica in replicas))
    names = [f"site{number}" for number in range(6)]
    for name in names:
        faulty.site.hold(name)
    projects = [await faulty.create(replicas[0], name) for name in names]
    await asyncio.gather(*(faulty.crawling(name) for name in names))
    held = await faulty.fetch("SELECT count(*) AS n FROM runs WHERE lease_until IS NOT NULL GROUP BY lease_owner")
    # One that holds a single run is charged with its death: nothing else in it can have caused that.
    assert min(row["n"] for row in held) > 1
    await asyncio.gather(*(replica.kill() for replica in replicas))
    for name in names:
        faulty.site.release(name)
    await asyncio.gather(*(replica.start() for replica in replicas))
    ended = await asyncio.gather(*map(faulty.ended, projects))
    assert {(run["status"], run["crashes"]) for (run,) in ended} == {("COMPLETE_WITH_DIFFS", 0)}
    await faulty.check()


async def test_a_rolling_restart_loses_nothing_and_counts_nothing(faulty: World) -> None:
    # Slow enough that there is a crawl under way whenever a replica is told to end, and that it can end it.
    faulty.site.slowest = 0.5
    replicas = [faulty.replica() for _ in range(3)]
    await asyncio.gather(*(replica.start() for replica in replicas))
    projects = [await faulty.settled(replicas[0], f"site{number}", MINUTELY) for number in range(6)]
    for replica in replicas:
        for project in projects:
            await faulty.moved(project, timedelta(minutes=5), timedelta(minutes=1))
        replica.send(signal.SIGTERM)
        assert await replica.ended() == 0
        await replica.start()
    ended = await asyncio.gather(*(faulty.ended(project, 3) for project in projects))
    assert {run["status"] for runs in ended for run in runs} == {"COMPLETE_WITH_DIFFS", "COMPLETE_NO_DIFFS"}
    assert {(run["crashes"], run["attempt"]) for runs in ended for run in runs} == {(0, 0)}
    assert [await faulty.versions(project) for project in projects] == [1] * len(projects)
    await faulty.check()
