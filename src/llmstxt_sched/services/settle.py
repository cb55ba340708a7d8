"""The one settle for every end of a run, and the one way in which a schedule is changed.

`settle` ends the run and schedules the next one in one statement.  As two statements they took a third longer in
this process, and that a run was not ours came out only after its schedule was written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from llmstxt_sched.domain.schedule import Schedule, ScheduleChange, schedule_next_run
from llmstxt_sched.errors import LeaseLost, NotFound
from llmstxt_sched.store import runs, schedules
from llmstxt_sched.store.runs import Ending, Run
from llmstxt_sched.store.schedules import LockedRun, LockedSchedule
from llmstxt_sched.store.statements import Connection

T = TypeVar("T")

# A decision counts the occurrences since the ledger's end, by the day.  Below this time it takes milliseconds at most,
# less than a thread's turn; after a longer standstill the event loop must not wait for it.
LONG = timedelta(days=2)


class SettledRun(NamedTuple):
    """A run as it ended or waits for its next try, and the schedule after that."""

    run: Run
    schedule: Schedule


async def lock(connection: Connection, project_id: UUID) -> LockedSchedule:
    """Take the locks in their order.  Raises NotFound if the project is gone."""
    locked = await schedules.lock(connection, project_id)
    if locked is None:
        raise NotFound(f"there is no project {project_id}")
    return locked


async def decide(decision: Callable[..., T], schedule: Schedule, *arguments: object) -> T:
    """What a pure decision about a schedule comes to; in a thread if it may take long."""
    if datetime.now(UTC) - schedule.accounted_until > LONG:
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
    """End `run` by its lease's token, or without one whoever holds it, and schedule the next run with it.

    Raises LeaseLost if that token does not hold it, or it has ended; nothing is written then.
    """
    scheduled = run.scheduled(ending.status)
    change: ScheduleChange = await decide(schedule_next_run, locked.schedule, scheduled, locked.now, jitter_seconds)
    ended = await runs.update_run_status(connection, run.id, token, ending, locked.now, change)
    if ended is None:
        raise LeaseLost(f"run {run.id} is held by another lease")
    return SettledRun(ended, change.schedule)
