"""Projects as they are shown: with their limits and their runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.crawl_limits import EffectiveLimits, effective_limits
from llmstxt_sched.store import runs, shown_projects
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.projects import Project
from llmstxt_sched.store.runs import Run, RunBrief

# As many runs as a sparkline shows.
RECENT_RUNS = 20


class ProjectView(NamedTuple):
    """A project with its active run, its last finished run, and its newest runs in brief, if they were asked for.

    `is_known` says that it was to be created, and was there.
    """

    project: Project
    limits: EffectiveLimits
    active_run: Run | None
    last_run: Run | None
    recent: Sequence[RunBrief] | None = None
    is_known: bool = False


class ProjectViews:
    """Reads what is shown of projects."""

    def __init__(self, limits: CrawlSettings) -> None:
        self._limits = limits

    async def one(self, connection: Connection, project_id: UUID) -> ProjectView:
        """One project, as this transaction sees it.  Raises NotFound."""
        shown = await shown_projects.get(connection, project_id, RECENT_RUNS)
        if shown is None:
            raise NotFound(f"there is no project {project_id}")
        return self.with_runs(shown.project, {run.id: run for run in shown.runs}, shown.recent)

    def with_runs(self, project: Project, known: dict[UUID, Run], recent: Sequence[RunBrief] | None) -> ProjectView:
        """A project with those of its runs that are among `known`."""
        active = known.get(project.active_run_id) if project.active_run_id else None
        last = known.get(project.last_run_id) if project.last_run_id else None
        limits = effective_limits(project, self._limits)
        return ProjectView(project, limits, active, last, recent)


async def recent_runs(connection: Connection, project_ids: Sequence[UUID]) -> dict[UUID, list[RunBrief]]:
    """The newest runs of each project in brief, at most RECENT_RUNS of them."""
    return await runs.recent(connection, project_ids, RECENT_RUNS)
