"""What somebody asks of a schedule, as one decision: what is to be written, and what becomes of its runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import (
    Fate,
    OnFailure,
    PatchedSchedule,
    Schedule,
    ScheduleChange,
    ScheduledRun,
    SchedulePatch,
    ScheduleState,
    arm,
    patch_schedule,
    schedule_next_run,
)
from llmstxt_sched.errors import InvalidInput

DAILY, HOURLY = "0 2 * * *", "30 * * * *"


def at(day: int, hour: int = 3) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


def schedule(**changed: Any) -> Schedule:
    """A daily schedule that is enabled and has had a run."""
    plain = Schedule(
        project_id=UUID(int=1),
        cron_expression=DAILY,
        timezone="UTC",
        is_enabled=True,
        on_failure=OnFailure.STOP,
        schedule_state=ScheduleState.ACTIVE,
        accounted_until=at(1),
        run_count=1,
    )
    return arm(replace(plain, **changed), 0)


BLANK = schedule(cron_expression=None, is_enabled=False, run_count=0)


def fired(of: Schedule, status: RunStatus = RunStatus.QUEUED) -> ScheduledRun:
    """The run of the occurrence that the cursor points at."""
    assert of.next_job_id
    return ScheduledRun(
        of.next_job_id, Trigger.SCHEDULE, status, of.next_run_at, of.cron_expression, of.timezone, was_started=False
    )


def patched(before: Schedule, active: ScheduledRun | None = None, **wanted: Any) -> PatchedSchedule:
    return patch_schedule(before, active, SchedulePatch(**wanted), at(2), 0)


def test_a_patch_of_nothing_changes_nothing() -> None:
    before = schedule()
    assert SchedulePatch().is_empty
    assert patched(before, fired(before)) == PatchedSchedule(ScheduleChange(before))


@pytest.mark.parametrize(
    "wanted",
    [
        {"cron_expression": DAILY},
        {"timezone": "UTC"},
        {"is_enabled": True},
        {"on_failure": OnFailure.STOP},
    ],
)
def test_what_is_so_already_changes_nothing(wanted: dict[str, Any]) -> None:
    before = schedule()
    assert not SchedulePatch(**wanted).is_empty
    assert patched(before, fired(before), **wanted) == PatchedSchedule(ScheduleChange(before))


def test_another_rule_for_failures_leaves_the_cursor_and_the_runs_alone() -> None:
    before = schedule()
    found = patched(before, fired(before), on_failure=OnFailure.CONTINUE)
    assert found == PatchedSchedule(ScheduleChange(replace(before, on_failure=OnFailure.CONTINUE)))


def test_another_rule_for_failures_comes_with_another_expression() -> None:
    changed = patched(schedule(), cron_expression=HOURLY, on_failure=OnFailure.CONTINUE).change.schedule
    assert (changed.cron_expression, changed.on_failure) == (HOURLY, OnFailure.CONTINUE)


def test_the_new_rule_for_failures_is_the_one_that_counts() -> None:
    before = schedule()
    changed = patched(before, on_failure=OnFailure.CONTINUE).change.schedule
    failed = schedule_next_run(changed, fired(changed, RunStatus.FAILED), at(3), 0)
    assert failed.schedule.schedule_state is ScheduleState.ACTIVE


def test_the_first_schedule_of_a_project_that_is_enabled_needs_an_initial_run() -> None:
    found = patched(BLANK, cron_expression=DAILY, is_enabled=True)
    assert found.needs_initial_run
    assert (found.change.schedule.next_run_at, found.change.rows) == (at(3, 2), ())


def test_a_schedule_without_being_switched_on_needs_none_and_has_no_cursor() -> None:
    found = patched(BLANK, cron_expression=DAILY)
    assert (found.needs_initial_run, found.change.schedule.next_run_at) == (False, None)


def test_a_project_that_ran_before_needs_no_initial_run() -> None:
    found = patched(schedule(is_enabled=False), is_enabled=True)
    assert not found.needs_initial_run
    assert found.change.schedule.next_run_at == at(3, 2)


def test_a_project_without_an_expression_keeps_the_zone_that_it_is_given() -> None:
    assert patched(BLANK, timezone="Asia/Kathmandu").change.schedule.timezone == "Asia/Kathmandu"
    found = patched(schedule(), cron_expression=None, timezone="Asia/Kathmandu").change.schedule
    assert (found.timezone, found.cron_expression, found.is_enabled) == ("Asia/Kathmandu", None, False)


@pytest.mark.parametrize("wanted", [{"is_enabled": False}, {"cron_expression": HOURLY}, {"cron_expression": None}])
def test_a_scheduled_run_that_nobody_has_taken_is_taken_back_and_has_its_row(wanted: dict[str, Any]) -> None:
    before = schedule()
    run = fired(before)
    found = patched(before, run, **wanted)
    assert found.taken_back == run.id
    assert [(row.outcome, row.first) for row in found.change.rows] == [(Fate.SKIPPED, run.scheduled_for)]


@pytest.mark.parametrize("status", [RunStatus.IN_PROGRESS, RunStatus.RETRYING])
@pytest.mark.parametrize("wanted", [{"is_enabled": False}, {"cron_expression": HOURLY}])
def test_a_run_that_is_under_way_goes_on(wanted: dict[str, Any], status: RunStatus) -> None:
    before = schedule()
    found = patched(before, fired(before, status), **wanted)
    assert (found.taken_back, found.change.rows) == (None, ())


@pytest.mark.parametrize("trigger", [Trigger.MANUAL, Trigger.INITIAL])
def test_a_run_that_was_not_scheduled_stays_in_the_queue(trigger: Trigger) -> None:
    asked_for = ScheduledRun(uuid4(), trigger, RunStatus.QUEUED)
    assert patched(schedule(), asked_for, is_enabled=False).taken_back is None


def test_an_edit_with_a_pause_accounts_for_each_occurrence_once() -> None:
    before = schedule()
    found = patched(before, fired(before), cron_expression=HOURLY, is_enabled=False)
    assert found.taken_back == before.next_job_id
    assert [(row.outcome, row.reason, row.count) for row in found.change.rows] == [(Fate.SKIPPED, "edited", 1)]
    after = found.change.schedule
    assert (after.cron_expression, after.is_enabled, after.next_run_at) == (HOURLY, False, None)


def test_an_edit_with_a_resume_goes_on_by_the_new_expression_and_the_gap_by_the_old_one() -> None:
    halted = schedule(
        schedule_state=ScheduleState.HALTED, halted_by=uuid4(), halted_reason="failed", accounted_until=at(1, 0)
    )
    found = patched(halted, cron_expression=HOURLY, is_enabled=True)
    assert [(row.outcome, row.cron_expression, row.count) for row in found.change.rows] == [(Fate.MISSED, DAILY, 2)]
    after = found.change.schedule
    assert (after.schedule_state, after.halted_by) == (ScheduleState.ACTIVE, None)
    assert after.next_run_at == datetime(2026, 6, 2, 3, 30, tzinfo=UTC)


def test_an_edit_alone_ends_no_halt() -> None:
    halted = schedule(schedule_state=ScheduleState.HALTED, halted_by=uuid4(), halted_reason="failed")
    after = patched(halted, cron_expression=HOURLY).change.schedule
    assert (after.schedule_state, after.next_run_at) == (ScheduleState.HALTED, None)


def test_a_schedule_in_an_unknown_zone_can_be_stopped_and_moved_but_not_started() -> None:
    # As after a move to a machine with older zones.
    running = replace(schedule(), timezone="Mars/Olympus")
    stopped = patch_schedule(running, None, SchedulePatch(is_enabled=False), at(3), 0).change.schedule
    with pytest.raises(InvalidInput, match="Mars/Olympus"):
        patch_schedule(stopped, None, SchedulePatch(is_enabled=True), at(4), 0)
    moved = patch_schedule(stopped, None, SchedulePatch(is_enabled=True, timezone="UTC"), at(4), 0).change.schedule
    assert moved.next_run_at == at(5, 2)
