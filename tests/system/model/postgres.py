"""The record: each method is one transaction of the service, whole or not at all."""

from __future__ import annotations

import random
from collections.abc import Set
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace
from tests.system.model.mutants import Mutant
from tests.system.model.rows import (
    BEGIN,
    JITTER,
    LEASE,
    MAX_CRASHES,
    MOST_PER_HOST,
    RETRY_BASE,
    Commit,
    Epoch,
    Row,
    Tables,
)

from llmstxt_sched.domain.run import CLAIM, COMPLETE, URGENT, RunStatus, Trigger, backoff
from llmstxt_sched.domain.schedule import (
    Schedule,
    ScheduleChange,
    SchedulePatch,
    move_past,
    patch_schedule,
    schedule_next_run,
)
from llmstxt_sched.errors import LeaseLost, NotFound
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.services.schedules import ScheduleNews, _news
from llmstxt_sched.store.runs import FireVerdict
from llmstxt_sched.store.schedules import FiredPage

# How often a peer holds a row that a tick would lock.
HELD_BY_A_PEER = 0.1


class Postgres:
    """The tables, the clock that decides, and the transactions of workers, ticks and requests."""

    def __init__(self, rng: random.Random, mutant: Mutant | None) -> None:
        self.rng = rng
        self.mutant = mutant
        self.now = BEGIN
        self.tables = Tables()

    def new_id(self) -> UUID:
        """A random id that the seed decides."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def create(self, blank: Schedule, patch: SchedulePatch) -> ScheduleNews:
        """A project with the schedule that is wanted; gives what Redis is to hear."""
        self.tables.schedules[blank.project_id] = blank
        self.tables.ledger[blank.project_id] = []
        self.tables.epochs[blank.project_id] = [Epoch(self.now, blank.cron)]
        return self.patch(blank.project_id, patch)

    def patch(self, project_id: UUID, patch: SchedulePatch) -> ScheduleNews:
        """A schedule changed as it is wanted, with the run that is taken back and the initial one."""
        before, row = self.lock(project_id), self.tables.active(project_id)
        active = row.scheduled() if row else None
        patched = patch_schedule(before, active, patch, self.now, JITTER)
        initial = Job(self.new_id(), project_id, Trigger.INITIAL) if patched.needs_initial_run else None
        change = patched.change
        if self.mutant is Mutant.PATCH_FORGETS_THE_LEDGER:
            change = replace(change, rows=())
        if change.schedule != before:
            self._save_patch(before, change, patched.taken_back)
            if initial:
                self.insert(Row(initial.id, project_id, Trigger.INITIAL, self.now))
        return _news(before, active, patched, initial)

    def delete(self, project_id: UUID) -> ScheduleNews:
        """The project and all that is its own."""
        tables = self.tables
        schedule, active = tables.schedules.pop(project_id), tables.active(project_id)
        tables.runs = {run.id: run for run in tables.runs.values() if run.project_id != project_id}
        del tables.ledger[project_id], tables.epochs[project_id]
        tables.deleted[project_id] = self.now
        stale = (schedule.next_job_id, active.id if active else None)
        return ScheduleNews(forgotten=frozenset(job_id for job_id in stale if job_id))

    def trigger(self, project_id: UUID) -> tuple[Row, bool] | None:
        """A run now, or the retrying one at once, which is then true; None while one is under way."""
        self.lock(project_id)
        active = self.tables.active(project_id)
        if active is None:
            run = Row(self.new_id(), project_id, Trigger.MANUAL, self.now)
            self.insert(run)
            return replace(run), False
        if active.status is not RunStatus.RETRYING:
            return None
        active.not_before = self.now
        return replace(active), True

    def cancel(self, project_id: UUID) -> tuple[Row, Schedule] | None:
        """The active run ended, whoever holds it."""
        schedule, run = self.lock(project_id), self.tables.active(project_id)
        if run is None:
            return None
        self._end(run, RunStatus.CANCELED)
        if self.mutant is not Mutant.CANCEL_LEAVES_THE_CURSOR:
            schedule = self._settle(run)
        return replace(run), schedule

    def fire(self, after: tuple[datetime, UUID], limit: int) -> FiredPage:
        """Runs for what is due; what a peer holds is passed over."""
        due = sorted(
            (schedule.next_due_at, schedule.project_id)
            for schedule in self.tables.schedules.values()
            if schedule.next_due_at and schedule.next_due_at <= self.now and not self.tables.active(schedule.project_id)
        )
        page = [key for key in due if key > after and not self._is_held_by_a_peer()][:limit]
        fired = [self._fire(self.tables.schedules[project_id]) for _, project_id in page]
        queued = [run_id for run_id, is_queued, _ in fired if is_queued]
        stuck = [run_id for run_id, _, is_stuck in fired if is_stuck]
        return FiredPage(queued, stuck, page[-1] if page else None)

    def judge(self, job_id: UUID) -> FireVerdict:
        """What is to be done with an id that Redis holds as due."""
        run = self.tables.runs.get(job_id)
        if run and run.may_start(self.now):
            return "enqueue"
        if run:
            return "keep" if run.status is RunStatus.RETRYING else "drop"
        return "keep" if any(each.next_job_id == job_id for each in self.tables.schedules.values()) else "drop"

    def move_past(self, run_id: UUID) -> None:
        """The cursor off a run that has ended."""
        run = self.tables.runs.get(run_id)
        schedule = run and self.tables.schedules.get(run.project_id)
        if schedule and schedule.next_job_id == run_id:
            ran = [each.scheduled_for for each in self.tables.runs.values() if each.project_id == schedule.project_id]
            last = max((each for each in ran if each and each <= self.now), default=None)
            self._save(move_past(schedule, last, JITTER))

    def claim(self, run_id: UUID, owner: UUID) -> Row | None:
        """The run with a new lease, where there is room for it."""
        row = self.tables.runs.get(run_id)
        if row is None:
            return None
        if self.mutant is not Mutant.CLAIM_WITHOUT_THE_STATE:
            if not row.may_start(self.now) or not self._has_room(row) or not self._may_be_held(row, owner):
                return None
            assert row.status in CLAIM.sources
        row.status, row.not_before = RunStatus.IN_PROGRESS, None
        row.token, row.owner, row.lease_until = self.new_id(), owner, self.now + LEASE
        row.claimed_at, row.staged = self.now, []
        return replace(row)

    def _has_room(self, row: Row) -> bool:
        if self.mutant is Mutant.CLAIM_WITHOUT_ROOM:
            return True
        before = 0 if row.trigger in URGENT else len(self.tables.urgent_waiting(row.host))
        return len(self.tables.in_progress(row.host)) + before < MOST_PER_HOST

    def _may_be_held(self, row: Row, owner: UUID) -> bool:
        if self.mutant is Mutant.CLAIM_A_SECOND_SUSPECT:
            return True
        return not row.is_suspect or not self.tables.suspects_of(owner)

    def may_start(self, run_id: UUID) -> Row | None:
        """The run, if it could be claimed were there room."""
        row = self.tables.runs.get(run_id)
        return replace(row) if row and row.may_start(self.now) else None

    def renew(self, held: list[tuple[UUID, UUID]]) -> set[UUID]:
        """The leases (run, token) that hold, renewed; gives their tokens."""
        kept = {token: row for run_id, token in held if (row := self._held(run_id, token))}
        for token, row in kept.items():
            if self._is_held_by_a_peer():
                self.tables.extensions[token] = self.now + LEASE
            else:
                row.lease_until = self.now + LEASE
        return set(kept)

    def stage(self, claimed: Row) -> None:
        """One page of the crawl."""
        row = self._held(claimed.id, claimed.token)
        if row is None or claimed.token is None:
            raise LeaseLost(f"run {claimed.id} is not held by this lease")
        row.staged.append(claimed.token)

    def retry(self, claimed: Row) -> Row:
        """A passing failure: the run waits for its next try."""
        row = self._held(claimed.id, claimed.token)
        if row:
            row.attempt += 1
            self._wait(row, row.attempt)
        return replace(row or self._ended_before(claimed, {RunStatus.RETRYING}))

    def hand_back(self, claimed: Row) -> None:
        """A worker that stops gives its run back."""
        row = self._held(claimed.id, claimed.token)
        if row:
            row.status, row.lease_until, row.since = RunStatus.QUEUED, None, self.now

    def finish(self, claimed: Row, status: RunStatus) -> Schedule:
        """The run ended and its schedule settled; by the lease alone, and again where the reply was lost."""
        row = self._held(claimed.id, claimed.token)
        if self.mutant is Mutant.FINISH_WITHOUT_THE_TOKEN:
            found = self.tables.runs.get(claimed.id)
            row = found if found and found.status is RunStatus.IN_PROGRESS else None
        if row is None:
            ended = self._ended_before(claimed, COMPLETE if status in COMPLETE else {status})
            return self.lock(ended.project_id)
        self._end(row, status)
        if status in COMPLETE:
            assert claimed.token
            assert claimed.claimed_at
            self.tables.commits.append(
                Commit(row.project_id, row.id, claimed.token, claimed.claimed_at, self.now, tuple(row.staged))
            )
        if self.mutant is Mutant.CURSOR_IN_A_SECOND_TRANSACTION:
            return self.lock(row.project_id)
        return self._settle(row)

    def settle_later(self, run_id: UUID) -> Schedule | None:
        """The mistake of settling after the transaction that ended the run."""
        row = self.tables.runs.get(run_id)
        return self._settle(row) if row else None

    def expired(self) -> list[UUID]:
        """Runs whose lease has run out."""
        return [row.id for row in self.tables.runs.values() if self._is_expired(row)]

    def rescue(self, run_id: UUID) -> tuple[Row, Schedule] | None:
        """A run taken from its dead worker: it waits, or after too many crashes it ends; not what a peer holds."""
        row = self.tables.runs.get(run_id)
        if row is None or not self._is_expired(row) or self._is_held_by_a_peer():
            return None
        is_charged = row.is_suspect or self.tables.is_alone(row)
        row.crashes, row.is_suspect = row.crashes + is_charged, True
        if row.crashes < MAX_CRASHES:
            self._wait(row, max(row.crashes, 1))
            return replace(row), self.lock(row.project_id)
        self._end(row, RunStatus.FAILED)
        return replace(row), self._settle(row)

    def lock(self, project_id: UUID) -> Schedule:
        """The schedule, under its lock."""
        schedule = self.tables.schedules.get(project_id)
        if schedule is None:
            raise NotFound(f"there is no project {project_id}")
        return schedule

    def insert(self, row: Row) -> bool:
        """A new run; false where the indexes refuse it."""
        if row.id in self.tables.runs or self.tables.active(row.project_id):
            return False
        self.tables.runs[row.id] = row
        schedule = self.tables.schedules[row.project_id]
        self.tables.schedules[row.project_id] = replace(schedule, run_count=schedule.run_count + 1)
        return True

    def _settle(self, row: Row) -> Schedule:
        """The schedule after a run that has ended."""
        return self._save(schedule_next_run(self.lock(row.project_id), row.scheduled(), self.now, JITTER))

    def _save(self, change: ScheduleChange) -> Schedule:
        """The schedule as decided, with its rows of the ledger."""
        schedule = change.schedule
        self.tables.schedules[schedule.project_id] = schedule
        self.tables.ledger[schedule.project_id] += change.rows
        return schedule

    def _save_patch(self, before: Schedule, change: ScheduleChange, taken_back: UUID | None) -> None:
        schedule = self._save(change)
        if schedule.cron != before.cron:
            active = self.tables.active(schedule.project_id)
            goes_on = active is not None and active.id == before.next_job_id and active.id != taken_back
            start = schedule.accounted_until
            if active and active.scheduled_for and goes_on and schedule.cron:
                # The cursor's own run ends by the new expression, whatever has come due since.
                start = max(before.accounted_until, active.scheduled_for)
            self.tables.epochs[schedule.project_id].append(Epoch(start, schedule.cron))
        if taken_back and self.mutant is not Mutant.PATCH_LEAVES_THE_RUN:
            del self.tables.runs[taken_back]

    def _fire(self, schedule: Schedule) -> tuple[UUID, bool, bool]:
        """The run, whether it was queued now, and whether there is one that has ended."""
        assert schedule.next_job_id
        assert schedule.next_run_at
        assert schedule.next_due_at
        known = self.tables.runs.get(schedule.next_job_id)
        row = Row(
            schedule.next_job_id,
            schedule.project_id,
            Trigger.SCHEDULE,
            self.now,
            schedule.next_run_at,
            schedule.cron_expression,
            schedule.timezone,
        )
        return row.id, self.insert(row), known is not None and not known.is_active

    def _end(self, row: Row, status: RunStatus) -> None:
        row.status, row.lease_until, row.not_before = status, None, None

    def _wait(self, row: Row, failures: int) -> None:
        row.status, row.lease_until = RunStatus.RETRYING, None
        row.not_before = self.now + backoff(failures, RETRY_BASE, self.rng.uniform(0.5, 1.5))

    def _held(self, run_id: UUID, token: UUID | None) -> Row | None:
        row = self.tables.runs.get(run_id)
        return row if row and row.token == token and row.status is RunStatus.IN_PROGRESS else None

    def _ended_before(self, claimed: Row, done: Set[RunStatus]) -> Row:
        """The run where the move was made before and the reply was lost."""
        row = self.tables.runs.get(claimed.id)
        marks = (claimed.token, claimed.crashes, claimed.is_suspect)
        if row and (row.token, row.crashes, row.is_suspect) == marks and row.status in done:
            return row
        raise LeaseLost(f"run {claimed.id} is not held by this lease")

    def _is_held_by_a_peer(self) -> bool:
        return self.rng.random() < HELD_BY_A_PEER

    def _is_expired(self, row: Row) -> bool:
        if row.status is not RunStatus.IN_PROGRESS or row.lease_until is None or row.token is None:
            return False
        return max(row.lease_until, self.tables.extensions.get(row.token, BEGIN)) < self.now
