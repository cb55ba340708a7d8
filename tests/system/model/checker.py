"""The invariants I1 to I6, held against all that the record says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from tests.system.model.postgres import Postgres
from tests.system.model.replica import PAGES
from tests.system.model.rows import HOSTS, LEASE, MOST_PER_HOST, Row, Tables

from llmstxt_sched.domain.run import COMPLETE, RunStatus
from llmstxt_sched.domain.schedule import Cron, LedgerRow, Schedule, occurrences_within

# How long after the last fault anything may still wait for its turn.
PATIENCE = timedelta(minutes=3)
INSTANT = timedelta(microseconds=1)


def violations(postgres: Postgres) -> list[str]:
    """What is wrong at any time."""
    tables = postgres.tables
    found = [*_commits(tables), *_overlaps(tables), *_active(tables), *_hosts(tables), *_suspects(tables)]
    for schedule in tables.schedules.values():
        found += _armed(schedule)
        found += _chain(tables, schedule, postgres.now)
    return found


def unfinished(postgres: Postgres) -> list[str]:
    """What is wrong once faults have stopped for a while: I5."""
    tables, late = postgres.tables, postgres.now - PATIENCE
    found = [
        f"I5: project {schedule.project_id} is overdue"
        for schedule in tables.schedules.values()
        if schedule.next_due_at and schedule.next_due_at < late and not tables.active(schedule.project_id)
    ]
    return found + [f"I5: run {run.id} stays {run.status}" for run in tables.runs.values() if _is_stuck(run, late)]


def _is_stuck(run: Row, late: datetime) -> bool:
    if run.status is RunStatus.QUEUED:
        return run.since < late
    if run.status is RunStatus.RETRYING:
        return run.not_before is not None and run.not_before < late
    return run.status is RunStatus.IN_PROGRESS and run.lease_until is not None and run.lease_until < late - LEASE


def _commits(tables: Tables) -> Iterator[str]:
    times = Counter(commit.run_id for commit in tables.commits)
    for run in tables.runs.values():
        if times[run.id] != (run.status in COMPLETE):
            yield f"I1: run {run.id} is {run.status} and was committed {times[run.id]} times"
    for commit in tables.commits:
        if commit.pages != (commit.token,) * PAGES:
            yield f"I1: run {commit.run_id} was committed with pages of another execution"
        deleted_at = tables.deleted.get(commit.project_id)
        if deleted_at and commit.ended > deleted_at:
            yield f"I6: run {commit.run_id} was committed after its project was deleted"


def _overlaps(tables: Tables) -> Iterator[str]:
    by_project: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for commit in tables.commits:
        by_project.setdefault(commit.project_id, []).append((commit.begun, commit.ended))
    for project_id, spans in by_project.items():
        if any(later[0] < earlier[1] for earlier, later in pairwise(sorted(spans))):
            yield f"I3: committed executions of project {project_id} overlap"


def _active(tables: Tables) -> Iterator[str]:
    times = Counter(run.project_id for run in tables.runs.values() if run.is_active)
    yield from (f"I4: project {each} has {count} active runs" for each, count in times.items() if count > 1)


def _hosts(tables: Tables) -> Iterator[str]:
    crowded = [host for host in range(HOSTS) if len(tables.in_progress(host)) > MOST_PER_HOST]
    yield from (f"host {host} has too many runs in progress" for host in crowded)


def _suspects(tables: Tables) -> Iterator[str]:
    owners = {run.owner for run in tables.runs.values() if run.owner}
    yield from (f"process {owner} works on two suspects" for owner in owners if len(tables.suspects_of(owner)) > 1)


def _armed(schedule: Schedule) -> Iterator[str]:
    if schedule.runs_by_itself != (schedule.next_run_at is not None):
        yield f"I5: project {schedule.project_id} has no cursor, or one that it may not have"


def _chain(tables: Tables, schedule: Schedule, now: datetime) -> Iterator[str]:
    """I2: up to where the ledger reaches, each occurrence has its row, but that of a run under way."""
    project_id = schedule.project_id
    accounted = Counter(at for entry in tables.ledger[project_id] for at in _within(entry))
    if any(count > 1 for count in accounted.values()):
        yield f"I2: project {project_id} has an occurrence with two fates"
    active = tables.active(project_id)
    under_way = active.scheduled_for if active else None
    missing = [at for at in _expected(tables, schedule, now) if at != under_way and at not in accounted]
    if missing:
        yield f"I2: project {project_id} has no row for {missing[0]:%F %T}"


def _within(entry: LedgerRow) -> list[datetime]:
    """The occurrences of a row; one more or less than it counts shows as a row for none."""
    cron = Cron(entry.cron_expression, entry.timezone)
    found = occurrences_within(cron, entry.first - INSTANT, entry.last)
    return found if len(found) == entry.count else []


def _expected(tables: Tables, schedule: Schedule, now: datetime) -> list[datetime]:
    """Every occurrence, by the schedule that held at its time, up to where the ledger reaches."""
    epochs = tables.epochs[schedule.project_id]
    ends = [epoch.start for epoch in epochs[1:]] + [min(schedule.accounted_until, now)]
    return [
        at
        for epoch, end in zip(epochs, ends, strict=True)
        if epoch.cron
        for at in occurrences_within(epoch.cron, epoch.start, end)
    ]
