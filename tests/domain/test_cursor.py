"""The rules of the one settle, and of pause, resume and edit, as changes of data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from llmstxt_sched.domain import cursor
from llmstxt_sched.domain.cursor import Change, Config, Entry, Fate, OnFailure, Scheduled, ScheduleState
from llmstxt_sched.domain.run import RunStatus, Trigger
from llmstxt_sched.domain.schedule import Schedule, job_id

PROJECT = UUID(int=1)
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOURLY = Schedule("0 * * * *", "UTC")
DAILY = Schedule("0 2 * * *", "UTC")
COMPLETES = pytest.mark.parametrize("status", [RunStatus.COMPLETE_NO_DIFFS, RunStatus.COMPLETE_WITH_DIFFS])


def day(number: int, hour: int = 2) -> datetime:
    return datetime(2026, 6, number, hour, tzinfo=UTC)


def armed(on_failure: OnFailure = OnFailure.STOP, since: datetime = START, **changed: object) -> Config:
    """A daily schedule, enabled at `since`; its next occurrence is the first after that."""
    config = Config(
        project_id=PROJECT,
        cron_expression=DAILY.expression,
        timezone=DAILY.zone,
        is_enabled=True,
        on_failure=on_failure,
        schedule_state=ScheduleState.ACTIVE,
        accounted_until=since,
    )
    return cursor.arm(replace(config, **changed), 0)


def fired(config: Config, status: RunStatus, **changed: object) -> Scheduled:
    """The run that the cursor points at."""
    assert config.next_job_id
    run = Scheduled(
        id=config.next_job_id,
        trigger=Trigger.SCHEDULE,
        status=status,
        scheduled_for=config.next_run_at,
        cron_expression=config.cron_expression,
        timezone=config.timezone,
        was_started=True,
    )
    return replace(run, **changed)


def asked_for(status: RunStatus, trigger: Trigger = Trigger.MANUAL) -> Scheduled:
    return Scheduled(id=uuid4(), trigger=trigger, status=status, was_started=True)


def ledger(change: Change) -> list[tuple[Fate, str | None, datetime, datetime, int]]:
    return [(e.outcome, e.reason, e.first, e.last, e.count) for e in change.entries]


def halted(config: Config) -> Config:
    return cursor.settle(config, fired(config, RunStatus.FAILED), day(2, 3), 0).config


def test_arming_points_at_the_first_occurrence_that_the_ledger_has_not_reached() -> None:
    config = armed()
    assert (config.next_run_at, config.next_due_at, config.next_job_id) == (day(2), day(2), job_id(PROJECT, day(2)))


def test_jitter_moves_the_due_time_and_not_the_nominal_one() -> None:
    config = cursor.arm(replace(armed(), project_id=UUID(int=1_000_007)), 60)
    assert (config.next_run_at, config.next_due_at) == (day(2), day(2) + timedelta(seconds=1_000_007 % 60))


def test_a_schedule_without_a_next_occurrence_is_halted_and_says_so() -> None:
    config = armed(cron_expression="0 0 31 2 *")
    assert (config.schedule_state, config.halted_reason, config.halted_by) == (
        ScheduleState.HALTED,
        "no_next_occurrence",
        None,
    )
    assert config.next_job_id is None


@COMPLETES
def test_a_complete_run_of_the_cursor_moves_it_to_the_first_occurrence_after_now(status: RunStatus) -> None:
    config = armed()
    now = day(2, 3)
    change = cursor.settle(config, fired(config, status), now, 0)
    assert change.config.next_run_at == day(3)
    assert (change.config.last_run_at, change.coalesced) == (now, 0)
    assert change.config.stale_after == day(3) + timedelta(hours=12)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]


def test_what_came_due_meanwhile_is_coalesced_into_the_run() -> None:
    config = armed()
    run = fired(config, RunStatus.COMPLETE_NO_DIFFS)
    change = cursor.settle(config, run, day(4, 3), 0)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1), (Fate.COALESCED, None, day(3), day(4), 2)]
    assert [entry.run_id for entry in change.entries] == [run.id, run.id]
    assert (change.coalesced, change.config.next_run_at) == (2, day(5))


def test_an_occurrence_due_at_the_very_end_of_a_run_is_coalesced_and_not_lost() -> None:
    config = armed()
    change = cursor.settle(config, fired(config, RunStatus.COMPLETE_NO_DIFFS), day(3), 0)
    assert (change.coalesced, change.config.next_run_at) == (1, day(4))


def test_the_end_of_a_run_reads_the_expression_of_now_and_its_own_row_that_of_its_firing() -> None:
    config = armed()
    run = fired(config, RunStatus.COMPLETE_NO_DIFFS)
    edited = replace(config, cron_expression=HOURLY.expression)
    change = cursor.settle(edited, run, day(2, 4) + timedelta(minutes=5), 0)
    assert [(e.outcome, e.cron_expression, e.count) for e in change.entries] == [
        (Fate.RAN, DAILY.expression, 1),
        (Fate.COALESCED, HOURLY.expression, 2),
    ]
    assert change.config.next_run_at == day(2, 5)


@pytest.mark.parametrize("was_started", [True, False])
def test_a_canceled_run_of_the_cursor_moves_it_on(was_started: bool) -> None:
    config = armed()
    run = fired(config, RunStatus.CANCELED, was_started=was_started)
    change = cursor.settle(config, run, day(3, 3), 0)
    own = (Fate.RAN, None) if was_started else (Fate.SKIPPED, "canceled")
    assert ledger(change) == [(*own, day(2), day(2), 1), (Fate.COALESCED, None, day(3), day(3), 1)]
    assert change.config.next_run_at == day(4)
    assert change.config.last_run_at is None


def test_a_failed_run_of_the_cursor_stops_the_schedule() -> None:
    config = armed()
    run = fired(config, RunStatus.FAILED)
    change = cursor.settle(config, run, day(4, 3), 0)
    after = change.config
    assert (after.schedule_state, after.halted_by, after.halted_reason) == (ScheduleState.HALTED, run.id, "failed")
    assert (after.next_run_at, after.next_due_at, after.next_job_id) == (None, None, None)
    assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]
    assert (after.last_run_at, after.accounted_until) == (None, day(2))


def test_a_failed_run_of_the_cursor_goes_on_where_the_project_says_so() -> None:
    config = armed(OnFailure.CONTINUE)
    change = cursor.settle(config, fired(config, RunStatus.FAILED), day(3, 3), 0)
    assert (change.config.schedule_state, change.config.next_run_at) == (ScheduleState.ACTIVE, day(4))
    assert change.coalesced == 1
    assert change.config.last_run_at is None


def test_a_failed_initial_run_stops_the_schedule_and_its_gap_stays_to_be_accounted_for() -> None:
    config = armed()
    run = asked_for(RunStatus.FAILED, Trigger.INITIAL)
    stopped = cursor.settle(config, run, day(3, 3), 0)
    assert (stopped.config.schedule_state, stopped.config.halted_by, stopped.entries) == (
        ScheduleState.HALTED,
        run.id,
        (),
    )
    revived = cursor.revive(stopped.config, day(4, 3), 0, is_enabled=True)
    assert ledger(revived) == [(Fate.MISSED, "halted", day(2), day(4), 3)]


def test_a_failed_initial_run_halts_nothing_where_the_schedule_was_switched_off_meanwhile() -> None:
    paused = cursor.pause(armed(), None, day(1, 13)).config
    assert cursor.settle(paused, asked_for(RunStatus.FAILED, Trigger.INITIAL), day(1, 14), 0) == Change(paused)


@pytest.mark.parametrize(
    "run",
    [
        asked_for(RunStatus.FAILED),
        asked_for(RunStatus.CANCELED),
        asked_for(RunStatus.CANCELED, Trigger.INITIAL),
    ],
)
def test_any_other_end_leaves_the_schedule_alone(run: Scheduled) -> None:
    assert cursor.settle(armed(), run, day(5), 0) == Change(armed())


def test_a_failed_manual_run_leaves_a_halted_schedule_halted() -> None:
    config = halted(armed())
    assert cursor.settle(config, asked_for(RunStatus.FAILED), day(5), 0) == Change(config)


@COMPLETES
@pytest.mark.parametrize("trigger", [Trigger.MANUAL, Trigger.INITIAL])
def test_a_complete_run_that_was_asked_for_leaves_the_cursor_and_is_the_last_one(
    status: RunStatus, trigger: Trigger
) -> None:
    config = armed()
    change = cursor.settle(config, asked_for(status, trigger), day(3), 0)
    assert change.entries == ()
    assert change.config == replace(config, last_run_at=day(3), stale_after=day(4) + timedelta(hours=12))


@COMPLETES
def test_a_complete_manual_run_ends_a_halt(status: RunStatus) -> None:
    config = halted(armed())
    change = cursor.settle(config, asked_for(status), day(4, 3), 0)
    assert (change.config.schedule_state, change.config.halted_by, change.config.halted_reason) == (
        ScheduleState.ACTIVE,
        None,
        None,
    )
    assert change.config.next_run_at == day(5)
    assert ledger(change) == [(Fate.MISSED, "halted", day(3), day(4), 2)]


def test_a_complete_manual_run_ends_a_halt_of_a_paused_schedule_without_arming_it() -> None:
    paused = cursor.pause(halted(armed()), None, day(3, 3)).config
    change = cursor.settle(paused, asked_for(RunStatus.COMPLETE_NO_DIFFS), day(5, 3), 0)
    assert (change.config.schedule_state, change.config.is_enabled, change.config.next_job_id) == (
        ScheduleState.ACTIVE,
        False,
        None,
    )
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(4), day(5), 2)]


def test_a_run_of_an_occurrence_that_the_cursor_has_left_writes_its_own_row_and_no_more() -> None:
    config = armed()
    run = fired(config, RunStatus.IN_PROGRESS)
    paused = cursor.pause(config, run, day(2, 3))
    resumed = cursor.revive(paused.config, day(2, 4), 0, is_enabled=True)
    for status in (RunStatus.FAILED, RunStatus.CANCELED, RunStatus.COMPLETE_NO_DIFFS):
        change = cursor.settle(resumed.config, replace(run, status=status), day(2, 5), 0)
        assert ledger(change) == [(Fate.RAN, None, day(2), day(2), 1)]
        assert (change.config.next_run_at, change.config.schedule_state) == (day(3), ScheduleState.ACTIVE)


def test_pause_takes_the_cursor_away_and_accounts_for_what_was_due() -> None:
    change = cursor.pause(armed(), None, day(4, 3))
    assert (change.config.is_enabled, change.config.next_job_id, change.config.accounted_until) == (
        False,
        None,
        day(4, 3),
    )
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(2), day(4), 3)]


@pytest.mark.parametrize("status", [RunStatus.IN_PROGRESS, RunStatus.RETRYING])
def test_pause_leaves_the_occurrence_of_a_run_that_goes_on_to_that_run(status: RunStatus) -> None:
    config = armed()
    change = cursor.pause(config, fired(config, status), day(3, 3))
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(3), day(3), 1)]


def test_pause_skips_the_occurrence_of_a_run_that_nobody_has_taken() -> None:
    config = armed()
    change = cursor.pause(config, fired(config, RunStatus.QUEUED), day(3, 3))
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(2), day(2), 1), (Fate.SKIPPED, "paused", day(3), day(3), 1)]
    assert [entry.run_id for entry in change.entries] == [None, None]


def test_a_run_that_was_given_back_and_is_taken_back_keeps_its_row() -> None:
    """Paused while it ran, resumed, given back by a worker that stopped, paused again: its time is long past."""
    config = armed()
    run = fired(config, RunStatus.IN_PROGRESS)
    paused = cursor.pause(config, run, day(2, 3))
    resumed = cursor.revive(paused.config, day(2, 4), 0, is_enabled=True)
    again = cursor.pause(resumed.config, replace(run, status=RunStatus.QUEUED), day(2, 5))
    assert ledger(again) == [(Fate.SKIPPED, "paused", day(2), day(2), 1)]
    to = cursor.edit(paused.config, replace(run, status=RunStatus.QUEUED), HOURLY, day(2, 5), 0)
    assert ledger(to)[0] == (Fate.SKIPPED, "edited", day(2), day(2), 1)


def test_a_run_that_is_taken_back_after_an_edit_keeps_the_row_of_the_expression_that_fired_it() -> None:
    config = armed()
    run = fired(config, RunStatus.IN_PROGRESS)
    other = Schedule("30 5 * * *", "UTC")
    edited = cursor.edit(config, run, other, day(2, 3), 0)
    again = cursor.edit(edited.config, replace(run, status=RunStatus.QUEUED), HOURLY, day(2, 6), 0)
    assert [(e.outcome, e.reason, e.cron_expression, e.first) for e in again.entries] == [
        (Fate.SKIPPED, "edited", DAILY.expression, day(2)),
        (Fate.SKIPPED, "edited", other.expression, day(2, 5) + timedelta(minutes=30)),
    ]


def test_pause_of_a_halted_schedule_says_what_the_halt_missed() -> None:
    change = cursor.pause(halted(armed()), None, day(4, 3))
    assert ledger(change) == [(Fate.MISSED, "halted", day(3), day(4), 2)]
    assert change.config.schedule_state is ScheduleState.HALTED


def test_resume_accounts_for_the_pause_and_goes_on_after_now() -> None:
    paused = cursor.pause(armed(), None, day(2, 3)).config
    change = cursor.revive(paused, day(5, 3), 0, is_enabled=True)
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(3), day(5), 3)]
    assert (change.config.is_enabled, change.config.next_run_at) == (True, day(6))


@pytest.mark.parametrize("status", [RunStatus.IN_PROGRESS, RunStatus.RETRYING])
def test_an_edit_leaves_the_cursor_on_its_run_while_that_goes_on(status: RunStatus) -> None:
    config = armed()
    change = cursor.edit(config, fired(config, status), HOURLY, day(2, 3), 0)
    assert change == Change(replace(config, cron_expression=HOURLY.expression))


@pytest.mark.parametrize("active", [None, asked_for(RunStatus.IN_PROGRESS)])
def test_an_edit_moves_the_cursor_and_accounts_for_what_was_due(active: Scheduled | None) -> None:
    change = cursor.edit(armed(), active, HOURLY, day(3, 3), 0)
    assert ledger(change) == [(Fate.SKIPPED, "edited", day(2), day(3), 2)]
    assert change.entries[0].cron_expression == DAILY.expression
    assert change.config.next_run_at == day(3, 4)


def test_an_edit_of_a_paused_schedule_is_not_to_blame_for_what_the_pause_skipped() -> None:
    paused = cursor.pause(armed(), None, day(2, 3)).config
    change = cursor.edit(paused, None, HOURLY, day(5, 3), 0)
    assert ledger(change) == [(Fate.SKIPPED, "paused", day(3), day(5), 3)]
    assert change.entries == cursor.stand_still(paused, day(5, 3)).entries


def test_an_edit_of_the_zone_alone_moves_the_cursor() -> None:
    change = cursor.edit(armed(), None, Schedule(DAILY.expression, "Europe/Berlin"), START, 0)
    assert change.config.next_run_at == day(2, 0)


def test_an_edit_ends_no_halt() -> None:
    change = cursor.edit(halted(armed()), None, HOURLY, day(3, 3), 0)
    assert (change.config.schedule_state, change.config.next_job_id) == (ScheduleState.HALTED, None)
    assert ledger(change) == [(Fate.MISSED, "halted", day(3), day(3), 1)]


@pytest.mark.parametrize("status", [None, RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.RETRYING])
def test_an_edit_that_takes_the_schedule_away_switches_it_off(status: RunStatus | None) -> None:
    config = armed()
    change = cursor.edit(config, fired(config, status) if status else None, None, day(2, 3), 0)
    assert (change.config.cron_expression, change.config.is_enabled, change.config.next_job_id) == (None, False, None)
    goes_on = status in {RunStatus.IN_PROGRESS, RunStatus.RETRYING}
    assert ledger(change) == ([] if goes_on else [(Fate.SKIPPED, "edited", day(2), day(2), 1)])


def test_a_cursor_is_moved_past_a_run_that_has_ended() -> None:
    config = armed()
    change = cursor.move_past(config, day(3, 3), 0)
    assert change.config.next_run_at == day(4)
    assert change.entries == (
        Entry(day(3), day(3), 1, Fate.COALESCED, None, config.next_job_id, DAILY.expression, DAILY.zone),
    )


def test_a_gap_is_closed_once() -> None:
    closed = cursor.close_gap(armed(), day(4, 3), reason="paused")
    assert closed.config.accounted_until == day(4, 3)
    assert cursor.close_gap(closed.config, day(4, 3), reason="paused") == Change(closed.config)


def test_a_clock_that_went_back_takes_no_part_of_the_ledger_back() -> None:
    config = armed(since=day(4, 3))
    assert cursor.close_gap(config, day(2, 3), reason="paused") == Change(config)
