"""The schedule's cursor: where it points, when it moves, and the ledger of what became of each occurrence.

A config goes in, a `Change` comes out: the config as it is to be, and the rows for the ledger.  The store
writes both in the transaction that holds the config's lock, so a schedule can't be lost between two steps.

`accounted_until` is how far the ledger reaches: each occurrence up to it has a row.  Whatever stops a
schedule first closes the gap up to that moment, by the expression that held in it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.domain.run import COMPLETE, RunStatus, Trigger
from llmstxt_sched.domain.schedule import (
    Schedule,
    calculate_next_run_time,
    jitter,
    job_id,
    range_within,
    stale_after,
)


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


NO_NEXT_OCCURRENCE = "no_next_occurrence"


class Config(Struct, frozen=True):
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

    @property
    def schedule(self) -> Schedule | None:
        """The schedule, where there is one."""
        return Schedule(self.cron_expression, self.timezone) if self.cron_expression else None

    @property
    def runs_by_itself(self) -> bool:
        """Whether a next occurrence is to come."""
        return self.is_enabled and bool(self.cron_expression) and self.schedule_state is ScheduleState.ACTIVE


class Scheduled(Struct, frozen=True):
    """What the cursor must know of a run; the expression and zone are those it was fired by."""

    id: UUID
    trigger: Trigger
    status: RunStatus
    scheduled_for: datetime | None = None
    cron_expression: str | None = None
    timezone: str | None = None
    was_started: bool = False


class Entry(Struct, frozen=True):
    """One row of the ledger: `count` occurrences from `first` to `last` that met the same fate."""

    first: datetime
    last: datetime
    count: int
    outcome: Fate
    reason: str | None
    run_id: UUID | None
    cron_expression: str
    timezone: str


class Change(Struct, frozen=True):
    """The config as it is to be, the ledger's new rows, and how many occurrences a run took along."""

    config: Config
    entries: tuple[Entry, ...] = ()
    coalesced: int = 0


def arm(config: Config, spread: int) -> Config:
    """The cursor on the first occurrence that the ledger has not reached; halted where there is none.

    `spread` is the setting for jitter, in seconds.
    """
    if not config.cron_expression or not config.runs_by_itself:
        return _disarm(config)
    due = calculate_next_run_time(config.cron_expression, config.timezone, config.accounted_until)
    if due is None:
        return _halt(config, None, NO_NEXT_OCCURRENCE)
    return replace(
        config,
        next_run_at=due,
        next_due_at=due + jitter(config.project_id, spread),
        next_job_id=job_id(config.project_id, due),
    )


def settle(config: Config, run: Scheduled, now: datetime, spread: int) -> Change:
    """The schedule after `run` has ended with `run.status`."""
    change = _move_on(config, run, now, spread)
    return replace(change, config=_succeeded(change.config, now)) if run.status in COMPLETE else change


def _move_on(config: Config, run: Scheduled, now: datetime, spread: int) -> Change:
    entries = _own_entry(run)
    points_here = run.id == config.next_job_id
    failed = run.status is RunStatus.FAILED
    if failed and config.on_failure is OnFailure.STOP and (points_here or run.trigger is Trigger.INITIAL):
        if config.runs_by_itself:
            reached = run.scheduled_for if points_here and run.scheduled_for else config.accounted_until
            config = replace(_halt(config, run.id, "failed"), accounted_until=reached)
        return Change(config, entries)
    if points_here and run.scheduled_for:
        closed = close_gap(replace(config, accounted_until=run.scheduled_for), now, run.id)
        return Change(arm(closed.config, spread), entries + closed.entries, closed.coalesced)
    if run.status in COMPLETE and run.trigger is Trigger.MANUAL and config.schedule_state is ScheduleState.HALTED:
        revived = revive(config, now, spread, is_enabled=config.is_enabled)
        return Change(revived.config, entries + revived.entries)
    return Change(config, entries)


def _succeeded(config: Config, now: datetime) -> Config:
    schedule, following = config.schedule, config.next_run_at
    if schedule and (following is None or following <= now):
        following = calculate_next_run_time(schedule.expression, schedule.zone, now)
    stale = stale_after(schedule, following) if schedule and following else None
    return replace(config, last_run_at=now, stale_after=stale)


def pause(config: Config, active: Scheduled | None, now: datetime) -> Change:
    """The schedule switched off; `active` is the project's active run, whose own occurrence it settles itself."""
    closed = close_gap(_without_own(config, active), now, reason="paused")
    return Change(_disarm(replace(closed.config, is_enabled=False)), _taken_back(active, "paused") + closed.entries)


