"""What is told of a change of a project, and whether the project is well after it.  Pure.

A project that is well gets into trouble by a run that fails, a version that is held, a schedule that halts, or by
becoming stale.  It is well again after a run that completes and publishes what it found, or once nothing is held, if
nothing else is wrong.  The trouble's beginning is a column of the schedule, under whose lock all of this is decided.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from llmstxt_sched.domain.notifications.event import EventKind, NewEvent
from llmstxt_sched.domain.run import COMPLETE, HeldVersion, RunStatus
from llmstxt_sched.domain.schedule import Schedule, ScheduleState


class Told(NamedTuple):
    """The schedule with its trouble noted, and the events in their order."""

    schedule: Schedule
    events: tuple[NewEvent, ...] = ()


def tell_of_end(before: Schedule, after: Schedule, status: RunStatus, held: HeldVersion | None, now: datetime) -> Told:
    """What is told when a run ends with `status`, by which the schedule `before` became `after`."""
    if status is RunStatus.FAILED:
        failed = Told(_troubled(after, now), (NewEvent(EventKind.RUN_FAILED),))
        return _with_state(failed, before, now)
    if status not in COMPLETE:
        return tell_of_change(before, after, now)
    is_changed = status is RunStatus.COMPLETE_WITH_DIFFS and held is None
    completed = NewEvent(EventKind.RUN_COMPLETED, _completed(is_changed=is_changed, held=held))
    if held:
        both = (completed, NewEvent(EventKind.VERSION_HELD))
        return _with_state(Told(_troubled(after, now), both), before, now)
    told = _with_state(Told(after, (completed,)), before, now)
    return told if after.schedule_state is ScheduleState.HALTED else _recovered(told)


def tell_of_change(before: Schedule, after: Schedule, now: datetime) -> Told:
    """What is told when somebody edits, pauses or resumes a schedule, or the tick moves it."""
    return _with_state(Told(after), before, now)


def tell_of_decision(schedule: Schedule, *, is_accepted: bool, is_well: bool) -> Told:
    """What is told when a held version is accepted or rejected; `is_well` says that nothing else is wrong."""
    completed = NewEvent(EventKind.RUN_COMPLETED, _completed(is_changed=True, held=HeldVersion.ACCEPTED))
    told = Told(schedule, (completed,) if is_accepted else ())
    return _recovered(told) if is_well else told


def _completed(*, is_changed: bool, held: HeldVersion | None) -> dict[str, Any]:
    # Most runs have nothing to say, and so few bytes are written at their end.
    return ({"documents_changed": True} if is_changed else {}) | ({"held": held} if held else {})


def _with_state(told: Told, before: Schedule, now: datetime) -> Told:
    after = told.schedule
    was_halted, is_halted = (each.schedule_state is ScheduleState.HALTED for each in (before, after))
    if was_halted == is_halted:
        return told
    if is_halted:
        details = {"reason": after.halted_reason} | ({"halted_by": after.halted_by} if after.halted_by else {})
        return Told(_troubled(after, now), (*told.events, NewEvent(EventKind.SCHEDULE_HALTED, details)))
    return Told(after, (*told.events, NewEvent(EventKind.SCHEDULE_RESUMED)))


def _troubled(schedule: Schedule, now: datetime) -> Schedule:
    return schedule if schedule.troubled_since else replace(schedule, troubled_since=now)


def _recovered(told: Told) -> Told:
    since = told.schedule.troubled_since
    if since is None:
        return told
    recovered = NewEvent(EventKind.PROJECT_RECOVERED, {"troubled_since": since})
    return Told(replace(told.schedule, troubled_since=None), (*told.events, recovered))
