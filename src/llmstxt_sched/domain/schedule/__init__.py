"""Schedules: when a project is due, how its schedule moves, and what a user may ask for.

    cron         an expression and its zone; how it reads in words
    wall_clock   what the clocks of a zone show, and when they move
    occurrences  when an expression is due
    checks       which expressions and zones are accepted
    model        a project's schedule and its ledger as data
    moves        what becomes of a schedule when a run ends, on a pause, an edit, a resume
    patch        a change that somebody asks for, as one decision

A package instead of one module, because it holds 600 lines; the others import from here, not from its modules.
"""

from __future__ import annotations

from llmstxt_sched.domain.schedule.checks import check_cron, check_zone
from llmstxt_sched.domain.schedule.cron import Cron, describe
from llmstxt_sched.domain.schedule.model import (
    Fate,
    LedgerRow,
    OnFailure,
    Schedule,
    ScheduleChange,
    ScheduledRun,
    ScheduleState,
)
from llmstxt_sched.domain.schedule.moves import (
    arm,
    close_gap,
    edit,
    jitter,
    job_id,
    move_past,
    pause,
    revive,
    schedule_next_run,
    stale_after,
    stand_still,
)
from llmstxt_sched.domain.schedule.occurrences import (
    Occurrence,
    OccurrenceRange,
    calculate_next_run_time,
    occurrences,
    occurrences_within,
    range_within,
)
from llmstxt_sched.domain.schedule.patch import PatchedSchedule, SchedulePatch, patch_schedule
from llmstxt_sched.domain.schedule.wall_clock import Note

__all__ = [
    "Cron",
    "Fate",
    "LedgerRow",
    "Note",
    "Occurrence",
    "OccurrenceRange",
    "OnFailure",
    "PatchedSchedule",
    "Schedule",
    "ScheduleChange",
    "SchedulePatch",
    "ScheduleState",
    "ScheduledRun",
    "arm",
    "calculate_next_run_time",
    "check_cron",
    "check_zone",
    "close_gap",
    "describe",
    "edit",
    "jitter",
    "job_id",
    "move_past",
    "occurrences",
    "occurrences_within",
    "patch_schedule",
    "pause",
    "range_within",
    "revive",
    "schedule_next_run",
    "stale_after",
    "stand_still",
]
