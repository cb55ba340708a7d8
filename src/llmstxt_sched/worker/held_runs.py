"""The runs that this process holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from uuid import UUID

from llmstxt_sched.store.runs import Run


class Cut(Enum):
    """Why a run was cut short in this process."""

    STOPPING = auto()
    LEASE_LOST = auto()


class Phase(Enum):
    """How far the work on a held run is, and what that means for its lease.

    CRAWLING: the lease is renewed, and without it the work is cut short.
    ENDING: it is renewed, but not taken for lost.  A commit whose reply was lost has ended the run, and only the
    next try can tell that from a lost lease.
    FINISHING: it is left alone, because the transaction that ends the run holds the run's row.
    """

    CRAWLING = auto()
    ENDING = auto()
    FINISHING = auto()


class HeldRun:
    """One run that is held, by `token`; `task` sees it to its end."""

    def __init__(self, run_id: UUID, token: UUID, task: asyncio.Task[Run]) -> None:
        self.run_id = run_id
        self.token = token
        self.task = task
        self.phase = Phase.CRAWLING
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
        self._held: dict[UUID, HeldRun] = {}

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, run_id: UUID) -> bool:
        return any(held.run_id == run_id for held in self._held.values())

    @contextmanager
    def holding(self, held: HeldRun) -> Iterator[None]:
        """Hold a run for the length of a block."""
        self._held[held.token] = held
        try:
            yield
        finally:
            del self._held[held.token]

    @contextmanager
    def in_phase(self, token: UUID, phase: Phase) -> Iterator[None]:
        """Have a run in `phase` for the length of a block."""
        held = self._held[token]
        before, held.phase = held.phase, phase
        try:
            yield
        finally:
            held.phase = before

    def leases(self) -> list[tuple[UUID, UUID]]:
        """What a heartbeat renews: (run, token)."""
        return [(held.run_id, token) for token, held in self._held.items() if held.phase is not Phase.FINISHING]

    def lose(self, tokens: set[UUID]) -> int:
        """Cut short those whose lease is lost while they crawl; returns how many were."""
        lost = [held for token, held in self._held.items() if token in tokens and held.phase is Phase.CRAWLING]
        for held in lost:
            held.cut_short(Cut.LEASE_LOST)
        return len(lost)

    def lose_unless(self, renewed: set[UUID], leases: Sequence[tuple[UUID, UUID]]) -> None:
        """Cut short those of `leases` whose token is not in `renewed`.

        Not what has begun to finish since they were read: such a run is not renewed because it has ended here.
        """
        self.lose({token for _, token in leases} - renewed)

    def lose_all(self) -> int:
        """Cut short all that crawl: their leases could not be renewed in time; returns how many were."""
        return self.lose(set(self._held))

    def stop_all(self) -> None:
        """Cut short all: the process stops."""
        for held in list(self._held.values()):
            held.cut_short(Cut.STOPPING)
