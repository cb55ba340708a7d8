"""The record: each method is one transaction of the service, whole or not at all."""

from __future__ import annotations

import random
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace
from tests.system.model.mutants import Mutant
from tests.system.model.rows import BEGIN, JITTER, LEASE, MAX_CRASHES, RETRY_BASE, Commit, Epoch, Row, Tables

from llmstxt_sched.domain import schedule as decisions
from llmstxt_sched.domain.run import CLAIM, COMPLETE, RunStatus, Trigger, backoff
from llmstxt_sched.domain.schedule import Schedule, ScheduleChange


class Gone(Exception):
    """The project was deleted."""


class LeaseLost(Exception):
    """The run is not held by this lease any more."""


class Fired(NamedTuple):
    """An occurrence that was due."""

    id: UUID
    project_id: UUID
    due_at: datetime
    is_fired: bool
    is_stuck: bool


class Postgres:
    """The tables, the clock that decides, and the transactions of workers and ticks."""

    def __init__(self, rng: random.Random, mutant: Mutant | None) -> None:
        self.rng = rng
        self.mutant = mutant
        self.now = BEGIN
        self.tables = Tables()

    def new_id(self) -> UUID:
        """A random id that the seed decides."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def lock(self, project_id: UUID) -> Schedule:
        """The schedule, under its lock."""
        schedule = self.tables.schedules.get(project_id)
        if schedule is None:
            raise Gone
        return schedule

    def save(self, before: Schedule, change: ScheduleChange) -> Schedule:
        """The schedule as decided, with its rows of the ledger."""
        tables, schedule = self.tables, change.schedule
        if schedule.cron != before.schedule:
            active = tables.active(schedule.project_id)
            own = active.scheduled_for if active and active.id == before.next_job_id else None
            start = max(schedule.accounted_until, own) if own else schedule.accounted_until
            tables.epochs[schedule.project_id].append(Epoch(start, schedule.cron))
        tables.schedules[schedule.project_id] = schedule
        tables.ledger[schedule.project_id] += change.rows
        return schedule

    def insert(self, row: Row) -> bool:
        """A new run; false where the indexes refuse it."""
        if row.id in self.tables.runs or self.tables.active(row.project_id):
            return False
        self.tables.runs[row.id] = row
        return True

    def fire(self, after: tuple[datetime, UUID], limit: int) -> list[Fired]:
        """Runs for what is due; now and then a peer holds a row, and it is passed over."""
        due = sorted(
            (schedule.next_due_at, schedule.project_id)
            for schedule in self.tables.schedules.values()
            if schedule.next_due_at and schedule.next_due_at <= self.now and not self.tables.active(schedule.project_id)
        )
        page = [key for key in due if key > after and self.rng.random() > 0.1][:limit]
        return [self._fire(self.tables.schedules[project_id]) for _, project_id in page]

    def _fire(self, schedule: Schedule) -> Fired:
        assert schedule.next_job_id
        assert schedule.next_due_at
        known = self.tables.runs.get(schedule.next_job_id)
        is_stuck = known is not None and not known.is_active
        row = Row(
            schedule.next_job_id,
            schedule.project_id,
            Trigger.SCHEDULE,
            self.now,
            schedule.next_run_at,
            schedule.cron_expression,
            schedule.timezone,
        )
        return Fired(row.id, row.project_id, schedule.next_due_at, self.insert(row), is_stuck)

    def move_past(self, fired: Fired) -> None:
        """The cursor off a run that has ended."""
        schedule = self.lock(fired.project_id)
        if schedule.next_job_id == fired.id:
            self.save(schedule, decisions.move_past(schedule, self.now, JITTER))

    def claim(self, run_id: UUID) -> Row | None:
        """The run with a new lease."""
        row = self.tables.runs.get(run_id)
        if row is None:
            return None
        if self.mutant is not Mutant.CLAIM_WITHOUT_THE_STATE:
            if not row.may_start(self.now):
                return None
            assert row.status in CLAIM.sources
        row.status, row.not_before = RunStatus.IN_PROGRESS, None
        row.token, row.lease_until = self.new_id(), self.now + LEASE
        row.claimed_at, row.staged = self.now, []
        return replace(row)

    def renew(self, held: list[tuple[UUID, UUID]]) -> set[UUID]:
        """Those of the leases (run, token) that hold, renewed."""
        kept = [row for run_id, token in held if (row := self._held(run_id, token))]
        for row in kept:
            row.lease_until = self.now + LEASE
        return {row.id for row in kept}

    def stage(self, claimed: Row) -> None:
        """One page of the crawl."""
        row = self._held(claimed.id, claimed.token)
        if row is None or claimed.token is None:
            raise LeaseLost
        row.staged.append(claimed.token)

    def retry(self, claimed: Row) -> Row:
        """A passing failure: the run waits for its next try."""
        row = self._held(claimed.id, claimed.token)
        if row:
            row.attempt += 1
            self._wait(row, row.attempt)
            return replace(row)
        known = self.tables.runs.get(claimed.id)
        if known is None or known.token != claimed.token or known.status is not RunStatus.RETRYING:
            raise LeaseLost
        return replace(known)

    def hand_back(self, claimed: Row) -> None:
        """A worker that stops gives its run back."""
        row = self._held(claimed.id, claimed.token)
        if row:
            row.status, row.lease_until, row.since = RunStatus.QUEUED, None, self.now

    def finish(self, claimed: Row, status: RunStatus) -> Schedule:
        """The run ended and its schedule settled; by the lease alone, and again where the reply was lost."""
        schedule = self._schedule_of(claimed)
        row = self.tables.runs.get(claimed.id)
        is_blind = self.mutant is Mutant.FINISH_WITHOUT_THE_TOKEN
        if row is None or not (is_blind or row.token == claimed.token):
            raise LeaseLost
        if row.status is status and row.token == claimed.token:
            return schedule
        if row.status is not RunStatus.IN_PROGRESS:
            raise LeaseLost
        self._end(row, status)
        if status in COMPLETE:
            assert claimed.token
            assert claimed.claimed_at
            self.tables.commits.append(
                Commit(row.project_id, row.id, claimed.token, claimed.claimed_at, self.now, tuple(row.staged))
            )
        if self.mutant is Mutant.CURSOR_IN_A_SECOND_TRANSACTION:
            return schedule
        return self.settle(row)

    def settle(self, row: Row) -> Schedule:
        """The schedule after a run that has ended."""
        schedule = self.lock(row.project_id)
        return self.save(schedule, schedule_next_run(schedule, row.scheduled(), self.now, JITTER))

    def settle_later(self, run_id: UUID) -> Schedule | None:
        """The mistake of settling after the transaction that ended the run."""
        row = self.tables.runs.get(run_id)
        return self.settle(row) if row else None

    def expired(self) -> list[UUID]:
        """Runs whose lease has run out."""
        return [row.id for row in self.tables.runs.values() if self._is_expired(row)]

    def rescue(self, run_id: UUID) -> tuple[Row, Schedule] | None:
        """A run taken from its dead worker: it waits, or after too many crashes it ends."""
        row = self.tables.runs.get(run_id)
        if row is None or not self._is_expired(row):
            return None
        row.crashes += 1
        if row.crashes < MAX_CRASHES:
            self._wait(row, row.crashes)
            return replace(row), self.lock(row.project_id)
        self._end(row, RunStatus.FAILED)
        return replace(row), self.settle(row)

    def _end(self, row: Row, status: RunStatus) -> None:
        row.status, row.lease_until, row.not_before = status, None, None

    def _wait(self, row: Row, failures: int) -> None:
        row.status, row.lease_until = RunStatus.RETRYING, None
        row.not_before = self.now + backoff(failures, RETRY_BASE, self.rng.uniform(0.5, 1.5))

    def _held(self, run_id: UUID, token: UUID | None) -> Row | None:
        row = self.tables.runs.get(run_id)
        return row if row and row.token == token and row.status is RunStatus.IN_PROGRESS else None

    def _schedule_of(self, claimed: Row) -> Schedule:
        try:
            return self.lock(claimed.project_id)
        except Gone:
            raise LeaseLost from None

    def _is_expired(self, row: Row) -> bool:
        return row.status is RunStatus.IN_PROGRESS and row.lease_until is not None and row.lease_until < self.now
