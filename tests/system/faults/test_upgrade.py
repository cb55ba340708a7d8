"""Two releases on one database, one upgraded to the other while both are asked and runs are under way."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from tests.system.faults.backends import Backends
from tests.system.faults.release import NoHistory, unpacked
from tests.system.faults.replica import Replica
from tests.system.faults.world import MINUTELY, World, world

pytestmark = pytest.mark.faults

# The last release that took no notice of others beside it.
BEFORE = "e1c7e48"
# What it has no setting for.
UNKNOWN = frozenset({"LLMSTXT_CRAWL__RUNS_PER_HOST"})
PAUSE_SECONDS = 0.05


@pytest.fixture
def release_before(tmp_path: Path) -> Path:
    """The source of the release before."""
    try:
        return unpacked(BEFORE, tmp_path / "before")
    except NoHistory as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"needs the repository's history: {error}")


@pytest_asyncio.fixture
async def upgraded(tmp_path: Path, shared_backends: Backends, release_before: Path) -> AsyncIterator[World]:
    """A world whose database was made by the release before."""
    async with world(tmp_path, shared_backends, release_before) as made:
        yield made


async def test_a_release_takes_over_from_the_one_before_under_load(upgraded: World, release_before: Path) -> None:
    upgraded.site.slowest = 0.3
    before = [upgraded.replica_of(release_before, UNKNOWN) for _ in range(2)]
    after = [upgraded.replica() for _ in range(2)]
    await before[0].start()
    await before[1].start()
    projects = [await upgraded.settled(before[0], f"site{number}", MINUTELY) for number in range(8)]
    async with asked_meanwhile([*before, *after], projects) as answers:
        for old, new in zip(before, after, strict=True):
            await move_all(upgraded, projects)
            await new.start()
            await move_all(upgraded, projects)
            old.send(signal.SIGTERM)
            assert await old.ended() == 0
        await move_all(upgraded, projects)
    ended = await asyncio.gather(*(upgraded.ended(project, 3) for project in projects))
    assert {status for status in answers if status >= 500} <= {503}
    assert min(answers[200], answers[202]) > 0
    assert {run["status"] for runs in ended for run in runs} == {"COMPLETE_WITH_DIFFS", "COMPLETE_NO_DIFFS"}
    assert [await upgraded.versions(project) for project in projects] == [1] * len(projects)
    await upgraded.check()


async def move_all(upgraded: World, projects: Sequence[str]) -> None:
    """Make every project due that has no run under way."""
    for project in projects:
        await upgraded.move(project, timedelta(minutes=5), timedelta(minutes=1))


@asynccontextmanager
async def asked_meanwhile(replicas: Sequence[Replica], projects: Sequence[str]) -> AsyncIterator[Counter[int]]:
    """Ask all replicas that run, each over and over, and count the answers by status."""
    answers: Counter[int] = Counter()

    async def ask(replica: Replica) -> None:
        number = 0
        while True:
            project = projects[number % len(projects)]
            for method, path in (
                ("GET", "/api/projects"),
                ("GET", f"/api/projects/{project}"),
                ("GET", f"/api/projects/{project}/runs"),
                ("GET", f"/api/projects/{project}/llms.txt"),
                ("GET", f"/api/projects/{project}/pages"),
                ("PATCH", f"/api/projects/{project}"),
                ("POST", f"/api/projects/{project}/runs"),
            ):
                body = {"description": f"Change {number}"} if method == "PATCH" else None
                try:
                    answers[(await replica.client.request(method, path, json=body)).status_code] += 1
                except httpx.TransportError:
                    # It has not begun yet, or has ended.
                    await asyncio.sleep(PAUSE_SECONDS)
            number += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async with asyncio.TaskGroup() as group:
        asking = [group.create_task(ask(replica)) for replica in replicas]
        yield answers
        for each in asking:
            each.cancel()
