"""The parts of Redis on a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
from msgspec import Struct

from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.redis_pace import RedisPace
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.jobs.scripts import Scripts

LONGEST_WAIT = 3600.0


class Jobs(Struct, frozen=True):
    """All of them on one client, and that client for a look past them."""

    redis: Any
    keys: Keys
    scripts: Scripts
    queue: Queue
    scheduled: ScheduledJobs
    pace: RedisPace
    worker: UUID


@pytest_asyncio.fixture
async def jobs(redis_url: str) -> AsyncIterator[Jobs]:
    """With a prefix as a cluster needs it."""
    client, keys = connect(redis_url, 20), Keys("{llmstxt}:")
    scripts = Scripts(client)
    queue, scheduled = Queue(client, keys, scripts), ScheduledJobs(client, keys, scripts)
    yield Jobs(client, keys, scripts, queue, scheduled, RedisPace(scripts, keys, LONGEST_WAIT), uuid4())
    await client.aclose()
