"""Runs.  Every change of a run's status is made here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.domain.notifications.event import NewEvent
from llmstxt_sched.domain.run import HeldVersion, Progress, RunReport, RunStatus, Trigger
from llmstxt_sched.domain.schedule import ScheduleChange, ScheduledRun
from llmstxt_sched.store.postgres.records import each_in, each_to, to
from llmstxt_sched.store.postgres.statements import Connection, statements

FireVerdict = Literal["enqueue", "keep", "drop"]


class PageChanges(Struct, frozen=True):
    """How many pages a run added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class Run(Struct, frozen=True):
    """A run, as stored in its row.

    One that `is_forced` fetches every page anew, in each of its attempts.  One that `is_suspect` was held by a process
    that died; `crashes` counts the deaths that it is charged with.
    """

    id: UUID
    project_id: UUID
    number: int
    trigger: Trigger
    status: RunStatus
    scheduled_for: datetime | None
    cron_expression: str | None
    timezone: str | None
    not_before: datetime | None
    attempt: int
    crashes: int
    lease_token: UUID | None
    lease_until: datetime | None
    coalesced: int
    error_code: str | None
    error_message: str | None
    summary: str | None
    progress: Progress | None
    changes: PageChanges | None
    report: RunReport
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    version_id: UUID | None
    held: HeldVersion | None
    is_forced: bool
    is_suspect: bool

    def scheduled(self, status: RunStatus | None = None) -> ScheduledRun:
        """The part of the run that its schedule needs; `status` replaces the current one, for a run about to end."""
        return ScheduledRun(
            id=self.id,
            trigger=self.trigger,
            status=status or self.status,
            scheduled_for=self.scheduled_for,
            cron_expression=self.cron_expression,
            timezone=self.timezone,
            was_started=self.started_at is not None,
        )


class Ending(Struct, frozen=True, kw_only=True):
    """How a run ends; `failures` and `crashes` are added to its existing counts."""

    status: RunStatus
    version_id: UUID | None = None
    error_code: str | None = None
    error_message: str | None = None
    summary: str | None = None
    progress: Progress | None = None
    changes: PageChanges | None = None
    report: RunReport = RunReport()
    held: HeldVersion | None = None
    failures: int = 0
    crashes: int = 0


class Backlog(Struct, frozen=True):
    """The number of valid leases, of active runs by state, of halted schedules and of held versions.

    `lag_seconds` is how long the oldest due job has been waiting, `waiting_seconds` how long the oldest run that may
    start; `now` is the time according to Postgres.
    """

    now: datetime
    leases: int
    running: int
    queued: int
    retrying: int
    halted: int
    held: int
    lag_seconds: float
    waiting_seconds: float


class BusyRun(Struct, frozen=True):
    """A run in progress, and the worker that holds it."""

    worker: UUID
    id: UUID
    project_id: UUID
    project_name: str
    started_at: datetime


class RunBrief(Struct, frozen=True):
    """A run in brief; `pages` is how many it read, `changed` how many of them it added, changed or removed."""

    project_id: UUID
    id: UUID
    number: int
    status: RunStatus
    held: HeldVersion | None
    pages: int | None
    changed: int | None
    seconds: float | None
    finished_at: datetime | None


class ReadyRun(Struct, frozen=True):
    """A run that may start."""

    id: UUID
    project_id: UUID
    trigger: Trigger
    scheduled_for: datetime | None


class StartableRun(ReadyRun, frozen=True):
    """A run that may start, and the time according to Postgres."""

    now: datetime


async def insert(
    connection: Connection, run_id: UUID, project_id: UUID, trigger: Trigger, *, is_forced: bool = False
) -> Run | None:
    """Queue a run; None if the project has no schedule row."""
    row = await statements["run_insert"].row(
        connection, id=run_id, project_id=project_id, trigger=trigger, is_forced=is_forced
    )
    return to(Run, row)


async def get(connection: Connection, run_id: UUID) -> Run | None:
    """One run."""
    return to(Run, await statements["run_get"].row(connection, id=run_id))


async def lock_active(connection: Connection, project_id: UUID) -> Run | None:
    """The project's active run, locked: no worker can claim it until the transaction ends."""
    return to(Run, await statements["run_lock_active"].row(connection, project_id=project_id))


async def last_occurrence(connection: Connection, project_id: UUID) -> datetime | None:
    """The latest occurrence up to now that had a run."""
    found: datetime | None = await statements["run_last_occurrence"].value(connection, project_id=project_id)
    return found


async def page(connection: Connection, project_id: UUID, before: int | None, limit: int) -> list[Run]:
    """At most `limit` runs of a project, newest first, with numbers below `before`."""
    rows = await statements["run_page"].rows(connection, project_id=project_id, before=before, limit=limit)
    return each_to(Run, rows)


