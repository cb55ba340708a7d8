"""The push to Redis after a commit.  It may fail, because the job is in Postgres and the next tick finds it there."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import structlog

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.domain.schedule import Schedule
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered, brief_deadline
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)


async def push(*commands: Coroutine[Any, Any, None]) -> None:
    """Send commands to Redis after a commit; those that fail are left to the next tick."""
    until = brief_deadline()
    try:
        for command in commands:
            try:
                async with answered(until):
                    await command
            except Unavailable as error:
                log.debug("push to redis left to the next tick", reason=error.message)
    finally:
        for command in commands:
            # Those that were not begun when this was cut off: Python would warn of them.
            command.close()


def job_of(run: Run) -> Job:
    """The job of a run, due at the run's `not_before` if it waits for its next attempt."""
    return Job(run.id, run.project_id, run.trigger, run.scheduled_for, run.not_before)


def next_job(schedule: Schedule) -> Job | None:
    """The job of the next occurrence; None if there is none."""
    if schedule.next_job_id is None:
        return None
    project_id, at, due_at = schedule.project_id, schedule.next_run_at, schedule.next_due_at
    return Job(schedule.next_job_id, project_id, Trigger.SCHEDULE, at, due_at)