def revive(config: Config, now: datetime, spread: int, *, is_enabled: bool) -> Change:
    """The schedule no longer halted, its gap accounted for; where it is enabled, the next occurrence is to come."""
    closed = close_gap(config, now, reason="paused")
    active = replace(
        closed.config,
        is_enabled=is_enabled,
        schedule_state=ScheduleState.ACTIVE,
        halted_by=None,
        halted_reason=None,
    )
    return Change(arm(active, spread), closed.entries)


def edit(config: Config, active: Scheduled | None, to: Schedule | None, now: datetime, spread: int) -> Change:
    """Another expression or zone, or with None no schedule any more.

    Where the cursor points at a run that is under way, the end of that run moves it.
    """
    changed = {"cron_expression": to and to.expression, "timezone": to.zone if to else config.timezone}
    if active and active.id == config.next_job_id and active.status is not RunStatus.QUEUED and to:
        return Change(replace(config, **changed))
    # What was skipped before, while the schedule was switched off, the edit is not to blame for.
    closed = close_gap(_without_own(config, active), now, reason="edited" if config.is_enabled else "paused")
    edited = replace(closed.config, **changed, is_enabled=bool(to) and config.is_enabled)
    return Change(arm(edited, spread), _taken_back(active, "edited") + closed.entries)


def move_past(config: Config, now: datetime, spread: int) -> Change:
    """The cursor taken off an occurrence whose run has ended already."""
    reached = config.next_run_at or config.accounted_until
    closed = close_gap(replace(config, accounted_until=reached), now, config.next_job_id)
    return Change(arm(closed.config, spread), closed.entries, closed.coalesced)


def stand_still(config: Config, now: datetime) -> Change:
    """What the ledger will say of the time since a schedule stopped, once it goes on or is edited; else nothing."""
    return Change(config) if config.runs_by_itself else close_gap(config, now, reason="paused")


def close_gap(config: Config, now: datetime, run_id: UUID | None = None, reason: str = "") -> Change:
    """The occurrences after `accounted_until` and up to `now`, as one row of the ledger.

    With a `run_id` they are coalesced into that run.  Else they were skipped for `reason`; or missed, where
    the schedule stood still after a failure.
    """
    reached = max(now, config.accounted_until)
    schedule = config.schedule
    due = range_within(schedule, config.accounted_until, now) if schedule else None
    config = replace(config, accounted_until=reached)
    if not due or not schedule:
        return Change(config)
    if run_id:
        fate, why = Fate.COALESCED, None
    elif config.is_enabled and config.schedule_state is ScheduleState.HALTED:
        fate, why = Fate.MISSED, "halted"
    else:
        fate, why = Fate.SKIPPED, reason
    entry = Entry(due.first, due.last, due.count, fate, why, run_id, schedule.expression, schedule.zone)
    return Change(config, (entry,), due.count if run_id else 0)


def _own_entry(run: Scheduled) -> tuple[Entry, ...]:
    if run.status is RunStatus.CANCELED and not run.was_started:
        return _entry_of(run, Fate.SKIPPED, "canceled")
    return _entry_of(run, Fate.RAN)


def _taken_back(active: Scheduled | None, reason: str) -> tuple[Entry, ...]:
    """The row of a scheduled run that nobody has taken: its caller takes it back.

    A row of its own, because the expression may have changed since it was fired.
    """
    return _entry_of(active, Fate.SKIPPED, reason) if active and active.status is RunStatus.QUEUED else ()


def _entry_of(run: Scheduled, fate: Fate, reason: str | None = None) -> tuple[Entry, ...]:
    at = run.scheduled_for
    if run.trigger is not Trigger.SCHEDULE or not at or not run.cron_expression or not run.timezone:
        return ()
    # A run that is taken back is deleted.
    run_id = None if run.status is RunStatus.QUEUED else run.id
    return (Entry(at, at, 1, fate, reason, run_id, run.cron_expression, run.timezone),)


def _without_own(config: Config, active: Scheduled | None) -> Config:
    """`config` with the occurrence of the active run, which has a row of its own, left out."""
    if active and active.scheduled_for:
        return replace(config, accounted_until=max(config.accounted_until, active.scheduled_for))
    return config


def _disarm(config: Config) -> Config:
    return replace(config, next_run_at=None, next_due_at=None, next_job_id=None)


def _halt(config: Config, run_id: UUID | None, reason: str) -> Config:
    halted = replace(config, schedule_state=ScheduleState.HALTED, halted_by=run_id, halted_reason=reason)
    return _disarm(halted)
