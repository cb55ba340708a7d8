"""The worker pool: N coroutines that each take a job, claim its run and carry it out.

An eighth of them takes nothing but runs by hand and initial runs, so that these start at once while slow sites hold all
others.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from uuid import UUID

import structlog

from llmstxt_sched.domain.run import TERMINAL, RunStatus
from llmstxt_sched.errors import LeaseLost, Unavailable
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.process.outage import Outage
from llmstxt_sched.process.waiting import stopped_within
from llmstxt_sched.services.job_push import push
from llmstxt_sched.services.leases import ClaimedRun, Leases
from llmstxt_sched.store.runs import Run
from llmstxt_sched.worker.generate import Generate
from llmstxt_sched.worker.held_runs import Cut, HeldRun, HeldRuns, Phase
from llmstxt_sched.worker.lookups import Lookups
from llmstxt_sched.worker.postponed import Postponed
from llmstxt_sched.worker.until_available import PAUSE_SECONDS, until_available

log = structlog.get_logger(__name__)

# How long crawls may continue after the process is told to stop; unfinished runs are then handed back.
DRAIN_SECONDS = 5.0
RESERVED_SHARE = 8
# How often a reserved worker looks for a run by hand; the others take one at once.
LOOK_SECONDS = 1.0


class Pool:
    """A member of the process.  `worker` is an id that is new each time the process starts, not a host name."""

    def __init__(
        self,
        worker: UUID,
        leases: Leases,
        queue: Queue,
        generate: Generate,
        held: HeldRuns,
        postponed: Postponed,
        lookups: Lookups,
        size: int,
        metrics: Metrics,
    ) -> None:
        self._worker = worker
        self._leases = leases
        self._queue = queue
        self._generate = generate
        self._held = held
        self._postponed = postponed
        self._lookups = lookups
        self._size = size
        self._metrics = metrics
        self._turn, self._urgent_turn = asyncio.Lock(), asyncio.Lock()
        self._has_urgent = False
        # One for each server, because either may answer while the other is away.
        self._redis, self._postgres = Outage("worker", "Redis"), Outage("worker", "Postgres")

    async def run(self, stop: asyncio.Event) -> None:
        """Take jobs until `stop`; then let crawls finish for DRAIN_SECONDS, hand back the rest, and leave."""
        async with asyncio.TaskGroup() as group:
            drain = group.create_task(self._drain(stop))
            group.create_task(self._postponed.run(stop))
            reserved = self._size // RESERVED_SHARE
            takers = [group.create_task(self._take_jobs(stop)) for _ in range(self._size - reserved)]
            takers += [group.create_task(self._take_urgent_jobs(stop)) for _ in range(reserved)]
            try:
                await asyncio.wait(takers)
            finally:
                await self._lookups.close()
            drain.cancel()
        await push(self._queue.leave(self._worker))

    async def _drain(self, stop: asyncio.Event) -> None:
        await stop.wait()
        await asyncio.sleep(DRAIN_SECONDS)
        self._held.stop_all()

    async def _take_jobs(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            # In turn: where each waited on the empty queue, all asked again at once, which held the event loop longest.
            async with self._turn:
                run_id = None if stop.is_set() else await self._take(self._queue.take)
            if run_id and not stop.is_set():
                await self._work_on(run_id)

    async def _take_urgent_jobs(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            run_id = None
            async with self._urgent_turn:
                # Where there was one there may be more.
                if not await stopped_within(stop, 0 if self._has_urgent else LOOK_SECONDS):
                    run_id = await self._take(self._queue.take_urgent)
                    self._has_urgent = run_id is not None
            if run_id and not stop.is_set():
                await self._work_on(run_id)

    async def _take(self, take: Callable[[UUID], Awaitable[UUID | None]]) -> UUID | None:
        asked_at = time.monotonic()
        try:
            run_id = await take(self._worker)
        except Unavailable as error:
            # If a job was taken and only the reply was lost, the heartbeat finds it in the worker's list.
            self._redis.note(error)
            await asyncio.sleep(PAUSE_SECONDS)
            return None
        # A server whose disk is full answers a look for a run by hand, and refuses to move one.
        if run_id or take != self._queue.take_urgent:
            self._redis.clear(asked_at)
        if run_id:
            crash_point("after_take")
        return run_id

    async def _work_on(self, run_id: UUID) -> None:
        try:
            if await self._lookups.keeps(run_id):
                return
            claimed = await self._leases.claim(run_id)
            waits = claimed is None and await self._postponed.postpone(run_id)
        except Unavailable as error:
            self._postgres.note(error)
            # Given back at once: during a long outage of Postgres, the worker's list would collect the whole queue.
            await push(self._queue.give_back(self._worker, [run_id]))
            await asyncio.sleep(PAUSE_SECONDS)
            return
        self._postgres.clear()
        if claimed is None:
            if not waits:
                await push(self._queue.drop(self._worker, run_id))
            return
        started = asyncio.get_running_loop().time()
        work = asyncio.create_task(self._carry_out(claimed))
        held = HeldRun(run_id, claimed.token, work)
        with self._held.holding(held):
            try:
                await asyncio.wait([work])
            finally:
                work.cancel()
            seconds = asyncio.get_running_loop().time() - started
            if work.cancelled() and held.cut is Cut.NOT_RENEWED:
                await self._hand_back_in_time(claimed, held, seconds)
            else:
                await self._let_go(claimed, work, held.cut, seconds)

    async def _carry_out(self, claimed: ClaimedRun) -> Run:
        result = await self._generate.prepare(claimed)

        async def end() -> Run:
            with self._held.in_phase(claimed.token, Phase.FINISHING):
                return await self._generate.end(claimed, result)

        # An outage of Postgres is not the run's fault: it is ended when Postgres is back, if its lease is still valid.
        with self._held.in_phase(claimed.token, Phase.ENDING):
            return await until_available(end)

    async def _let_go(self, claimed: ClaimedRun, work: asyncio.Task[Run], cut: Cut | None, seconds: float) -> None:
        run = claimed.run
        about = _about(run, seconds)
        if work.cancelled() and cut is Cut.STOPPING:
            await self._hand_back(claimed, about)
        elif work.cancelled() or isinstance(work.exception(), LeaseLost):
            await self._tell_lost(run.id, work, about)
        elif error := work.exception():
            # Nothing else to do: its lease will expire, and a tick then retries the run or gives it up.
            log.error("run crashed", exc_info=error, **about)
        else:
            ended = work.result()
            self._metrics.run_ended(ended.status)
            about |= {"url": claimed.site.url, "summary": ended.summary or ended.error_message}
            if ended.status is RunStatus.FAILED:
                await self._tell_failed(ended, about)
                return
            waits_until = ended.not_before and ended.not_before.isoformat()
            log.info("run ended", status=ended.status.value, not_before=waits_until, **about)

    async def _tell_failed(self, run: Run, about: dict[str, object]) -> None:
        event = "run failed"
        # While Postgres is away nobody can tell; the project says so as well.
        with suppress(Unavailable):
            event = "run failed and halted its schedule" if await self._leases.has_halted(run) else event
        log.warning(event, code=run.error_code, **about)

    async def _hand_back(self, claimed: ClaimedRun, about: dict[str, object]) -> None:
        try:
            is_back = await self._leases.hand_back(claimed)
            log.info("run handed back" if is_back else "run not held any more", **about)
        except Unavailable as error:
            log.warning("run left until its lease has run out", reason=error.message, **about)

    async def _hand_back_in_time(self, claimed: ClaimedRun, held: HeldRun, seconds: float) -> None:
        """Hand back a run once Postgres answers, before a tick takes this process for dead and charges the run with it.

        Until then the worker takes no other job, which it could not claim either; a stop of the process ends the wait.
        """
        about = _about(claimed.run, seconds)
        log.warning("crawl stopped", reason="its lease could not be renewed", **about)
        handing = asyncio.create_task(until_available(lambda: self._leases.hand_back(claimed)))
        held.task = handing
        with self._held.in_phase(claimed.token, Phase.ENDING):
            try:
                await asyncio.wait([handing])
            finally:
                handing.cancel()
        if handing.cancelled():
            log.warning("run left until its lease has run out", reason="Postgres does not answer", **about)
        elif not handing.result():
            log.warning("run lost", reason="its lease could not be renewed", **about)
        else:
            log.info("run handed back", **about)
            await push(self._queue.give_back(self._worker, [claimed.run.id]))

    async def _tell_lost(self, run_id: UUID, task: asyncio.Task[Run], about: dict[str, object]) -> None:
        """Log why the run was lost: a run canceled or deleted by a user is normal, one taken from us is a warning."""
        error = None if task.cancelled() else task.exception()
        if error:
            self._metrics.commit_fenced()
        # While Postgres is away the reason is unknown, but the run is lost all the same.
        with suppress(Unavailable):
            status = await self._leases.status(run_id)
            await self._forget_ended(run_id, status)
            if status is None:
                log.info("run deleted", **about)
                return
            if status is RunStatus.CANCELED:
                # Whoever canceled it has said so.
                return
        log.warning("run lost", reason=str(error or "its lease could not be renewed"), **about)

    async def _forget_ended(self, run_id: UUID, status: RunStatus | None) -> None:
        """Have Redis show that a run has ended elsewhere: its crawl went on showing its progress until now."""
        if status is None:
            await push(self._queue.drop(self._worker, run_id), self._queue.forget([run_id]))
        elif status in TERMINAL:
            await push(self._queue.finish(self._worker, run_id, None))


def _about(run: Run, seconds: float) -> dict[str, object]:
    return {"run_id": str(run.id), "project_id": str(run.project_id), "seconds": round(seconds, 3)}
