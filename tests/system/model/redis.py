"""The index: it may be away, and may lose, repeat or roll back anything at any time."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from copy import deepcopy
from datetime import datetime
from uuid import UUID

from msgspec import Struct, field

from llmstxt_sched.errors import Unavailable


class Keys(Struct):
    """Everything that Redis holds; of the hashes of jobs only since when they say that they are queued."""

    scheduled: dict[UUID, datetime] = field(default_factory=dict)
    queue: list[UUID] = field(default_factory=list)
    processing: dict[UUID, list[UUID]] = field(default_factory=dict)
    workers: dict[UUID, datetime] = field(default_factory=dict)
    queued_at: dict[UUID, datetime] = field(default_factory=dict)
    epoch: bool = False


class Redis:
    """Commands and scripts; each is one step that nothing comes between."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._keys = Keys()
        self._earlier = Keys()
        self._of_another_type: str | None = None
        self.clock = clock
        self.is_away = False

    @property
    def keys(self) -> Keys:
        """What is there.  Raises `Unavailable`, also while a key is of another type."""
        if self.is_away or self._of_another_type:
            raise Unavailable("Redis does not answer")
        return self._keys

    def add(self, job_id: UUID, due_at: datetime) -> None:
        """What is to come."""
        self.keys.scheduled[job_id] = due_at
        self.keys.queued_at.pop(job_id, None)

    def promote(self, job_ids: Collection[UUID]) -> int:
        """From what is to come to the queue, whoever is first; gives how many."""
        moved = [job_id for job_id in job_ids if self.keys.scheduled.pop(job_id, None)]
        self._queue(moved)
        return len(moved)

    def requeue(self, job_ids: Collection[UUID], since: float) -> int:
        """Into the queue, out of what is to come; not what was queued `since`.  Gives how many."""
        queued_at = self.keys.queued_at
        missing = [each for each in job_ids if each not in queued_at or queued_at[each].timestamp() < since]
        for job_id in missing:
            self.keys.scheduled.pop(job_id, None)
        self._queue(missing)
        return len(missing)

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

    def finish(self, worker: UUID, job_id: UUID, following: tuple[UUID, datetime] | None) -> None:
        """A job that ended or waits, and what follows."""
        self.drop(worker, job_id)
        if following is None or following[0] != job_id:
            self.keys.scheduled.pop(job_id, None)
            self.keys.queued_at.pop(job_id, None)
        if following:
            self.add(*following)

    def forget(self, job_ids: Collection[UUID]) -> None:
        """Jobs that will not run."""
        self.keys.queue[:] = [each for each in self.keys.queue if each not in job_ids]
        for job_id in job_ids:
            self.keys.scheduled.pop(job_id, None)
            self.keys.queued_at.pop(job_id, None)

    def beat(self, worker: UUID, now: datetime) -> set[UUID]:
        """The worker lives; gives its list."""
        self.keys.workers[worker] = now
        return set(self.keys.processing.get(worker, []))

    def give_back(self, worker: UUID, job_ids: Collection[UUID]) -> None:
        """From the worker's list to the head of the queue."""
        for job_id in sorted(job_ids):
            self.drop(worker, job_id)
            self.keys.queue.insert(0, job_id)

    def reclaim(self, worker: UUID, silent_since: float) -> int:
        """All of a silent worker's list back to the head of the queue; gives how many."""
        heard = self.keys.workers.get(worker)
        if heard and heard.timestamp() >= silent_since:
            return 0
        held = self.keys.processing.pop(worker, [])
        self.keys.queue[:0] = held
        self.keys.workers.pop(worker, None)
        return len(held)

    def drop_wrong_types(self) -> list[str]:
        """The key of another type is gone, and what it held; gives its name."""
        if self.is_away:
            raise Unavailable("Redis does not answer")
        name, self._of_another_type = self._of_another_type, None
        return [name] if name else []

    def damage(self, rng: random.Random) -> str:
        """Something is lost, comes twice, or is as it was before; gives what."""
        keys = self._keys
        kind = rng.choice(["flush", "roll back", "lose a key", "another type", "lose a job", "repeat a job"])
        if kind == "flush":
            self._keys, self._of_another_type = Keys(), None
        elif kind == "roll back":
            self._keys, self._of_another_type = deepcopy(self._earlier), None
        elif kind in {"lose a key", "another type"}:
            name = rng.choice(Keys.__struct_fields__)
            setattr(keys, name, getattr(Keys(), name))
            # A hash of another type is dropped by whatever comes across it.
            self._of_another_type = name if kind == "another type" and name != "queued_at" else None
        elif keys.queue and kind == "lose a job":
            keys.queue.pop(rng.randrange(len(keys.queue)))
        elif keys.queue:
            keys.queue.append(rng.choice(keys.queue))
        return kind

    def remember(self) -> None:
        """The state that a later roll back leads to."""
        self._earlier = deepcopy(self._keys)

    def _queue(self, job_ids: Collection[UUID]) -> None:
        self.keys.queue.extend(job_ids)
        self.keys.queued_at.update(dict.fromkeys(job_ids, self.clock()))
