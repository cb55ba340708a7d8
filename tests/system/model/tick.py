"""The tick: fire, promote, reclaim, rescue, reconcile; it may end after any of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from tests.system.model.mutants import Mutant
from tests.system.model.postgres import Gone, Postgres
from tests.system.model.redis import Redis
from tests.system.model.rows import LEASE

from llmstxt_sched.domain.run import RunStatus

Steps = Iterator[None]
EARLIEST = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
PAGE = 3


def tick(postgres: Postgres, redis: Redis, *, fully: bool) -> Steps:
    """One tick; `fully` compares every id."""
    yield from _fire(postgres, redis)
    yield from _promote_due(postgres, redis)
    since = postgres.now - LEASE
    for worker in [worker for worker, heard in redis.keys.workers.items() if heard < since]:
        redis.reclaim(worker, since)
        yield
    yield from _rescue(postgres, redis)
    if postgres.mutant is not Mutant.NO_RECONCILER:
        yield from _reconcile(postgres, redis, fully=fully)


def _fire(postgres: Postgres, redis: Redis) -> Steps:
    after = EARLIEST
    while page := postgres.fire(after, PAGE):
        yield
        for fired in page:
            if fired.is_stuck:
                try:
                    postgres.move_past(fired)
                except Gone:
                    continue
                yield
        redis.promote([fired.id for fired in page if fired.is_fired])
        yield
        after = (page[-1].due_at, page[-1].project_id)


def _promote_due(postgres: Postgres, redis: Redis) -> Steps:
    due = [job_id for job_id, at in redis.keys.scheduled.items() if at <= postgres.now]
    yield
    cursors = {schedule.next_job_id for schedule in postgres.tables.schedules.values()}
    runs = {job_id: run for job_id in due if (run := postgres.tables.runs.get(job_id))}
    ready = [job_id for job_id, run in runs.items() if run.may_start(postgres.now)]
    later = {job_id for job_id, run in runs.items() if run.status is RunStatus.RETRYING}
    keep = later | {job_id for job_id in due if job_id in cursors and job_id not in runs}
    yield
    redis.promote(ready)
    yield
    for job_id in due:
        if job_id not in keep and job_id not in ready:
            redis.keys.scheduled.pop(job_id, None)
    yield


def _rescue(postgres: Postgres, redis: Redis) -> Steps:
    for run_id in postgres.expired():
        rescued = postgres.rescue(run_id)
        yield
        if rescued is None:
            continue
        run, schedule = rescued
        if run.not_before:
            redis.add(run.id, run.not_before)
        elif schedule.next_job_id and schedule.next_due_at:
            redis.add(schedule.next_job_id, schedule.next_due_at)
        yield


def _reconcile(postgres: Postgres, redis: Redis, *, fully: bool) -> Steps:
    wiped = not redis.keys.epoch
    yield
    runs = postgres.tables.runs.values()
    expected = sum(run.may_start(postgres.now) or run.status is RunStatus.IN_PROGRESS for run in runs)
    if fully or wiped or len(redis.listed()) != expected:
        ready = [run.id for run in runs if run.may_start(postgres.now)]
        yield
        held = set(redis.listed())
        yield
        redis.requeue([job_id for job_id in ready if job_id not in held])
        yield
    if fully or wiped or len(redis.keys.scheduled) != len(_waiting(postgres)):
        waiting = _waiting(postgres)
        yield
        for job_id, at in waiting.items():
            if redis.keys.scheduled.get(job_id) != at:
                redis.add(job_id, at)
        yield
        found = list(redis.keys.scheduled)
        yield
        wanted = _waiting(postgres)
        yield
        for job_id in found:
            if job_id not in wanted:
                redis.keys.scheduled.pop(job_id, None)
    if wiped:
        yield
        redis.keys.epoch = True


def _waiting(postgres: Postgres) -> dict[UUID, datetime]:
    """What is to come by the record."""
    tables = postgres.tables
    schedules = [schedule for schedule in tables.schedules.values() if schedule.next_job_id not in tables.runs]
    cursors = {c.next_job_id: c.next_due_at for c in schedules if c.next_job_id and c.next_due_at}
    return cursors | {run.id: run.not_before for run in tables.runs.values() if run.not_before}
