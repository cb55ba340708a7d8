"""Projects with their runs, as the API shows one."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from llmstxt_sched.store.postgres.records import in_json
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.projects import Project
from llmstxt_sched.store.runs import Run, RunBrief


class ShownProject(Struct, frozen=True):
    """A project with its active and its last run, without their reports, and its newest runs in brief, oldest first."""

    project: Project
    runs: tuple[Run, ...]
    recent: tuple[RunBrief, ...]


async def get(connection: Connection, project_id: UUID, recent: int) -> ShownProject | None:
    """One project with at most `recent` of its runs in brief."""
    return in_json(ShownProject, await statements["project_shown"].row(connection, id=project_id, recent=recent))
