"""What the model's Postgres holds: schedules, runs, the ledger, and what the checker must know of the past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec import Struct, field

from llmstxt_sched.domain.run import ACTIVE, URGENT, RunStatus, Trigger
from llmstxt_sched.domain.schedule import Cron, LedgerRow, Schedule, ScheduledRun
from llmstxt_sched.jobs.job import Job

# Two days before a night on which clocks go back in Berlin.
BEGIN = datetime(2026, 10, 23, 9, 17, tzinfo=UTC)
LEASE = timedelta(seconds=60)
MAX_CRASHES = 3
MAX_ATTEMPTS = 3
RETRY_BASE = 30.0
JITTER = 90
HOSTS = 3
MOST_PER_HOST = 1


class Row(Struct):
    """A run; `staged` names, page by page, the lease that staged it."""

    id: UUID
    project_id: UUID
    trigger: Trigger
    since: datetime
    scheduled_for: datetime | None = None
    cron_expression: str | None = None
    timezone: str | None = None
    status: RunStatus = RunStatus.QUEUED
    not_before: datetime | None = None
    attempt: int = 0
    crashes: int = 0
    owner: UUID | None = None
    is_suspect: bool = False
    token: UUID | None = None
    lease_until: datetime | None = None
    claimed_at: datetime | None = None
    staged: list[UUID] = field(default_factory=list)

    @property
    def host(self) -> int:
        """The host of its project."""
        return self.project_id.int % HOSTS

    @property
    def is_active(self) -> bool:
        """Whether it has not ended."""
        return self.status in ACTIVE

    def may_start(self, now: datetime) -> bool:
        """Whether a worker may take it."""
        waited = self.status is RunStatus.RETRYING and self.not_before is not None and self.not_before <= now
        return self.status is RunStatus.QUEUED or waited

    def job(self) -> Job:
        """Its job, which waits where it does."""
        return Job(self.id, self.project_id, self.trigger, self.scheduled_for, self.not_before)

    def scheduled(self) -> ScheduledRun:
        """What the schedule must know of it."""
        return ScheduledRun(
            self.id,
            self.trigger,
            self.status,
            self.scheduled_for,
            self.cron_expression,
            self.timezone,
            was_started=self.claimed_at is not None,
        )


class Commit(Struct, frozen=True):
    """A published result: by which lease, from when to when, and who staged its pages."""

    project_id: UUID
    run_id: UUID
    token: UUID
    begun: datetime
    ended: datetime
    pages: tuple[UUID, ...]


class Epoch(Struct, frozen=True):
    """From `start` on the project's occurrences were those of `cron`."""

    start: datetime
    cron: Cron | None


class Tables(Struct):
    """All rows; `commits`, `epochs` and `deleted` are for the checker alone."""

    schedules: dict[UUID, Schedule] = field(default_factory=dict)
    runs: dict[UUID, Row] = field(default_factory=dict)
    ledger: dict[UUID, list[LedgerRow]] = field(default_factory=dict)
    commits: list[Commit] = field(default_factory=list)
    epochs: dict[UUID, list[Epoch]] = field(default_factory=dict)
    deleted: dict[UUID, datetime] = field(default_factory=dict)
    turns: dict[str, datetime] = field(default_factory=dict)
    extensions: dict[UUID, datetime] = field(default_factory=dict)

    def in_progress(self, host: int) -> list[Row]:
        """The runs of a host that are in progress."""
        return [run for run in self.runs.values() if run.host == host and run.status is RunStatus.IN_PROGRESS]

    def urgent_waiting(self, host: int) -> list[Row]:
        """The runs of a host that somebody waits for, to which scheduled ones leave room."""
        runs = [run for run in self.runs.values() if run.host == host and run.status is RunStatus.QUEUED]
        return [run for run in runs if run.trigger in URGENT]

    def suspects_of(self, owner: UUID) -> list[Row]:
        """The suspects that a process works on."""
        runs = [run for run in self.runs.values() if run.status is RunStatus.IN_PROGRESS]
        return [run for run in runs if run.is_suspect and run.owner == owner]

    def is_alone(self, row: Row) -> bool:
        """Whether the process that held the run held no other."""
        return not any(run.is_active and run.owner == row.owner and run.id != row.id for run in self.runs.values())

    def active(self, project_id: UUID) -> Row | None:
        """The project's active run."""
        return next((run for run in self.runs.values() if run.project_id == project_id and run.is_active), None)
