"""Runs over HTTP."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from llmstxt_sched.api.middleware.access import identify, once, send
from llmstxt_sched.api.middleware.rate_limits import limit_triggers
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG, within_time_limit
from llmstxt_sched.api.open_streams import Streams
from llmstxt_sched.api.requests.calls import TAKES_KEY
from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize, Position32, read_since
from llmstxt_sched.api.waiting import Wait, Waiter, wait_for_end
from llmstxt_sched.crawler.model import Outcome
from llmstxt_sched.domain.run import (
    HeldVersion,
    Injection,
    NeedsRendering,
    Politeness,
    Progress,
    ReachedLimit,
    RunStatus,
    Trigger,
)
from llmstxt_sched.domain.times import Time
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.documents.outcomes import reason_of
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.tokens import Tokens
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.services.run_events import RunEvents
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.store.documents.changes import RunChange
from llmstxt_sched.store.documents.pages import PageRow
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.runs import PageChanges, Run, RunBrief, RunFilter


class RunTrigger(Struct, frozen=True, forbid_unknown_fields=True):
    """How to run; with `force` every page is fetched anew, also those that say that they have not changed."""

    force: bool = False


class RunErrorWire(Struct, frozen=True):
    """Why a run failed, or waits for its next attempt: a stable `code` and a sentence."""

    code: str
    message: str


class ReportWire(Struct, frozen=True):
    """What a run found that its owner should know.

    `injections` are pages that address the model of an agent that reads them, at most 50, with the passage.  `dropped`
    counts what was left out of the main content of the pages that it read, by kind.  `unjudged` counts the articles
    that keep what stands beside them, because judging it failed, by the name of the error.  `limits` are those that the
    run reached, and the first address that each left out or cut short.  `unmatched_globs` are those of `include` and
    `exclude` that matched no address, `unmatched_selectors` those of `keep` and `drop` that matched nothing on the
    pages that it read.  `politeness` is what it asked of its site, null for a run that did not end well.
    `needs_rendering` are the pages that hold nothing until their scripts run: how many, and the first 20.
    """

    injections: tuple[Injection, ...]
    dropped: dict[str, int]
    unjudged: dict[str, int]
    limits: tuple[ReachedLimit, ...]
    unmatched_globs: tuple[str, ...]
    unmatched_selectors: tuple[str, ...]
    politeness: Politeness | None
    needs_rendering: NeedsRendering


class RunWire(Struct, frozen=True):
    """One run; `report` is null in lists and where a run is part of a project.

    `held` is what became of a version that was not published at once, because most of the entries would vanish.
    """

    id: UUID
    project_id: UUID
    number: int
    trigger: Trigger
    status: RunStatus
    scheduled_for: Time | None
    attempt: int
    not_before: Time | None
    created_at: Time
    started_at: Time | None
    finished_at: Time | None
    summary: str | None
    error: RunErrorWire | None
    progress: Progress
    changes: PageChanges | None
    coalesced: int
    is_forced: bool
    held: HeldVersion | None
    report: ReportWire | None


class RunBriefWire(Struct, frozen=True):
    """A run in brief; `pages` is how many it read, `changed` how many of them it added, changed or removed."""

    id: UUID
    number: int
    status: RunStatus
    held: HeldVersion | None
    pages: int | None
    changed: int | None
    seconds: float | None
    finished_at: Time | None


class RunPageWire(Struct, frozen=True):
    """What a run saw at one address; `reason` says what the outcome means, `note` what is special about this page."""

    url: str
    title: str
    status_code: int | None
    outcome: Outcome
    reason: str
    note: str
    depth: int
    content_sha256: str | None


class ChangeWire(Struct, frozen=True):
    """One page, or one entry of llms.txt, that a run changed."""

    scope: Literal["page", "entry"]
    kind: str
    url: str
    title: str
    before: str | None
    after: str | None


def show_run(run: Run, progress: Progress | None = None) -> RunWire:
    """Convert a run to its wire struct; `progress` is the live progress, if known, and replaces the stored one."""
    return _to_wire(
        run, progress, ReportWire(**{name: getattr(run.report, name) for name in ReportWire.__struct_fields__})
    )


def show_listed(run: Run, progress: Progress | None = None) -> RunWire:
    """Convert a run to its wire struct without its report, in which pages of strangers have a say on its size."""
    return _to_wire(run, progress, None)


def _to_wire(run: Run, progress: Progress | None, report: ReportWire | None) -> RunWire:
    error = RunErrorWire(run.error_code, run.error_message or "") if run.error_code else None
    return RunWire(
        id=run.id,
        project_id=run.project_id,
        number=run.number,
        trigger=run.trigger,
        status=run.status,
        scheduled_for=run.scheduled_for,
        attempt=run.attempt,
        not_before=run.not_before,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        summary=run.summary,
        # During another attempt the row still holds the error of the previous one.
        error=error if run.status in {RunStatus.FAILED, RunStatus.RETRYING} else None,
        progress=progress or run.progress or Progress(),
        changes=run.changes,
        coalesced=run.coalesced,
        is_forced=run.is_forced,
        held=run.held,
        report=report,
    )


def show_brief(run: RunBrief) -> RunBriefWire:
    """Convert a run in brief to its wire struct."""
    return RunBriefWire(run.id, run.number, run.status, run.held, run.pages, run.changed, run.seconds, run.finished_at)


def triggered(run: Run) -> StoredResponse:
    """The response to a request that triggers a run."""
    return StoredResponse(202, msgspec.json.encode(show_run(run)))


def _page_place(page: PageRow) -> tuple[int, str]:
    return page.position, page.url


class RunsController(Controller):
    """The runs of projects: triggering, following and cancelling them."""

    path = "/api"
    tags = ("runs",)

    @post(
        "/projects/{project_id:uuid}/runs",
        status_code=202,
        responses={202: ResponseSpec(RunWire)},
        guards=[limit_triggers],
        opt={TAKES_KEY: True},
        operation_id="trigger_run",
    )
    async def trigger(
        self, request: Request[Any, Identity, Any], runs: Runs, project_id: UUID, data: RunTrigger | None = None
    ) -> Response[bytes]:
        """Queue a run now; a run that waits for its next attempt starts at once instead."""
        is_forced = data is not None and data.force
        return send(triggered(await runs.trigger(project_id, await once(request, triggered), is_forced=is_forced)))

    @get("/projects/{project_id:uuid}/runs", operation_id="list_project_runs")
    async def of_project(
        self, runs: Runs, projects: Projects, project_id: UUID, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[RunWire]:
        """A project's runs, newest first."""
        listed = PagedList(Position32, "runs", project_id)
        before = listed.read(cursor)
        await projects.get(project_id)
        found = await runs.page(project_id, before, limit + 1)
        progress = await runs.progress(found)
        return listed.page(found, limit, lambda run: show_listed(run, progress.get(run.id)), lambda run: run.number)

    @get("/runs", operation_id="list_runs")
    async def of_all(
        self,
        runs: Runs,
        status: RunStatus | None = None,
        project: UUID | None = None,
        since: datetime | None = None,
        limit: PageSize = 50,
        cursor: Cursor = None,
    ) -> Listing[RunWire]:
        """The runs of all projects, newest first."""
        wanted = RunFilter(status, project, read_since(since))
        listed = PagedList(tuple[datetime, UUID], "runs of all", wanted)
        found = await runs.page_of_all(wanted, listed.read(cursor), limit + 1)
        progress = await runs.progress(found)
        return listed.page(
            found,
            limit,
            lambda run: show_listed(run, progress.get(run.id)),
            lambda run: (run.created_at, run.id),
        )

    @get("/runs/{run_id:uuid}", opt={TAKES_LONG: True}, operation_id="get_run")
    async def one(
        self,
        request: Request[Any, Identity, Any],
        runs: Runs,
        run_events: RunEvents,
        streams: Streams,
        tokens: Tokens,
        sessions: Sessions,
        session_cookie: SessionCookie,
        run_id: UUID,
        wait: Wait = 0,
    ) -> RunWire:
        """One run, with the live progress of its crawl; with `wait`, once it has ended or the time is over."""
        run = await within_time_limit(runs.get(run_id))
        who_asks = partial(identify, request, tokens, sessions, session_cookie)
        await wait_for_end(run, wait, streams, run_events, Waiter(request.auth.person_id, who_asks, request.receive))
        return await within_time_limit(_show_live(runs, run_id))

    @post("/runs/{run_id:uuid}/cancel", status_code=202, operation_id="cancel_run")
    async def cancel(self, runs: Runs, run_id: UUID) -> RunWire:
        """End an active run, whichever process crawls it."""
        return show_run(await runs.cancel(run_id))

    @post("/runs/{run_id:uuid}/accept", status_code=200, opt={TAKES_LONG: True}, operation_id="accept_run")
    async def accept(self, held_versions: HeldVersions, run_id: UUID) -> RunWire:
        """Publish the version of the run, which was held because most of the entries would vanish."""
        return show_run(await held_versions.accept(run_id))

    @post("/runs/{run_id:uuid}/reject", status_code=200, opt={TAKES_LONG: True}, operation_id="reject_run")
    async def reject(self, held_versions: HeldVersions, run_id: UUID) -> RunWire:
        """Throw the held version of the run away."""
        return show_run(await held_versions.reject(run_id))

    @get("/runs/{run_id:uuid}/pages", operation_id="list_run_pages")
    async def pages(
        self, runs: Runs, run_id: UUID, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[RunPageWire]:
        """The pages that the run saw, in crawl order."""
        listed = PagedList(tuple[Position32, str], "pages of a run", run_id)
        found = await runs.pages(run_id, listed.read(cursor) or (-1, ""), limit + 1)
        return listed.page(found, limit, _show_page, _page_place)

    @get("/runs/{run_id:uuid}/changes", operation_id="list_run_changes")
    async def changes(
        self, runs: Runs, run_id: UUID, limit: PageSize = 50, cursor: Cursor = None
    ) -> Listing[ChangeWire]:
        """What the run changed: first pages, then entries of llms.txt."""
        listed = PagedList(Position32, "changes of a run", run_id)
        after = listed.read(cursor)
        found = await runs.changes(run_id, -1 if after is None else after, limit + 1)
        return listed.page(found, limit, _show_change, lambda change: change.position)


async def _show_live(runs: Runs, run_id: UUID) -> RunWire:
    run = await runs.get(run_id)
    return show_run(run, (await runs.progress([run])).get(run_id))


def _show_page(page: PageRow) -> RunPageWire:
    same = {name: getattr(page, name) for name in RunPageWire.__struct_fields__ if name != "reason"}
    return RunPageWire(reason=reason_of(page.outcome), **same)


def _show_change(change: RunChange) -> ChangeWire:
    return ChangeWire(change.scope, change.kind, change.url, change.title, change.before, change.after)
