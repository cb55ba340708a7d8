"""The push to Redis after a commit.  It may fail: Postgres has the job, and the next tick finds it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

import structlog

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.connection import answered, soon
from llmstxt_sched.jobs.job import Job

if TYPE_CHECKING:
    from llmstxt_sched.domain.cursor import Config
    from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)


async def push(*commands: Awaitable[None]) -> None:
    """Send what follows from a commit; what fails is left to the next tick."""
    until = soon()
    for command in commands:
        try:
            async with answered(until):
                await command
        except Unavailable as error:
            log.debug("push to redis left to the next tick", reason=error.message)


def job_of(run: Run) -> Job:
    """The job of a run; it waits where the run does."""
    return Job(run.id, run.project_id, run.trigger, run.scheduled_for, run.not_before)


def next_job(config: Config) -> Job | None:
    """The job of the next occurrence; None where there is none."""
    if config.next_job_id is None:
        return None
    return Job(config.next_job_id, config.project_id, Trigger.SCHEDULE, config.next_run_at, config.next_due_at)
