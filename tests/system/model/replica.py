"""One process of the service: a worker's coroutines, their heartbeat, and the scheduler.

Each gives way to the others between every two effects: there it may be cut off for good (a crash), stand still, or
let others go first.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace
from tests.system.model.jobs import Queue, ScheduledJobs, push
from tests.system.model.maintenance import real_tick
from tests.system.model.mutants import Mutant
from tests.system.model.postgres import Postgres
from tests.system.model.redis import Redis
from tests.system.model.rows import MAX_ATTEMPTS, Row
from tests.system.model.switch import switch

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.errors import LeaseLost, Unavailable
from llmstxt_sched.services.job_push import next_job

Member = Coroutine[None, None, None]
T = TypeVar("T")
PAGES = 3
LONGEST_DRAFT = 12
# How often the end of a run has to wait for its connection, and for how many turns: mostly for longer than a lease.
HANGS = 0.05
LONGEST_HANG = 60
WORKERS = 2
POSTPONED = timedelta(seconds=5)


class Replica:
    """An incarnation of a process; what it is doing are `members`."""

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self.id = postgres.new_id()
        self._postgres = postgres
        self._queue = Queue(redis)
        self._scheduled = ScheduledJobs(redis)
        self._tick = real_tick(postgres, self._queue, self._scheduled)
        self._postponed: dict[UUID, datetime] = {}
        # Runs by the token of their lease.
        self._held: dict[UUID, UUID] = {}
        # Those of them that are not renewed, because a transaction ends their run.
        self._finishing: set[UUID] = set()
        self._unheld: set[UUID] = set()
        self._rng = postgres.rng
        self.is_calm = False
        self.members: list[Member] = [
            self._heartbeat(),
            self._scheduler(),
            self._promoter(),
            *(self._worker() for _ in range(WORKERS)),
        ]

    def die(self) -> None:
        """Nothing of it goes on."""
        for member in self.members:
            member.close()

    async def _worker(self) -> None:
        while True:
            await switch()
            try:
                job_id = await self._queue.take(self.id)
            except Unavailable:
                continue
            # What was taken, if the reply was lost, the heartbeat gives back.
            if job_id and not self._reply_is_lost():
                await self._work_on(job_id)

    async def _work_on(self, job_id: UUID) -> None:
        claimed = self._postgres.claim(job_id, self.id)
        await switch()
        if claimed and self._reply_is_lost():
            await push(self._queue.give_back(self.id, [job_id]))
            return
        if claimed is None or claimed.token is None:
            await self._postpone(job_id)
            return
        self._held[claimed.token] = job_id
        try:
            await self._crawl(claimed)
            self._finishing.add(claimed.token)
            await self._end(claimed)
        except LeaseLost:
            return
        finally:
            self._held.pop(claimed.token, None)
            self._finishing.discard(claimed.token)

    async def _postpone(self, job_id: UUID) -> None:
        """A job that could not be claimed waits for room, or is none any more."""
        waiting = self._postgres.may_start(job_id)
        await switch()
        if waiting is None:
            await push(self._queue.drop(self.id, job_id))
            return
        until = self._postgres.now + POSTPONED
        await push(self._queue.finish(self.id, job_id, replace(waiting.job(), due_at=until)))
        self._postponed[job_id] = until

    async def _promoter(self) -> None:
        while True:
            await switch()
            over = [job_id for job_id, until in self._postponed.items() if until <= self._postgres.now]
            for job_id in over:
                del self._postponed[job_id]
            with suppress(Unavailable):
                await self._scheduled.promote(over)

    async def _crawl(self, claimed: Row) -> None:
        for _ in range(PAGES):
            self._look(claimed)
            self._postgres.stage(claimed)
            await switch()
        for _ in range(self._rng.randrange(LONGEST_DRAFT)):
            self._look(claimed)
            await switch()
        # The last look: what is lost from here on only the end itself can tell.
        self._look(claimed)

    async def _end(self, claimed: Row) -> None:
        if not self.is_calm and self._rng.random() < HANGS:
            for _ in range(self._rng.randrange(LONGEST_HANG)):
                await switch()
        outcome = self._outcome(claimed)
        if outcome is None:
            self._postgres.hand_back(claimed)
            await switch()
        elif outcome is RunStatus.RETRYING:
            waiting = await self._until_answered(lambda: self._postgres.retry(claimed))
            await push(self._queue.finish(self.id, claimed.id, waiting.job()))
        else:
            await self._finish(claimed, outcome)

    async def _finish(self, claimed: Row, outcome: RunStatus) -> None:
        schedule = await self._until_answered(lambda: self._postgres.finish(claimed, outcome))
        if self._postgres.mutant is Mutant.CURSOR_IN_A_SECOND_TRANSACTION:
            schedule = self._postgres.settle_later(claimed.id) or schedule
            await switch()
        await push(self._queue.finish(self.id, claimed.id, next_job(schedule)))

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
        if claimed.token not in self._held:
            raise LeaseLost(f"run {claimed.id} was cut short")

    async def _until_answered(self, act: Callable[[], T]) -> T:
        """The transaction, run again where the reply to its commit was lost."""
        done = act()
        await switch()
        if self._reply_is_lost():
            done = act()
            await switch()
        return done

    def _reply_is_lost(self) -> bool:
        return not self.is_calm and self._rng.random() < 0.03

    async def _heartbeat(self) -> None:
        while True:
            await switch()
            leases = [(run_id, token) for token, run_id in self._held.items() if token not in self._finishing]
            renewed = self._postgres.renew(leases)
            now = self._postgres.now
            await switch()
            for _, token in leases:
                if token not in renewed and token not in self._finishing:
                    self._held.pop(token, None)
            try:
                listed = await self._queue.beat(self.id, now)
                unheld = listed - set(self._held.values())
                stuck = unheld & self._unheld
                self._unheld = unheld - stuck
                if stuck:
                    await self._queue.give_back(self.id, stuck)
            except Unavailable:
                continue

    async def _scheduler(self) -> None:
        while True:
            await switch()
            try:
                await self._tick.run()
            except Unavailable:
                continue
