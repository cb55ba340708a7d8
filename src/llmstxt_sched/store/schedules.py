"""The schedules of projects, and the jobs that Redis should hold because of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from asyncpg import Record
from msgspec import Struct, structs

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import Schedule, ScheduleChange
from llmstxt_sched.domain.times import Time
from llmstxt_sched.store.postgres.records import each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements

# Sorts before every possible job: a due time, a project and a job.
FIRST_JOB = (datetime.min.replace(tzinfo=UTC), UUID(int=0), UUID(int=0))


class FiredPage(Struct, frozen=True):
    """What became of a page of due occurrences: the runs that were `queued` now, in the order of their due times.

    `stuck` are the runs of those that had already ended.  `last` is the last of the page (a due time and a project), or
    None if there was none.
    """

    queued: list[UUID]
    stuck: list[UUID]
    last: tuple[datetime, UUID] | None


class WaitingJob(Struct, frozen=True):
    """A job that `scheduled:jobs` should hold."""

    id: UUID
    project_id: UUID
    trigger: Trigger
    scheduled_for: datetime | None
    due_at: datetime


class ScheduledJob(Struct, frozen=True):
    """An upcoming job, as the API lists it."""

    job_id: UUID
    project_id: UUID
    project_name: str
    scheduled_for: Time | None
    due_at: Time
    kind: Literal["schedule", "retry"]


class LockedSchedule(NamedTuple):
    """A locked schedule, and the time according to Postgres."""

    schedule: Schedule
    now: datetime


class LockedRun(NamedTuple):
    """A locked schedule, the time according to Postgres, and the status and lease of one of its runs.

    `folder` is the one that the project's last run was restricted to; `has_held` says whether a version is held.
    """

    schedule: Schedule
    now: datetime
    status: RunStatus
    lease_token: UUID | None
    folder: str | None
    has_held: bool


async def insert(connection: Connection, schedule: Schedule) -> None:
    """Store the schedule of a new project without a next occurrence; `save` sets that afterwards."""
    await statements["schedule_insert"].execute(connection, **structs.asdict(schedule))


async def get(connection: Connection, project_id: UUID) -> Schedule | None:
    """The schedule, without a lock."""
    return to(Schedule, await statements["schedule_get"].row(connection, project_id=project_id))


async def lock(connection: Connection, project_id: UUID) -> LockedSchedule | None:
    """The schedule, locked together with its project until the transaction ends; None if they do not exist."""
    return _locked(await statements["schedule_lock"].row(connection, project_id=project_id))


async def lock_with_run(connection: Connection, run_id: UUID) -> LockedRun | None:
    """The schedule, locked together with its project and the run; None if they do not exist."""
    row = await statements["schedule_lock_of_run"].row(connection, run_id=run_id)
    schedule = to(Schedule, row)
    if schedule is None or row is None:
        return None
    now, status, token, folder, has_held = (row[name] for name in LockedRun._fields[1:])
    return LockedRun(schedule, now, RunStatus(status), token, folder, has_held)


async def lock_free(connection: Connection, project_id: UUID) -> LockedSchedule | None:
    """Like `lock`, but returns None instead of waiting if another transaction holds one of the locks."""
    return _locked(await statements["schedule_lock_free"].row(connection, project_id=project_id))


async def save(
    connection: Connection, change: ScheduleChange, taken_back: UUID | None = None, initial_run: UUID | None = None
) -> None:
    """Store a change of a locked schedule together with its new ledger rows.

    In the same statement the scheduled run `taken_back` is deleted, unless a worker has claimed it, and the run
    `initial_run` is queued.
    """
    await statements["schedule_save"].execute(
        connection,
        **structs.asdict(change.schedule),
        rows=change.rows,
        taken_back=taken_back,
        initial_run=initial_run,
    )


async def is_well(connection: Connection, project_id: UUID) -> bool:
    """Whether nothing is wrong with a project: not halted, not failed, nothing held, not stale."""
    return bool(await statements["schedule_is_well"].value(connection, project_id=project_id))


async def fire(connection: Connection, after: tuple[datetime, UUID], limit: int) -> FiredPage:
    """Queue a run for each of at most `limit` due occurrences after `after` (a due time and a project)."""
    (row,) = await statements["schedule_fire"].rows(connection, after_due=after[0], after_id=after[1], limit=limit)
    last = (row["last_due"], row["last_project"]) if row["last_due"] else None
    return FiredPage(row["queued"] or [], row["stuck"] or [], last)


async def ahead(connection: Connection, seconds: float, after: UUID, limit: int) -> list[UUID]:
    """At most `limit` projects without an active run that are accounted for, or succeeded, `seconds` from now or later.

    They are ordered by project, those after the project `after`.
    """
    rows = await statements["schedule_ahead"].rows(connection, seconds=seconds, after=after, limit=limit)
    return [row["id"] for row in rows]


async def waiting_count(connection: Connection) -> int:
    """The number of ids that `scheduled:jobs` should hold."""
    return int(await statements["schedule_waiting_count"].value(connection))


async def waiting_page(connection: Connection, after: tuple[UUID, UUID], limit: int) -> list[WaitingJob]:
    """At most `limit` jobs that `scheduled:jobs` should hold, those after `after` (a project and a job)."""
    rows = await statements["schedule_waiting_page"].rows(
        connection, after_project=after[0], after_id=after[1], limit=limit
    )
    return each_to(WaitingJob, rows)


async def waiting_among(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """The subset of `ids` that `scheduled:jobs` should hold."""
    return {row["id"] for row in await statements["schedule_waiting_among"].rows(connection, ids=ids)}


async def jobs_page(
    connection: Connection, after: tuple[datetime, UUID, UUID] | None, limit: int
) -> list[ScheduledJob]:
    """At most `limit` upcoming jobs, soonest first, those after `after` (a due time, a project and a job)."""
    due, project, job = after or FIRST_JOB
    rows = await statements["schedule_jobs_page"].rows(
        connection, after_due=due, after_project=project, after_id=job, limit=limit
    )
    return each_to(ScheduledJob, rows)


async def overdue(connection: Connection, seconds: float, limit: int) -> list[UUID]:
    """Projects that have been due for longer than `seconds` without an active run, longest overdue first."""
    return [row["id"] for row in await statements["schedule_overdue"].rows(connection, seconds=seconds, limit=limit)]


def _locked(row: Record | None) -> LockedSchedule | None:
    schedule = to(Schedule, row)
    return LockedSchedule(schedule, row["now"]) if schedule and row else None
