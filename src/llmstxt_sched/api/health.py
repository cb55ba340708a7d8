"""The second listener: it answers while the API is busy or draining."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Litestar, Response, get
from msgspec import Struct, field

from llmstxt_sched.api.promptly import promptly
from llmstxt_sched.errors import LlmstxtError
from llmstxt_sched.metrics import CONTENT_TYPE, Metrics, Reading
from llmstxt_sched.store.runs import Backlog

# A scheduler that has not ticked for this many periods is down.
SILENT_PERIODS = 3
OVERDUE_SHOWN = 20
Check = Callable[[], Coroutine[Any, Any, object]]


class SchedulerHealth(Struct, frozen=True):
    """The last tick of this process."""

    last_tick_at: datetime | None
    seconds_since: float | None


class Health(Struct, frozen=True):
    """How the process is; `status` is ok or failing, `problems` says why."""

    status: str
    members: dict[str, str]
    scheduler: SchedulerHealth
    postgres: bool
    redis: bool
    version: str
    overdue: list[UUID] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Vitals(Struct, frozen=True):
    """Where health looks.

    `overdue` gives so many projects, at most, that are due for too long; `restarts` counts the crashes of members;
    `since_tick` gives the time of the last tick and the seconds since it; `interval_seconds` is the scheduler's.
    """

    postgres: Check
    is_migrated: Callable[[], Coroutine[Any, Any, bool]]
    redis: Callable[[], Coroutine[Any, Any, tuple[int, int]]]
    overdue: Callable[[int], Coroutine[Any, Any, list[UUID]]]
    members: Callable[[], dict[str, str]]
    restarts: Callable[[], dict[str, int]]
    backlog: Callable[[], Coroutine[Any, Any, Backlog | None]]
    metrics: Metrics
    since_tick: Callable[[], tuple[datetime | None, float | None]]
    is_draining: Callable[[], bool]
    interval_seconds: float
    version: str


def health_api(vitals: Vitals) -> Litestar:
    """The health listener as an ASGI application."""

    @get("/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @get("/ready")
    async def ready() -> Response[dict[str, str]]:
        if vitals.is_draining():
            return Response({"status": "draining"}, status_code=503)
        if not await _answers(vitals.is_migrated):
            return Response({"status": "postgres is away or not migrated"}, status_code=503)
        return Response({"status": "ok"})

    @get("/health")
    async def health() -> Response[Health]:
        found = await examine(vitals)
        return Response(found, status_code=200 if found.status == "ok" else 503)

    @get("/metrics", media_type=CONTENT_TYPE)
    async def metrics() -> bytes:
        backlog, depths = await asyncio.gather(_ask(vitals.backlog), _ask(vitals.redis))
        return vitals.metrics.expose(
            Reading(
                due_lag_seconds=backlog and backlog.lag_seconds,
                active_leases=backlog and backlog.leases,
                queue_depth=depths and depths[0],
                member_restarts=vitals.restarts(),
            )
        )

    return Litestar([live, ready, health, metrics], openapi_config=None, logging_config=None)


async def examine(vitals: Vitals) -> Health:
    """How the process is, just now."""
    postgres, redis = await asyncio.gather(_answers(vitals.postgres), _answers(vitals.redis))
    overdue = (await _ask(lambda: vitals.overdue(OVERDUE_SHOWN + 1)) if postgres else None) or []
    number = f"more than {OVERDUE_SHOWN}" if len(overdue) > OVERDUE_SHOWN else str(len(overdue))
    last_tick_at, since = vitals.since_tick()
    members = vitals.members()
    problems = [f"{name} is {state}" for name, state in members.items() if state not in {"running", "starting"}]
    problems += [] if postgres else ["postgres is away"]
    problems += [] if redis else ["redis is away"]
    problems += [f"{number} projects are overdue"] if overdue else []
    if since is not None and since > SILENT_PERIODS * vitals.interval_seconds:
        problems.append(f"the scheduler has not ticked for {since:.0f} seconds")
    return Health(
        status="failing" if problems else "ok",
        members=members,
        scheduler=SchedulerHealth(last_tick_at, since),
        postgres=postgres,
        redis=redis,
        version=vitals.version,
        overdue=overdue[:OVERDUE_SHOWN],
        problems=problems,
    )


async def _answers(check: Check) -> bool:
    return await _ask(check) not in {None, False}


async def _ask(check: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    try:
        return await promptly(check())
    except LlmstxtError:
        return None
