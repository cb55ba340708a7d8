"""Jobs whose site's name takes long to look up: they wait for the answer without holding a worker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.services.job_push import push
from llmstxt_sched.services.leases import Leases
from llmstxt_sched.worker.held_runs import HeldRuns

# How long a worker waits for a name itself: most are answered sooner.
PATIENCE_SECONDS = 0.1
# With more than this many open lookups, workers wait for those of further jobs.
MOST_WAITING = 256
# A job that is taken again within this time is carried out, so that one whose name always takes long is in the end.
REMEMBERED_SECONDS = 60.0

# Looks up the host of a URL; ends with its answer or without one, in bounded time, and raises nothing.
LookUp = Callable[[str], Awaitable[object]]


class Lookups:
    """The jobs of this process that wait for a name.

    Each stays in the worker's list, so that it comes back if the process dies, and afterwards goes to the head of the
    queue: its crawl then finds the name, or that nobody answers for it, at once.
    """

    def __init__(self, worker: UUID, leases: Leases, queue: Queue, held: HeldRuns, look_up: LookUp) -> None:
        self._worker = worker
        self._leases = leases
        self._queue = queue
        self._held = held
        self._look_up = look_up
        self._waiting = set[asyncio.Task[None]]()
        self._looked_up = set[UUID]()

    async def keeps(self, run_id: UUID) -> bool:
        """Whether the job has to wait and comes back by itself; false once it may be claimed.  Raises `Unavailable`."""
        if run_id in self._looked_up:
            # Its next attempt, half a minute later, must not hold a worker either.
            self._looked_up.discard(run_id)
            return False
        url = await self._leases.url(run_id)
        if url is None:
            return False
        looking = asyncio.ensure_future(self._look_up(url))
        try:
            is_full = len(self._waiting) >= MOST_WAITING
            answered, _ = await asyncio.wait([looking], timeout=None if is_full else PATIENCE_SECONDS)
        except asyncio.CancelledError:
            looking.cancel()
            raise
        if answered:
            return False
        waiting = asyncio.create_task(self._give_back_after(looking, run_id))
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)
        return True

    async def close(self) -> None:
        """Let go of all jobs that wait, which are still in the worker's list."""
        for waiting in self._waiting:
            waiting.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _give_back_after(self, looking: asyncio.Future[object], run_id: UUID) -> None:
        with self._held.waiting(run_id):
            # Whatever comes of it, the job goes back.
            await asyncio.wait([looking])
            self._looked_up.add(run_id)
            asyncio.get_running_loop().call_later(REMEMBERED_SECONDS, self._looked_up.discard, run_id)
            await push(self._queue.give_back(self._worker, [run_id]))
