"""The rules of the one settle, and of pause, resume and edit, as changes of data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import (
    Cron,
    Fate,
    OnFailure,
    Schedule,
    ScheduleChange,
    ScheduledRun,
    ScheduleState,
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

PROJECT = UUID(int=1)
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOURLY = Cron("0 * * * *", "UTC")
DAILY = Cron("0 2 * * *", "UTC")
COMPLETES = pytest.mark.parametrize("status", [RunStatus.COMPLETE_NO_DIFFS, RunStatus.COMPLETE_WITH_DIFFS])


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def day(number: int, hour: int = 2) -> datetime:
    return datetime(2026, 6, number, hour, tzinfo=UTC)


def armed(on_failure: OnFailure = OnFailure.STOP, since: datetime = START, **changed: object) -> Schedule:
    """A daily schedule, enabled at `since`; its next occurrence is the first after that."""
    schedule = Schedule(
        project_id=PROJECT,
        cron_expression=DAILY.expression,
        timezone=DAILY.zone,
        is_enabled=True,
        on_failure=on_failure,
        schedule_state=ScheduleState.ACTIVE,
        accounted_until=since,
    )
    return arm(replace(schedule, **changed), 0)


def fired(schedule: Schedule, status: RunStatus, **changed: object) -> ScheduledRun:
    """The run that the cursor points at."""
    assert schedule.next_job_id
    run = ScheduledRun(
        id=schedule.next_job_id,
        trigger=Trigger.SCHEDULE,
        status=status,
        scheduled_for=schedule.next_run_at,
        cron_expression=schedule.cron_expression,
        timezone=schedule.timezone,
        was_started=True,
    )
    return replace(run, **changed)


def asked_for(status: RunStatus, trigger: Trigger = Trigger.MANUAL) -> ScheduledRun:
    return ScheduledRun(id=uuid4(), trigger=trigger, status=status, was_started=True)


def ledger(change: ScheduleChange) -> list[tuple[Fate, str | None, datetime, datetime, int]]:
    return [(e.outcome, e.reason, e.first, e.last, e.count) for e in change.rows]


def halted(schedule: Schedule) -> Schedule:
    return schedule_next_run(schedule, fired(schedule, RunStatus.FAILED), day(2, 3), 0).schedule


def test_arming_points_at_the_first_occurrence_that_the_ledger_has_not_reached() -> None:
    schedule = armed()
    assert (schedule.next_run_at, schedule.next_due_at, schedule.next_job_id) == (
        day(2),
        day(2),
        job_id(PROJECT, day(2)),
    )


def test_jitter_moves_the_due_time_and_not_the_nominal_one() -> None:
    schedule = arm(replace(armed(), project_id=UUID(int=1_000_007)), 60)
    assert (schedule.next_run_at, schedule.next_due_at) == (day(2), day(2) + timedelta(seconds=1_000_007 % 60))


def test_a_schedule_without_a_next_occurrence_is_halted_and_says_so() -> None:
    schedule = armed(cron_expression="0 0 31 2 *")
    assert (schedule.schedule_state, schedule.halted_reason, schedule.halted_by) == (
        ScheduleState.HALTED,
        "no_next_occurrence",
        None,
    )
    assert schedule.next_job_id is None


def test_a_run_of_a_schedule_in_a_zone_that_the_machine_does_not_know_ends_and_halts_it() -> None:
    schedule = replace(armed(), timezone="Nowhere/Here")
    change = schedule_next_run(schedule, fired(schedule, RunStatus.COMPLETE_WITH_DIFFS), day(2, 3), 0)
    halted = change.schedule
    assert (halted.schedule_state, halted.halted_reason, halted.halted_by) == (
        ScheduleState.HALTED,
        "unknown_timezone",
        None,
    )
    assert (halted.next_job_id, halted.last_run_at, halted.stale_after) == (None, day(2, 3), None)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]


@COMPLETES
def test_a_complete_run_of_the_cursor_moves_it_to_the_first_occurrence_after_now(status: RunStatus) -> None:
    schedule = armed()
    now = day(2, 3)
    change = schedule_next_run(schedule, fired(schedule, status), now, 0)
    assert change.schedule.next_run_at == day(3)
    assert (change.schedule.last_run_at, change.coalesced) == (now, 0)
    assert change.schedule.stale_after == day(3) + timedelta(hours=12)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]


def test_what_came_due_meanwhile_is_coalesced_into_the_run() -> None:
    schedule = armed()
    run = fired(schedule, RunStatus.COMPLETE_NO_DIFFS)
    change = schedule_next_run(schedule, run, day(4, 3), 0)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1), (Fate.COALESCED, None, day(3), day(4), 2)]
    assert [entry.run_id for entry in change.rows] == [run.id, run.id]
    assert (change.coalesced, change.schedule.next_run_at) == (2, day(5))


def test_an_occurrence_due_at_the_very_end_of_a_run_is_coalesced_and_not_lost() -> None:
    schedule = armed()
    change = schedule_next_run(schedule, fired(schedule, RunStatus.COMPLETE_NO_DIFFS), day(3), 0)
    assert (change.coalesced, change.schedule.next_run_at) == (1, day(4))


def test_the_end_of_a_run_reads_the_expression_of_now_and_its_own_row_that_of_its_firing() -> None:
    schedule = armed()
    run = fired(schedule, RunStatus.COMPLETE_NO_DIFFS)
    edited = replace(schedule, cron_expression=HOURLY.expression)
    change = schedule_next_run(edited, run, day(2, 4) + timedelta(minutes=5), 0)
    assert [(e.outcome, e.cron_expression, e.count) for e in change.rows] == [
        (Fate.RAN, DAILY.expression, 1),
        (Fate.COALESCED, HOURLY.expression, 2),
    ]
    assert change.schedule.next_run_at == day(2, 5)


@pytest.mark.parametrize("was_started", [True, False])
def test_a_canceled_run_of_the_cursor_moves_it_on(was_started: bool) -> None:
    schedule = armed()
    run = fired(schedule, RunStatus.CANCELED, was_started=was_started)
    change = schedule_next_run(schedule, run, day(3, 3), 0)
    own = (Fate.RAN, None) if was_started else (Fate.SKIPPED, "canceled")
    assert ledger(change) == [(*own, day(2), day(2), 1), (Fate.COALESCED, None, day(3), day(3), 1)]
    assert change.schedule.next_run_at == day(4)
    assert change.schedule.last_run_at is None


def test_a_failed_run_of_the_cursor_stops_the_schedule() -> None:
    schedule = armed()
    run = fired(schedule, RunStatus.FAILED)
    change = schedule_next_run(schedule, run, day(4, 3), 0)
    after = change.schedule
    assert (after.schedule_state, after.halted_by, after.halted_reason) == (ScheduleState.HALTED, run.id, "failed")
    assert (after.next_run_at, after.next_due_at, after.next_job_id) == (None, None, None)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]
    assert (after.last_run_at, after.accounted_until) == (None, day(2))


def test_a_failed_run_of_the_cursor_goes_on_where_the_project_says_so() -> None:
    schedule = armed(OnFailure.CONTINUE)
    change = schedule_next_run(schedule, fired(schedule, RunStatus.FAILED), day(3, 3), 0)
    assert (change.schedule.schedule_state, change.schedule.next_run_at) == (ScheduleState.ACTIVE, day(4))
    assert change.coalesced == 1
    assert change.schedule.last_run_at is None


def test_a_failed_initial_run_stops_the_schedule_and_its_gap_stays_to_be_accounted_for() -> None:
    schedule = armed()
    run = asked_for(RunStatus.FAILED, Trigger.INITIAL)
    stopped = schedule_next_run(schedule, run, day(3, 3), 0)
    assert (stopped.schedule.schedule_state, stopped.schedule.halted_by, stopped.rows) == (
        ScheduleState.HALTED,
        run.id,
        (),
    )
    revived = revive(stopped.schedule, day(4, 3), 0, is_enabled=True)
    assert ledger(revived) == [(Fate.MISSED, "halted", day(2), day(4), 3)]


def test_a_failed_initial_run_halts_nothing_where_the_schedule_was_switched_off_meanwhile() -> None:
    paused = pause(armed(), None, day(1, 13)).schedule
    assert schedule_next_run(paused, asked_for(RunStatus.FAILED, Trigger.INITIAL), day(1, 14), 0) == ScheduleChange(
        paused
    )


@pytest.mark.parametrize(
    "run",
    [
        asked_for(RunStatus.FAILED),
        asked_for(RunStatus.CANCELED),
        asked_for(RunStatus.CANCELED, Trigger.INITIAL),
    ],
)
def test_any_other_end_leaves_the_schedule_alone(run: ScheduledRun) -> None:
    assert schedule_next_run(armed(), run, day(5), 0) == ScheduleChange(armed())


def test_a_failed_manual_run_leaves_a_halted_schedule_halted() -> None:
    schedule = halted(armed())
    assert schedule_next_run(schedule, asked_for(RunStatus.FAILED), day(5), 0) == ScheduleChange(schedule)


@COMPLETES
@pytest.mark.parametrize("trigger", [Trigger.MANUAL, Trigger.INITIAL])
def test_a_complete_run_that_was_asked_for_leaves_the_cursor_and_is_the_last_one(
    status: RunStatus, trigger: Trigger
) -> None:
    schedule = armed()
    change = schedule_next_run(schedule, asked_for(status, trigger), day(3), 0)
    assert change.rows == ()
    assert change.schedule == replace(schedule, last_run_at=day(3), stale_after=day(4) + timedelta(hours=12))


@COMPLETES
def test_a_complete_manual_run_ends_a_halt(status: RunStatus) -> None:
    schedule = halted(armed())
    change = schedule_next_run(schedule, asked_for(status), day(4, 3), 0)
    assert (change.schedule.schedule_state, change.schedule.halted_by, change.schedule.halted_reason) == (
        ScheduleState.ACTIVE,
        None,
        None,
    )
    assert change.schedule.next_run_at == day(5)
    assert ledger(change) == [(Fate.MISSED, "halted", day(3), day(4), 2)]


def test_a_complete_manual_run_ends_a_halt_of_a_paused_schedule_without_arming_it() -> None:
    paused = pause(halted(armed()), None, day(3, 3)).schedule
    change = schedule_next_run(paused, asked_for(RunStatus.COMPLETE_NO_DIFFS), day(5, 3), 0)
    assert (change.schedule.schedule_state, change.schedule.is_enabled, change.schedule.next_job_id) == (
        ScheduleState.ACTIVE,
        False,
        None,
    )
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(4), day(5), 2)]


def test_a_run_of_an_occurrence_that_the_cursor_has_left_writes_its_own_row_and_no_more() -> None:
    schedule = armed()
    run = fired(schedule, RunStatus.IN_PROGRESS)
    paused = pause(schedule, run, day(2, 3))
    resumed = revive(paused.schedule, day(2, 4), 0, is_enabled=True)
    for status in (RunStatus.FAILED, RunStatus.CANCELED, RunStatus.COMPLETE_NO_DIFFS):
        change = schedule_next_run(resumed.schedule, replace(run, status=status), day(2, 5), 0)
        assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]
        assert (change.schedule.next_run_at, change.schedule.schedule_state) == (day(3), ScheduleState.ACTIVE)


def test_pause_takes_the_cursor_away_and_accounts_for_what_was_due() -> None:
    change = pause(armed(), None, day(4, 3))
    assert (change.schedule.is_enabled, change.schedule.next_job_id, change.schedule.accounted_until) == (
        False,
        None,
        day(4, 3),
    )
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(2), day(4), 3)]


@pytest.mark.parametrize("status", [RunStatus.IN_PROGRESS, RunStatus.RETRYING])
def test_pause_leaves_the_occurrence_of_a_run_that_goes_on_to_that_run(status: RunStatus) -> None:
    schedule = armed()
    change = pause(schedule, fired(schedule, status), day(3, 3))
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(3), day(3), 1)]


def test_pause_skips_the_occurrence_of_a_run_that_nobody_has_taken() -> None:
    schedule = armed()
    change = pause(schedule, fired(schedule, RunStatus.QUEUED), day(3, 3))
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(2), day(2), 1), (Fate.SKIPPED, "paused", day(3), day(3), 1)]
    assert [entry.run_id for entry in change.rows] == [None, None]


def test_a_run_that_was_given_back_and_is_taken_back_keeps_its_row() -> None:
    """Paused while it ran, resumed, given back by a worker that stopped, paused again: its time is long past."""
    schedule = armed()
    run = fired(schedule, RunStatus.IN_PROGRESS)
    paused = pause(schedule, run, day(2, 3))
    resumed = revive(paused.schedule, day(2, 4), 0, is_enabled=True)
    again = pause(resumed.schedule, replace(run, status=RunStatus.QUEUED), day(2, 5))
    assert ledger(again) == [(Fate.SKIPPED, "paused", day(2), day(2), 1)]
    to = edit(paused.schedule, replace(run, status=RunStatus.QUEUED), HOURLY, day(2, 5), 0)
    assert ledger(to)[0] == (Fate.SKIPPED, "edited", day(2), day(2), 1)


def test_a_run_that_is_taken_back_after_an_edit_keeps_the_row_of_the_expression_that_fired_it() -> None:
    schedule = armed()
    run = fired(schedule, RunStatus.IN_PROGRESS)
    other = Cron("30 5 * * *", "UTC")
    edited = edit(schedule, run, other, day(2, 3), 0)
    again = edit(edited.schedule, replace(run, status=RunStatus.QUEUED), HOURLY, day(2, 6), 0)
    assert [(e.outcome, e.reason, e.cron_expression, e.first) for e in again.rows] == [
        (Fate.SKIPPED, "edited", DAILY.expression, day(2)),
        (Fate.SKIPPED, "edited", other.expression, day(2, 5) + timedelta(minutes=30)),
    ]


def test_pause_of_a_halted_schedule_says_what_the_halt_missed() -> None:
    change = pause(halted(armed()), None, day(4, 3))
    assert ledger(change) == [(Fate.MISSED, "halted", day(3), day(4), 2)]
    assert change.schedule.schedule_state is ScheduleState.HALTED


def test_resume_accounts_for_the_pause_and_goes_on_after_now() -> None:
    paused = pause(armed(), None, day(2, 3)).schedule
    change = revive(paused, day(5, 3), 0, is_enabled=True)
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(3), day(5), 3)]
    assert (change.schedule.is_enabled, change.schedule.next_run_at) == (True, day(6))


@pytest.mark.parametrize("status", [RunStatus.IN_PROGRESS, RunStatus.RETRYING])
def test_an_edit_leaves_the_cursor_on_its_run_while_that_goes_on(status: RunStatus) -> None:
    schedule = armed()
    change = edit(schedule, fired(schedule, status), HOURLY, day(2, 3), 0)
    assert change == ScheduleChange(replace(schedule, cron_expression=HOURLY.expression))


@pytest.mark.parametrize("active", [None, asked_for(RunStatus.IN_PROGRESS)])
def test_an_edit_moves_the_cursor_and_accounts_for_what_was_due(active: ScheduledRun | None) -> None:
    change = edit(armed(), active, HOURLY, day(3, 3), 0)
    assert ledger(change) == [(Fate.SKIPPED, "edited", day(2), day(3), 2)]
    assert change.rows[0].cron_expression == DAILY.expression
    assert change.schedule.next_run_at == day(3, 4)


def test_an_edit_of_a_paused_schedule_is_not_to_blame_for_what_the_pause_skipped() -> None:
    paused = pause(armed(), None, day(2, 3)).schedule
    change = edit(paused, None, HOURLY, day(5, 3), 0)
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(3), day(5), 3)]
    assert change.rows == stand_still(paused, day(5, 3)).rows


def test_an_edit_of_the_zone_alone_moves_the_cursor() -> None:
    change = edit(armed(), None, Cron(DAILY.expression, "Europe/Berlin"), START, 0)
    assert change.schedule.next_run_at == day(2, 0)


@pytest.mark.parametrize("status", [None, RunStatus.IN_PROGRESS])
def test_what_was_fresh_by_the_hour_is_not_stale_by_the_day(status: RunStatus | None) -> None:
    schedule = armed(cron_expression=HOURLY.expression, last_run_at=day(2), stale_after=day(2, 3), since=day(2))
    change = edit(schedule, fired(schedule, status) if status else None, DAILY, day(2, 3), 0)
    assert change.schedule.stale_after == day(3) + timedelta(hours=12)


def test_what_was_fresh_by_the_day_is_stale_soon_by_the_hour() -> None:
    schedule = armed(last_run_at=day(2), stale_after=day(3, 14), since=day(2))
    assert edit(schedule, None, HOURLY, day(2, 9), 0).schedule.stale_after == day(2, 10) + timedelta(minutes=30)


def test_an_edit_in_a_pause_counts_from_the_last_success() -> None:
    paused = pause(armed(last_run_at=day(2), stale_after=day(3, 14), since=day(2)), None, day(2, 3)).schedule
    assert edit(paused, None, HOURLY, day(9), 0).schedule.stale_after == day(2, 3) + timedelta(minutes=30)


def test_what_has_not_been_renewed_for_long_stays_stale_in_an_edit() -> None:
    schedule = armed(last_run_at=day(2), stale_after=day(3, 14), since=day(2))
    assert edit(schedule, None, HOURLY, day(9, 9), 0).schedule.stale_after == day(2, 3) + timedelta(minutes=30)


def test_an_edit_makes_nothing_stale_that_was_never_there() -> None:
    assert edit(armed(), None, HOURLY, day(2, 1), 0).schedule.stale_after is None


def test_an_edit_ends_no_halt() -> None:
    change = edit(halted(armed()), None, HOURLY, day(3, 3), 0)
    assert (change.schedule.schedule_state, change.schedule.next_job_id) == (ScheduleState.HALTED, None)
    assert ledger(change) == [(Fate.MISSED, "halted", day(3), day(3), 1)]


@pytest.mark.parametrize("status", [None, RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.RETRYING])
def test_an_edit_that_takes_the_schedule_away_switches_it_off(status: RunStatus | None) -> None:
    schedule = armed()
    change = edit(schedule, fired(schedule, status) if status else None, None, day(2, 3), 0)
    assert (change.schedule.cron_expression, change.schedule.is_enabled, change.schedule.next_job_id) == (
        None,
        False,
        None,
    )
    goes_on = status in {RunStatus.IN_PROGRESS, RunStatus.RETRYING}
    assert ledger(change) == ([] if goes_on else [(Fate.SKIPPED, "edited", day(2), day(2), 1)])


def test_a_cursor_is_moved_past_a_run_that_has_ended() -> None:
    schedule = armed()
    for last, following in ((None, 3), (day(2), 3), (day(5), 6)):
        change = move_past(schedule, last, 0)
        assert (change.schedule.next_run_at, change.rows) == (day(following), ())


def test_a_schedule_that_is_brought_back_keeps_what_the_ledger_has() -> None:
    brought = bring_back(armed(since=day(20, 12)), day(3, 12), 0).schedule
    assert (brought.next_run_at, brought.accounted_until) == (day(4), day(20, 12))
    assert pause(brought, None, day(9)).rows == ()


def test_a_success_after_now_keeps_documents_fresh_for_no_longer_than_one_that_is_now() -> None:
    ahead = schedule_next_run(armed(), asked_for(RunStatus.COMPLETE_NO_DIFFS), day(20, 12), 0).schedule
    assert ahead.stale_after == day(21, 14)
    brought = bring_back(ahead, day(3, 12), 0).schedule
    assert (brought.last_run_at, brought.stale_after) == (day(3, 12), day(4, 14))
    # What came due since is still due.
    assert brought.next_run_at == ahead.next_run_at == day(2)
    assert bring_back(brought, day(3, 13), 0).schedule == brought


def test_what_ran_before_a_clock_was_behind_is_no_gap_when_the_run_of_that_time_ends() -> None:
    brought = bring_back(armed(since=day(5, 12)), day(3, 12), 0).schedule
    run = fired(brought, RunStatus.COMPLETE_NO_DIFFS)
    ended = schedule_next_run(brought, run, day(6, 12), 0)
    assert ledger(ended) == [(Fate.RAN, None, day(4), day(4), 1), (Fate.COALESCED, None, day(6), day(6), 1)]
    halted = schedule_next_run(brought, fired(brought, RunStatus.FAILED), day(6, 12), 0).schedule
    assert ledger(revive(halted, day(6, 12), 0, is_enabled=True)) == [(Fate.MISSED, "halted", day(6), day(6), 1)]
    # What a clock that was ahead told of a time to come is not true.
    ended = schedule_next_run(brought, run, day(4, 3), 0)
    assert (ended.schedule.accounted_until, ended.schedule.next_run_at) == (day(4, 3), day(5))


def test_a_gap_is_closed_once() -> None:
    closed = close_gap(armed(), day(4, 3), reason="paused")
    assert closed.schedule.accounted_until == day(4, 3)
    assert close_gap(closed.schedule, day(4, 3), reason="paused") == ScheduleChange(closed.schedule)


def test_a_clock_that_went_back_takes_no_part_of_the_ledger_back() -> None:
    schedule = armed(since=day(4, 3))
    assert close_gap(schedule, day(2, 3), reason="paused") == ScheduleChange(schedule)


def test_the_id_of_an_occurrence_is_the_same_everywhere_and_another_for_another() -> None:
    project, other = UUID(int=7), UUID(int=8)
    due = at(2026, 10, 25, 0)
    assert job_id(project, due) == UUID("4cb2d3eb-7704-57f7-8dae-6a44a6b1c587")
    assert job_id(project, due.astimezone()) == job_id(project, due)
    assert len({job_id(project, due), job_id(other, due), job_id(project, due + timedelta(hours=1))}) == 3


def test_jitter_is_the_projects_own_and_below_its_bound() -> None:
    projects = [uuid4() for _ in range(300)]
    spread = {jitter(project, 60) for project in projects}
    assert all(timedelta(0) <= each < timedelta(seconds=60) for each in spread)
    assert len(spread) > 30
    assert [jitter(project, 60) for project in projects] == [jitter(project, 60) for project in projects]
    assert {jitter(project, 0) for project in projects} == {timedelta(0)}


def test_a_document_is_stale_half_a_period_after_a_missed_run() -> None:
    assert stale_after(Cron("0 2 * * *", "UTC"), at(2026, 7, 2, 2)) == at(2026, 7, 2, 14)
    last_before_a_gap = at(2096, 2, 29)
    assert stale_after(Cron("0 0 29 2 *", "UTC"), last_before_a_gap) == last_before_a_gap


def test_a_schedule_whose_zone_this_machine_does_not_know_can_be_stopped_and_changed() -> None:
    """As after a restore on a machine with older zones."""
    schedule = replace(armed(), timezone="America/Newly_Founded")
    assert pause(schedule, None, day(2, 3)).schedule.is_enabled is False
    assert edit(schedule, None, None, day(2, 3), 0).schedule.cron_expression is None
    assert edit(schedule, None, DAILY, day(2, 3), 0).schedule.next_run_at == day(3)
