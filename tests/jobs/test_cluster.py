"""Behind a Redis Cluster: one node that holds every slot, which answers like one of many."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from redis import Redis
from redis.asyncio import RedisCluster
from redis.exceptions import ConnectionError as NotConnectedError
from tests.support.service import free_port, until

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.embedded.binaries import valkey_program
from llmstxt_sched.embedded.data_folder import occupy
from llmstxt_sched.errors import StartError
from llmstxt_sched.jobs.connection import open_redis
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts

pytestmark = pytest.mark.server

SLOTS = 16_384
PREFIX = "{llmstxt}:"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """The embedded Valkey."""
    async with occupy(tmp_path_factory.mktemp("data")) as place:
        yield valkey_program(place)


@pytest.fixture(scope="module")
def cluster_url(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster of one node."""
    port = free_port()
    node = subprocess.Popen(
        [
            *(program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""),
            # By itself it takes the port 10,000 higher, which there may not be.
            *("--cluster-enabled", "yes", "--cluster-port", str(free_port())),
        ],
        cwd=tmp_path_factory.mktemp("cluster"),
        stdout=subprocess.DEVNULL,
    )
    try:
        with Redis(port=port) as client:
            until(lambda: _answers(client), "the cluster's node")
            client.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, SLOTS - 1)
            until(lambda: b"cluster_state:ok" in _info(client), "the cluster")
        yield f"redis://127.0.0.1:{port}"
    finally:
        node.kill()
        node.wait()


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except NotConnectedError:
        return False


def _info(client: Redis) -> bytes:
    found = client.execute_command("CLUSTER", "INFO")  # type: ignore[no-untyped-call]
    return found if isinstance(found, bytes) else str(found).encode()


@pytest.mark.parametrize("prefix", ["", "llmstxt:", "{}:", "{llmstxt:"])
async def test_a_cluster_without_a_hash_tag_is_refused(cluster_url: str, prefix: str) -> None:
    with pytest.raises(StartError, match="REDIS_KEY_PREFIX"):
        await open_redis(cluster_url, prefix, 4, allow_eviction=False)


async def test_a_job_goes_its_whole_way_through_a_cluster(cluster_url: str) -> None:
    client = await open_redis(cluster_url, PREFIX, 8, allow_eviction=False)
    assert isinstance(client, RedisCluster)
    keys, scripts = Keys(PREFIX), Scripts(client)
    queue, scheduled = Queue(client, keys, scripts), ScheduledJobs(client, keys, scripts)
    now, worker = datetime.now(UTC), uuid4()
    job = Job(uuid4(), uuid4(), Trigger.SCHEDULE, now, now)
    following = Job(uuid4(), job.project_id, Trigger.SCHEDULE, now, now)
    await scheduled.add([job])
    assert await scheduled.due(now, 0, 10) == [str(job.id)]
    assert await scheduled.promote([job.id]) == 1
    assert await queue.take(worker) == job.id
    assert await queue.beat(worker, now) == {job.id}
    await queue.finish(worker, job.id, following)
    assert await scheduled.count() == 1
    assert await queue.lengths() == (0, 0)
    await client.aclose()
