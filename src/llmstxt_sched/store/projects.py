"""Projects: how they are stored and how the API reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.credentials import CredentialNames
from llmstxt_sched.domain.project import MadeBy, ProjectDetails, ProjectStatus
from llmstxt_sched.domain.schedule import OnFailure, ScheduleState
from llmstxt_sched.store.postgres.records import each_in, to
from llmstxt_sched.store.postgres.statements import Connection, statements


class NewProject(ProjectDetails, frozen=True, kw_only=True):
    """A project before it is stored."""

    id: UUID
    url: str
    slug: str


class Project(NewProject, frozen=True, kw_only=True):
    """A project with its schedule and its status; `folder` is the one that its last run found, if there was one."""

    folder: str | None
    created_at: datetime
    updated_at: datetime
    cron_expression: str | None
    timezone: str
    is_enabled: bool
    on_failure: OnFailure
    schedule_state: ScheduleState
    halted_by: UUID | None
    halted_reason: str | None
    last_run_at: datetime | None
    next_run_at: datetime | None
    stale_after: datetime | None
    active_run_id: UUID | None
    last_run_id: UUID | None
    held_run_id: UUID | None
    page_count: int | None
    credential_names: CredentialNames | None
    credentials_set_at: datetime | None
    status: ProjectStatus
    sort_key: str = ""


class Site(MadeBy, frozen=True, kw_only=True):
    """The part of a project that its crawl needs; `folder` is the one that its last run found, if there was one."""

    url: str
    folder: str | None = None


class ProjectFilter(Struct, frozen=True):
    """Which projects a list contains; None does not filter."""

    q: str | None = None
    schedule: str | None = None
    label: str | None = None
    schedule_state: ScheduleState | None = None


class NamedProject(Struct, frozen=True):
    """A project's id and name."""

    id: UUID
    name: str


async def insert(connection: Connection, project: NewProject) -> None:
    """Store a new project."""
    await statements["project_insert"].execute(connection, **structs.asdict(project))


async def get(connection: Connection, project_id: UUID) -> Project | None:
    """One project."""
    return to(Project, await statements["project_get"].row(connection, id=project_id))


async def among(connection: Connection, project_ids: Sequence[UUID]) -> dict[UUID, Project]:
    """Those of these projects that exist, by id."""
    rows = await statements["project_among"].rows(connection, ids=project_ids)
    return {project.id: project for project in each_in(Project, rows)}


async def of_url(connection: Connection, url: str) -> UUID | None:
    """The oldest project of this address; another that would be created for it has to wait for the transaction."""
    await statements["project_lock_url"].execute(connection, url=url)
    found: UUID | None = await statements["project_of_url"].value(connection, url=url)
    return found


async def names(connection: Connection, project_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of those of these projects that exist."""
    rows = await statements["project_names"].rows(connection, ids=project_ids)
    return {row["id"]: row["name"] for row in rows}


async def update(connection: Connection, project_id: UUID, changes: Mapping[str, object]) -> bool:
    """Update the fields in `changes`, which are named as in `ProjectDetails`; false if the project does not exist."""
    return await statements["project_update"].value(connection, id=project_id, changes=changes) is not None


async def keep_folder(connection: Connection, project_id: UUID, folder: str, made_by: MadeBy) -> None:
    """Remember the folder that a run was restricted to, unless the project has another start page or scope by now."""
    await statements["project_keep_folder"].execute(
        connection, id=project_id, folder=folder, url=made_by.url, scope=made_by.scope
    )


async def has_any(connection: Connection) -> bool:
    """Whether there is a project."""
    return bool(await statements["project_any"].value(connection))


async def lock(connection: Connection, project_id: UUID) -> bool:
    """Protect the project from deletion until the transaction ends; false if it does not exist."""
    return bool(await statements["project_lock"].value(connection, id=project_id))


async def delete(connection: Connection, project_id: UUID) -> bool:
    """Delete the project and everything that belongs to it; false if it did not exist."""
    return await statements["project_delete"].value(connection, id=project_id) is not None
