"""One tick: take runs back from dead workers, queue runs that are due, repair Redis, tell of what became stale.

There is no leader and no lock in Redis.  Firing, rescuing and reconciling guarantee that every run happens; promoting
and reclaiming only make it happen sooner.  No id is removed from `scheduled:jobs` before its run is in Postgres.

Rescuing comes first and does not need Redis, so that runs of dead workers are freed even while Redis is away.  As a
consequence, most ids that are reclaimed later in the tick belong to runs that already wait for their next attempt; a
worker that takes such an id cannot claim the run and drops the id.
"""

from __future__ import annotations

import time
from datetime import datetime

from msgspec import Struct

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.job import read_id
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.job_push import job_of
from llmstxt_sched.services.maintenance.fire import Fire
from llmstxt_sched.services.maintenance.pings import DuePings
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.services.maintenance.reconcile import Reconcile
from llmstxt_sched.services.maintenance.rescue import Rescue
from llmstxt_sched.services.maintenance.staleness import Staleness
from llmstxt_sched.store.schedules import FiredPage

PAGE = 1000
# Every tenth tick of one of the replicas compares every id, because the counts can agree by chance when there are two
# differences.
FULL_EVERY = 10


class TickReport(Struct, frozen=True):
    """What one tick did; `due` counts the occurrences and pings it fired and the ids it found due in Redis."""

    due: int
    enqueued: int
    dropped: int
    reclaimed: int
    rescued: int
    requeued: int
    seconds: float

    @property
    def did_something(self) -> bool:
        """Whether the tick is worth a line in the log."""
        return any((self.due, self.enqueued, self.dropped, self.reclaimed, self.rescued, self.requeued))


class Tick:
    """The steps of a tick, in their order."""

    def __init__(
        self,
        fire: Fire,
        due_pings: DuePings,
        rescue: Rescue,
        reconcile: Reconcile,
        staleness: Staleness,
        purge: Purge,
        queue: Queue,
        scheduled: ScheduledJobs,
        lease_seconds: float,
    ) -> None:
        self._fire = fire
        self._due_pings = due_pings
        self._rescue = rescue
        self._reconcile = reconcile
        self._staleness = staleness
        self._purge = purge
        self._queue = queue
        self._scheduled = scheduled
        self._lease_seconds = lease_seconds
        self._count = 0
        self._has_more_ahead = False

    async def run(self) -> TickReport:
        """Run one tick.  Raises `Unavailable`; the steps completed before that remain in effect."""
        started = time.monotonic()
        self._count += 1
        rescued = await self._rescue.rescue()
        try:
            return await self._run_jobs(started, rescued)
        except Unavailable:
            # While Redis is away nothing runs, so that projects become stale.
            await self._staleness.note()
            raise

    async def _run_jobs(self, started: float, rescued: int) -> TickReport:
        """Run the steps that follow the rescue."""
        # Before all other steps that use Redis, because they fail on a key of the wrong type.
        await self._reconcile.drop_wrong_types()
        fired, promoted = await self._fire_due()
        pinged = await self._fire_pings()
        now = await self._fire.now()
        due, enqueued, dropped = await self._promote_due(now)
        reclaimed = await self._reclaim(now)
        fully = self._count % FULL_EVERY == 0 and await self._reconcile.has_turn()
        if fully or self._has_more_ahead:
            self._has_more_ahead = await self._fire.bring_back()
        requeued = await self._reconcile.reconcile(now, fully=fully)
        await self._staleness.note()
        if fully:
            await self._purge.purge()
        seconds = round(time.monotonic() - started, 3)
        return TickReport(
            due=fired + pinged + due,
            enqueued=promoted + pinged + enqueued,
            dropped=dropped,
            reclaimed=reclaimed,
            rescued=rescued,
            requeued=requeued,
            seconds=seconds,
        )

    async def _fire_due(self) -> tuple[int, int]:
        due = enqueued = 0

        async def promote(page: FiredPage) -> None:
            nonlocal due, enqueued
            due += len(page.queued)
            crash_point("after_fire")
            enqueued += await self._scheduled.promote(page.queued, Trigger.SCHEDULE)
            crash_point("after_promote")

        await self._fire.fire_all(PAGE, promote)
        return due, enqueued

    async def _fire_pings(self) -> int:
        started = await self._due_pings.fire()
        for run in started:
            await self._queue.put(job_of(run))
        return len(started)

    async def _promote_due(self, now: datetime) -> tuple[int, int, int]:
        """Handle the ids that Redis holds as due: retries, and occurrences that an interrupted tick has left there."""
        kept = due = enqueued = dropped = 0
        while page := await self._scheduled.due(now, kept, PAGE):
            ids = {member: read_id(member) for member in page}
            crash_point("after_due_read")
            verdicts = await self._fire.judge([job_id for job_id in ids.values() if job_id])
            judged = {member: verdicts.get(job_id, "drop") if job_id else "drop" for member, job_id in ids.items()}
            ready = [job_id for member, job_id in ids.items() if job_id and judged[member] == "enqueue"]
            stale = [member for member in page if judged[member] == "drop"]
            enqueued += await self._scheduled.promote(ready)
            crash_point("after_due_promote")
            await self._scheduled.remove(stale)
            due += len(ready)
            dropped += len(stale)
            kept += len(page) - len(ready) - len(stale)
        return due, enqueued, dropped

    async def _reclaim(self, now: datetime) -> int:
        since, until = now.timestamp() - self._lease_seconds, now.timestamp() + self._lease_seconds
        reclaimed = 0
        for worker in await self._queue.silent(since, until):
            reclaimed += await self._queue.reclaim(worker, since, until)
            crash_point("after_reclaim")
        return reclaimed
