"""A process that dies while it publishes leaves one commit and one request, whoever completes the work."""

from __future__ import annotations

import asyncio

import pytest
from tests.support.fake_github import FakeGitHub, fake_github
from tests.support.fake_gitlab import FakeGitLab, fake_gitlab
from tests.support.git_host import TOKEN
from tests.system.faults.replica import Replica
from tests.system.faults.waiting import until
from tests.system.faults.world import World

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.process.crash_points import KILLED

pytestmark = pytest.mark.faults

KEY = "the key of these tests"
END_LEASES = "UPDATE deliveries SET not_before = clock_timestamp() WHERE status = 'PENDING'"


async def publishing(
    world: World, replica: Replica, kind: TargetKind, host: FakeGitHub | FakeGitLab, mode: str
) -> None:
    """A project whose documents have changed since it has a target."""
    project = await world.settled(replica, "site")
    # The end of its first run would otherwise be told as well, and its documents published.
    await until(lambda: has_told_all(world), "the end of the first run to be told to nobody")
    options = {"repository": host.name, "mode": mode, "full": True}
    target = {"kind": kind, "name": "git", "address": host.address, "token": TOKEN, "options": options}
    made = await replica.client.post("/api/targets", json={"project_id": project, **target})
    assert made.status_code == 201, made.text
    world.site.edit("site")
    assert (await replica.client.post(f"/api/projects/{project}/runs")).is_success


async def restart(world: World, replica: Replica) -> None:
    """Start it again, and have it wait for no lease of the dead."""
    await world.fetch(END_LEASES)
    await replica.start()


async def has_told_all(world: World) -> bool:
    return not await world.fetch("SELECT FROM events WHERE payload IS NULL")


async def is_delivered(world: World) -> bool:
    rows = await world.fetch("SELECT status, error FROM deliveries")
    assert all(row["status"] != "FAILED" for row in rows), rows
    return bool(rows) and all(row["status"] == "DELIVERED" for row in rows)


@pytest.mark.parametrize(("kind", "mode"), [(TargetKind.GITHUB, "commit"), (TargetKind.GITLAB, "pull_request")])
async def test_killed_between_the_commit_and_its_note(faulty: World, kind: TargetKind, mode: str) -> None:
    replica = faulty.replica(LLMSTXT_SECRETS__KEY=KEY)
    async with (fake_github if kind is TargetKind.GITHUB else fake_gitlab)({"README": b"x"}) as host:
        await replica.start(CRASH_AT="after_send:1")
        await publishing(faulty, replica, kind, host, mode)
        assert await replica.ended() == KILLED
        await restart(faulty, replica)
        await until(lambda: is_delivered(faulty), "the delivery")
        check(host, mode)


@pytest.mark.parametrize(("kind", "mode"), [(TargetKind.GITHUB, "pull_request"), (TargetKind.GITLAB, "commit")])
async def test_killed_at_each_request_that_writes_before_its_answer_comes(
    faulty: World, kind: TargetKind, mode: str
) -> None:
    replica, kills = faulty.replica(LLMSTXT_SECRETS__KEY=KEY), 0
    writes = 0

    async def kill() -> None:
        nonlocal kills, writes
        writes += 1
        # The first process at its first request, the next one at its second: each comes further.
        if writes == kills + 1:
            kills += 1
            await replica.kill()

    async with (fake_github if kind is TargetKind.GITHUB else fake_gitlab)({"README": b"x"}) as host:
        await replica.start()
        host.after_write = kill
        await publishing(faulty, replica, kind, host, mode)
        await replica.ended()
        while not await is_delivered(faulty):
            if not replica.is_running:
                writes = 0
                await restart(faulty, replica)
            await asyncio.sleep(0.05)
        assert kills >= 1
        check(host, mode)


def check(host: FakeGitHub | FakeGitLab, mode: str) -> None:
    """There is one commit, and one request where that is wanted."""
    branch = "main" if mode == "commit" else "llmstxt-sched/main-llms-txt"
    assert host.log(branch) == ["Update llms.txt", "first"]
    assert host.files(branch).keys() == {"README", "llms.txt", "llms-full.txt"}
    assert len(host.requests) == (mode == "pull_request")
