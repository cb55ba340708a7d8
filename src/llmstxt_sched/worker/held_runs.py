"""The runs that this process holds, and how its work on them is aborted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from uuid import UUID


class Cut(Enum):
    """Why this process aborted its work on a run."""

    STOPPING = auto()
    LEASE_LOST = auto()
    # Postgres was away for so long that the lease may end: nobody has taken the run yet.
    NOT_RENEWED = auto()


class Phase(Enum):
    """What the worker is doing with a held run, and what that means for the heartbeat.

    CRAWLING: the lease is renewed; if it is lost, the work is aborted.
    ENDING: the lease is renewed, but the work is never aborted for it.  If the run has ended, or was handed back, and
    only the reply to the commit was lost, that looks like a lost lease; the next try tells the two apart.
    FINISHING: the lease is not renewed, because the transaction that ends the run has locked its row.
    """

    CRAWLING = auto()
    ENDING = auto()
    FINISHING = auto()


class HeldRun:
    """A run held by the lease `token`; `task` does the work on it."""

    def __init__(self, run_id: UUID, token: UUID, task: asyncio.Task[object]) -> None:
        self.run_id = run_id
        self.token = token
        self.task = task
        self.phase = Phase.CRAWLING
        self.cut: Cut | None = None

    def cut_short(self, why: Cut) -> None:
        """Abort the work on the run in this process; the first reason given is kept."""
        self.cut = self.cut or why
        self.task.cancel()


class HeldRuns:
    """All runs that this process holds, by the token of their lease.

    The run's id would not be unique: after a lost lease, this process may claim the same run again before the first
    coroutine has stopped working on it.  Runs that were taken and are not claimed yet have none: `waiting` tells them.
    """

    def __init__(self) -> None:
        self._held: dict[UUID, HeldRun] = {}
        self._waiting = set[UUID]()

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, run_id: UUID) -> bool:
        return run_id in self._waiting or any(held.run_id == run_id for held in self._held.values())

    @contextmanager
    def holding(self, held: HeldRun) -> Iterator[None]:
        """Register a run as held for the duration of the block."""
        self._held[held.token] = held
        try:
            yield
        finally:
            del self._held[held.token]

    @contextmanager
    def waiting(self, run_id: UUID) -> Iterator[None]:
        """Count a run that was taken, and is not claimed yet, as held for the duration of the block."""
        self._waiting.add(run_id)
        try:
            yield
        finally:
            self._waiting.discard(run_id)

    @contextmanager
    def in_phase(self, token: UUID, phase: Phase) -> Iterator[None]:
        """Set the phase of a run for the duration of the block."""
        held = self._held[token]
        before, held.phase = held.phase, phase
        try:
            yield
        finally:
            held.phase = before

    def leases(self) -> list[tuple[UUID, UUID]]:
        """The leases that the heartbeat must renew, as (run, token)."""
        return [(held.run_id, token) for token, held in self._held.items() if held.phase is not Phase.FINISHING]

    def lose(self, tokens: set[UUID], why: Cut = Cut.LEASE_LOST) -> int:
        """Abort the runs whose lease is lost, if they are still crawling; returns how many were aborted."""
        lost = [held for token, held in self._held.items() if token in tokens and held.phase is Phase.CRAWLING]
        for held in lost:
            held.cut_short(why)
        return len(lost)

    def lose_unless(self, renewed: set[UUID], leases: Sequence[tuple[UUID, UUID]]) -> None:
        """Abort those of `leases` whose token is not in `renewed`.

        A run whose phase has changed to FINISHING since `leases` was read is spared: it may not have been renewed
        because this process has just ended it.
        """
        self.lose({token for _, token in leases} - renewed)

    def lose_all(self) -> int:
        """Abort all runs that are crawling, when their leases could not be renewed in time; returns how many."""
        return self.lose(set(self._held), Cut.NOT_RENEWED)

    def stop_all(self) -> None:
        """Abort all runs, because the process stops."""
        for held in list(self._held.values()):
            held.cut_short(Cut.STOPPING)
