"""The heartbeat, which renews the leases of this process."""

from __future__ import annotations

import asyncio
from datetime import datetime
from uuid import UUID

import structlog

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.process.waiting import stopped_within
from llmstxt_sched.services.leases import Leases
from llmstxt_sched.worker.held_runs import HeldRuns

log = structlog.get_logger(__name__)


class Heartbeat:
    """A member of the process: renews all leases in one statement, four times per lease period."""

    def __init__(self, worker: UUID, leases: Leases, queue: Queue, held: HeldRuns, lease_seconds: float) -> None:
        self._worker = worker
        self._leases = leases
        self._queue = queue
        self._held = held
        self._lease_seconds = lease_seconds
        self._unheld: set[UUID] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Renew the leases until `stop`.

        If that fails for three quarters of a lease period, all crawls are aborted: this process must have let go of a
        run before its lease expires and another worker may claim it.  The pool hands them back once Postgres answers.
        """
        loop = asyncio.get_running_loop()
        renewed_at = loop.time()
        while not stop.is_set():
            begun = loop.time()
            try:
                async with asyncio.timeout(self._lease_seconds / 4):
                    now = await self._renew()
                renewed_at = begun
                await self._tell_redis(now)
            except (Unavailable, TimeoutError):
                if loop.time() - renewed_at > self._lease_seconds * 3 / 4 and (lost := self._held.lose_all()):
                    log.warning("leases could not be renewed", runs=lost)
            await stopped_within(stop, begun + self._lease_seconds / 4 - loop.time())

    async def _renew(self) -> datetime:
        held = self._held.leases()
        renewed, now = await self._leases.renew(held)
        self._held.lose_unless(renewed, held)
        return now

    async def _tell_redis(self, now: datetime) -> None:
        """Record the heartbeat in Redis too, and put back jobs in the worker's list that it does not work on.

        Errors are ignored: leases depend on Postgres only, and must be renewed even if Redis is away or slow.
        """
        try:
            async with asyncio.timeout(self._lease_seconds / 4):
                listed = await self._queue.beat(self._worker, now)
                unheld = {run_id for run_id in listed if run_id not in self._held}
                # Only if found twice in a row, because a job that was just taken may not have been claimed yet.
                stuck = unheld & self._unheld
                self._unheld = unheld - stuck
                if stuck:
                    await self._queue.give_back(self._worker, stuck)
        except (Unavailable, TimeoutError):
            return
