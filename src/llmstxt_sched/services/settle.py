"""`settle`, through which every run ends, and the helpers that every change of a schedule uses.

`settle` ends the run, moves its schedule on and writes what is told of it in a single statement.  As two statements
this took a third longer in this process, and a lost lease was noticed only after the schedule had been written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from msgspec.structs import replace

from llmstxt_sched.domain.notifications.telling import tell_of_end
from llmstxt_sched.domain.schedule import Schedule, ScheduleChange, schedule_next_run
from llmstxt_sched.errors import LeaseLost, NotFound
from llmstxt_sched.services.ledger import told_once
from llmstxt_sched.store import runs, schedules
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Ending, Run
from llmstxt_sched.store.schedules import LockedRun, LockedSchedule

T = TypeVar("T")

# A decision counts the occurrences since the end of the ledger, so its cost grows with that time.  Up to this limit it
# takes at most a few milliseconds, less than handing it to a thread; beyond it, it would block the event loop.
THREAD_AFTER = timedelta(days=2)


class SettledRun(NamedTuple):
    """A run that has ended or waits for its next attempt, and its schedule after that."""

    run: Run
    schedule: Schedule


async def lock(connection: Connection, project_id: UUID) -> LockedSchedule:
    """Lock the project, then its schedule.  Raises NotFound if the project does not exist."""
    locked = await schedules.lock(connection, project_id)
    if locked is None:
        raise NotFound(f"there is no project {project_id}")
    return locked


async def decide(decision: Callable[..., T], schedule: Schedule, *arguments: object) -> T:
    """Call the pure function `decision` with the schedule and the arguments; in a thread if it may take long."""
    if datetime.now(UTC) - schedule.accounted_until > THREAD_AFTER:
        return await asyncio.to_thread(decision, schedule, *arguments)
    return decision(schedule, *arguments)


async def settle(
    connection: Connection,
    locked: LockedSchedule | LockedRun,
    run: Run,
    ending: Ending,
    token: UUID | None,
    jitter_seconds: int,
) -> SettledRun:
    """End `run` and move its schedule, which the caller has locked, to the next occurrence.

    With a `token`, the run must be held by that lease; without one, it only has to be active.  Raises LeaseLost if it
    is not; then nothing has been written.
    """
    scheduled = run.scheduled(ending.status)
    change: ScheduleChange = await decide(schedule_next_run, locked.schedule, scheduled, locked.now, jitter_seconds)
    change = await told_once(connection, locked.schedule, change, scheduled)
    told = tell_of_end(locked.schedule, change.schedule, ending.status, ending.held, locked.now)
    change = replace(change, schedule=told.schedule)
    ended = await runs.update_run_status(connection, run.id, token, ending, locked.now, change, told.events)
    if ended is None:
        raise LeaseLost(f"run {run.id} is held by another lease")
    return SettledRun(ended, change.schedule)
