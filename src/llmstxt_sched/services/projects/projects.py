"""Projects: creating, reading, changing and deleting them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID, uuid4

import structlog
from msgspec import UNSET, UnsetType, structs

from llmstxt_sched.config import Settings
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.credentials import Credentials, check_credentials
from llmstxt_sched.domain.host_names import readable_name
from llmstxt_sched.domain.project import ProjectDetails, ProjectStatus, slug
from llmstxt_sched.domain.schedule import (
    LedgerRow,
    OnFailure,
    Schedule,
    SchedulePatch,
    ScheduleState,
    stand_still,
)
from llmstxt_sched.domain.start_folder import Extent
from llmstxt_sched.domain.urls import scope_of
from llmstxt_sched.errors import Conflict, Faults, InvalidInput, NotFound
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.credentials import replace_credentials
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.projects.project_checks import NO_SCHEDULE, ProjectChecks, check_globs
from llmstxt_sched.services.projects.project_counts import ProjectCounts
from llmstxt_sched.services.projects.project_views import ProjectView, ProjectViews, recent_runs
from llmstxt_sched.services.schedules import ScheduleNews, Schedules
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.services.settle import decide, lock
from llmstxt_sched.store import occurrences, project_lists, projects, retention, runs, schedules
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.projects import NewProject, Project, ProjectFilter
from llmstxt_sched.store.schedules import LockedSchedule

log = structlog.get_logger(__name__)


# Lists read at the same time by this process; the others wait, and leave connections to shorter requests.
LISTS_AT_ONCE = 4


class Projects:
    """Use cases of projects."""

    def __init__(
        self, database: Database, schedules: Schedules, gate: Gate, settings: Settings, secrets: Secrets
    ) -> None:
        self._database = database
        self._schedules = schedules
        self._checks = ProjectChecks(gate, settings)
        self._views = ProjectViews(settings.crawl)
        self._secrets = secrets
        self._counts = ProjectCounts(database)
        self._lists = asyncio.Semaphore(LISTS_AT_ONCE)

    async def create(
        self,
        url: str,
        details: ProjectDetails,
        wanted: SchedulePatch,
        once: Once[ProjectView],
        credentials: Credentials | None = None,
        *,
        faults: Faults | None = None,
        unless_known: bool = False,
        along: Callable[[Connection, UUID], Awaitable[Job]] | None = None,
    ) -> ProjectView:
        """Create a project.  If its schedule is enabled, an initial run is queued and the next occurrence is set.

        A project without a name is named after its host, as people write it.  With `unless_known`, the oldest project
        of the same address is given instead, if there is one, and nothing is changed.  `along` does in the same
        transaction what the new one is made for, and gives the run that is then to be queued.  `faults` are known
        already.

        Raises InvalidInput, AnsweredBefore, and Conflict where there is no key to seal `credentials` with.
        """
        project_id = uuid4()
        blank = _blank_schedule(project_id)
        url, host, wanted = await self._checks.new(url, details, wanted, blank, credentials, faults or Faults())
        project = _new_project(project_id, url, structs.replace(details, name=details.name or readable_name(host)))
        if wanted.is_enabled is UNSET:
            wanted = structs.replace(wanted, is_enabled=wanted.cron_expression is not None)
        async with once.turn(), self._database.transaction() as connection:
            await once.check(connection)
            if unless_known and (known := await projects.of_url(connection, url)):
                view = (await self._views.one(connection, known))._replace(is_known=True)
                await once.keep(connection, view)
                return view
            now = await database.now(connection)
            await projects.insert(connection, project)
            if credentials:
                await replace_credentials(connection, self._secrets, project.id, credentials)
            blank = structs.replace(blank, accounted_until=now)
            await schedules.insert(connection, blank)
            news = await self._schedules.patch(connection, LockedSchedule(blank, now), wanted)
            if along:
                news = structs.replace(news, queued=await along(connection, project.id))
            view = await self._views.one(connection, project.id)
            noted = {"url": url} | ({"credentials": True} if view.project.credential_names else {})
            await audit.record(connection, "project.create", "project", project.id, project.name, **noted)
            await once.keep(connection, view)
        await self._schedules.push(news)
        log.info("project created", project_id=str(project.id), url=url, schedule=view.project.cron_expression)
        return view

    async def check(
        self,
        url: str,
        details: ProjectDetails,
        wanted: SchedulePatch,
        credentials: Credentials | None,
        faults: Faults,
    ) -> str:
        """Check a project that is not to be created, and return its address in canonical form.

        Raises InvalidInput, also with the `faults` that are known already.
        """
        url, _, _ = await self._checks.new(url, details, wanted, _blank_schedule(uuid4()), credentials, faults)
        return url

    async def get(self, project_id: UUID) -> ProjectView:
        """One project.  Raises NotFound."""
        async with self._database.connection() as connection:
            return await self._views.one(connection, project_id)

    async def page(
        self,
        wanted: ProjectFilter,
        status: ProjectStatus | None,
        sort: str,
        after: tuple[str, UUID] | None,
        limit: int,
        *,
        with_recent: bool = False,
    ) -> list[ProjectView]:
        """At most `limit` projects ordered by `sort`, those after `after` (a sort_key and an id)."""
        async with self._lists, self._database.connection() as connection:
            found = await project_lists.page(connection, wanted, status, sort, after, limit)
            ids = [run_id for each in found for run_id in (each.active_run_id, each.last_run_id) if run_id]
            known = await runs.among(connection, ids)
            recent = await recent_runs(connection, [each.id for each in found]) if with_recent else {}
        return [self._views.with_runs(project, known, recent.get(project.id)) for project in found]

    async def counts(self, wanted: ProjectFilter) -> dict[str, int]:
        """The number of projects for each status, and that of `all`; some seconds old where projects are many."""
        return await self._counts.read(wanted)

    async def edit(
        self,
        project_id: UUID,
        changes: Mapping[str, object],
        patch: SchedulePatch,
        credentials: Credentials | UnsetType | None = UNSET,
        faults: Faults | None = None,
    ) -> ProjectView:
        """Change a project's details, named as in `ProjectDetails`, its schedule, and its credentials (None: remove).

        Raises NotFound, InvalidInput, also with the `faults` that are known already, and Conflict where there is no key
        to seal `credentials` with.
        """
        faults = faults or Faults()
        if isinstance(credentials, Credentials):
            with faults:
                check_credentials(credentials)
        with faults:
            # Only the options in this request are checked: older ones may exceed limits that were lowered since.
            self._checks.options(changes)
        changed = [*changes, *(name for name, value in structs.asdict(patch).items() if value is not UNSET)]
        changed += [] if credentials is UNSET else ["credentials"]
        news = ScheduleNews()
        with faults:
            await self._check_globs_of(project_id, changes)
        if "url" in changes:
            with faults:
                changes = {**changes, "url": await self._moved_url(project_id, str(changes["url"]))}
        async with self._database.transaction() as connection:
            locked = None if patch.is_empty else await lock(connection, project_id)
            if locked:
                with faults:
                    patch = await self._checks.schedule(patch, locked.schedule)
            faults.tell()
            if locked:
                news = await self._schedules.patch(connection, locked, patch)
            if not await projects.update(connection, project_id, changes):
                raise NotFound(f"there is no project {project_id}")
            if credentials is not UNSET:
                await replace_credentials(connection, self._secrets, project_id, credentials)
            view = await self._views.one(connection, project_id)
            await audit.record(connection, "project.edit", "project", project_id, view.project.name, fields=changed)
        await self._schedules.push(news)
        log.info("project changed", project_id=str(project_id), fields=changed)
        return view

    async def check_schedule(self, patch: SchedulePatch) -> None:
        """Check what can be checked of `patch` without a project.  Raises InvalidInput."""
        if patch.cron_expression is UNSET:
            patch = structs.replace(patch, is_enabled=UNSET)
        await self._checks.schedule(patch, _blank_schedule(uuid4()))

    async def pause(self, project_id: UUID) -> ProjectView:
        """Disable the schedule.  Raises NotFound."""
        return await self._switch(project_id, SchedulePatch(is_enabled=False), "project.pause", "project paused")

    async def resume(self, project_id: UUID) -> ProjectView:
        """Enable the schedule, or end its halt.  Raises NotFound, and Conflict if the project has no schedule."""
        return await self._switch(project_id, SchedulePatch(is_enabled=True), "project.resume", "project resumed")

    async def delete(
        self, project_id: UUID, lock_unwanted: Callable[[Connection, UUID], Awaitable[bool]] | None = None
    ) -> None:
        """Delete the project and everything that belongs to it; a running crawl of it stops at its next heartbeat.

        Its history goes first, in small parts, so that no transaction is long; one that is interrupted meanwhile leaves
        a project with less history.  That one is paused: without its ledger, nobody could say what became of its
        occurrences.  `lock_unwanted` locks the project in each transaction that changes it, and says whether it is
        still to be deleted.  Raises NotFound, also if it is not.
        """
        async with self._database.transaction() as connection:
            await _check_unwanted(connection, project_id, lock_unwanted)
            locked = await lock(connection, project_id)
            news = await self._schedules.patch(connection, locked, SchedulePatch(is_enabled=False))
        await self._schedules.push(news)
        dropped = 1
        while dropped:
            async with self._database.connection() as connection:
                dropped = await retention.drop_history(connection, project_id, versions=2, runs=20, rows=2000)
        async with self._database.transaction() as connection:
            await _check_unwanted(connection, project_id, lock_unwanted)
            view = await self._views.one(connection, project_id)
            schedule = await schedules.get(connection, project_id)
            if not await projects.delete(connection, project_id):
                # Somebody else was faster.
                raise NotFound(f"there is no project {project_id}")
            await audit.record(connection, "project.delete", "project", project_id, view.project.name)
        stale = {schedule.next_job_id if schedule else None, view.project.active_run_id}
        await self._schedules.push(ScheduleNews(forgotten=frozenset(job_id for job_id in stale if job_id)))
        log.info("project deleted", project_id=str(project_id))

    async def occurrences(self, project_id: UUID, before: datetime | None, limit: int) -> list[LedgerRow]:
        """At most `limit` rows of the ledger from before `before`, newest first.  Raises NotFound.

        While the schedule is paused or halted, the first page (`before` is None) starts with a provisional row for
        the occurrences that have come due since.
        """
        async with self._database.connection() as connection:
            await self._views.one(connection, project_id)
            schedule = await schedules.get(connection, project_id) if before is None else None
            now = await database.now(connection)
            # Read last: rows written since the schedule was read are then included, and the provisional row, which
            # would count the same occurrences again, is left out below.
            written = await occurrences.page(connection, project_id, before, limit)
        standing = (await decide(stand_still, schedule, now)).rows if schedule else ()
        return [row for row in standing if not written or row.first > written[0].last] + written

    async def _switch(self, project_id: UUID, patch: SchedulePatch, action: str, event: str) -> ProjectView:
        async with self._database.transaction() as connection:
            locked = await lock(connection, project_id)
            if patch.is_enabled and locked.schedule.cron_expression is None:
                raise Conflict(NO_SCHEDULE)
            news = await self._schedules.patch(connection, locked, patch)
            view = await self._views.one(connection, project_id)
            await audit.record(connection, action, "project", project_id, view.project.name)
        await self._schedules.push(news)
        log.info(event, project_id=str(project_id))
        return view

    async def _check_globs_of(self, project_id: UUID, changes: Mapping[str, object]) -> None:
        if changes.get("include") or changes.get("exclude"):
            async with self._database.connection() as connection:
                project = (await self._views.one(connection, project_id)).project
                home = await pages.home(connection, project_id) or project.url
            check_globs(changes, [urls.parse(project.url).host, urls.parse(home).host])

    async def _moved_url(self, project_id: UUID, url: str) -> str:
        """The new address of a project in canonical form.  Raises NotFound, and InvalidInput for another site."""
        async with self._database.connection() as connection:
            before = urls.parse((await self._views.one(connection, project_id)).project.url)
        after = urls.parse(self._checks.address(url)[0])
        # Another port is another server, which is not to get the credentials of this one.
        is_secured = before.host == after.host and (before.scheme, before.port) == ("http", urls.DEFAULT_PORTS["http"])
        is_secured &= (after.scheme, after.port) == ("https", urls.DEFAULT_PORTS["https"])
        if after.origin != before.origin and not is_secured:
            raise InvalidInput("url", f"may move within {before.origin} only: create another project for another site")
        return str(after)


def folder_of(project: Project) -> str:
    """The folder that its crawls are restricted to: as its last run found it, before that as its address says."""
    return project.folder or _first_folder(project.url, project.scope)


# Cached, because lists show the same projects again and again.
@lru_cache(maxsize=4096)
def _first_folder(url: str, scope: Extent | None) -> str:
    start = urls.parse(url)
    return scope_of(start, start, scope).folder


async def _check_unwanted(
    connection: Connection, project_id: UUID, lock_unwanted: Callable[[Connection, UUID], Awaitable[bool]] | None
) -> None:
    if lock_unwanted and not await lock_unwanted(connection, project_id):
        raise NotFound(f"project {project_id} has found another use")


def _new_project(project_id: UUID, url: str, details: ProjectDetails) -> NewProject:
    # The slug ends in random digits, not in a part of the id: a public address must not reveal the project's id.
    public = slug(details.name, secrets.token_hex(4))
    return NewProject(id=project_id, url=url, slug=public, **structs.asdict(details))


def _blank_schedule(project_id: UUID) -> Schedule:
    """The schedule that a new project starts with; the requested schedule is then applied to it as a patch."""
    return Schedule(
        project_id=project_id,
        cron_expression=None,
        timezone="UTC",
        is_enabled=False,
        on_failure=OnFailure.STOP,
        schedule_state=ScheduleState.ACTIVE,
        accounted_until=datetime.now(UTC),
    )
