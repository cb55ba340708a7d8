"""A project's schedule as data: the schedule, what it must know of a run, rows of the ledger, and a change."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule.cron import Cron


class ScheduleState(StrEnum):
    """Whether the schedule runs, or was halted by a failed run or for lack of a next occurrence."""

    ACTIVE = "ACTIVE"
    HALTED = "HALTED"


class OnFailure(StrEnum):
    """What a failed run does to the schedule."""

    STOP = "stop"
    CONTINUE = "continue"


class Fate(StrEnum):
    """What happened to an occurrence."""

    RAN = "RAN"
    COALESCED = "COALESCED"
    SKIPPED = "SKIPPED"
    MISSED = "MISSED"


class Schedule(Struct, frozen=True):
    """The schedule of one project, as stored in its row in Postgres; times are in UTC.

    `accounted_until`: each occurrence up to this time has a row in the ledger.  `next_run_at` is the nominal time of
    the next occurrence, `next_due_at` that time with the project's jitter, and `next_job_id` the id of its run.
    `troubled_since` is when a project that was well began to fail, became stale or got a version that is held.
    """

    project_id: UUID
    cron_expression: str | None
    timezone: str
    is_enabled: bool
    on_failure: OnFailure
    schedule_state: ScheduleState
    accounted_until: datetime
    halted_by: UUID | None = None
    halted_reason: str | None = None
    last_run_at: datetime | None = None
    next_run_at: datetime | None = None
    next_due_at: datetime | None = None
    next_job_id: UUID | None = None
    stale_after: datetime | None = None
    run_count: int = 0
    troubled_since: datetime | None = None

    @property
    def cron(self) -> Cron | None:
        """The expression and its zone, if there is one."""
        return Cron(self.cron_expression, self.timezone) if self.cron_expression else None

    @property
    def runs_by_itself(self) -> bool:
        """Whether occurrences lead to runs: the schedule is enabled, has an expression and is not halted."""
        return self.is_enabled and bool(self.cron_expression) and self.schedule_state is ScheduleState.ACTIVE


class ScheduledRun(Struct, frozen=True):
    """What the schedule must know of a run; the expression and zone are those that fired it."""

    id: UUID
    trigger: Trigger
    status: RunStatus
    scheduled_for: datetime | None = None
    cron_expression: str | None = None
    timezone: str | None = None
    was_started: bool = False


class LedgerRow(Struct, frozen=True):
    """One row of the ledger: `count` occurrences from `first` to `last` with the same outcome."""

    first: datetime
    last: datetime
    count: int
    outcome: Fate
    reason: str | None
    run_id: UUID | None
    cron_expression: str
    timezone: str

    @property
    def is_of_its_run(self) -> bool:
        """Whether the run of the occurrence itself ended, so that it is true whatever a clock said."""
        return self.outcome is Fate.RAN or self.reason == "canceled"


class ScheduleChange(Struct, frozen=True):
    """The new state of the schedule, new rows for the ledger, and how many occurrences were coalesced into a run."""

    schedule: Schedule
    rows: tuple[LedgerRow, ...] = ()
    coalesced: int = 0
