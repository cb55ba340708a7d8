"""The loop that is often written first: ids that are due, each taken out and pushed, nothing stored."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from redis.asyncio import Redis

SCHEDULED, QUEUE = "naive:scheduled", "naive:queue"


async def measure(redis: Redis, scheduled: int, due: int) -> float:
    """Seconds to move `due` of `scheduled` ids."""
    client: Any = redis
    now = time.time()
    for start in range(0, scheduled, 10_000):
        numbers = range(start, min(start + 10_000, scheduled))
        await client.zadd(SCHEDULED, {str(uuid4()): now + (-60 if n < due else 86_400) for n in numbers})
    started = time.perf_counter()
    for job_id in await client.zrangebyscore(SCHEDULED, "-inf", now):
        if await client.zrem(SCHEDULED, job_id):
            await client.rpush(QUEUE, job_id)
    seconds = time.perf_counter() - started
    assert await client.llen(QUEUE) == due
    await client.unlink(SCHEDULED, QUEUE)
    return seconds