class RunFilter(Struct, frozen=True):
    """Which runs of all projects a list contains; None does not filter."""

    status: RunStatus | None = None
    project_id: UUID | None = None
    since: datetime | None = None


async def page_of_all(
    connection: Connection, wanted: RunFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[Run]:
    """At most `limit` runs, newest first, those after `before` (a time of creation and an id)."""
    at, run_id = before or (None, None)
    rows = await statements["run_page_of_all"].rows(
        connection, **structs.asdict(wanted), before_at=at, before_id=run_id, limit=limit
    )
    return each_to(Run, rows)


async def among(connection: Connection, run_ids: Sequence[UUID]) -> dict[UUID, Run]:
    """The runs with these ids, by id, without their reports."""
    return {run.id: run for run in each_in(Run, await statements["run_among"].rows(connection, ids=run_ids))}


async def recent(connection: Connection, project_ids: Sequence[UUID], limit: int) -> dict[UUID, list[RunBrief]]:
    """The newest runs of each of the projects, at most `limit`, oldest first; all of them are in the result."""
    found: dict[UUID, list[RunBrief]] = {project_id: [] for project_id in project_ids}
    for brief in each_to(RunBrief, await statements["run_recent"].rows(connection, ids=project_ids, limit=limit)):
        found[brief.project_id].append(brief)
    return found


async def wake(connection: Connection, run_id: UUID, *, is_forced: bool = False) -> Run | None:
    """Let a run that waits for its next attempt start at once; None if its status is not RETRYING."""
    return to(Run, await statements["run_wake"].row(connection, id=run_id, is_forced=is_forced))


async def url(connection: Connection, run_id: UUID) -> str | None:
    """The address of the run's project; None if the run is gone."""
    found: str | None = await statements["run_url"].value(connection, id=run_id)
    return found


async def may_start(connection: Connection, run_id: UUID) -> StartableRun | None:
    """The run, if it could be claimed were there room for it; else None."""
    return to(StartableRun, await statements["run_may_start"].row(connection, id=run_id))


async def shorten_waits(connection: Connection, most: timedelta) -> None:
    """End the wait of runs that would wait longer than `most`, which only a clock that was ahead can have caused."""
    await statements["run_shorten_waits"].execute(connection, most=most)


async def retry(
    connection: Connection,
    run_id: UUID,
    token: UUID,
    wait: timedelta,
    error: tuple[str, str],
    *,
    by_crash: bool,
    is_charged: bool = False,
) -> Run | None:
    """Let a leased run wait for its next attempt; `error` is a code and a message.  None if the lease was lost.

    A crash makes it a suspect; with `is_charged` it counts as the run's own.
    """
    row = await statements["run_retry"].row(
        connection,
        id=run_id,
        token=token,
        wait=wait,
        by_crash=by_crash,
        is_charged=is_charged,
        error_code=error[0],
        error_message=error[1],
    )
    return to(Run, row)


async def update_run_status(
    connection: Connection,
    run_id: UUID,
    token: UUID | None,
    ending: Ending,
    now: datetime,
    change: ScheduleChange,
    events: Sequence[NewEvent] = (),
) -> Run | None:
    """End a run with its final status, and store the `change` of its schedule, which the caller has locked.

    `events` are what is told of it.  With a token, the run must be held by that lease; without one, it must be active.
    Otherwise nothing is stored and None is returned.
    """
    row = await statements["run_end"].row(
        connection,
        id=run_id,
        token=token,
        now=now,
        coalesced=change.coalesced,
        rows=change.rows,
        events=events,
        **structs.asdict(change.schedule),
        **structs.asdict(ending),
    )
    return to(Run, row)


async def verdicts(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, FireVerdict]:
    """What to do with each of the ids that Redis holds as due."""
    return {row["id"]: row["verdict"] for row in await statements["run_verdicts"].rows(connection, ids=ids)}


async def ready_count(connection: Connection) -> int:
    """The number of ids that the queue and the workers' lists in Redis should hold together."""
    return int(await statements["run_ready_count"].value(connection))


async def ready_page(connection: Connection, after: UUID, limit: int) -> list[ReadyRun]:
    """At most `limit` runs that may start, ordered by project, those after the project `after`."""
    return each_to(ReadyRun, await statements["run_ready_page"].rows(connection, after=after, limit=limit))


async def backlog(connection: Connection) -> Backlog:
    """The backlog."""
    (only,) = each_to(Backlog, await statements["run_backlog"].rows(connection))
    return only


async def busy(connection: Connection) -> list[BusyRun]:
    """The runs in progress, those that began first at the front."""
    return each_to(BusyRun, await statements["run_busy"].rows(connection))
