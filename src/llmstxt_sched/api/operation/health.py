"""Health and metrics on a listener of their own, which answers even while the API is busy or draining."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from litestar import Litestar, Request, Response, route
from litestar.datastructures import ResponseHeader
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct, field

from llmstxt_sched.api.middleware.time_limit import within_time_limit
from llmstxt_sched.api.problems import on_unexpected, told
from llmstxt_sched.api.requests.methods import READ
from llmstxt_sched.errors import LlmstxtError
from llmstxt_sched.metrics import CONTENT_TYPE, Metrics, Reading
from llmstxt_sched.process.status_phrase import phrase_of
from llmstxt_sched.process.supervise import Supervisor
from llmstxt_sched.scheduler.loop import SchedulerLoop
from llmstxt_sched.services.overview import Overview

OVERDUE_SHOWN = 20
# A project is overdue if it was due more than this many intervals ago and has no active run.
OVERDUE_TICKS = 2

NOSNIFF = {"X-Content-Type-Options": "nosniff"}
WORDS = {
    404: "there is no such address: there are /live, /ready, /health and /metrics",
    405: "this address does not take this method, only GET and HEAD",
}

T = TypeVar("T")


class SchedulerHealth(Struct, frozen=True):
    """The last successful tick of this process."""

    last_tick_at: datetime | None = None
    seconds_since: float | None = None


class Health(Struct, frozen=True):
    """The health of the process; `status` is `ok` or `failing`, and `problems` says why."""

    status: str
    members: dict[str, str]
    scheduler: SchedulerHealth
    postgres: bool
    redis: bool
    version: str
    overdue: list[UUID] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Vitals:
    """Collects what the health check and the metrics report.

    `scheduler` is None in a process without one; `interval_seconds` is the interval between its ticks.
    A run may wait for `max_waiting_seconds` while nobody works.
    """

    def __init__(
        self,
        overview: Overview,
        supervisor: Supervisor,
        scheduler: SchedulerLoop | None,
        metrics: Metrics,
        stop: asyncio.Event,
        *,
        interval_seconds: float,
        max_waiting_seconds: float,
        version: str,
    ) -> None:
        self._overview = overview
        self._supervisor = supervisor
        self._scheduler = scheduler
        self._metrics = metrics
        self._stop = stop
        self._interval_seconds = interval_seconds
        self._max_waiting_seconds = max_waiting_seconds
        self._version = version

    @property
    def is_draining(self) -> bool:
        """Whether the process was told to stop."""
        return self._stop.is_set()

    async def is_ready(self) -> bool:
        """Whether Postgres answers and every migration has been applied."""
        return await _ask(self._overview.is_migrated()) is True

    async def examine(self) -> Health:
        """The current health of the process."""
        longest = OVERDUE_TICKS * self._interval_seconds
        overdue, depths, backlog, postgres_writes, redis_writes = await asyncio.gather(
            _ask(self._overview.overdue(longest, OVERDUE_SHOWN + 1)),
            _ask(self._overview.depths()),
            _ask(self._overview.backlog()),
            _ask(self._overview.postgres_takes_writes()),
            _ask(self._overview.redis_takes_writes()),
        )
        scheduler = self._last_tick()
        members = {name: state.value for name, state in self._supervisor.states.items()}
        problems = [f"{name} is {state}" for name, state in members.items() if state not in {"running", "starting"}]
        problems += ["postgres is away"] if overdue is None else []
        problems += ["redis is away"] if depths is None else []
        problems += ["postgres takes no writes"] if overdue is not None and not postgres_writes else []
        problems += ["redis takes no writes"] if depths is not None and not redis_writes else []
        if backlog and not backlog.leases and backlog.waiting_seconds > self._max_waiting_seconds:
            problems.append(f"a run has been waiting for {backlog.waiting_seconds:.0f} seconds, and nobody works")
        if overdue:
            number = f"more than {OVERDUE_SHOWN}" if len(overdue) > OVERDUE_SHOWN else str(len(overdue))
            problems.append("1 project is overdue" if number == "1" else f"{number} projects are overdue")
        if self._scheduler and self._scheduler.is_late:
            problems.append(f"the scheduler has not ticked for {scheduler.seconds_since:.0f} seconds")
        return Health(
            status="failing" if problems else "ok",
            members=members,
            scheduler=scheduler,
            postgres=overdue is not None,
            redis=depths is not None,
            version=self._version,
            overdue=(overdue or [])[:OVERDUE_SHOWN],
            problems=problems,
        )

    async def metrics(self) -> bytes:
        """The response body for a scrape by Prometheus."""
        backlog, depths, oldest_delivery = await asyncio.gather(
            _ask(self._overview.backlog()),
            _ask(self._overview.depths()),
            _ask(self._overview.oldest_delivery_seconds()),
        )
        return self._metrics.expose(
            Reading(
                due_lag_seconds=backlog.lag_seconds if backlog else None,
                active_leases=backlog.leases if backlog else None,
                queue_depth=depths.queued if depths else None,
                member_restarts={name: crashes.count for name, crashes in self._supervisor.crashes.items()},
                oldest_waiting_seconds=backlog.waiting_seconds if backlog else None,
                retrying=backlog.retrying if backlog else None,
                halted=backlog.halted if backlog else None,
                held=backlog.held if backlog else None,
                oldest_delivery_seconds=oldest_delivery,
            )
        )

    def _last_tick(self) -> SchedulerHealth:
        scheduler = self._scheduler
        return SchedulerHealth(scheduler.last_tick_at, scheduler.seconds_since) if scheduler else SchedulerHealth()


def health_api(vitals: Vitals) -> Litestar:
    """The health listener as an ASGI application."""

    @route("/ready", http_method=READ)
    async def ready() -> Response[dict[str, str]]:
        if vitals.is_draining:
            return Response({"status": "draining"}, status_code=503)
        if not await vitals.is_ready():
            return Response({"status": "postgres is away or not migrated"}, status_code=503)
        return Response({"status": "ok"})

    @route("/health", http_method=READ)
    async def health() -> Response[Health]:
        found = await vitals.examine()
        return Response(found, status_code=200 if found.status == "ok" else 503)

    @route("/metrics", http_method=READ)
    async def metrics() -> Response[bytes]:
        return Response(await vitals.metrics(), media_type=CONTENT_TYPE)

    return _listener(ready, health, metrics)


def api_at_start() -> Litestar:
    """The health listener while the process still waits for its servers: it is alive, and no more."""

    @route(["/ready", "/health", "/metrics"], http_method=READ)
    async def not_yet() -> Response[dict[str, str]]:
        return Response({"status": "starting"}, status_code=503)

    return _listener(not_yet)


def _listener(*handlers: HTTPRouteHandler) -> Litestar:
    @route("/live", http_method=READ)
    async def live() -> Response[dict[str, str]]:
        return Response({"status": "ok"})

    return Litestar(
        [live, *handlers],
        response_headers=[ResponseHeader(name=name, value=value) for name, value in NOSNIFF.items()],
        exception_handlers={HTTPException: _refused, Exception: on_unexpected},
        openapi_config=None,
        logging_config=None,
    )


def _refused(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    body, media_type = told(request.scope, status, WORDS.get(status) or phrase_of(status).lower())
    return Response(body, status_code=status, media_type=media_type, headers=NOSNIFF | dict(error.headers or {}))


async def _ask(asking: Awaitable[T]) -> T | None:
    """The result of `asking`; None if the server that it needs does not answer in time."""
    try:
        return await within_time_limit(asking)
    except LlmstxtError:
        return None
