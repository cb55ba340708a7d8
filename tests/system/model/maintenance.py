"""What the real tick drives: fire, rescue and purge stand over the model's Postgres, reconcile is the real one.

Fire and rescue are modelled, because theirs are transactions of several statements, and their decisions may be made
in threads.  Reconcile's statements stand each by itself: the model's connection answers them by their names.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from msgspec import structs
from tests.system.model.jobs import Queue, ScheduledJobs, push
from tests.system.model.mutants import Mutant
from tests.system.model.postgres import Postgres
from tests.system.model.rows import LEASE
from tests.system.model.switch import switch

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.scheduler.tick import Tick
from llmstxt_sched.services.job_push import next_job
from llmstxt_sched.services.maintenance import fire, pings, purge, reconcile, rescue, staleness
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.runs import FireVerdict, Run
from llmstxt_sched.store.schedules import FiredPage

Record = dict[str, object]
FULL_SECONDS = 60.0


class Fire(fire.Fire):
    """What comes due."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres

    async def now(self) -> datetime:
        now = self._postgres.now
        await switch()
        return now

    async def fire_all(self, limit: int, handle: Callable[[FiredPage], Awaitable[None]]) -> None:
        page = await self.fire(fire.EARLIEST, limit)
        while page.last:
            # Either may come first.
            is_ahead = self._postgres.rng.random() < 0.5
            following = await self.fire(page.last, limit) if is_ahead else None
            await handle(page)
            page = following or await self.fire(page.last, limit)

    async def fire(self, after: tuple[datetime, UUID], limit: int) -> FiredPage:
        page = self._postgres.fire(after, limit)
        await switch()
        for run_id in page.stuck:
            self._postgres.move_past(run_id)
            await switch()
        return page

    async def bring_back(self) -> bool:
        """No clock is ahead."""
        await switch()
        return False

    async def judge(self, ids: Sequence[UUID]) -> dict[UUID, FireVerdict]:
        verdicts = {job_id: self._postgres.judge(job_id) for job_id in ids}
        await switch()
        return verdicts


class Rescue(rescue.Rescue):
    """Runs whose worker died; Redis hears of all of them together."""

    def __init__(self, postgres: Postgres, scheduled: ScheduledJobs) -> None:
        self._postgres = postgres
        self._scheduled = scheduled

    async def rescue(self) -> int:
        expired = self._postgres.expired()
        await switch()
        count, following = 0, list[Job | None]()
        for run_id in expired:
            rescued = self._postgres.rescue(run_id)
            await switch()
            if rescued:
                count += 1
                run, schedule = rescued
                following += [run.job() if run.status is RunStatus.RETRYING else next_job(schedule)]
        if any(following):
            await push(self._scheduled.add([job for job in following if job]))
        return count


class Purge(purge.Purge):
    """There is nothing to forget."""

    def __init__(self) -> None:
        return

    async def purge(self) -> None:
        await switch()


class DuePings(pings.DuePings):
    """Nobody deploys."""

    def __init__(self) -> None:
        return

    async def fire(self) -> list[Run]:
        await switch()
        return []


class Staleness(staleness.Staleness):
    """Nothing is told."""

    def __init__(self) -> None:
        return

    async def note(self) -> None:
        await switch()


class NoReconcile(reconcile.Reconcile):
    """The mistake of trusting Redis."""

    async def reconcile(self, now: datetime, *, fully: bool) -> int:
        return 0


class Database(database.Database):
    """Connections on which the statements of the real reconcile are answered from the model's tables."""

    def __init__(self, postgres: Postgres) -> None:
        self._answers = Answers(postgres)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        yield cast(Connection, self._answers)


class Answers:
    """What asyncpg has of a connection, for statements that only read."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        named: dict[str, Callable[..., Any]] = {
            "run_ready_count": self._ready_count,
            "run_ready_page": self._ready_page,
            "turn_take": self._take_turn,
            "schedule_waiting_count": self._waiting_count,
            "schedule_waiting_page": self._waiting_page,
            "schedule_waiting_among": self._waiting_among,
        }
        self._by_sql = {statements[name].sql: (statements[name].parameters, named[name]) for name in named}

    async def fetch(self, sql: str, *values: object) -> list[Record]:
        rows: list[Record] = list(self._answer(sql, values))
        await switch()
        return rows

    async def fetchval(self, sql: str, *values: object) -> object:
        value = self._answer(sql, values)
        await switch()
        return value

    def _answer(self, sql: str, values: Sequence[object]) -> Any:
        parameters, answer = self._by_sql[sql]
        return answer(**dict(zip(parameters, values, strict=True)))

    def _ready_count(self) -> int:
        runs = self._postgres.tables.runs.values()
        return sum(run.may_start(self._postgres.now) or run.status is RunStatus.IN_PROGRESS for run in runs)

    def _ready_page(self, after: UUID, limit: int) -> list[Record]:
        runs = [run for run in self._postgres.tables.runs.values() if run.may_start(self._postgres.now)]
        ready = sorted((run.project_id, run.job()) for run in runs if run.project_id > after)
        return [_record(job) for _, job in ready[:limit]]

    def _take_turn(self, name: str, seconds: float) -> bool | None:
        turns, now = self._postgres.tables.turns, self._postgres.now
        if name in turns and turns[name] >= now - timedelta(seconds=seconds):
            return None
        turns[name] = now
        return True

    def _waiting_count(self) -> int:
        tables = self._postgres.tables
        schedules = [schedule for schedule in tables.schedules.values() if schedule.next_job_id]
        runs = [tables.runs.get(schedule.next_job_id) for schedule in schedules if schedule.next_job_id]
        under_way = sum(run is not None and run.is_active for run in runs)
        return len(schedules) - under_way + len(self._retries())

    def _waiting_page(self, after_project: UUID, after_id: UUID, limit: int) -> list[Record]:
        jobs = self._occurrences() + self._retries()
        waiting = sorted((job.project_id, job.id) for job in jobs)
        by_id = {job.id: job for job in jobs}
        ahead = [job_id for project_id, job_id in waiting if (project_id, job_id) > (after_project, after_id)]
        return [_record(by_id[job_id]) for job_id in ahead[:limit]]

    def _waiting_among(self, ids: Iterable[UUID]) -> list[Record]:
        runs = self._postgres.tables.runs.values()
        waiting = {r.id for r in runs if r.status in {RunStatus.QUEUED, RunStatus.RETRYING}}
        wanted = {job.id for job in self._occurrences()} | waiting
        return [{"id": job_id} for job_id in ids if job_id in wanted]

    def _occurrences(self) -> list[Job]:
        """Those that have no run yet."""
        tables = self._postgres.tables
        jobs = [next_job(schedule) for schedule in tables.schedules.values()]
        return [job for job in jobs if job and job.id not in tables.runs]

    def _retries(self) -> list[Job]:
        """Those whose time has not come."""
        runs = self._postgres.tables.runs.values()
        return [run.job() for run in runs if run.not_before and run.not_before > self._postgres.now]


def real_tick(postgres: Postgres, queue: Queue, scheduled: ScheduledJobs) -> Tick:
    """The service's tick, over the model."""
    mend = NoReconcile if postgres.mutant is Mutant.NO_RECONCILER else reconcile.Reconcile
    return Tick(
        Fire(postgres),
        DuePings(),
        Rescue(postgres, scheduled),
        mend(Database(postgres), queue, scheduled, FULL_SECONDS),
        Staleness(),
        Purge(),
        queue,
        scheduled,
        LEASE.total_seconds(),
    )


def _record(job: Job) -> Record:
    return structs.asdict(job)
