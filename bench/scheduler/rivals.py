"""arq and rq-scheduler with the same number of jobs; run by the Python of an environment that has them.

    rivals.py REDIS_URL SCHEDULED DUE

Prints seconds by name as JSON.  arq has no step that only moves jobs: its worker starts what is due, so what is
measured is a worker that does nothing, in burst mode.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from arq.connections import ArqRedis
from arq.constants import default_queue_name, job_key_prefix
from arq.jobs import serialize_job
from arq.worker import Worker, func
from redis import Redis
from redis.asyncio import ConnectionPool
from rq_scheduler import Scheduler

DAY_SECONDS = 86_400
BATCH = 10_000


def nothing() -> None:
    """What rq would run."""


async def also_nothing(context: dict[Any, Any]) -> None:
    """What arq runs."""


def main(url: str, scheduled: int, due: int) -> None:
    """Measure one after the other on an empty database."""
    client = Redis.from_url(url)
    found = {}
    for name, measure in (("rq-scheduler", rq_scheduler), ("arq", arq)):
        client.flushdb()
        found[name] = measure(client, url, scheduled, due)
    client.flushdb()
    print(json.dumps(found))


def rq_scheduler(client: Any, url: str, scheduled: int, due: int) -> float:
    """Seconds that its scheduler takes to queue what is due."""
    scheduler = Scheduler(connection=client)
    for batch in _batches(range(due)):
        pipe = client.pipeline(transaction=False)
        for _ in batch:
            job = scheduler._create_job(nothing, commit=False)  # noqa: SLF001  (what its own `schedule` calls)
            job.save(pipeline=pipe)
            pipe.zadd(scheduler.scheduled_jobs_key, {job.id: time.time() - 60})
        pipe.execute()
    _later(client, scheduler.scheduled_jobs_key, scheduled - due, 1)
    started = time.perf_counter()
    scheduler.enqueue_jobs()
    seconds = time.perf_counter() - started
    assert client.llen("rq:queue:default") == due
    return seconds


def arq(client: Any, url: str, scheduled: int, due: int) -> float:
    """Seconds that its worker takes to start and end what is due."""
    now_ms = int(time.time() * 1000)
    definition = serialize_job(also_nothing.__name__, (), {}, None, now_ms, serializer=None)
    for batch in _batches(range(due)):
        pipe = client.pipeline(transaction=False)
        for _ in batch:
            job_id = uuid4().hex
            pipe.psetex(job_key_prefix + job_id, DAY_SECONDS * 1000, definition)
            pipe.zadd(default_queue_name, {job_id: now_ms - 60_000})
        pipe.execute()
    _later(client, default_queue_name, scheduled - due, 1000)
    return asyncio.run(_work(url, due))


async def _work(url: str, due: int) -> float:
    pool = ArqRedis(ConnectionPool.from_url(url))
    worker = Worker(
        [func(also_nothing, name=also_nothing.__name__, keep_result=0)],
        redis_pool=pool,
        burst=True,
        max_burst_jobs=due,
        max_jobs=100,
        poll_delay=0.001,
        handle_signals=False,
    )
    started = time.perf_counter()
    await worker.async_run()
    seconds = time.perf_counter() - started
    await worker.close()
    # A job that it puts back counts as started, so that a few are left in the end.
    completed: int = worker.jobs_complete
    return seconds * due / completed


def _later(client: Any, key: str, count: int, unit: int) -> None:
    """Ids that are due tomorrow, without definitions: only their number matters to a look at what is due now."""
    tomorrow = (datetime.now().astimezone() + timedelta(days=1)).timestamp() * unit
    for batch in _batches(range(count)):
        client.zadd(key, {uuid4().hex: tomorrow for _ in batch})


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, BATCH)):
        yield batch


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
