"""The runs that this process holds, and the heartbeat that keeps their leases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from llmstxt_sched.errors import Unavailable

if TYPE_CHECKING:
    from llmstxt_sched.jobs.queue import Queue
    from llmstxt_sched.services.work import Work
    from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)


class Cut(Enum):
    """Why a run was cut short in this process."""

    STOPPING = auto()
    LEASE_LOST = auto()


class Held:
    """One run that is held, by `token`; `task` sees it to its end."""

    def __init__(self, run_id: UUID, token: UUID, task: asyncio.Task[Run]) -> None:
        self.run_id = run_id
        self.token = token
        self.task = task
        self.cut: Cut | None = None

    def cut_short(self, why: Cut) -> None:
        """End the work on the run here, whatever becomes of the run."""
        self.cut = self.cut or why
        self.task.cancel()


class HeldRuns:
    """Every run that this process holds, by the token of its lease.

    Not by its id: a run whose lease was lost may come back to the same process before its first holder has let go.
    """

    def __init__(self) -> None:
        self._held: dict[UUID, Held] = {}
        self._finishing: set[UUID] = set()
        self._ending: set[UUID] = set()

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, run_id: UUID) -> bool:
        return any(held.run_id == run_id for held in self._held.values())

    @contextmanager
    def holding(self, held: Held) -> Iterator[None]:
        """Hold a run for the length of a block."""
        self._held[held.token] = held
        try:
            yield
        finally:
            del self._held[held.token]

    @contextmanager
    def finishing(self, token: UUID) -> Iterator[None]:
        """Leave the lease alone for the length of a block: its transaction holds the run's row."""
        self._finishing.add(token)
        try:
            yield
        finally:
            self._finishing.discard(token)

    @contextmanager
    def ending(self, token: UUID) -> Iterator[None]:
        """Keep the lease, and don't take it for lost, for the length of a block that tries to finish its run.

        A commit whose reply was lost has ended the run: only the next try can tell that from a lost lease.
        """
        self._ending.add(token)
        try:
            yield
        finally:
            self._ending.discard(token)

    def leases(self) -> list[tuple[UUID, UUID]]:
        """What a heartbeat renews: (run, token)."""
        return [(held.run_id, token) for token, held in self._held.items() if token not in self._finishing]

    def lose(self, tokens: set[UUID]) -> int:
        """Cut short those whose lease is lost; gives how many were.

        What is finishing is left alone: its transaction asks for the token, and may just have ended the run.
        """
        lost = tokens & self._held.keys() - self._finishing - self._ending
        for token in lost:
            self._held[token].cut_short(Cut.LEASE_LOST)
        return len(lost)

    def lose_unless(self, renewed: set[UUID], leases: Sequence[tuple[UUID, UUID]]) -> None:
        """Cut short those of `leases` whose token is not in `renewed`.

        Not what has begun to finish since they were read: such a run is not renewed because it has ended here.
        """
        self.lose({token for _, token in leases} - renewed)

    def lose_all(self) -> int:
        """Cut short all but those that are ending: their leases could not be renewed in time; gives how many were."""
        return self.lose(set(self._held))

    def stop_all(self) -> None:
        """Cut short all: the process stops."""
        for held in list(self._held.values()):
            held.cut_short(Cut.STOPPING)


class Heartbeat:
    """A member of the process: renews all leases in one statement, every quarter of a lease."""

    def __init__(self, worker: UUID, work: Work, queue: Queue, held: HeldRuns, lease_seconds: float) -> None:
        self._worker = worker
        self._work = work
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
            await _wait(stop, begun + self._lease_seconds / 4 - loop.time())

    async def _renew(self) -> datetime:
        leases = self._held.leases()
        renewed, now = await self._work.renew(leases)
        self._held.lose_unless(renewed, leases)
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


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(max(seconds, 0)):
            await stop.wait()
    except TimeoutError:
        return
