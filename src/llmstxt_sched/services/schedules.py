"""Changes of schedules by users: decided in `domain/schedule`, stored in one statement, then pushed to Redis."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct, structs

from llmstxt_sched.domain.notifications.telling import tell_of_change
from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.domain.schedule import PatchedSchedule, Schedule, ScheduledRun, SchedulePatch, patch_schedule
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.job_push import next_job, push
from llmstxt_sched.services.ledger import told_once
from llmstxt_sched.services.settle import decide
from llmstxt_sched.store import runs, schedules
from llmstxt_sched.store.notifications import events
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.schedules import LockedSchedule


class ScheduleNews(Struct, frozen=True):
    """What to push to Redis after the commit: ids to remove, the next occurrence, the initial run."""

    forgotten: frozenset[UUID] = frozenset()
    scheduled: Job | None = None
    queued: Job | None = None


class Schedules:
    """Changes locked schedules.  `patch` returns the news that `push` must send once the transaction is committed."""

    def __init__(self, queue: Queue, scheduled: ScheduledJobs, jitter_seconds: int) -> None:
        self._queue = queue
        self._scheduled = scheduled
        self._jitter_seconds = jitter_seconds

    async def patch(self, connection: Connection, locked: LockedSchedule, patch: SchedulePatch) -> ScheduleNews:
        """Apply `patch` to the schedule."""
        before = locked.schedule
        run = await runs.lock_active(connection, before.project_id)
        active = run.scheduled() if run else None
        patched: PatchedSchedule = await decide(patch_schedule, before, active, patch, locked.now, self._jitter_seconds)
        initial = Job(uuid4(), before.project_id, Trigger.INITIAL) if patched.needs_initial_run else None
        if patched.change.schedule != before:
            told = tell_of_change(before, patched.change.schedule, locked.now)
            change = await told_once(connection, before, patched.change, active if patched.taken_back else None)
            change = structs.replace(change, schedule=told.schedule)
            await schedules.save(connection, change, patched.taken_back, initial.id if initial else None)
            await events.insert(connection, before.project_id, told.events)
        return _news(before, active, patched, initial)

    async def push(self, news: ScheduleNews) -> None:
        """Send the news to Redis."""
        crash_point("after_plan")
        commands: list[Coroutine[Any, Any, None]] = []
        if news.forgotten:
            commands.append(self._queue.forget(news.forgotten))
        if news.scheduled:
            commands.append(self._scheduled.add([news.scheduled]))
        if news.queued:
            commands.append(self._queue.put(news.queued))
        await push(*commands)


def _news(before: Schedule, active: ScheduledRun | None, patched: PatchedSchedule, initial: Job | None) -> ScheduleNews:
    """The news that follow from a patch.

    The previous next occurrence is forgotten if it has changed, unless it is the active run, which continues.
    """
    after = patched.change.schedule
    is_moved = after.next_job_id != before.next_job_id
    goes_on = active is not None and active.id == before.next_job_id and active.id != patched.taken_back
    left = {patched.taken_back, before.next_job_id if is_moved and not goes_on else None}
    return ScheduleNews(
        forgotten=frozenset(job_id for job_id in left if job_id),
        scheduled=next_job(after) if is_moved else None,
        queued=initial,
    )
