"""The heartbeat that keeps the leases of a process."""

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
    """A member of the process: renews all leases in one statement, every quarter of a lease."""

    def __init__(self, worker: UUID, leases: Leases, queue: Queue, held: HeldRuns, lease_seconds: float) -> None:
        self._worker = worker
        self._leases = leases
        self._queue = queue
        self._held = held
        self._lease_seconds = lease_seconds
        self._unheld: set[UUID] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Beat until `stop`.  Without a beat for three quarters of a lease every crawl is cut short: by the
        time that somebody else may have the run, this process must have let go.
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
        """Leases are Postgres' alone: with Redis away or slow they are renewed all the same."""
        try:
            async with asyncio.timeout(self._lease_seconds / 4):
                listed = await self._queue.beat(self._worker, now)
                unheld = {run_id for run_id in listed if run_id not in self._held}
                # Twice in a row, because a job may be between the list and its claim.
                stuck = unheld & self._unheld
                self._unheld = unheld - stuck
                if stuck:
                    await self._queue.give_back(self._worker, stuck)
        except (Unavailable, TimeoutError):
            return
