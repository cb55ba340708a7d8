"""A change of a schedule that somebody asks for: one decision, whatever it touches."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule.checks import check_zone
from llmstxt_sched.domain.schedule.cron import Cron
from llmstxt_sched.domain.schedule.model import (
    LedgerRow,
    OnFailure,
    Schedule,
    ScheduleChange,
    ScheduledRun,
)
from llmstxt_sched.domain.schedule.moves import edit, pause, revive


class SchedulePatch(Struct, frozen=True):
    """What is to change; UNSET stays as it is.  Without an expression there is no schedule, only its zone."""

    cron_expression: str | UnsetType | None = UNSET
    timezone: str | UnsetType = UNSET
    on_failure: OnFailure | UnsetType = UNSET
    is_enabled: bool | UnsetType = UNSET

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to change."""
        return self == SchedulePatch()

    def resolved(self, schedule: Schedule) -> tuple[str | None, str]:
        """The expression and zone that `schedule` is to have."""
        return (
            schedule.cron_expression if self.cron_expression is UNSET else self.cron_expression,
            schedule.timezone if self.timezone is UNSET else self.timezone,
        )


class PatchedSchedule(Struct, frozen=True):
    """What a patch comes to: the change to write, the run that it takes back, and whether the first run is due."""

    change: ScheduleChange
    taken_back: UUID | None = None
    needs_initial_run: bool = False


def patch_schedule(
    schedule: Schedule, active: ScheduledRun | None, patch: SchedulePatch, now: datetime, spread: int
) -> PatchedSchedule:
    """The patch applied; `active` is the project's active run, `spread` the setting for jitter in seconds.

    A scheduled run that no worker has taken is taken back where the patch stops or moves its schedule.  A project
    that is enabled and never ran needs its initial run.  Raises InvalidInput if it is enabled in an unknown zone.
    """
    patched, rows = schedule, tuple[LedgerRow, ...]()
    untaken = active if active and _is_untaken(active) else None
    if patch.on_failure is not UNSET:
        patched = replace(patched, on_failure=patch.on_failure)
    expression, zone = patch.resolved(schedule)
    to = Cron(expression, zone) if expression else None
    is_moved = to != schedule.cron
    if is_moved:
        change = edit(patched, active, to, now, spread)
        patched, rows = change.schedule, change.rows
    if to is None:
        patched = replace(patched, timezone=zone)
    is_stopped = patch.is_enabled is False and patched.is_enabled
    if is_stopped:
        change = pause(patched, None if is_moved and untaken else active, now)
        patched, rows = change.schedule, rows + change.rows
    is_started = patch.is_enabled is True and not patched.runs_by_itself
    if is_started:
        # It was known to the machine where it was set, but may not be to this one.
        check_zone(zone)
        change = revive(patched, now, spread, is_enabled=True)
        patched, rows = change.schedule, rows + change.rows
    return PatchedSchedule(
        ScheduleChange(patched, rows),
        taken_back=untaken.id if untaken and (is_moved or is_stopped) else None,
        needs_initial_run=is_started and schedule.run_count == 0,
    )


def _is_untaken(active: ScheduledRun) -> bool:
    return active.status is RunStatus.QUEUED and active.trigger is Trigger.SCHEDULE
