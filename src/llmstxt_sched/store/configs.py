"""The schedules of projects, and what Redis should hold because of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.cursor import Config, Entry
from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.store.records import each_to, to
from llmstxt_sched.store.statements import statements

if TYPE_CHECKING:
    from asyncpg import Record

    from llmstxt_sched.store.statements import Connection


# Before every job there can be: a due time, a project and a job.
FIRST_JOB = (datetime.min.replace(tzinfo=UTC), UUID(int=0), UUID(int=0))


class Fired(Struct, frozen=True):
    """An occurrence that was due: its run is queued (`is_fired`), or had ended before (`is_stuck`)."""

    id: UUID
    project_id: UUID
    scheduled_for: datetime
    due_at: datetime
    is_fired: bool
    is_stuck: bool


class Waiting(Struct, frozen=True):
    """What `scheduled:jobs` should hold of one job."""

    id: UUID
    project_id: UUID
    trigger: Trigger
    scheduled_for: datetime | None
    due_at: datetime


class ScheduledJob(Struct, frozen=True):
    """A job to come, as the API lists it."""

    job_id: UUID
    project_id: UUID
    project_name: str
    scheduled_for: datetime | None
    due_at: datetime
    kind: Literal["schedule", "retry"]


class Locked(NamedTuple):
    """A project's schedule under its lock, and the time by Postgres."""

    config: Config
    now: datetime


class LockedWithRun(NamedTuple):
    """A project's schedule and one run of it under their locks, and the time by Postgres."""

    config: Config
    now: datetime
    status: RunStatus
    lease_token: UUID | None


async def insert(connection: Connection, config: Config) -> None:
    """The schedule of a new project, not armed: `save` follows."""
    await statements.config_insert(
        connection,
        project_id=config.project_id,
        cron_expression=config.cron_expression,
        timezone=config.timezone,
        on_failure=config.on_failure,
        accounted_until=config.accounted_until,
    )


async def get(connection: Connection, project_id: UUID) -> Config | None:
    """The schedule, as it is just now."""
    return to(Config, await statements.config_get(connection, project_id=project_id))


async def lock(connection: Connection, project_id: UUID) -> Locked | None:
    """The schedule, locked together with its project until the transaction ends."""
    return _locked(await statements.config_lock(connection, project_id=project_id))


async def lock_with_run(connection: Connection, run_id: UUID) -> LockedWithRun | None:
    """The schedule, locked together with its project and the run; None where they are gone."""
    row = await statements.config_lock_of_run(connection, run_id=run_id)
    config = to(Config, row)
    return LockedWithRun(config, row["now"], RunStatus(row["status"]), row["lease_token"]) if config and row else None


async def lock_free(connection: Connection, project_id: UUID) -> Locked | None:
    """The schedule, locked together with its project; None where somebody holds them, or they are gone."""
    return _locked(await statements.config_lock_free(connection, project_id=project_id))


async def save(connection: Connection, config: Config, entries: Sequence[Entry] = ()) -> None:
    """Store a locked schedule, and new rows of its ledger."""
    await statements.config_save(connection, **structs.asdict(config), entries=entries)


async def fire(connection: Connection, after: tuple[datetime, UUID], limit: int) -> list[Fired]:
    """Queue a run for at most `limit` due occurrences behind `after` (a due time and a project)."""
    rows = await statements.config_fire(connection, after_due=after[0], after_id=after[1], limit=limit)
    return each_to(Fired, rows)


async def waiting_count(connection: Connection) -> int:
    """How many ids `scheduled:jobs` should hold."""
    return int(await statements.config_waiting_count(connection))


async def waiting_page(connection: Connection, after: tuple[UUID, UUID], limit: int) -> list[Waiting]:
    """What `scheduled:jobs` should hold, by project and id from behind `after`."""
    rows = await statements.config_waiting_page(connection, after_project=after[0], after_id=after[1], limit=limit)
    return each_to(Waiting, rows)


async def waiting_among(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` that `scheduled:jobs` should hold."""
    return {row["id"] for row in await statements.config_waiting_among(connection, ids=ids)}


async def jobs_page(
    connection: Connection, after: tuple[datetime, UUID, UUID] | None, limit: int
) -> list[ScheduledJob]:
    """Jobs to come, soonest first, from behind `after` (a due time, a project and a job)."""
    due, project, job = after or FIRST_JOB
    rows = await statements.config_jobs_page(
        connection, after_due=due, after_project=project, after_id=job, limit=limit
    )
    return each_to(ScheduledJob, rows)


async def overdue(connection: Connection, seconds: float, limit: int) -> list[UUID]:
    """Projects that have been due for longer than `seconds` with no run under way, longest first."""
    return [row["id"] for row in await statements.config_overdue(connection, seconds=seconds, limit=limit)]


def _locked(row: Record | None) -> Locked | None:
    config = to(Config, row)
    return Locked(config, row["now"]) if config and row else None
