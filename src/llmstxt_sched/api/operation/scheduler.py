"""The scheduler over HTTP."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from litestar import Controller, get, post
from msgspec import Struct

from llmstxt_sched.api.middleware.time_limit import TAKES_LONG
from llmstxt_sched.api.requests.paging import Cursor, Listing, PagedList, PageSize
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.domain.times import Time
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.scheduler.tick import TickReport
from llmstxt_sched.services.overview import Overview, WorkerView
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.store.schedules import ScheduledJob


class LastTick(Struct, frozen=True):
    """The last successful tick of this process."""

    at: Time
    report: TickReport


class JobsPage(Struct, frozen=True):
    """Upcoming jobs, soonest first, and the number of jobs in each place; null if Redis does not answer."""

    items: list[ScheduledJob]
    next_cursor: str | None
    scheduled: int | None
    queued: int | None
    processing: int | None
    last_tick: LastTick | None


class WorkerRunWire(Struct, frozen=True):
    """A run that a worker is carrying out; `progress` is null if unknown."""

    id: UUID
    project_id: UUID
    project_name: str
    started_at: Time
    progress: Progress | None


class WorkerWire(Struct, frozen=True):
    """A worker, which is one process; its heartbeat is null if Redis does not answer."""

    id: UUID
    last_heartbeat_at: Time | None
    runs: list[WorkerRunWire]


class SchedulerController(Controller):
    """The scheduler: upcoming jobs, and ticks on request."""

    path = "/api/scheduler"
    tags = ("scheduler",)

    @get("/jobs", operation_id="list_jobs")
    async def jobs(
        self, overview: Overview, scheduler: SchedulerLoop, limit: PageSize = 50, cursor: Cursor = None
    ) -> JobsPage:
        """The next occurrences and retries of all projects, soonest first."""
        listed = PagedList(tuple[datetime, UUID, UUID], "jobs")
        page = listed.page(
            await overview.jobs(listed.read(cursor), limit + 1),
            limit,
            lambda job: job,
            lambda job: (job.due_at, job.project_id, job.job_id),
        )
        depths = await overview.depths()
        last = (
            LastTick(scheduler.last_tick_at, scheduler.last_report)
            if scheduler.last_tick_at and scheduler.last_report
            else None
        )
        return JobsPage(
            page.items,
            page.next_cursor,
            depths.scheduled if depths else None,
            depths.queued if depths else None,
            depths.processing if depths else None,
            last,
        )

    @get("/workers", operation_id="list_workers")
    async def workers(self, overview: Overview) -> Listing[WorkerWire]:
        """The workers that were heard in the last day or hold a run, and what they do; all on one page."""
        return Listing([_show_worker(worker) for worker in await overview.workers()], None)

    @post("/process", status_code=200, opt={TAKES_LONG: True}, operation_id="run_tick")
    async def process(self, scheduler: SchedulerLoop, audit_log: AuditLog) -> TickReport:
        """Run one tick of the scheduler now."""
        await audit_log.note("scheduler.process", "scheduler")
        return await scheduler.tick()


def _show_worker(worker: WorkerView) -> WorkerWire:
    runs = [
        WorkerRunWire(held.run.id, held.run.project_id, held.run.project_name, held.run.started_at, held.progress)
        for held in worker.runs
    ]
    return WorkerWire(worker.id, worker.last_heartbeat_at, runs)
