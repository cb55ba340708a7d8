"""Jobs that were taken and had no room: they wait in `scheduled:jobs`, without holding a worker."""

from __future__ import annotations

import asyncio
from uuid import UUID

from llmstxt_sched.domain.run import URGENT, Trigger
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.process.waiting import stopped_within
from llmstxt_sched.services.job_push import push
from llmstxt_sched.services.leases import Leases

# How long a job waits for room.  A tick would find it as well, but comes only every half minute.
WAIT_SECONDS = 5.0
# For a run that somebody waits for, which takes the next place that is free: scheduled ones leave it that one.
URGENT_SECONDS = 0.5
# With thousands of jobs for one host each waits longer, so that no more than this many a second are asked for again.
ASKED_A_SECOND = 100
MOST_SECONDS = 60.0
LOOK_SECONDS = 0.5


class Postponed:
    """The jobs that this process has postponed; it puts them back into the queue when they have waited.

    If the process dies before that, the next tick does it.
    """

    def __init__(self, leases: Leases, scheduled: ScheduledJobs) -> None:
        self._leases = leases
        self._scheduled = scheduled
        self._until: dict[UUID, float] = {}
        self._urgent = set[UUID]()

    async def postpone(self, run_id: UUID) -> bool:
        """Let the job wait for room; false if its run may not start anyway.  Raises `Unavailable`."""

        def wait(trigger: Trigger) -> float:
            if trigger not in URGENT:
                return _wait(WAIT_SECONDS, len(self._until) - len(self._urgent))
            self._urgent.add(run_id)
            return _wait(URGENT_SECONDS, len(self._urgent) - 1)

        seconds = await self._leases.postpone(run_id, wait)
        if seconds is None:
            return False
        self._until[run_id] = asyncio.get_running_loop().time() + seconds
        return True

    async def run(self, stop: asyncio.Event) -> None:
        """Put jobs back into the queue until `stop`."""
        while not await stopped_within(stop, LOOK_SECONDS):
            now = asyncio.get_running_loop().time()
            over = [run_id for run_id, until in self._until.items() if until <= now]
            for run_id in over:
                del self._until[run_id]
                self._urgent.discard(run_id)
            if over:
                await push(self._promote(over))

    async def _promote(self, run_ids: list[UUID]) -> None:
        await self._scheduled.promote(run_ids)


def _wait(least: float, others: int) -> float:
    return min(max(least, others / ASKED_A_SECOND), MOST_SECONDS)
