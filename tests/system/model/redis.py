"""The index: it may be away, and may lose, repeat or roll back anything at any time."""

from __future__ import annotations

import random
from copy import deepcopy
from datetime import datetime
from uuid import UUID

from msgspec import Struct, field


class Away(Exception):
    """Redis does not answer."""


class Keys(Struct):
    """Everything that Redis holds, but for hashes, which are for views only."""

    scheduled: dict[UUID, datetime] = field(default_factory=dict)
    queue: list[UUID] = field(default_factory=list)
    processing: dict[UUID, list[UUID]] = field(default_factory=dict)
    workers: dict[UUID, datetime] = field(default_factory=dict)
    epoch: bool = False


class Redis:
    """Commands and scripts; each is one step that nothing comes between."""

    def __init__(self) -> None:
        self._keys = Keys()
        self._earlier = Keys()
        self.is_away = False

    @property
    def keys(self) -> Keys:
        """What is there, for whom it answers."""
        if self.is_away:
            raise Away
        return self._keys

    def add(self, job_id: UUID, due_at: datetime) -> None:
        """What is to come."""
        self.keys.scheduled[job_id] = due_at

    def promote(self, job_ids: list[UUID]) -> None:
        """From what is to come to the queue, whoever is first."""
        moved = [job_id for job_id in job_ids if self.keys.scheduled.pop(job_id, None)]
        self.keys.queue.extend(moved)

    def requeue(self, job_ids: list[UUID]) -> None:
        """Into the queue, out of what is to come."""
        for job_id in job_ids:
            self.keys.scheduled.pop(job_id, None)
            self.keys.queue.append(job_id)

    def take(self, worker: UUID) -> UUID | None:
        """The next job, into the worker's list."""
        if not self.keys.queue:
            return None
        job_id = self.keys.queue.pop(0)
        self.keys.processing.setdefault(worker, []).append(job_id)
        return job_id

    def drop(self, worker: UUID, job_id: UUID) -> None:
        """Out of the worker's list."""
        held = self.keys.processing.get(worker, [])
        held[:] = [each for each in held if each != job_id]

    def settle(self, worker: UUID, job_id: UUID, following: tuple[UUID, datetime] | None) -> None:
        """A job that ended or waits, and what follows."""
        self.drop(worker, job_id)
        if following is None or following[0] != job_id:
            self.keys.scheduled.pop(job_id, None)
        if following:
            self.add(*following)

    def forget(self, job_ids: set[UUID]) -> None:
        """Jobs that will not run."""
        self.keys.queue[:] = [each for each in self.keys.queue if each not in job_ids]
        for job_id in job_ids:
            self.keys.scheduled.pop(job_id, None)

    def beat(self, worker: UUID, now: datetime) -> set[UUID]:
        """The worker lives; gives its list."""
        self.keys.workers[worker] = now
        return set(self.keys.processing.get(worker, []))

    def give_back(self, worker: UUID, job_ids: set[UUID]) -> None:
        """From the worker's list to the head of the queue."""
        for job_id in sorted(job_ids):
            self.drop(worker, job_id)
            self.keys.queue.insert(0, job_id)

    def reclaim(self, worker: UUID, silent_since: datetime) -> None:
        """All of a silent worker's list back to the head of the queue."""
        if self.keys.workers.get(worker, silent_since) > silent_since:
            return
        self.keys.queue[:0] = self.keys.processing.pop(worker, [])
        self.keys.workers.pop(worker, None)

    def listed(self) -> list[UUID]:
        """Every id in the queue and in the lists of known workers."""
        keys = self.keys
        return keys.queue + [each for worker in keys.workers for each in keys.processing.get(worker, [])]

    def damage(self, rng: random.Random) -> str:
        """Something is lost, comes twice, or is as it was before; gives what."""
        keys = self._keys
        kind = rng.choice(["flush", "roll back", "lose a key", "lose a job", "repeat a job"])
        if kind == "flush":
            self._keys = Keys()
        elif kind == "roll back":
            self._keys = deepcopy(self._earlier)
        elif kind == "lose a key":
            name = rng.choice(Keys.__struct_fields__)
            setattr(keys, name, getattr(Keys(), name))
        elif keys.queue and kind == "lose a job":
            keys.queue.pop(rng.randrange(len(keys.queue)))
        elif keys.queue:
            keys.queue.append(rng.choice(keys.queue))
        return kind

    def remember(self) -> None:
        """The state that a later roll back leads to."""
        self._earlier = deepcopy(self._keys)
