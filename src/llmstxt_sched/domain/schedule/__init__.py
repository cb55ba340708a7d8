"""Schedules: when a project is due, how its schedule changes, and which schedules are accepted.

    cron         a cron expression and its time zone; its description in words
    wall_clock   what the clocks of a zone show, and when they change
    occurrences  when an expression is due
    checks       which expressions and zones are accepted
    model        a project's schedule and its ledger as data
    ledger       ranges of the ledger, without what has a row of its own
    moves        what happens to a schedule when a run ends, and on a pause, an edit or a resume
    patch        a change that a user requests, as one decision
    reasons      what became of a due time, in a sentence

Other packages import from here, not from these modules.
"""

from __future__ import annotations

from llmstxt_sched.domain.schedule.checks import check_cron, check_zone
from llmstxt_sched.domain.schedule.cron import Cron, describe
from llmstxt_sched.domain.schedule.ledger import cut, set_apart
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
    bring_back,
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
from llmstxt_sched.domain.schedule.reasons import PENDING, explain
from llmstxt_sched.domain.schedule.wall_clock import Note

__all__ = [
    "PENDING",
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
    "bring_back",
    "calculate_next_run_time",
    "check_cron",
    "check_zone",
    "close_gap",
    "cut",
    "describe",
    "edit",
    "explain",
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
    "set_apart",
    "stale_after",
    "stand_still",
]
