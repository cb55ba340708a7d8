"""Rows to begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from llmstxt_sched.domain.cursor import Change, Config, OnFailure, ScheduleState
from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.store import configs, projects, runs
from llmstxt_sched.store.projects import NewProject
from llmstxt_sched.store.runs import Ending, Run

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection

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
    await configs.insert(connection, config_of(project_id))
    return project_id


def config_of(project_id: UUID) -> Config:
    """The schedule of a project that has none."""
    return Config(
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
    change = Change(config_of(run.project_id), coalesced=coalesced)
    return await runs.end(connection, run.id, token, ending, NOW, change)


async def canceled(connection: Connection, run: Run) -> Run | None:
    """The run, canceled."""
    return await ended(connection, run, None, Ending(status=RunStatus.CANCELED))


async def new_run(connection: Connection, project_id: UUID) -> Run:
    """A queued run."""
    run = await runs.insert(connection, uuid4(), project_id, Trigger.MANUAL)
    assert run
    return run
