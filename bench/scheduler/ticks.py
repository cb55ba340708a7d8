"""One tick over all that is due."""

from __future__ import annotations

import time
from typing import Any

from bench.scheduler.service import Service


async def measure(service: Service, due: int) -> float:
    """Seconds from the start of a tick to `due` runs queued, in Postgres and in Redis."""
    client: Any = service.redis
    started = time.perf_counter()
    await service.tick.run()
    seconds = time.perf_counter() - started
    assert await client.llen("generate:queue") == due
    async with service.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM runs WHERE status = 'QUEUED'") == due
    return seconds
