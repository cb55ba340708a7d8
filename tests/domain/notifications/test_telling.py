from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from tests.support.rows import NOW, schedule_of

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.telling import Told, tell_of_change, tell_of_decision, tell_of_end
from llmstxt_sched.domain.run import HeldVersion, RunStatus
from llmstxt_sched.domain.schedule import ScheduleState

WELL = schedule_of(UUID(int=1))
TROUBLED = replace(WELL, troubled_since=NOW.replace(day=1))
HALTED = replace(TROUBLED, schedule_state=ScheduleState.HALTED, halted_by=UUID(int=2), halted_reason="failed")
LATER = NOW.replace(day=9)
E = EventKind


def kinds(told: Told) -> list[EventKind]:
    return [event.kind for event in told.events]


def details(told: Told) -> list[dict[str, Any]]:
    return [event.details for event in told.events]


@pytest.mark.parametrize(
    ("status", "held", "said"),
    [
        (RunStatus.COMPLETE_NO_DIFFS, None, {}),
        (RunStatus.COMPLETE_WITH_DIFFS, None, {"documents_changed": True}),
        (RunStatus.COMPLETE_WITH_DIFFS, HeldVersion.WAITING, {"held": "waiting"}),
    ],
)
def test_a_run_that_completes_tells_whether_it_published_something(
    status: RunStatus, held: HeldVersion | None, said: dict[str, Any]
) -> None:
    told = tell_of_end(WELL, WELL, status, held, NOW)
    assert (told.events[0].kind, told.events[0].details) == (E.RUN_COMPLETED, said)


def test_a_held_version_is_trouble_and_told_after_its_run() -> None:
    told = tell_of_end(WELL, WELL, RunStatus.COMPLETE_WITH_DIFFS, HeldVersion.WAITING, NOW)
    assert (kinds(told), told.schedule.troubled_since) == ([E.RUN_COMPLETED, E.VERSION_HELD], NOW)


def test_a_failure_is_trouble_since_the_first_one() -> None:
    first = tell_of_end(WELL, WELL, RunStatus.FAILED, None, NOW)
    second = tell_of_end(first.schedule, first.schedule, RunStatus.FAILED, None, LATER)
    assert (kinds(second), second.schedule.troubled_since) == ([E.RUN_FAILED], NOW)


def test_a_failure_that_halts_tells_why() -> None:
    told = tell_of_end(TROUBLED, HALTED, RunStatus.FAILED, None, NOW)
    assert kinds(told) == [E.RUN_FAILED, E.SCHEDULE_HALTED]
    assert details(told)[1] == {"reason": "failed", "halted_by": UUID(int=2)}


def test_a_project_recovers_once() -> None:
    told = tell_of_end(HALTED, TROUBLED, RunStatus.COMPLETE_NO_DIFFS, None, LATER)
    assert kinds(told) == [E.RUN_COMPLETED, E.SCHEDULE_RESUMED, E.PROJECT_RECOVERED]
    assert details(told)[2] == {"troubled_since": TROUBLED.troubled_since}
    assert kinds(tell_of_end(told.schedule, told.schedule, RunStatus.COMPLETE_NO_DIFFS, None, LATER)) == [
        E.RUN_COMPLETED
    ]


def test_a_project_whose_schedule_stays_halted_has_not_recovered() -> None:
    told = tell_of_end(HALTED, HALTED, RunStatus.COMPLETE_NO_DIFFS, None, LATER)
    assert (kinds(told), told.schedule.troubled_since) == ([E.RUN_COMPLETED], HALTED.troubled_since)


def test_a_canceled_run_tells_nothing_and_heals_nothing() -> None:
    assert tell_of_end(TROUBLED, TROUBLED, RunStatus.CANCELED, None, NOW) == Told(TROUBLED)


def test_an_edit_tells_of_a_schedule_that_has_no_next_time() -> None:
    halted = replace(WELL, schedule_state=ScheduleState.HALTED, halted_reason="no_next_occurrence")
    told = tell_of_change(WELL, halted, NOW)
    assert (kinds(told), details(told)) == ([E.SCHEDULE_HALTED], [{"reason": "no_next_occurrence"}])
    assert told.schedule.troubled_since == NOW


def test_a_resume_tells_of_it_and_leaves_the_trouble_to_the_next_run() -> None:
    told = tell_of_change(HALTED, TROUBLED, NOW)
    assert (kinds(told), told.schedule) == ([E.SCHEDULE_RESUMED], TROUBLED)


def test_an_accepted_version_is_a_run_that_changed_the_documents() -> None:
    told = tell_of_decision(TROUBLED, is_accepted=True, is_well=True)
    assert kinds(told) == [E.RUN_COMPLETED, E.PROJECT_RECOVERED]
    assert details(told)[0] == {"documents_changed": True, "held": "accepted"}


def test_a_decision_does_not_heal_what_else_is_wrong() -> None:
    assert tell_of_decision(TROUBLED, is_accepted=False, is_well=False) == Told(TROUBLED)
