"""Rows to begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import OnFailure, Schedule, ScheduleChange, ScheduleState
from llmstxt_sched.store import projects, runs, schedules
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.projects import NewProject
from llmstxt_sched.store.runs import Ending, Run

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


async def new_project(connection: Connection, name: str = "Example", url: str = "https://example.com/") -> UUID:
    """A project without a schedule."""
    project_id = uuid4()
    project = NewProject(
        id=project_id,
        url=url,
        slug=project_id.hex,
        name=name,
        description="",
        is_public=False,
        max_pages=None,
        max_depth=None,
        delay_seconds=None,
        include=(),
        exclude=(),
    )
    await projects.insert(connection, project)
    await schedules.insert(connection, schedule_of(project_id))
    return project_id


def schedule_of(project_id: UUID) -> Schedule:
    """The schedule of a project that has none."""
    return Schedule(
        project_id=project_id,
        cron_expression=None,
        timezone="UTC",
        is_enabled=False,
        on_failure=OnFailure.STOP,
        schedule_state=ScheduleState.ACTIVE,
        accounted_until=NOW,
    )


async def ended(connection: Connection, run: Run, token: UUID | None, ending: Ending, coalesced: int = 0) -> Run | None:
    """The run, ended; the schedule stays as it was made."""
    change = ScheduleChange(schedule_of(run.project_id), coalesced=coalesced)
    return await runs.update_run_status(connection, run.id, token, ending, NOW, change)


async def canceled(connection: Connection, run: Run) -> Run | None:
    """The run, canceled."""
    return await ended(connection, run, None, Ending(status=RunStatus.CANCELED))


async def new_run(connection: Connection, project_id: UUID) -> Run:
    """A queued run."""
    run = await runs.insert(connection, uuid4(), project_id, Trigger.MANUAL)
    assert run
    return run
