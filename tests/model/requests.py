"""What people ask for, in any state: one transaction, then one push, which may never come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from tests.model.mutants import Mutant
from tests.model.postgres import Gone, Postgres
from tests.model.redis import Away, Redis
from tests.model.rows import JITTER, Epoch, Row

from llmstxt_sched.domain import cursor
from llmstxt_sched.domain.cursor import Change, Config, OnFailure, ScheduleState
from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import Schedule

Steps = Iterator[None]
PROJECTS = 8
SCHEDULES = (
    Schedule("*/20 * * * *", "UTC"),
    Schedule("0 * * * *", "America/New_York"),
    Schedule("0 2 * * *", "Europe/Berlin"),
    Schedule("30 2 * * *", "Europe/Berlin"),
    Schedule("15 */3 * * *", "Africa/Casablanca"),
)


class Requests:
    """One request at a time, chosen at random."""

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self._postgres = postgres
        self._redis = redis
        self._rng = postgres.rng

    def any(self) -> Steps:
        """A request of some kind about some project."""
        projects = list(self._postgres.tables.configs)
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
        config = Config(
            project_id=postgres.new_id(),
            cron_expression=schedule.expression,
            timezone=schedule.zone,
            is_enabled=False,
            on_failure=self._rng.choice(list(OnFailure)),
            schedule_state=ScheduleState.ACTIVE,
            accounted_until=postgres.now,
        )
        postgres.tables.ledger[config.project_id] = []
        postgres.tables.epochs[config.project_id] = [Epoch(postgres.now, schedule)]
        armed = postgres.save(config, cursor.revive(config, postgres.now, JITTER, is_enabled=True))
        initial = Row(postgres.new_id(), config.project_id, Trigger.INITIAL, postgres.now)
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
        elif project_id in postgres.tables.configs:
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
        config = postgres.lock(project_id)
        if postgres.mutant is not Mutant.CANCEL_LEAVES_THE_CURSOR:
            config = postgres.settle(run)
        yield
        self._push(lambda: self._redis.forget({run.id}))
        self._push_schedule(config)

    def pause(self, project_id: UUID) -> Steps:
        """The schedule off; a scheduled run that nobody took is taken back."""

        def decide(config: Config, active: Row | None, now: datetime) -> Change:
            return cursor.pause(config, active.scheduled() if active else None, now)

        config = self._postgres.tables.configs.get(project_id)
        if config and config.is_enabled:
            yield from self._replan(project_id, decide)

    def edit(self, project_id: UUID) -> Steps:
        """Another schedule, or none."""
        to = self._rng.choice([*SCHEDULES, None])

        def decide(config: Config, active: Row | None, now: datetime) -> Change:
            return cursor.edit(config, active.scheduled() if active else None, to, now, JITTER)

        config = self._postgres.tables.configs.get(project_id)
        if config and config.schedule != to:
            yield from self._replan(project_id, decide)

    def resume(self, project_id: UUID) -> Steps:
        """The schedule on, or no longer halted."""
        postgres = self._postgres
        config = postgres.tables.configs.get(project_id)
        if config is None or not config.cron_expression or config.runs_by_itself:
            return
        revived = postgres.save(config, cursor.revive(config, postgres.now, JITTER, is_enabled=True))
        yield
        self._push_schedule(revived)

    def delete(self, project_id: UUID) -> Steps:
        """The project and all that is its own."""
        tables = self._postgres.tables
        config = tables.configs.pop(project_id, None)
        if config is None:
            return
        gone = {run.id for run in tables.runs.values() if run.project_id == project_id}
        tables.runs = {run_id: run for run_id, run in tables.runs.items() if run_id not in gone}
        del tables.ledger[project_id], tables.epochs[project_id]
        tables.deleted[project_id] = self._postgres.now
        yield
        self._push(lambda: self._redis.forget(gone | ({config.next_job_id} if config.next_job_id else set())))

    def _replan(self, project_id: UUID, decide: Callable[[Config, Row | None, datetime], Change]) -> Steps:
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

    def _push_schedule(self, config: Config) -> None:
        job_id, due_at = config.next_job_id, config.next_due_at
        if job_id and due_at:
            self._push(lambda: self._redis.add(job_id, due_at))

    def _push(self, command: Callable[[], None]) -> None:
        try:
            command()
        except Away:
            return
