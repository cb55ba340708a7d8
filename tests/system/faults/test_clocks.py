"""Hosts whose clocks are wrong: only the clock of Postgres decides."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from tests.system.faults.replica import Replica
from tests.system.faults.world import MINUTELY, World

pytestmark = pytest.mark.faults

HOUR = timedelta(hours=1)


async def test_replicas_whose_clocks_are_an_hour_off_agree_on_what_is_due_and_who_holds_it(faulty: World) -> None:
    replicas = [faulty.replica(hours=hours) for hours in (-1, 0, 1)]
    await asyncio.gather(*(replica.start() for replica in replicas))
    assert [round(_ahead(replica) / HOUR) for replica in replicas] == [-1, 0, 1]
    faulty.site.slowest = 0.5
    projects = [await faulty.settled(replica, f"site{number}", MINUTELY) for number in range(2) for replica in replicas]
    for _ in range(3):
        for project in projects:
            await faulty.moved(project, timedelta(minutes=5), timedelta(minutes=1))
        # Longer than a lease, so that each tells the others by its heartbeats that it lives.
        await asyncio.sleep(4)
    ended = [run for project in projects for run in await faulty.ended(project, 4)]
    assert {(run["status"], run["crashes"]) for run in ended if run["number"] > 1} == {("COMPLETE_NO_DIFFS", 0)}
    # Which of them takes a run is chance; that they share the work is not.
    assert len({run["lease_owner"] for run in ended}) > 1
    await faulty.check()


async def test_a_crawl_whose_process_is_killed_is_rescued_when_its_lease_ends_by_the_clock_of_postgres(
    faulty: World,
) -> None:
    killed, behind, ahead = faulty.replica(), faulty.replica(hours=-1), faulty.replica(hours=1)
    await killed.start()
    faulty.site.hold("site")
    project = await faulty.create(killed, "site")
    await faulty.crawling("site")
    ((until,),) = await faulty.fetch("SELECT lease_until FROM runs WHERE project_id = $1", project)
    await killed.kill()
    await asyncio.gather(behind.start(), ahead.start())
    faulty.site.release("site")
    (run,) = await faulty.ended(project)
    assert (run["status"], run["crashes"]) == ("COMPLETE_WITH_DIFFS", 1)
    ((rescued,),) = await faulty.fetch("SELECT at FROM witness WHERE run_id = $1 AND status = 'RETRYING'", run["id"])
    assert rescued >= until
    await faulty.check()


def _ahead(replica: Replica) -> timedelta:
    return datetime.fromisoformat(replica.events()[-1]["timestamp"]) - datetime.now(UTC)
