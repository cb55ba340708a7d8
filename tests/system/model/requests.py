"""What people ask for, in any state: one transaction, then one push, which may never come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from tests.system.model.mutants import Mutant
from tests.system.model.postgres import Gone, Postgres
from tests.system.model.redis import Away, Redis
from tests.system.model.rows import JITTER, Epoch, Row

from llmstxt_sched.domain import schedule as decisions
from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import Cron, OnFailure, Schedule, ScheduleChange, ScheduleState

Steps = Iterator[None]
PROJECTS = 8
SCHEDULES = (
    Cron("*/20 * * * *", "UTC"),
    Cron("0 * * * *", "America/New_York"),
    Cron("0 2 * * *", "Europe/Berlin"),
    Cron("30 2 * * *", "Europe/Berlin"),
    Cron("15 */3 * * *", "Africa/Casablanca"),
)


class Requests:
    """One request at a time, chosen at random."""

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self._postgres = postgres
        self._redis = redis
        self._rng = postgres.rng

    def any(self) -> Steps:
        """A request of some kind about some project."""
        projects = list(self._postgres.tables.schedules)
        if len(projects) < PROJECTS:
            return self.create()
        about: list[Callable[[UUID], Steps]] = [
            self.trigger,
            self.trigger,
            self.cancel,
            self.pause,
            self.resume,
            self.resume,
            self.edit,
        ]
        if self._rng.random() < 0.05:
            return self.delete(self._rng.choice(projects))
        return self._rng.choice(about)(self._rng.choice(projects))

    def create(self) -> Steps:
        """A project with a schedule, and its initial run."""
        postgres, schedule = self._postgres, self._rng.choice(SCHEDULES)
        schedule = Schedule(
            project_id=postgres.new_id(),
            cron_expression=schedule.expression,
            timezone=schedule.zone,
            is_enabled=False,
            on_failure=self._rng.choice(list(OnFailure)),
            schedule_state=ScheduleState.ACTIVE,
            accounted_until=postgres.now,
        )
        postgres.tables.ledger[schedule.project_id] = []
        postgres.tables.epochs[schedule.project_id] = [Epoch(postgres.now, schedule)]
        armed = postgres.save(schedule, decisions.revive(schedule, postgres.now, JITTER, is_enabled=True))
        initial = Row(postgres.new_id(), schedule.project_id, Trigger.INITIAL, postgres.now)
        postgres.insert(initial)
        yield
        self._push_schedule(armed)
        yield
        self._push(lambda: self._redis.requeue([initial.id]))

    def trigger(self, project_id: UUID) -> Steps:
        """A run now, or the retrying one at once."""
        postgres = self._postgres
        active = postgres.tables.active(project_id)
        if active and active.status is not RunStatus.RETRYING:
            return
        run = active or Row(postgres.new_id(), project_id, Trigger.MANUAL, postgres.now)
        if active:
            active.not_before = postgres.now
        elif project_id in postgres.tables.schedules:
            postgres.insert(run)
        yield
        self._push(lambda: self._redis.forget({run.id}))
        self._push(lambda: self._redis.requeue([run.id]))

    def cancel(self, project_id: UUID) -> Steps:
        """The active run ended, whoever holds it."""
        postgres, run = self._postgres, self._postgres.tables.active(project_id)
        if run is None:
            return
        run.status, run.lease_until, run.not_before = RunStatus.CANCELED, None, None
        schedule = postgres.lock(project_id)
        if postgres.mutant is not Mutant.CANCEL_LEAVES_THE_CURSOR:
            schedule = postgres.settle(run)
        yield
        self._push(lambda: self._redis.forget({run.id}))
        self._push_schedule(schedule)

    def pause(self, project_id: UUID) -> Steps:
        """The schedule off; a scheduled run that nobody took is taken back."""

        def decide(schedule: Schedule, active: Row | None, now: datetime) -> ScheduleChange:
            return decisions.pause(schedule, active.scheduled() if active else None, now)

        schedule = self._postgres.tables.schedules.get(project_id)
        if schedule and schedule.is_enabled:
            yield from self._replan(project_id, decide)

    def edit(self, project_id: UUID) -> Steps:
        """Another schedule, or none."""
        to = self._rng.choice([*SCHEDULES, None])

        def decide(schedule: Schedule, active: Row | None, now: datetime) -> ScheduleChange:
            return decisions.edit(schedule, active.scheduled() if active else None, to, now, JITTER)

        schedule = self._postgres.tables.schedules.get(project_id)
        if schedule and schedule.cron != to:
            yield from self._replan(project_id, decide)

    def resume(self, project_id: UUID) -> Steps:
        """The schedule on, or no longer halted."""
        postgres = self._postgres
        schedule = postgres.tables.schedules.get(project_id)
        if schedule is None or not schedule.cron_expression or schedule.runs_by_itself:
            return
        revived = postgres.save(schedule, decisions.revive(schedule, postgres.now, JITTER, is_enabled=True))
        yield
        self._push_schedule(revived)

    def delete(self, project_id: UUID) -> Steps:
        """The project and all that is its own."""
        tables = self._postgres.tables
        schedule = tables.schedules.pop(project_id, None)
        if schedule is None:
            return
        gone = {run.id for run in tables.runs.values() if run.project_id == project_id}
        tables.runs = {run_id: run for run_id, run in tables.runs.items() if run_id not in gone}
        del tables.ledger[project_id], tables.epochs[project_id]
        tables.deleted[project_id] = self._postgres.now
        yield
        self._push(lambda: self._redis.forget(gone | ({schedule.next_job_id} if schedule.next_job_id else set())))

    def _replan(self, project_id: UUID, decide: Callable[[Schedule, Row | None, datetime], ScheduleChange]) -> Steps:
        postgres = self._postgres
        try:
            before = postgres.lock(project_id)
        except Gone:
            return
        active = postgres.tables.active(project_id)
        after = postgres.save(before, decide(before, active, postgres.now))
        left = {before.next_job_id} - {after.next_job_id, None}
        if active and active.status is RunStatus.QUEUED and active.trigger is Trigger.SCHEDULE:
            del postgres.tables.runs[active.id]
            left |= {active.id}
        elif active:
            left -= {active.id}
        yield
        self._push(lambda: self._redis.forget({each for each in left if each}))
        self._push_schedule(after)

    def _push_schedule(self, schedule: Schedule) -> None:
        job_id, due_at = schedule.next_job_id, schedule.next_due_at
        if job_id and due_at:
            self._push(lambda: self._redis.add(job_id, due_at))

    def _push(self, command: Callable[[], None]) -> None:
        try:
            command()
        except Away:
            return
