"""Dry runs over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, post
from msgspec import Struct

from llmstxt_sched.api.middleware.rate_limits import limit_triggers
from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.projects import ProjectCreate, read_new
from llmstxt_sched.api.requests.bodies import faults_of
from llmstxt_sched.api.requests.calls import CHECKS_THE_REST
from llmstxt_sched.api.runs import RunErrorWire
from llmstxt_sched.crawler.dry_run import DryRun
from llmstxt_sched.services.projects.dry_runs import DryRunResult, DryRuns
from llmstxt_sched.services.projects.projects import Projects


class DryRunAnswer(Struct, frozen=True):
    """What a run would fetch; if it would fail, `plan` is null and `error` says why."""

    plan: DryRun | None
    error: RunErrorWire | None


class DryRunsController(Controller):
    """What a crawl would fetch and why, from robots.txt, the sitemaps and the start page alone; nothing is stored."""

    path = "/api/projects"
    tags = ("projects",)

    @post(
        "/dry-run",
        status_code=200,
        guards=[limit_triggers],
        opt={TAKES_LONG: True, CHECKS_THE_REST: True},
        operation_id="try_project",
    )
    async def new(
        self, request: Request[Any, Any, Any], projects: Projects, dry_runs: DryRuns, data: ProjectCreate
    ) -> DryRunAnswer:
        """What the first run of a project would fetch, were it created; takes at most a minute."""
        faults = faults_of(request)
        url, details, patch, credentials = read_new(data, faults)
        url = await projects.check(url, details, patch, credentials, faults)
        return _show(await dry_runs.of_site(url, details, credentials.request_headers() if credentials else {}))

    @post(
        "/{project_id:uuid}/dry-run",
        status_code=200,
        guards=[limit_triggers],
        opt={TAKES_LONG: True},
        operation_id="try_run",
    )
    async def of_project(self, dry_runs: DryRuns, project_id: UUID) -> DryRunAnswer:
        """What the next run of a project would fetch; takes at most a minute."""
        return _show(await dry_runs.of_project(project_id))


def _show(result: DryRunResult) -> DryRunAnswer:
    failure = result.failure
    return DryRunAnswer(result.plan, RunErrorWire(failure.code, failure.message) if failure else None)
