"""A project's schedule started, edited, paused and resumed, with what that means for its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING
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
    now: datetime | None = None


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
        if planned.queued and planned.now:
            commands.append(self._queue.put(planned.queued, planned.now))
        await push(*commands)

    async def start(self, connection: Connection, locked: Locked, *, is_enabled: bool) -> Planned:
        """The schedule of a new project; where it is enabled, its initial run is queued."""
        return await self._enable(connection, locked, locked.config) if is_enabled else Planned()

    async def pause(self, connection: Connection, locked: Locked) -> Planned:
        """Switch the schedule off; a scheduled run that nobody has taken is taken back."""
        if not locked.config.is_enabled:
            return Planned()
        active = await runs.lock_active(connection, locked.config.project_id)
        decided = await change(connection, cursor.pause, locked.config, active and active.scheduled(), locked.now)
        return _planned(locked, decided.config, active, await _discard(connection, active))

    async def resume(self, connection: Connection, locked: Locked) -> Planned:
        """Switch the schedule on; a project that never ran gets its initial run.  Raises Conflict without one."""
        if locked.config.cron_expression is None:
            raise Conflict("the project has no schedule: set a cron_expression first")
        if locked.config.runs_by_itself:
            return Planned()
        return await self._enable(connection, locked, locked.config)

    async def edit(
        self,
        connection: Connection,
        locked: Locked,
        schedule: Schedule | None,
        zone: str,
        on_failure: OnFailure,
        is_enabled: bool | None,
    ) -> Planned:
        """Another schedule (None: none), another rule for failures, on or off."""
        config = replace(locked.config, on_failure=on_failure)
        active: Run | None = None
        discarded = False
        if schedule != config.schedule:
            active = await runs.lock_active(connection, config.project_id)
            decided = await change(
                connection,
                cursor.edit,
                config,
                active and active.scheduled(),
                schedule,
                locked.now,
                self._jitter_seconds,
            )
            config = decided.config
            discarded = await _discard(connection, active)
        if schedule is None:
            config = replace(config, timezone=zone)
        await configs.save(connection, config)
        planned = _planned(locked, config, active, discarded)
        if is_enabled is False:
            return _then(planned, await self.pause(connection, Locked(config, locked.now)))
        if is_enabled:
            return _then(planned, await self.resume(connection, Locked(config, locked.now)))
        return planned

    async def _enable(self, connection: Connection, locked: Locked, config: Config) -> Planned:
        def revive(config: Config, now: datetime, spread: int) -> cursor.Change:
            return cursor.revive(config, now, spread, is_enabled=True)

        decided = await change(connection, revive, config, locked.now, self._jitter_seconds)
        planned = _planned(locked, decided.config, None, discarded=False)
        if await runs.has_any(connection, config.project_id):
            return planned
        initial = await runs.insert(connection, uuid4(), config.project_id, Trigger.INITIAL)
        return replace(planned, queued=initial and job_of(initial), now=locked.now)


async def _discard(connection: Connection, active: Run | None) -> bool:
    """Take back a scheduled run that nobody has started."""
    if active is None or active.status is not RunStatus.QUEUED or active.trigger is not Trigger.SCHEDULE:
        return False
    return await runs.discard(connection, active.id)


def _planned(locked: Locked, config: Config, active: Run | None, discarded: bool) -> Planned:
    """What follows from a schedule that was `locked.config` and is `config` now.

    The job that the cursor has left is forgotten, unless it is a run that goes on.
    """
    before = locked.config.next_job_id
    goes_on = active and not discarded and active.id == before
    left = {before} if before and before != config.next_job_id and not goes_on else set()
    following = next_job(config) if config.next_job_id != before else None
    return Planned(frozenset(left | ({active.id} if active and discarded else set())), following)


def _then(first: Planned, second: Planned) -> Planned:
    """Both, one after the other."""
    return Planned(
        first.forgotten | second.forgotten,
        second.scheduled or (first.scheduled if not second.forgotten else None),
        second.queued or first.queued,
        second.now or first.now,
    )
