"""Death between every two effects of the engine, once each, and what the next process makes of it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from tests.system.faults.backends import Backends
from tests.system.faults.replica import Replica
from tests.system.faults.waiting import until
from tests.system.faults.world import World, world

from llmstxt_sched.process.crash_points import KILLED, POINTS, Point

pytestmark = pytest.mark.faults

DAILY = "0 2 * * *"
# A start costs most of a second of a core: more at once would only wait for each other.
AT_ONCE = 3

Story = Callable[[World, Replica, str], Awaitable[None]]


async def at_first_run(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start(CRASH_AT=crash_at)
    with suppress(httpx.TransportError):
        await world.create(replica, "site")


async def at_due_time(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start()
    project = await world.settled(replica, "site", DAILY)
    await replica.kill()
    await world.move(project, timedelta(days=3))
    replica.launch(CRASH_AT=crash_at)


async def at_retry(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start(CRASH_AT=crash_at)
    world.site.fail("site", HTTPStatus.SERVICE_UNAVAILABLE)
    await world.create(replica, "site")
    await replica.ended()
    world.site.fail("site", None)


async def at_orphan(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start()
    world.site.hold("site")
    await world.create(replica, "site")
    await world.crawling("site")
    await replica.kill()
    world.site.release("site")
    await until(
        lambda: world.fetch("SELECT FROM runs WHERE lease_until < clock_timestamp()"),
        "the lease of the dead to run out",
    )
    replica.launch(CRASH_AT=crash_at)


async def at_wiped_redis(world: World, replica: Replica, crash_at: str) -> None:
    await at_due_time(world, replica, "after_fire:1")
    await replica.ended()
    await world.wipe()
    replica.launch(CRASH_AT=crash_at)


async def at_shutdown(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start(CRASH_AT=crash_at)
    world.site.hold("site")
    await world.create(replica, "site")
    await world.crawling("site")
    replica.send(signal.SIGTERM)
    await replica.ended()
    world.site.release("site")


async def at_trigger(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start(CRASH_AT=crash_at)
    project = await world.settled(replica, "site")
    with suppress(httpx.TransportError):
        await replica.client.post(f"/api/projects/{project}/runs")


async def at_cancel(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start(CRASH_AT=crash_at)
    project = await world.settled(replica, "site", DAILY)
    world.site.hold("site")
    await world.move(project, timedelta(days=3))
    await world.crawling("site", asked=2)
    run = (await world.runs(project))[-1]["id"]
    with suppress(httpx.TransportError):
        await replica.client.post(f"/api/runs/{run}/cancel")


async def at_delivery(world: World, replica: Replica, crash_at: str) -> None:
    await replica.start(CRASH_AT=crash_at)
    target = {"kind": "webhook", "name": "hook", "address": world.site.url("hook")}
    assert (await replica.client.post("/api/targets", json=target)).status_code == 201
    await world.create(replica, "site")


STORIES: dict[Point, tuple[Story, int, str]] = {
    "after_fire": (at_due_time, 2, "COMPLETE_NO_DIFFS"),
    "after_promote": (at_due_time, 2, "COMPLETE_NO_DIFFS"),
    "after_due_read": (at_retry, 1, "COMPLETE_WITH_DIFFS"),
    "after_due_promote": (at_retry, 1, "COMPLETE_WITH_DIFFS"),
    "after_reclaim": (at_orphan, 1, "COMPLETE_WITH_DIFFS"),
    "after_rescue": (at_orphan, 1, "COMPLETE_WITH_DIFFS"),
    "after_requeue": (at_wiped_redis, 2, "COMPLETE_NO_DIFFS"),
    "after_rebuild": (at_wiped_redis, 2, "COMPLETE_NO_DIFFS"),
    "after_take": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "after_claim": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "in_crawl": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "before_finish": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "in_finish": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "after_finish": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "after_retry": (at_retry, 1, "COMPLETE_WITH_DIFFS"),
    "after_settle": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "after_hand_back": (at_shutdown, 1, "COMPLETE_WITH_DIFFS"),
    "after_send": (at_delivery, 1, "COMPLETE_WITH_DIFFS"),
    "after_plan": (at_first_run, 1, "COMPLETE_WITH_DIFFS"),
    "after_trigger": (at_trigger, 2, "COMPLETE_NO_DIFFS"),
    "after_cancel": (at_cancel, 2, "CANCELED"),
}


async def test_death_at_every_point_loses_nothing_and_repeats_nothing(
    tmp_path: Path, shared_backends: Backends
) -> None:
    assert STORIES.keys() == set(POINTS)
    turns = asyncio.Semaphore(AT_ONCE)

    async def tell(point: Point) -> str:
        async with turns, world(tmp_path / point, shared_backends) as made:
            try:
                await _die_and_recover(made, point)
            except AssertionError as error:
                return f"{point}: {error}"
        return ""

    assert [told for told in await asyncio.gather(*map(tell, POINTS)) if told] == []


async def _die_and_recover(world: World, point: Point) -> None:
    story, runs, status = STORIES[point]
    replica = world.replica()
    await story(world, replica, f"{point}:1")
    assert await replica.ended() == KILLED
    await replica.start()
    ((project,),) = await world.fetch("SELECT id FROM projects")
    world.names[str(project)] = "site"
    ended = await world.ended(str(project), runs)
    assert [run["status"] for run in ended][1:] == [status] * (runs - 1)
    assert len(ended) == runs
    assert ended[-1]["status"] == status
    assert await world.versions(str(project)) == 1
    await world.check()


async def test_a_point_that_is_none_stops_the_start(faulty: World) -> None:
    for wrong in ("after_lunch:1", "after_fire", "after_fire:0", ":1"):
        replica = faulty.replica()
        replica.launch(CRASH_AT=wrong)
        assert await replica.ended() == 1
        assert f"CRASH_AT='{wrong}' cannot be used" in replica.last_words
