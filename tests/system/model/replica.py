"""One process of the service: a worker's coroutines, their heartbeat, and the scheduler.

Each is a generator that yields between every two effects: there it may be cut off for good (a crash), stand
still, or let others go first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tests.system.model.mutants import Mutant
from tests.system.model.postgres import LeaseLost, Postgres
from tests.system.model.redis import Away, Redis
from tests.system.model.rows import MAX_ATTEMPTS, Row
from tests.system.model.tick import tick

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.domain.schedule import Schedule

Steps = Iterator[None]
T = TypeVar("T")
PAGES = 3
LONGEST_DRAFT = 12
WORKERS = 2


class Replica:
    """An incarnation of a process; `held` are its leases by run, and what it is doing are `members`."""

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self.id = postgres.new_id()
        self._postgres = postgres
        self._redis = redis
        self._held: dict[UUID, UUID] = {}
        self._unheld: set[UUID] = set()
        self._rng = postgres.rng
        self.is_calm = False
        self.members = [self._heartbeat(), self._scheduler(), *(self._worker() for _ in range(WORKERS))]

    def _worker(self) -> Steps:
        while True:
            yield
            try:
                job_id = self._redis.take(self.id)
                yield
                if job_id:
                    yield from self._work_on(job_id)
            except Away:
                continue

    def _work_on(self, job_id: UUID) -> Steps:
        claimed = self._postgres.claim(job_id)
        if claimed and self._reply_is_lost():
            return
        yield
        if claimed is None or claimed.token is None:
            self._redis.drop(self.id, job_id)
            return
        self._held[job_id] = claimed.token
        try:
            yield from self._see_to_its_end(claimed)
        except LeaseLost:
            return
        finally:
            if self._held.get(job_id) == claimed.token:
                del self._held[job_id]

    def _see_to_its_end(self, claimed: Row) -> Steps:
        for _ in range(PAGES):
            self._look(claimed)
            self._postgres.stage(claimed)
            yield
        for _ in range(self._rng.randrange(LONGEST_DRAFT)):
            self._look(claimed)
            yield
        outcome = self._outcome(claimed)
        if outcome is None:
            self._postgres.hand_back(claimed)
            return
        if outcome is RunStatus.RETRYING:
            waiting = self._patiently(lambda: self._postgres.retry(claimed))
            yield
            assert waiting.not_before
            again = (claimed.id, waiting.not_before)
            self._push(lambda: self._redis.finish(self.id, claimed.id, again))
            return
        schedule = self._patiently(lambda: self._postgres.finish(claimed, outcome))
        yield
        if self._postgres.mutant is Mutant.CURSOR_IN_A_SECOND_TRANSACTION:
            schedule = self._postgres.settle_later(claimed.id) or schedule
            yield
        self._push(lambda: self._redis.finish(self.id, claimed.id, next_job(schedule)))

    def _outcome(self, claimed: Row) -> RunStatus | None:
        """How the crawl goes; None where the process is told to stop."""
        if self.is_calm:
            return RunStatus.COMPLETE_NO_DIFFS
        chance = self._rng.random()
        if chance < 0.05:
            return None
        if chance < 0.2:
            return RunStatus.FAILED if claimed.attempt + 1 >= MAX_ATTEMPTS else RunStatus.RETRYING
        if chance < 0.25:
            return RunStatus.FAILED
        return RunStatus.COMPLETE_WITH_DIFFS if chance < 0.6 else RunStatus.COMPLETE_NO_DIFFS

    def _look(self, claimed: Row) -> None:
        """The crawl ends where the heartbeat has cut it short."""
        if self._held.get(claimed.id) != claimed.token:
            raise LeaseLost

    def _patiently(self, act: Callable[[], T]) -> T:
        """The transaction, run again where the reply to its commit was lost."""
        done = act()
        return act() if self._reply_is_lost() else done

    def _reply_is_lost(self) -> bool:
        return not self.is_calm and self._rng.random() < 0.03

    def _push(self, command: Callable[[], None]) -> None:
        try:
            command()
        except Away:
            return

    def _heartbeat(self) -> Steps:
        while True:
            yield
            leases = list(self._held.items())
            renewed = self._postgres.renew(leases)
            yield
            for run_id, token in leases:
                if run_id not in renewed and self._held.get(run_id) == token:
                    del self._held[run_id]
            try:
                unheld = self._redis.beat(self.id, self._postgres.now) - self._held.keys()
                stuck = unheld & self._unheld
                self._unheld = unheld - stuck
                yield
                self._redis.give_back(self.id, stuck)
            except Away:
                continue

    def _scheduler(self) -> Steps:
        count = 0
        while True:
            yield
            count += 1
            try:
                yield from tick(self._postgres, self._redis, fully=count % 3 == 0)
            except Away:
                continue


def next_job(schedule: Schedule) -> tuple[UUID, datetime] | None:
    """The job of the next occurrence."""
    return (schedule.next_job_id, schedule.next_due_at) if schedule.next_job_id and schedule.next_due_at else None
