"""A project's schedule started, edited, paused and resumed, with what that means for its runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.crash import crash_point
from llmstxt_sched.domain import cursor
from llmstxt_sched.domain.cursor import OnFailure
from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.errors import Conflict
from llmstxt_sched.services.push import job_of, next_job, push
from llmstxt_sched.services.settle import change
from llmstxt_sched.store import configs, runs
from llmstxt_sched.store.configs import Locked

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from datetime import datetime

    from llmstxt_sched.domain.cursor import Config
    from llmstxt_sched.domain.schedule import Schedule
    from llmstxt_sched.jobs.job import Job
    from llmstxt_sched.jobs.queue import Queue
    from llmstxt_sched.jobs.schedule import ScheduledJobs
    from llmstxt_sched.store.runs import Run
    from llmstxt_sched.store.statements import Connection


class Planned(Struct, frozen=True):
    """What Redis is to hear after the commit."""

    forgotten: frozenset[UUID] = frozenset()
    scheduled: Job | None = None
    queued: Job | None = None


class WantedSchedule(Struct, frozen=True):
    """A schedule that is asked for: None is none; `is_enabled` None leaves it as it is."""

    schedule: Schedule | None
    zone: str
    on_failure: OnFailure
    is_enabled: bool | None


class Step(NamedTuple):
    """How far a change has come: the schedule, scheduled runs that were taken back, the initial run."""

    config: Config
    discarded: frozenset[UUID] = frozenset()
    initial: Run | None = None


class Plan:
    """Changes of a locked schedule; each ends in a `Planned` to push once the transaction is committed."""

    def __init__(self, queue: Queue, scheduled: ScheduledJobs, jitter_seconds: int) -> None:
        self._queue = queue
        self._scheduled = scheduled
        self._jitter_seconds = jitter_seconds

    async def push(self, planned: Planned) -> None:
        """Tell Redis."""
        crash_point("after_plan")
        commands: list[Awaitable[None]] = []
        if planned.forgotten:
            commands.append(self._queue.forget(planned.forgotten))
        if planned.scheduled:
            commands.append(self._scheduled.add([planned.scheduled]))
        if planned.queued:
            commands.append(self._queue.put(planned.queued))
        await push(*commands)

    async def start(self, connection: Connection, locked: Locked, *, is_enabled: bool) -> Planned:
        """The schedule of a new project; where it is enabled, its initial run is queued."""
        step = Step(locked.config)
        return await _planned(connection, locked, await self._on(connection, step, locked.now) if is_enabled else step)

    async def pause(self, connection: Connection, locked: Locked) -> Planned:
        """Switch the schedule off; a scheduled run that nobody has taken is taken back."""
        return await _planned(connection, locked, await self._off(connection, Step(locked.config), locked.now))

    async def resume(self, connection: Connection, locked: Locked) -> Planned:
        """Switch the schedule on; a project that never ran gets its initial run.  Raises Conflict without one."""
        if locked.config.cron_expression is None:
            raise Conflict("the project has no schedule: set a cron_expression first")
        return await _planned(connection, locked, await self._on(connection, Step(locked.config), locked.now))

    async def edit(self, connection: Connection, locked: Locked, wanted: WantedSchedule) -> Planned:
        """Another schedule, another rule for failures, on or off."""
        step = Step(replace(locked.config, on_failure=wanted.on_failure))
        if wanted.schedule != step.config.schedule:
            step = await self._reschedule(connection, step, wanted.schedule, locked.now)
        if wanted.schedule is None:
            step = step._replace(config=replace(step.config, timezone=wanted.zone))
        await configs.save(connection, step.config)
        if wanted.is_enabled is not None:
            switch = self._on if wanted.is_enabled else self._off
            step = await switch(connection, step, locked.now)
        return await _planned(connection, locked, step)

    async def _reschedule(self, connection: Connection, step: Step, to: Schedule | None, now: datetime) -> Step:
        active = await runs.lock_active(connection, step.config.project_id)
        scheduled, spread = active and active.scheduled(), self._jitter_seconds
        decided = await change(connection, cursor.edit, step.config, scheduled, to, now, spread)
        return Step(decided.config, step.discarded | await _discard(connection, active))

    async def _off(self, connection: Connection, step: Step, now: datetime) -> Step:
        if not step.config.is_enabled:
            return step
        active = await runs.lock_active(connection, step.config.project_id)
        decided = await change(connection, cursor.pause, step.config, active and active.scheduled(), now)
        return Step(decided.config, step.discarded | await _discard(connection, active))

    async def _on(self, connection: Connection, step: Step, now: datetime) -> Step:
        if step.config.runs_by_itself:
            return step
        revive = partial(cursor.revive, is_enabled=True)
        decided = await change(connection, revive, step.config, now, self._jitter_seconds)
        if await runs.has_any(connection, step.config.project_id):
            return Step(decided.config, step.discarded)
        initial = await runs.insert(connection, uuid4(), step.config.project_id, Trigger.INITIAL)
        return Step(decided.config, step.discarded, initial)


async def _discard(connection: Connection, active: Run | None) -> frozenset[UUID]:
    """Take back a scheduled run that nobody has started; gives its id."""
    if active is None or active.status is not RunStatus.QUEUED or active.trigger is not Trigger.SCHEDULE:
        return frozenset()
    return frozenset({active.id}) if await runs.discard(connection, active.id) else frozenset()


async def _planned(connection: Connection, locked: Locked, step: Step) -> Planned:
    """What follows from a schedule that was `locked.config` and is `step.config` now.

    The job that the cursor has left is forgotten, unless it is a run that goes on.
    """
    before, after = locked.config.next_job_id, step.config.next_job_id
    active = await runs.lock_active(connection, step.config.project_id)
    goes_on = active is not None and active.id == before
    left = frozenset({before} if before and before != after and not goes_on else ())
    return Planned(
        left | step.discarded,
        next_job(step.config) if after != before else None,
        job_of(step.initial) if step.initial else None,
    )
