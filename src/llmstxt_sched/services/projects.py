"""Projects: made, looked at, changed, deleted."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

import structlog
from msgspec import UNSET, Struct, UnsetType, structs

from llmstxt_sched.domain import cursor
from llmstxt_sched.domain.cursor import Config, OnFailure, ScheduleState
from llmstxt_sched.domain.project import CrawlOptions, ProjectStatus, check_options, slug
from llmstxt_sched.domain.schedule import check_schedule, check_zone
from llmstxt_sched.errors import AddressRefused, InvalidInput, NotFound
from llmstxt_sched.services.plan import Plan, Planned, WantedSchedule
from llmstxt_sched.services.replay import Answer, Replay, earlier_answer, keep_answer
from llmstxt_sched.services.settle import decided, lock
from llmstxt_sched.store import configs, database, occurrences, pages, projects, runs
from llmstxt_sched.store.configs import Locked
from llmstxt_sched.store.projects import Filter, NewProject, Project, ProjectDetails

if TYPE_CHECKING:
    from llmstxt_sched.config import Settings
    from llmstxt_sched.crawler.guard import Guard
    from llmstxt_sched.domain.cursor import Entry
    from llmstxt_sched.domain.schedule import Schedule
    from llmstxt_sched.store.database import Database
    from llmstxt_sched.store.pages import PageRow
    from llmstxt_sched.store.runs import Run
    from llmstxt_sched.store.statements import Connection

log = structlog.get_logger(__name__)


class Wanted(Struct, frozen=True):
    """A project that is asked for; `is_enabled` None means: where there is a schedule."""

    url: str
    name: str | None
    description: str
    cron_expression: str | None
    timezone: str
    is_enabled: bool | None
    on_failure: OnFailure
    is_public: bool
    crawl: CrawlOptions


class Edit(Struct, frozen=True, kw_only=True):
    """What is to change of a project; UNSET stays as it is."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    is_public: bool | UnsetType = UNSET
    max_pages: int | UnsetType | None = UNSET
    max_depth: int | UnsetType | None = UNSET
    delay_seconds: float | UnsetType | None = UNSET
    include: tuple[str, ...] | UnsetType = UNSET
    exclude: tuple[str, ...] | UnsetType = UNSET
    cron_expression: str | UnsetType | None = UNSET
    timezone: str | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET
    on_failure: OnFailure | UnsetType = UNSET


class ProjectView(NamedTuple):
    """A project with its active and its last run."""

    project: Project
    active_run: Run | None
    last_run: Run | None


