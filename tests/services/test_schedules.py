from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from tests.support.engine import DAILY, NOTHING, PASSING, Engine

from llmstxt_sched.domain.run import LiveCrawl, Progress, RunStatus, Trigger
from llmstxt_sched.domain.schedule import OnFailure, ScheduleState
from llmstxt_sched.errors import Conflict, InvalidInput
from llmstxt_sched.services.job_push import job_of

HOURLY = "30 * * * *"


async def test_pause_takes_back_a_scheduled_run_that_nobody_has_taken(engine: Engine) -> None:
    project, run = await engine.fired()
    paused = await engine.projects.pause(project)
    assert (paused.active_run, paused.project.is_enabled, paused.project.next_run_at) == (None, False, None)
    assert [run.trigger for run in await engine.runs_of(project)] == [Trigger.INITIAL]
    assert await engine.ledger(project) == [("SKIPPED", "paused", 1)]
    assert (await engine.queued_ids(), await engine.scheduled_ids(), await engine.job(run.id)) == ([], {}, {})


async def test_pause_leaves_a_run_under_way_to_its_end(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.projects.pause(project)
    assert await engine.scheduled_ids() == {}
    ended = await engine.leases.complete(claimed, NOTHING, Progress(), "done")
    assert ended.status is RunStatus.COMPLETE_NO_DIFFS
    assert await engine.ledger(project) == [("RAN", None, 1)]
    assert (await engine.schedule(project)).next_job_id is None


async def test_pause_and_resume_in_a_retry_leave_the_retry_and_no_gap(engine: Engine) -> None:
    project, run = await engine.fired(back=timedelta(days=3))
    waiting = await engine.fail(run, PASSING)
    await engine.projects.pause(project)
    assert set(await engine.scheduled_ids()) == {str(run.id)}
    resumed = await engine.projects.resume(project)
    assert resumed.active_run == waiting
    following = (await engine.schedule(project)).next_job_id
    assert set(await engine.scheduled_ids()) == {str(run.id), str(following)}
    await engine.end_wait(run)
    assert (await engine.finish(run)).status is RunStatus.COMPLETE_NO_DIFFS
    assert await engine.ledger(project) == [("RAN", None, 1), ("SKIPPED", "paused", 2)]
    assert set(await engine.scheduled_ids()) == {str(following)}


async def test_pause_leaves_a_manual_run_in_the_queue(engine: Engine) -> None:
    project = await engine.ran()
    run = await engine.trigger(project)
    assert (await engine.projects.pause(project)).active_run == run
    assert await engine.queued_ids() == [str(run.id)]


async def test_pause_of_a_paused_project_changes_nothing(engine: Engine) -> None:
    project = await engine.ran()
    await engine.projects.pause(project)
    before = await engine.schedule(project)
    await engine.projects.pause(project)
    assert await engine.schedule(project) == before


async def test_resume_goes_on_after_now_and_accounts_for_the_pause(engine: Engine) -> None:
    project = await engine.ran()
    await engine.projects.pause(project)
    await engine.pass_time(project, timedelta(days=3))
    assert await engine.ledger(project) == [("SKIPPED", "paused", 3)], "what comes due in a pause is seen at once"
    resumed = await engine.projects.resume(project)
    assert resumed.project.next_run_at
    assert resumed.project.next_run_at > await engine.fire.now()
    assert resumed.active_run is None
    assert await engine.ledger(project) == [("SKIPPED", "paused", 3)]
    assert list(await engine.scheduled_ids()) == [str((await engine.schedule(project)).next_job_id)]


async def test_resume_ends_a_halt_and_accounts_for_it(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.fail(run)
    await engine.pass_time(project, timedelta(days=2))
    assert await engine.ledger(project) == [("RAN", None, 1), ("MISSED", "halted", 2)], "a halt is seen at once"
    resumed = await engine.projects.resume(project)
    assert (resumed.project.schedule_state, resumed.project.halted_by) == (ScheduleState.ACTIVE, None)
    assert await engine.ledger(project) == [("RAN", None, 1), ("MISSED", "halted", 2)]


async def test_years_of_a_pause_are_accounted_for_by_one_row(engine: Engine) -> None:
    project = await engine.ran(cron="*/5 * * * *")
    await engine.projects.pause(project)
    await engine.pass_time(project, timedelta(days=1000))
    await engine.projects.resume(project)
    (row,) = await engine.ledger(project)
    assert row in {("SKIPPED", "paused", 288_000), ("SKIPPED", "paused", 288_001)}


async def test_resume_of_a_project_that_goes_on_changes_nothing(engine: Engine) -> None:
    project = await engine.due()
    before = await engine.schedule(project)
    await engine.projects.resume(project)
    assert await engine.schedule(project) == before
    assert await engine.ledger(project) == []


async def test_resume_without_a_schedule_is_a_conflict(engine: Engine) -> None:
    with pytest.raises(Conflict, match="set a cron_expression first"):
        await engine.projects.resume(await engine.create(None))


async def test_the_first_resume_of_a_project_that_never_ran_queues_its_initial_run(engine: Engine) -> None:
    project = await engine.create(is_enabled=False)
    assert (await engine.projects.get(project)).active_run is None
    run = (await engine.projects.resume(project)).active_run
    assert run
    assert (run.trigger, run.status) == (Trigger.INITIAL, RunStatus.QUEUED)
    assert await engine.queued_ids() == [str(run.id)]
    await engine.finish(run)
    await engine.projects.pause(project)
    assert (await engine.projects.resume(project)).active_run is None


async def test_an_edit_takes_back_a_scheduled_run_that_nobody_has_taken(engine: Engine) -> None:
    project, run = await engine.fired()
    edited = await engine.edit(project, cron_expression=HOURLY)
    assert edited.active_run is None
    assert await engine.ledger(project) == [("SKIPPED", "edited", 1)]
    assert edited.project.next_run_at
    assert edited.project.next_run_at.minute == 30
    assert (await engine.queued_ids(), await engine.job(run.id)) == ([], {})
    assert list(await engine.scheduled_ids()) == [str((await engine.schedule(project)).next_job_id)]


async def test_an_edit_in_a_crawl_is_used_by_the_end_of_that_crawl(engine: Engine) -> None:
    # Due so long ago that the new schedule has missed a time since, whatever time it is now.
    project, run = await engine.fired(cron=f"0 {(datetime.now(UTC) - timedelta(hours=2)).hour} * * *")
    claimed = await engine.claim(run)
    await engine.edit(project, cron_expression=HOURLY)
    schedule = await engine.schedule(project)
    assert (schedule.next_job_id, schedule.cron_expression) == (run.id, HOURLY)
    assert await engine.scheduled_ids() == {}
    await engine.leases.hand_back(claimed)
    ended = await engine.finish(run)
    assert ended.coalesced > 0
    assert await engine.ledger(project) == [("RAN", None, 1), ("COALESCED", None, ended.coalesced)]
    after = await engine.schedule(project)
    assert after.next_run_at
    assert after.next_run_at.minute == 30
    assert list(await engine.scheduled_ids()) == [str(after.next_job_id)]


async def test_an_edit_of_a_run_that_was_handed_back_leaves_no_gap(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.edit(project, cron_expression="17 4 1 1 *")
    await engine.leases.hand_back(claimed)
    await engine.edit(project, cron_expression=HOURLY)
    assert await engine.ledger(project) == [("SKIPPED", "edited", 1)]
    (entry,) = await engine.projects.occurrences(project, None, 10)
    assert (entry.first, entry.cron_expression) == (run.scheduled_for, DAILY)


async def test_a_handed_back_run_that_a_second_pause_takes_back_leaves_no_gap(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.projects.pause(project)
    await engine.projects.resume(project)
    await engine.leases.hand_back(claimed)
    assert (await engine.projects.pause(project)).active_run is None
    assert await engine.ledger(project) == [("SKIPPED", "paused", 1)]


async def test_an_edit_that_leaves_the_schedule_leaves_redis_and_the_cursor_alone(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.claim(run)
    await engine.queue.report(engine.worker, job_of(run), LiveCrawl(Progress()))
    before = await engine.schedule(project)
    edited = await engine.edit(project, name="Renamed", cron_expression=DAILY, timezone="UTC")
    assert edited.project.name == "Renamed"
    assert await engine.schedule(project) == before
    assert await engine.scheduled_ids() == {}
    assert (await engine.job(run.id))["state"] == "processing"


async def test_an_edit_of_the_zone_moves_the_cursor(engine: Engine) -> None:
    project = await engine.ran()
    before = await engine.schedule(project)
    edited = await engine.edit(project, timezone="Asia/Kathmandu")
    assert edited.project.next_run_at != before.next_run_at
    assert list(await engine.scheduled_ids()) == [str((await engine.schedule(project)).next_job_id)]


async def test_an_edit_ends_no_halt(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.fail(run)
    edited = await engine.edit(project, cron_expression=HOURLY)
    assert (edited.project.schedule_state, edited.project.halted_by) == (ScheduleState.HALTED, run.id)
    assert await engine.scheduled_ids() == {}


async def test_a_schedule_that_is_taken_away_is_off_and_its_cursor_gone(engine: Engine) -> None:
    project = await engine.ran()
    edited = await engine.edit(project, cron_expression=None)
    assert (edited.project.is_enabled, edited.project.next_run_at) == (False, None)
    assert await engine.scheduled_ids() == {}


@pytest.mark.parametrize("is_enabled", [True, UNSET])
async def test_an_edit_gives_a_project_a_schedule_that_runs_only_where_it_is_switched_on(
    engine: Engine, is_enabled: bool
) -> None:
    project = await engine.create(None)
    edited = await engine.edit(project, cron_expression=DAILY, is_enabled=is_enabled)
    switched_on = is_enabled is True
    assert edited.project.is_enabled is switched_on
    assert (edited.project.next_run_at is not None, edited.active_run is not None) == (switched_on, switched_on)


async def test_an_edit_can_change_the_schedule_and_switch_it_off_at_once(engine: Engine) -> None:
    project, run = await engine.fired()
    edited = await engine.edit(project, cron_expression=HOURLY, is_enabled=False)
    assert (edited.project.is_enabled, edited.project.next_run_at, edited.active_run) == (False, None, None)
    assert (await engine.scheduled_ids(), await engine.queued_ids()) == ({}, [])
    assert await engine.ledger(project) == [("SKIPPED", "edited", 1)]
    assert run.id not in {each.id for each in await engine.runs_of(project)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cron_expression": "* * * * *"}, "cron_expression"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"cron_expression": None, "is_enabled": True}, "is_enabled"),
        ({"max_pages": 10**9}, "crawl.max_pages"),
    ],
)
async def test_an_edit_that_is_refused_changes_nothing(engine: Engine, changes: dict[str, Any], field: str) -> None:
    project = await engine.ran()
    before = await engine.projects.get(project)
    with pytest.raises(InvalidInput) as refused:
        await engine.edit(project, name="Other", **changes)
    assert refused.value.errors[0][0] == field
    assert await engine.projects.get(project) == before


@pytest.mark.parametrize(
    "change",
    [
        {"cron_expression": HOURLY},
        {"timezone": "Asia/Kathmandu"},
        {"on_failure": OnFailure.CONTINUE},
        {"is_enabled": False},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_what_is_asked_of_a_schedule_is_stored_and_nothing_else_with_it(
    engine: Engine, other: Engine, change: dict[str, Any]
) -> None:
    project = await engine.ran()
    before = await engine.schedule(project)
    await engine.edit(project, **change)
    after = await other.schedule(project)
    asked_for = ("cron_expression", "timezone", "on_failure", "is_enabled")
    expected = {name: getattr(before, name) for name in asked_for} | change
    assert {name: getattr(after, name) for name in asked_for} == expected


async def test_a_schedule_that_only_takes_failures_otherwise_keeps_its_next_run(engine: Engine) -> None:
    project = await engine.ran()
    before, waiting = await engine.schedule(project), await engine.scheduled_ids()
    await engine.edit(project, on_failure=OnFailure.CONTINUE)
    assert await engine.schedule(project) == replace(before, on_failure=OnFailure.CONTINUE)
    assert await engine.scheduled_ids() == waiting


async def test_what_is_not_there_can_neither_be_resumed_nor_enabled(engine: Engine) -> None:
    project = await engine.create(None)
    with pytest.raises(Conflict, match="no schedule"):
        await engine.projects.resume(project)
    with pytest.raises(Conflict, match="no schedule"):
        await engine.edit(project, is_enabled=True)
    with pytest.raises(InvalidInput):
        await engine.edit(project, cron_expression=None, is_enabled=True)
