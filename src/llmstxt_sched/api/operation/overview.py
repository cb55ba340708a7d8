"""The state of the service at a glance, over HTTP."""

from __future__ import annotations

from litestar import Controller, get
from msgspec import Struct

from llmstxt_sched.api.operation.health import OVERDUE_TICKS
from llmstxt_sched.domain.times import Time
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.services.overview import Overview


class ActiveRuns(Struct, frozen=True):
    """The number of active runs in each state."""

    running: int
    queued: int
    retrying: int


class SchedulerStanding(Struct, frozen=True):
    """The last successful tick of this process, null if it has no scheduler.

    `is_late`: ticks have stopped, or a project that is due was not picked up.
    """

    last_tick_at: Time | None
    seconds_since: float | None
    is_late: bool


class OverviewWire(Struct, frozen=True):
    """How the service stands; `projects` counts them by status, `workers` is null if Redis does not answer."""

    projects: dict[str, int]
    runs: ActiveRuns
    scheduler: SchedulerStanding
    oldest_waiting_seconds: float
    workers: int | None


class OverviewController(Controller):
    """The service as a whole."""

    path = "/api/overview"
    tags = ("overview",)

    @get(operation_id="get_overview")
    async def one(self, overview: Overview, scheduler: SchedulerLoop) -> OverviewWire:
        """How the service stands; cheap enough to be asked for every few seconds."""
        standing = await overview.standing(OVERDUE_TICKS * scheduler.interval_seconds)
        backlog = standing.backlog
        return OverviewWire(
            projects=dict(standing.counts),
            runs=ActiveRuns(backlog.running, backlog.queued, backlog.retrying),
            scheduler=SchedulerStanding(
                scheduler.last_tick_at, scheduler.seconds_since, scheduler.is_late or standing.is_overdue
            ),
            oldest_waiting_seconds=backlog.lag_seconds,
            workers=standing.workers,
        )
