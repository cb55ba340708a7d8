"""A project's schedule as data: the schedule itself, the runs that it must know of, the ledger, a change of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule.cron import Cron


class ScheduleState(StrEnum):
    """Whether the schedule goes on by itself."""

    ACTIVE = "ACTIVE"
    HALTED = "HALTED"


class OnFailure(StrEnum):
    """What a failed run does to the schedule."""

    STOP = "stop"
    CONTINUE = "continue"


class Fate(StrEnum):
    """What became of an occurrence."""

    RAN = "RAN"
    COALESCED = "COALESCED"
    SKIPPED = "SKIPPED"
    MISSED = "MISSED"


class Schedule(Struct, frozen=True):
    """The schedule of one project, as its row in Postgres holds it; times are in UTC."""

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

    @property
    def cron(self) -> Cron | None:
        """The expression and its zone, if there is one."""
        return Cron(self.cron_expression, self.timezone) if self.cron_expression else None

    @property
    def runs_by_itself(self) -> bool:
        """Whether a next occurrence is to come."""
        return self.is_enabled and bool(self.cron_expression) and self.schedule_state is ScheduleState.ACTIVE


class ScheduledRun(Struct, frozen=True):
    """What the schedule must know of a run; the expression and zone are those it was fired by."""

    id: UUID
    trigger: Trigger
    status: RunStatus
    scheduled_for: datetime | None = None
    cron_expression: str | None = None
    timezone: str | None = None
    was_started: bool = False


class LedgerRow(Struct, frozen=True):
    """One row of the ledger: `count` occurrences from `first` to `last` that met the same fate."""

    first: datetime
    last: datetime
    count: int
    outcome: Fate
    reason: str | None
    run_id: UUID | None
    cron_expression: str
    timezone: str


class ScheduleChange(Struct, frozen=True):
    """The schedule as it is to be, the ledger's new rows, and how many occurrences a run took along."""

    schedule: Schedule
    rows: tuple[LedgerRow, ...] = ()
    coalesced: int = 0