class Projects:
    """Use cases of projects."""

    def __init__(self, database: Database, plan: Plan, guard: Guard, settings: Settings) -> None:
        self._database = database
        self._plan = plan
        self._guard = guard
        self._settings = settings

    async def create(self, wanted: Wanted, replay: Replay | None, render: Callable[[ProjectView], bytes]) -> Answer:
        """Make a project; with a schedule that is enabled its initial run is queued and its cursor set.

        Raises InvalidInput.
        """
        url, host = self._check_url(wanted.url)
        check_options(wanted.crawl, self._settings.crawl.max_pages_ceiling, self._settings.crawl.delay_seconds)
        schedule = await self._check_schedule(wanted.cron_expression, wanted.timezone)
        is_enabled = schedule is not None if wanted.is_enabled is None else wanted.is_enabled
        if is_enabled and schedule is None:
            raise InvalidInput("is_enabled", "only a project with a cron_expression can be enabled")
        async with self._database.transaction() as connection:
            earlier = await earlier_answer(connection, replay)
            if earlier:
                return earlier
            now = await database.now(connection)
            project = _new_project(wanted, url, wanted.name or host)
            await projects.insert(connection, project)
            config = _new_config(project.id, schedule, wanted, now)
            await configs.insert(connection, config)
            planned = await self._plan.start(connection, Locked(config, now), is_enabled=is_enabled)
            answer = Answer(201, render(await _view(connection, project.id)))
            await keep_answer(connection, replay, answer)
        await self._plan.push(planned)
        log.info("project created", project_id=str(project.id), url=url, schedule=config.cron_expression)
        return answer

    async def get(self, project_id: UUID) -> ProjectView:
        """One project.  Raises NotFound."""
        async with self._database.connection() as connection:
            return await _view(connection, project_id)

    async def page(
        self, wanted: Filter, status: ProjectStatus | None, sort: str, after: tuple[str, UUID] | None, limit: int
    ) -> list[ProjectView]:
        """At most `limit` projects in the order `sort`, from behind `after` (a sort_key and an id)."""
        async with self._database.connection() as connection:
            found = await projects.page(connection, wanted, status, sort, after, limit)
            ids = [run_id for each in found for run_id in (each.active_run_id, each.last_run_id) if run_id]
            known = await runs.among(connection, ids)
        return [_with_runs(project, known) for project in found]

    async def counts(self, wanted: Filter) -> dict[str, int]:
        """How many projects stand how."""
        async with self._database.connection() as connection:
            return await projects.counts(connection, wanted)

    async def edit(self, project_id: UUID, edit: Edit) -> ProjectView:
        """Change a project and its schedule.  Raises NotFound and InvalidInput."""
        # Only what is asked for now: the service's limits may have become narrower since the last edit.
        options = CrawlOptions(max_pages=edit.max_pages or None, delay_seconds=_given(edit.delay_seconds))
        check_options(options, self._settings.crawl.max_pages_ceiling, self._settings.crawl.delay_seconds)
        async with self._database.transaction() as connection:
            locked = await lock(connection, project_id)
            before = (await _view(connection, project_id)).project
            details = _edited(before, edit)
            await projects.update(connection, project_id, details)
            planned = await self._edit_schedule(connection, locked, edit)
            after = await _view(connection, project_id)
        await self._plan.push(planned)
        changed = [name for name, value in structs.asdict(edit).items() if value is not UNSET]
        log.info("project changed", project_id=str(project_id), fields=changed)
        return after

    async def pause(self, project_id: UUID) -> ProjectView:
        """Switch the schedule off.  Raises NotFound."""
        return await self._replan(project_id, self._plan.pause, "project paused")

    async def resume(self, project_id: UUID) -> ProjectView:
        """Switch the schedule on, or let it go on after a halt.  Raises NotFound, and Conflict without one."""
        return await self._replan(project_id, self._plan.resume, "project resumed")

    async def delete(self, project_id: UUID) -> None:
        """Delete the project with all that is its own; a crawl of it stops at its next heartbeat.

        Raises NotFound.
        """
        async with self._database.transaction() as connection:
            view = await _view(connection, project_id)
            config = await configs.get(connection, project_id)
            await projects.delete(connection, project_id)
        stale = {config.next_job_id if config else None, view.project.active_run_id} - {None}
        await self._plan.push(Planned(forgotten=frozenset(each for each in stale if each)))
        log.info("project deleted", project_id=str(project_id))

    async def occurrences(self, project_id: UUID, before: datetime | None, limit: int) -> list[Entry]:
        """The ledger, newest first; where the schedule stands still, with what has come due since.  Raises NotFound."""
        async with self._database.connection() as connection:
            await _view(connection, project_id)
            config = await configs.get(connection, project_id) if before is None else None
            now = await database.now(connection)
            # Last: what the schedule writes meanwhile is not left out, and stands there instead of being added.
            written = await occurrences.page(connection, project_id, before, limit)
        standing = (await decided(cursor.stand_still, config, now)).entries if config else ()
        return [entry for entry in standing if not written or entry.first > written[0].last] + written

    async def pages(self, project_id: UUID, after: tuple[int, str], limit: int) -> list[PageRow]:
        """The project's pages in the crawl's order.  Raises NotFound."""
        async with self._database.connection() as connection:
            await _view(connection, project_id)
            return await pages.page(connection, project_id, after, limit)

    async def _replan(
        self, project_id: UUID, act: Callable[[Connection, Locked], Awaitable[Planned]], event: str
    ) -> ProjectView:
        async with self._database.transaction() as connection:
            planned = await act(connection, await lock(connection, project_id))
            view = await _view(connection, project_id)
        await self._plan.push(planned)
        log.info(event, project_id=str(project_id))
        return view

    async def _edit_schedule(self, connection: Connection, locked: Locked, edit: Edit) -> Planned:
        config = locked.config
        expression = config.cron_expression if edit.cron_expression is UNSET else edit.cron_expression
        zone = config.timezone if edit.timezone is UNSET else edit.timezone
        schedule = config.schedule
        if (expression, zone) != (config.cron_expression, config.timezone):
            schedule = await self._check_schedule(expression, zone)
        if edit.is_enabled is True and schedule is None:
            raise InvalidInput("is_enabled", "only a project with a cron_expression can be enabled")
        on_failure = config.on_failure if edit.on_failure is UNSET else edit.on_failure
        is_enabled = None if edit.is_enabled is UNSET else edit.is_enabled
        return await self._plan.edit(connection, locked, WantedSchedule(schedule, zone, on_failure, is_enabled))

    async def _check_schedule(self, expression: str | None, zone: str) -> Schedule | None:
        """In a thread: a hostile expression takes a tenth of a second."""
        if expression is None:
            check_zone(zone)
            return None
        # Only whether it is ever due is asked here, for which any clock will do.
        min_period = self._settings.scheduler.min_period_seconds
        return await asyncio.to_thread(check_schedule, expression, zone, datetime.now(UTC), min_period)

    def _check_url(self, url: str) -> tuple[str, str]:
        try:
            address = self._guard.check_url(url)
        except AddressRefused as refusal:
            raise InvalidInput("url", refusal.message) from None
        return str(address), address.host


def _new_project(wanted: Wanted, url: str, name: str) -> NewProject:
    project_id = uuid4()
    return NewProject(
        id=project_id,
        url=url,
        # Not a part of the id: a public address must not tell what the API calls the project.
        slug=slug(name, secrets.token_hex(4)),
        name=name,
        description=wanted.description,
        is_public=wanted.is_public,
        **structs.asdict(wanted.crawl),
    )


def _new_config(project_id: UUID, schedule: Schedule | None, wanted: Wanted, now: datetime) -> Config:
    return Config(
        project_id=project_id,
        cron_expression=schedule.expression if schedule else None,
        timezone=wanted.timezone,
        is_enabled=False,
        on_failure=wanted.on_failure,
        schedule_state=ScheduleState.ACTIVE,
        accounted_until=now,
    )


def _given(value: float | UnsetType | None) -> float | None:
    return None if value is UNSET else value


def _edited(project: Project, edit: Edit) -> ProjectDetails:
    wanted = structs.asdict(edit)
    kept = {name: getattr(project, name) for name in ProjectDetails.__struct_fields__}
    return ProjectDetails(**{name: value if wanted[name] is UNSET else wanted[name] for name, value in kept.items()})


async def _view(connection: Connection, project_id: UUID) -> ProjectView:
    project = await projects.get(connection, project_id)
    if project is None:
        raise NotFound(f"there is no project {project_id}")
    ids = [run_id for run_id in (project.active_run_id, project.last_run_id) if run_id]
    return _with_runs(project, await runs.among(connection, ids) if ids else {})


def _with_runs(project: Project, known: dict[UUID, Run]) -> ProjectView:
    active = known.get(project.active_run_id) if project.active_run_id else None
    last = known.get(project.last_run_id) if project.last_run_id else None
    return ProjectView(project, active, last)
