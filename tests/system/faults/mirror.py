"""I7: Redis, held against what Postgres says it should be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

# Scores are floats of epoch seconds, which hold microseconds only just.
CLOSE_SECONDS = 0.002
WAITING = """
SELECT c.next_job_id AS id, c.project_id, extract(epoch FROM c.next_due_at)::float8 AS due FROM project_configs c
WHERE c.next_job_id IS NOT NULL AND NOT EXISTS (SELECT FROM runs r WHERE r.id = c.next_job_id)
UNION ALL
SELECT id, project_id, extract(epoch FROM not_before)::float8 FROM runs
WHERE status = 'RETRYING' AND not_before > clock_timestamp()
"""
READY = "SELECT id FROM runs WHERE status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= clock_timestamp())"
HELD = "SELECT id FROM runs WHERE status = 'IN_PROGRESS'"


async def differences(connection: Any, redis: Any, prefix: str) -> list[str]:
    """What Redis holds and should not, lacks, or holds otherwise."""
    waiting = {str(row["id"]): row for row in await connection.fetch(WAITING)}
    ready = {str(row["id"]) for row in await connection.fetch(READY)}
    held = {str(row["id"]) for row in await connection.fetch(HELD)}
    found = [each async for each in _lists(redis, prefix, ready, held)]
    scheduled = dict(await redis.zrange(f"{prefix}scheduled:jobs", 0, -1, withscores=True))
    found += [f"{job} is scheduled and should not be" for job in scheduled.keys() - waiting.keys()]
    found += [f"{job} is not scheduled" for job in waiting.keys() - scheduled.keys()]
    found += [
        f"{job} is scheduled for {score}, not for {waiting[job]['due']}"
        for job, score in scheduled.items()
        if job in waiting and abs(score - waiting[job]["due"]) > CLOSE_SECONDS
    ]
    if not await redis.exists(f"{prefix}scheduled:epoch"):
        found.append("there is no scheduled:epoch")
    found += [each async for each in _hashes(redis, prefix, waiting, ready | held)]
    return found


async def _lists(redis: Any, prefix: str, ready: set[str], held: set[str]) -> AsyncIterator[str]:
    queued = await redis.lrange(f"{prefix}generate:queue", 0, -1)
    processing = []
    workers = set(await redis.zrange(f"{prefix}generate:workers", 0, -1))
    async for key in redis.scan_iter(f"{prefix}generate:processing:*", count=1000):
        if key.rpartition(":")[2] in workers:
            processing += await redis.lrange(key, 0, -1)
        elif await redis.ttl(key) < 0:
            yield f"{key} is of no worker, and stays for good"
    if len(queued + processing) != len(set(queued + processing)):
        yield f"a job is twice in the lists: {sorted(queued + processing)}"
    for job in set(queued) - ready:
        yield f"{job} is queued and is not ready"
    for job in set(processing) - ready - held:
        yield f"{job} is held by a worker and is neither ready nor under way"
    for job in (ready | held) - {*queued, *processing}:
        yield f"{job} is in no list"


async def _hashes(redis: Any, prefix: str, waiting: dict[str, Any], active: set[str]) -> AsyncIterator[str]:
    known = set()
    async for key in redis.scan_iter(f"{prefix}job:*", count=1000):
        job = key.removeprefix(f"{prefix}job:")
        known.add(job)
        if job not in waiting and job not in active:
            if await redis.ttl(key) < 0:
                yield f"{key} is of no job to come, and stays for good: {await redis.dump(key)!r}"
        elif await redis.type(key) != "hash":
            yield f"{key} is no hash"
        elif job in waiting and await redis.hget(key, "project_id") != str(waiting[job]["project_id"]):
            yield f"{key} is not of the project of its job"
        elif job in waiting and await redis.ttl(key) >= 0:
            yield f"{key} of a job to come will expire"
    for job in waiting.keys() - known:
        yield f"job:{job} is missing"
