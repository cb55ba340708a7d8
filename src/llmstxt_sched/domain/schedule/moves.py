"""How a schedule moves on, and the ledger that records what happened to each occurrence.

Each function takes a schedule and returns its new state, most of them as a `ScheduleChange` with new rows for the
ledger.  The store writes both in the transaction that holds the schedule's lock, so that a crash cannot lose the next
occurrence.

The schedule's cursor consists of `next_run_at`, `next_due_at` and `next_job_id`.  The ledger has a row for each
occurrence up to `accounted_until`.  The time from there to now is the gap: whatever stops or changes a schedule first
closes the gap, with the expression that was in effect during it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfoNotFoundError

from msgspec.structs import replace

from llmstxt_sched.domain.run import COMPLETE, RunStatus, Trigger
from llmstxt_sched.domain.schedule.cron import Cron
from llmstxt_sched.domain.schedule.model import (
    Fate,
    LedgerRow,
    OnFailure,
    Schedule,
    ScheduleChange,
    ScheduledRun,
    ScheduleState,
)
from llmstxt_sched.domain.schedule.occurrences import calculate_next_run_time, range_within

NO_NEXT_OCCURRENCE = "no_next_occurrence"
# This machine does not know the zone, though the one where it was set did.
UNKNOWN_TIMEZONE = "unknown_timezone"


def arm(schedule: Schedule, spread: int) -> Schedule:
    """Set the cursor to the first occurrence after `accounted_until`; halt the schedule if there is none.

    `spread` is the setting for jitter, in seconds.
    """
    if not schedule.cron_expression or not schedule.runs_by_itself:
        return _disarm(schedule)
    try:
        due = calculate_next_run_time(schedule.cron_expression, schedule.timezone, schedule.accounted_until)
    except ZoneInfoNotFoundError:
        return _halt(schedule, None, UNKNOWN_TIMEZONE)
    if due is None:
        return _halt(schedule, None, NO_NEXT_OCCURRENCE)
    return replace(
        schedule,
        next_run_at=due,
        next_due_at=due + jitter(schedule.project_id, spread),
        next_job_id=job_id(schedule.project_id, due),
    )


def schedule_next_run(schedule: Schedule, run: ScheduledRun, now: datetime, spread: int) -> ScheduleChange:
    """Move the schedule on after `run` has ended with `run.status`."""
    change = _move_on(schedule, run, now, spread)
    return replace(change, schedule=_succeeded(change.schedule, now)) if run.status in COMPLETE else change


def _move_on(schedule: Schedule, run: ScheduledRun, now: datetime, spread: int) -> ScheduleChange:
    rows = _row_of_ended(run)
    is_at_cursor = run.id == schedule.next_job_id
    failed = run.status is RunStatus.FAILED
    if failed and schedule.on_failure is OnFailure.STOP and (is_at_cursor or run.trigger is Trigger.INITIAL):
        if schedule.runs_by_itself:
            reached = _accounted(schedule, run, now) if is_at_cursor else schedule.accounted_until
            schedule = replace(_halt(schedule, run.id, "failed"), accounted_until=reached)
        return ScheduleChange(schedule, rows)
    if is_at_cursor and run.scheduled_for:
        closed = close_gap(replace(schedule, accounted_until=_accounted(schedule, run, now)), now, run.id)
        return ScheduleChange(arm(closed.schedule, spread), rows + closed.rows, closed.coalesced)
    if run.status in COMPLETE and run.trigger is Trigger.MANUAL and schedule.schedule_state is ScheduleState.HALTED:
        revived = revive(schedule, now, spread, is_enabled=schedule.is_enabled)
        return ScheduleChange(revived.schedule, rows + revived.rows)
    return ScheduleChange(schedule, rows)


def _accounted(schedule: Schedule, run: ScheduledRun, now: datetime) -> datetime:
    """Until when the ledger tells what became of the occurrences, once `run`, the one at the cursor, has ended.

    After a clock that was behind it reaches further than the occurrence of the run, and what it says of the time up to
    now is true; what a clock that was ahead has said of a time to come is not.
    """
    reached = run.scheduled_for or schedule.accounted_until
    return max(reached, schedule.accounted_until) if schedule.accounted_until <= now else reached


def _succeeded(schedule: Schedule, now: datetime) -> Schedule:
    return _renewed(replace(schedule, last_run_at=now), now)


def _renewed(schedule: Schedule, since: datetime) -> Schedule:
    """`schedule` with the time when its documents become stale, if they are to be renewed after `since`."""
    cron = schedule.cron
    try:
        following = calculate_next_run_time(cron.expression, cron.zone, since) if cron else None
    except ZoneInfoNotFoundError:
        following = None
    return replace(schedule, stale_after=stale_after(cron, following) if cron and following else None)


def pause(schedule: Schedule, active: ScheduledRun | None, now: datetime) -> ScheduleChange:
    """Disable the schedule.

    The occurrence of `active`, the project's active run, gets a row of its own: now if no worker has taken the run,
    else when it ends.
    """
    closed = close_gap(_past_active(schedule, active), now, reason="paused")
    return ScheduleChange(
        _disarm(replace(closed.schedule, is_enabled=False)), _rows_of_untaken(active, "paused") + closed.rows
    )


def revive(schedule: Schedule, now: datetime, spread: int, *, is_enabled: bool) -> ScheduleChange:
    """End the halt of a schedule and close its gap; if `is_enabled`, set the cursor to the next occurrence."""
    closed = close_gap(schedule, now, reason="paused")
    active = replace(
        closed.schedule,
        is_enabled=is_enabled,
        schedule_state=ScheduleState.ACTIVE,
        halted_by=None,
        halted_reason=None,
    )
    return ScheduleChange(arm(active, spread), closed.rows)


def edit(
    schedule: Schedule, active: ScheduledRun | None, to: Cron | None, now: datetime, spread: int
) -> ScheduleChange:
    """Change the expression or zone to `to`; None removes the expression and disables the schedule.

    If the run at the cursor is in progress, the cursor stays: it moves when that run ends.  What was fresh by the
    expression before is so until a run by the new one is late; what was stale is judged by the last success anew.
    """
    change = _edit(schedule, active, to, now, spread)
    edited = change.schedule
    if edited.last_run_at is None:
        return change
    is_fresh = edited.runs_by_itself and schedule.stale_after is not None and schedule.stale_after > now
    return replace(change, schedule=_renewed(edited, now if is_fresh else edited.last_run_at))


def _edit(
    schedule: Schedule, active: ScheduledRun | None, to: Cron | None, now: datetime, spread: int
) -> ScheduleChange:
    changed = {"cron_expression": to and to.expression, "timezone": to.zone if to else schedule.timezone}
    if active and active.id == schedule.next_job_id and active.status is not RunStatus.QUEUED and to:
        return ScheduleChange(replace(schedule, **changed))
    # Occurrences skipped while the schedule was disabled were skipped by the pause, not by this edit.
    closed = close_gap(_past_active(schedule, active), now, reason="edited" if schedule.is_enabled else "paused")
    edited = replace(closed.schedule, **changed, is_enabled=bool(to) and schedule.is_enabled)
    return ScheduleChange(arm(edited, spread), _rows_of_untaken(active, "edited") + closed.rows)


def move_past(schedule: Schedule, last: datetime | None, spread: int) -> ScheduleChange:
    """Move the cursor past an occurrence whose run has already ended, and past `last`, the latest that had a run.

    What came due after that is none of those runs': the first has a run of its own, as after any outage.
    """
    reached = schedule.next_run_at or schedule.accounted_until
    return ScheduleChange(_arm_after(schedule, max(reached, last or reached), spread))


def bring_back(schedule: Schedule, now: datetime, spread: int) -> ScheduleChange:
    """Move the cursor of a schedule that is accounted for beyond now to the next occurrence.

    A success after now counts as one that is now, or its documents would become stale as late as it is ahead.
    """
    brought = _arm_after(schedule, now, spread) if schedule.accounted_until > now else schedule
    is_ahead = brought.last_run_at is not None and brought.last_run_at > now
    return ScheduleChange(_succeeded(brought, now) if is_ahead else brought)


def _arm_after(schedule: Schedule, after: datetime, spread: int) -> Schedule:
    """Set the cursor to the first occurrence after `after`, also where the ledger reaches further.

    It does where a clock is wrong.  If that is the present one, what became of the occurrences until then stands.
    """
    armed = arm(replace(schedule, accounted_until=after), spread)
    return replace(armed, accounted_until=max(after, schedule.accounted_until))


def stand_still(schedule: Schedule, now: datetime) -> ScheduleChange:
    """Close the gap of a schedule that is stopped, as its resume or edit will do; a running one stays as it is."""
    return ScheduleChange(schedule) if schedule.runs_by_itself else close_gap(schedule, now, reason="paused")


def close_gap(schedule: Schedule, now: datetime, run_id: UUID | None = None, reason: str = "") -> ScheduleChange:
    """Record the occurrences after `accounted_until` and up to `now` as one row of the ledger.

    With a `run_id` they are coalesced into that run.  Otherwise they were missed if the schedule is enabled but
    halted, else skipped for `reason`.
    """
    reached = max(now, schedule.accounted_until)
    cron = schedule.cron
    due = range_within(cron, schedule.accounted_until, now) if cron else None
    schedule = replace(schedule, accounted_until=reached)
    if not due or not cron:
        return ScheduleChange(schedule)
    if run_id:
        fate, why = Fate.COALESCED, None
    elif schedule.is_enabled and schedule.schedule_state is ScheduleState.HALTED:
        fate, why = Fate.MISSED, "halted"
    else:
        fate, why = Fate.SKIPPED, reason
    row = LedgerRow(due.first, due.last, due.count, fate, why, run_id, cron.expression, cron.zone)
    return ScheduleChange(schedule, (row,), due.count if run_id else 0)


def _row_of_ended(run: ScheduledRun) -> tuple[LedgerRow, ...]:
    if run.status is RunStatus.CANCELED and not run.was_started:
        return _row_of(run, Fate.SKIPPED, "canceled")
    return _row_of(run, Fate.RAN)


def _rows_of_untaken(active: ScheduledRun | None, reason: str) -> tuple[LedgerRow, ...]:
    """The row for a scheduled run that no worker has taken, and which the caller deletes; else none.

    It is separate from the row for the gap, because the expression may have changed since the run was fired.
    """
    return _row_of(active, Fate.SKIPPED, reason) if active and active.status is RunStatus.QUEUED else ()


def _row_of(run: ScheduledRun, fate: Fate, reason: str | None = None) -> tuple[LedgerRow, ...]:
    at = run.scheduled_for
    if run.trigger is not Trigger.SCHEDULE or not at or not run.cron_expression or not run.timezone:
        return ()
    # A queued run will be deleted, so the row must not refer to it.
    run_id = None if run.status is RunStatus.QUEUED else run.id
    return (LedgerRow(at, at, 1, fate, reason, run_id, run.cron_expression, run.timezone),)


def _past_active(schedule: Schedule, active: ScheduledRun | None) -> Schedule:
    """`schedule` accounted for past the occurrence of the active run, which gets a row of its own."""
    if active and active.scheduled_for:
        return replace(schedule, accounted_until=max(schedule.accounted_until, active.scheduled_for))
    return schedule


def _disarm(schedule: Schedule) -> Schedule:
    return replace(schedule, next_run_at=None, next_due_at=None, next_job_id=None)


def _halt(schedule: Schedule, run_id: UUID | None, reason: str) -> Schedule:
    halted = replace(schedule, schedule_state=ScheduleState.HALTED, halted_by=run_id, halted_reason=reason)
    return _disarm(halted)


def job_id(project_id: UUID, scheduled_for: datetime) -> UUID:
    """The id of the run for one occurrence, which is the same on every replica (RFC 9562, section 5.5)."""
    return uuid5(project_id, scheduled_for.astimezone(UTC).isoformat())


def jitter(project_id: UUID, most: int) -> timedelta:
    """How much later than its nominal time a project's run is due: always the same, and less than `most` seconds."""
    return timedelta(seconds=project_id.int % most if most else 0)


def stale_after(cron: Cron, following: datetime) -> datetime:
    """When a document becomes stale that should be renewed at the occurrence `following`: half a period after it."""
    second = calculate_next_run_time(cron.expression, cron.zone, following)
    return following + (second - following) / 2 if second else following
