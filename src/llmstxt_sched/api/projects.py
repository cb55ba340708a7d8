"""Projects over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from llmstxt_sched.api.middleware.access import once, secret_of, send
from llmstxt_sched.api.middleware.compression import COMPRESSED
from llmstxt_sched.api.middleware.rate_limits import limit_creates
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.requests.bodies import faults_of
from llmstxt_sched.api.requests.calls import CHECKS_THE_REST, TAKES_KEY
from llmstxt_sched.api.requests.paging import Cursor, PagedList, PageSize
from llmstxt_sched.api.requests.validation import LANGUAGE_TAG, ONE_LINE, WITHOUT_NUL
from llmstxt_sched.api.runs import RunBriefWire, RunWire, show_brief, show_listed
from llmstxt_sched.domain.credentials import CredentialNames, Credentials
from llmstxt_sched.domain.project import ProjectDetails, ProjectStatus, Versions
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.domain.schedule import (
    Cron,
    OnFailure,
    SchedulePatch,
    ScheduleState,
    describe,
)
from llmstxt_sched.domain.start_folder import Extent
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.errors import Faults
from llmstxt_sched.services.crawl_limits import EffectiveLimits
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.project_views import ProjectView
from llmstxt_sched.services.projects.projects import Projects, folder_of
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.project_lists import is_key
from llmstxt_sched.store.projects import Project, ProjectFilter

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
Description = Annotated[str, Meta(max_length=2000, pattern=WITHOUT_NUL)]
GlobPattern = Annotated[str, Meta(min_length=1, max_length=500, pattern=WITHOUT_NUL)]
Globs = Annotated[tuple[GlobPattern, ...], Meta(max_length=100)]
Selectors = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=200, pattern=WITHOUT_NUL)], ...], Meta(max_length=20)
]
Label = Annotated[str, Meta(min_length=1, max_length=50, pattern=ONE_LINE)]
Labels = Annotated[tuple[Label, ...], Meta(max_length=20)]
# At the length that RFC 5646, section 4.4.1, has software allow for.
Tag = Annotated[str, Meta(max_length=35, pattern=LANGUAGE_TAG)]
LanguagesWire = Literal["start", "all"] | Annotated[tuple[Tag, ...], Meta(min_length=1, max_length=50)]
OnConflict = Annotated[Literal["create", "return"], Parameter()]
# The upper bound is that of Postgres' integer; the limit that users meet is in the settings.
PositiveInt = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Delay = Annotated[float, Meta(ge=0, le=3600)]


class CrawlWire(Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a project's crawls; null means the service's default."""

    max_pages: PositiveInt | None = None
    max_depth: PositiveInt | None = None
    include: Globs = ()
    exclude: Globs = ()
    keep: Selectors = ()
    drop: Selectors = ()
    languages: LanguagesWire = "start"
    versions: Versions = "newest"
    scope: Extent | None = None
    delay_seconds: Delay | None = None


class CrawlPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """The crawl options to change."""

    max_pages: PositiveInt | UnsetType | None = UNSET
    max_depth: PositiveInt | UnsetType | None = UNSET
    include: Globs | UnsetType = UNSET
    exclude: Globs | UnsetType = UNSET
    keep: Selectors | UnsetType = UNSET
    drop: Selectors | UnsetType = UNSET
    languages: LanguagesWire | UnsetType = UNSET
    versions: Versions | UnsetType = UNSET
    scope: Extent | UnsetType | None = UNSET
    delay_seconds: Delay | UnsetType | None = UNSET


class ProjectCreate(Struct, frozen=True, forbid_unknown_fields=True):
    """A project to create."""

    url: str
    name: Name | None = None
    description: Description = ""
    cron_expression: str | None = None
    timezone: str = "UTC"
    is_enabled: bool | None = None
    on_failure: OnFailure = OnFailure.STOP
    is_public: bool = False
    labels: Labels = ()
    crawl: CrawlWire = CrawlWire()
    credentials: Credentials | None = None


class ProjectPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a project to change; `is_enabled` pauses or resumes its schedule."""

    url: str | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    cron_expression: str | UnsetType | None = UNSET
    timezone: str | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET
    on_failure: OnFailure | UnsetType = UNSET
    is_public: bool | UnsetType = UNSET
    labels: Labels | UnsetType = UNSET
    crawl: CrawlPatch | UnsetType = UNSET
    credentials: Credentials | UnsetType | None = UNSET


class SetCredentialsWire(CredentialNames, frozen=True, kw_only=True):
    """Which credentials the project has, and since when; what they say is never shown."""

    set_at: Time


class ProjectWire(Struct, frozen=True):
    """One project; `folder` is the one of its host that its crawls are restricted to.

    `held_run_id` is the run whose version waits to be accepted or rejected.  `recent` are its newest runs, oldest
    first, null in a list that was not asked for them.
    """

    id: UUID
    name: str
    url: str
    folder: str
    slug: str
    description: str
    cron_expression: str | None
    schedule_text: str | None
    timezone: str
    is_enabled: bool
    on_failure: OnFailure
    schedule_state: ScheduleState
    halted_by: UUID | None
    halted_reason: str | None
    last_run_at: Time | None
    next_run_at: Time | None
    stale_after: Time | None
    is_public: bool
    public_url: str | None
    labels: tuple[str, ...]
    crawl: CrawlWire
    limits: EffectiveLimits
    credentials: SetCredentialsWire | None
    status: ProjectStatus
    page_count: int | None
    held_run_id: UUID | None
    active_run: RunWire | None
    last_run: RunWire | None
    recent: list[RunBriefWire] | None
    created_at: Time
    updated_at: Time


class ProjectPage(Struct, frozen=True):
    """A page of projects, and the number of projects for each status."""

    items: list[ProjectWire]
    next_cursor: str | None
    counts: dict[str, int]


NONE_KNOWN: Mapping[UUID, Progress] = MappingProxyType({})


def show_project(view: ProjectView, public_url: str, progress: Mapping[UUID, Progress] = NONE_KNOWN) -> ProjectWire:
    """Convert a project to its wire struct; `public_url` is the address of the service.

    `progress` is the live one of active runs by their ids, as far as it is known.
    """
    project = view.project
    schedule = Cron(project.cron_expression, project.timezone) if project.cron_expression else None
    same = {name: getattr(project, name) for name in SAME_NAMES}
    return ProjectWire(
        schedule_text=describe(schedule) if schedule else None,
        public_url=f"{public_url}/p/{project.slug}/llms.txt" if project.is_public else None,
        folder=folder_of(project),
        limits=view.limits,
        crawl=msgspec.convert(project, CrawlWire, from_attributes=True),
        credentials=_show_credentials(project),
        active_run=show_listed(view.active_run, progress.get(view.active_run.id)) if view.active_run else None,
        last_run=show_listed(view.last_run) if view.last_run else None,
        recent=None if view.recent is None else [show_brief(run) for run in view.recent],
        **same,
    )


COMPUTED = {
    "folder",
    "limits",
    "schedule_text",
    "public_url",
    "crawl",
    "credentials",
    "active_run",
    "last_run",
    "recent",
}
SAME_NAMES = tuple(name for name in ProjectWire.__struct_fields__ if name not in COMPUTED)


def _show_credentials(project: Project) -> SetCredentialsWire | None:
    names, set_at = project.credential_names, project.credentials_set_at
    return SetCredentialsWire(set_at=set_at, **structs.asdict(names)) if names and set_at else None


class ProjectsController(Controller):
    """The sites whose documents this service keeps up to date."""

    path = "/api/projects"
    tags = ("projects",)

    @post(
        responses={200: ResponseSpec(ProjectWire), 201: ResponseSpec(ProjectWire)},
        guards=[limit_creates],
        opt={TAKES_KEY: True, CHECKS_THE_REST: True},
        operation_id="create_project",
    )
    async def create(
        self,
        request: Request[Any, Identity, Any],
        projects: Projects,
        session_cookie: SessionCookie,
        public_url: str,
        data: ProjectCreate,
        on_conflict: OnConflict = "create",
    ) -> Response[bytes]:
        """Create a project; if its schedule is enabled, a first run is queued at once."""

        def created(view: ProjectView) -> StoredResponse:
            return StoredResponse(200 if view.is_known else 201, msgspec.json.encode(show_project(view, public_url)))

        faults = faults_of(request)
        url, details, patch, credentials = read_new(data, faults)
        key: Once[ProjectView] = Once()
        with faults:
            key = await once(request, created, secret_of(request, session_cookie) if credentials else "")
        view = await projects.create(
            url, details, patch, key, credentials, faults=faults, unless_known=on_conflict == "return"
        )
        return send(created(view))

    @get(middleware=[COMPRESSED], operation_id="list_projects")
    async def many(
        self,
        projects: Projects,
        runs: Runs,
        public_url: str,
        q: Annotated[str | None, Parameter(max_length=200, description="Part of a name or an address.")] = None,
        status: ProjectStatus | None = None,
        schedule: Literal["daily", "weekly", "custom", "none"] | None = None,
        label: Annotated[str | None, Parameter(max_length=50)] = None,
        schedule_state: ScheduleState | None = None,
        sort: Literal["created_at", "name", "next_run_at", "attention"] = "created_at",
        recent: Annotated[bool, Parameter(description="With the newest runs of each project in brief.")] = False,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> ProjectPage:
        """All projects, newest first by default."""
        wanted = ProjectFilter(q, schedule, label, schedule_state)
        of = ("projects", wanted, status, sort)
        listed = PagedList(tuple[str, UUID], *of, is_place=lambda place: is_key(sort, place[0]))
        found = await projects.page(wanted, status, sort, listed.read(cursor), limit + 1, with_recent=recent)
        progress = await runs.progress([view.active_run for view in found if view.active_run])
        last = found[limit - 1].project if len(found) > limit else None
        return ProjectPage(
            items=[show_project(view, public_url, progress) for view in found[:limit]],
            next_cursor=listed.write((last.sort_key, last.id)) if last else None,
            counts=await projects.counts(wanted),
        )

    @get("/{project_id:uuid}", operation_id="get_project")
    async def one(self, projects: Projects, runs: Runs, public_url: str, project_id: UUID) -> ProjectWire:
        """One project."""
        found = await projects.get(project_id)
        return show_project(found, public_url, await runs.progress([found.active_run] if found.active_run else []))

    @patch("/{project_id:uuid}", opt={CHECKS_THE_REST: True}, operation_id="edit_project")
    async def edit(
        self,
        request: Request[Any, Any, Any],
        projects: Projects,
        public_url: str,
        project_id: UUID,
        data: ProjectPatch,
    ) -> ProjectWire:
        """Change a project; its address may move within its site."""
        faults = faults_of(request)
        changes, patch = _split(data, faults)
        credentials = changes.pop("credentials", UNSET)
        return show_project(await projects.edit(project_id, changes, patch, credentials, faults), public_url)

    @delete("/{project_id:uuid}", opt={TAKES_LONG: True}, operation_id="delete_project")
    async def remove(self, projects: Projects, project_id: UUID) -> None:
        """Delete a project with its runs and documents."""
        await projects.delete(project_id)

    @post("/{project_id:uuid}/pause", status_code=200, operation_id="pause_project")
    async def pause(self, projects: Projects, public_url: str, project_id: UUID) -> ProjectWire:
        """Disable the schedule; a run in progress continues."""
        return show_project(await projects.pause(project_id), public_url)

    @post("/{project_id:uuid}/resume", status_code=200, operation_id="resume_project")
    async def resume(self, projects: Projects, public_url: str, project_id: UUID) -> ProjectWire:
        """Enable the schedule, also after a failure has halted it."""
        return show_project(await projects.resume(project_id), public_url)


def read_new(data: ProjectCreate, faults: Faults) -> tuple[str, ProjectDetails, SchedulePatch, Credentials | None]:
    """The address, details, schedule and credentials of a project to create; `faults` are those of its fields."""
    changes, patch = _split(data, faults)
    credentials = changes.pop("credentials")
    url, name = str(changes.pop("url")), changes.pop("name") or ""
    return url, msgspec.convert({**changes, "name": name}, ProjectDetails), patch, credentials


def _split(data: ProjectCreate | ProjectPatch, faults: Faults) -> tuple[dict[str, Any], SchedulePatch]:
    """Split the given fields into the project's details, by name, and the patch of its schedule."""
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    crawl = given.pop("crawl", None)
    options = structs.asdict(crawl) if crawl else {}
    if "labels" in given:
        given["labels"] = tuple(dict.fromkeys(given["labels"]))
    details = given | {name: value for name, value in options.items() if value is not UNSET}
    schedule = {name: details.pop(name) for name in SchedulePatch.__struct_fields__ if name in details}
    # Whether there will be something to enable, a wrong expression does not tell.
    if schedule.get("is_enabled") is None or faults.knows("cron_expression"):
        schedule.pop("is_enabled", None)
    return details, SchedulePatch(**schedule)
