from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from tests.support.engine import FINAL, NOTHING, PASSING, Engine

from llmstxt_sched.domain.run import Progress, RunStatus
from llmstxt_sched.domain.schedule import OnFailure, ScheduleState
from llmstxt_sched.errors import CrawlFailed, LeaseLost
from llmstxt_sched.services.maintenance import rescue
from llmstxt_sched.services.maintenance.rescue import LEASE_SECONDS
from llmstxt_sched.store.runs import Run


async def crash(engine: Engine, run: Run) -> None:
    """Its worker dies with it."""
    await engine.claim(run)
    await engine.expire_lease(run)


async def test_a_run_whose_lease_ran_out_waits_for_its_next_try(engine: Engine) -> None:
    project, run = await engine.fired()
    await crash(engine, run)
    assert await engine.rescue.rescue() == 1
    waiting = await engine.active(project)
    assert (waiting.status, waiting.crashes, waiting.attempt) == (RunStatus.RETRYING, 1, 0)
    assert (waiting.error_code, waiting.lease_until) == ("lease_lost", None)
    assert await engine.scheduled_ids() == {str(run.id): waiting.not_before}
    assert waiting.not_before
    assert waiting.not_before - await engine.fire.now() <= timedelta(seconds=45)
    assert await engine.ledger(project) == []
    assert await engine.rescue.rescue() == 0


async def test_runs_that_are_rescued_together_do_not_come_back_together(engine: Engine) -> None:
    runs = [await engine.active(await engine.create()) for _ in range(20)]
    for run in runs:
        await crash(engine, run)
    before = await engine.fire.now()
    assert await engine.rescue.rescue() == len(runs)
    after = await engine.fire.now()
    rescued = [await engine.runs.get(run.id) for run in runs]
    times = sorted(run.not_before for run in rescued if run.not_before)
    assert len(times) == len(runs)
    assert times[0] - before >= timedelta(seconds=15)
    assert times[-1] - after <= timedelta(seconds=45)
    # Of 20 even draws from 30 seconds, all lie within 10 of each other once in a hundred million times.
    assert times[-1] - times[0] > after - before + timedelta(seconds=10)


async def test_a_run_is_rescued_of_which_nobody_knows_who_held_it(engine: Engine) -> None:
    project, run = await engine.fired()
    await crash(engine, run)
    await engine.sql("UPDATE runs SET lease_owner = NULL WHERE id = $1", run.id)
    assert await engine.rescue.rescue() == 1
    waiting = await engine.active(project)
    assert (waiting.status, waiting.crashes, waiting.is_suspect) == (RunStatus.RETRYING, 0, True)


async def test_a_lease_that_holds_is_left_alone(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    claimed = await engine.claim(run)
    assert await engine.rescue.rescue() == 0
    assert await engine.runs.get(run.id) == claimed.run


async def test_a_lease_from_a_clock_that_was_ahead_is_over_within_minutes(engine: Engine) -> None:
    """Whoever holds it may end the run until then."""
    held, lost = [await engine.claim(await engine.active(await engine.create())) for _ in range(2)]
    await engine.sql("UPDATE runs SET lease_until = lease_until + interval '400 days'")
    await engine.sql(
        "INSERT INTO lease_extensions SELECT lease_token, lease_until FROM runs WHERE id = $1", lost.run.id
    )
    assert await engine.rescue.rescue() == 0
    soon = await engine.fire.now() + timedelta(seconds=LEASE_SECONDS)
    ends = await engine.sql("SELECT lease_until FROM runs UNION ALL SELECT until FROM lease_extensions")
    assert [soon - timedelta(seconds=60) < each <= soon for (each,) in ends] == [True] * 3
    await engine.leases.complete(held, NOTHING, Progress(), "done")
    await engine.sql("UPDATE lease_extensions SET until = until - $1::interval", timedelta(seconds=LEASE_SECONDS))
    await engine.expire_lease(lost.run)
    assert await engine.rescue.rescue() == 1


async def test_the_third_lost_lease_is_poison_and_stops_the_schedule(engine: Engine) -> None:
    project, run = await engine.fired()
    for _ in range(2):
        await crash(engine, run)
        await engine.rescue.rescue()
        await engine.end_wait(run)
    await crash(engine, run)
    assert await engine.rescue.rescue() == 1
    ended = await engine.runs.get(run.id)
    schedule = await engine.schedule(project)
    assert (ended.status, ended.error_code) == (RunStatus.FAILED, "poison")
    assert "3 times" in (ended.error_message or "")
    assert (schedule.schedule_state, schedule.halted_by) == (ScheduleState.HALTED, run.id)
    assert await engine.ledger(project) == [("RAN", None, 1)]


@pytest.mark.parametrize(("crashes", "failure"), [(0, PASSING), (2, FINAL)])
async def test_what_a_worker_says_after_its_run_was_rescued_is_refused(
    engine: Engine, crashes: int, failure: CrawlFailed
) -> None:
    """Also where it says the same as the rescue."""
    _, run = await engine.fired()
    await engine.sql("UPDATE runs SET crashes = $2 WHERE id = $1", run.id, crashes)
    claimed = await engine.claim(run)
    await engine.expire_lease(run)
    await engine.rescue.rescue()
    rescued = await engine.runs.get(run.id)
    with pytest.raises(LeaseLost):
        await engine.leases.fail(claimed, failure)
    assert await engine.runs.get(run.id) == rescued


async def test_poison_is_a_failure_like_any_other_to_a_project_that_goes_on(engine: Engine) -> None:
    project, run = await engine.fired(on_failure=OnFailure.CONTINUE)
    await engine.sql("UPDATE runs SET crashes = 2 WHERE id = $1", run.id)
    await crash(engine, run)
    await engine.rescue.rescue()
    schedule = await engine.schedule(project)
    assert schedule.schedule_state is ScheduleState.ACTIVE
    assert str(schedule.next_job_id) in await engine.scheduled_ids()


async def test_of_two_replicas_one_rescues(engine: Engine, other: Engine) -> None:
    runs = [await engine.active(await engine.create()) for _ in range(6)]
    for run in runs:
        await crash(engine, run)
    rescued = await asyncio.gather(*(each.rescue.rescue() for each in (engine, other)))
    assert sum(rescued) == len(runs)
    found = [await engine.runs.get(run.id) for run in runs]
    assert [(run.crashes, run.is_suspect) for run in found] == [(0, True)] * len(runs)


async def test_a_run_that_kills_its_process_is_given_up_and_those_beside_it_are_not_charged(engine: Engine) -> None:
    poison, *others = [await engine.active(await engine.create()) for _ in range(8)]
    for run in (poison, *others):
        await crash(engine, run)
    assert await engine.rescue.rescue() == 8
    for _ in range(3):
        await engine.end_wait(poison)
        await crash(engine, poison)
        fresh = await engine.active(await engine.create())
        await crash(engine, fresh)
        others.append(fresh)
        await engine.rescue.rescue()
    assert (await engine.runs.get(poison.id)).error_code == "poison"
    found = [await engine.runs.get(run.id) for run in others]
    assert {(run.status, run.crashes, run.is_suspect) for run in found} == {(RunStatus.RETRYING, 0, True)}


async def test_a_process_holds_one_suspect_at_a_time_beside_runs_that_are_none(engine: Engine, other: Engine) -> None:
    suspects = [await engine.active(await engine.create()) for _ in range(3)]
    for run in suspects:
        await crash(engine, run)
    await engine.rescue.rescue()
    for run in suspects:
        await engine.end_wait(run)
    claims = await asyncio.gather(*(engine.leases.claim(run.id) for run in suspects))
    (held,) = [each for each in claims if each]
    first, second = [run for run in suspects if run.id != held.run.id]
    await engine.claim(await engine.active(await engine.create()))
    assert await engine.leases.claim(first.id) is None
    assert await other.leases.claim(first.id)
    await engine.leases.complete(held, NOTHING, Progress(), "done")
    assert await engine.leases.claim(second.id)


@pytest.mark.parametrize("late", [0, 1])
async def test_leases_of_one_process_that_expire_one_after_the_other_are_charged_to_none(
    engine: Engine, late: int
) -> None:
    runs = [await engine.active(await engine.create()) for _ in range(2)]
    for run in runs:
        await engine.claim(run)
    for run in (runs[late], runs[1 - late]):
        await engine.expire_lease(run)
        assert await engine.rescue.rescue() == 1
    found = [await engine.runs.get(run.id) for run in runs]
    assert [(run.crashes, run.is_suspect) for run in found] == [(0, True)] * 2


async def test_a_run_of_a_project_that_was_deleted_is_not_rescued(engine: Engine) -> None:
    project, run = await engine.fired()
    await crash(engine, run)
    await engine.projects.delete(project)
    assert await engine.rescue.rescue() == 0


async def test_a_run_that_cannot_be_moved_keeps_no_other_waiting(engine: Engine) -> None:
    stuck, moved = [(await engine.fired(on_failure=OnFailure.CONTINUE))[1] for _ in range(2)]
    await engine.sql("UPDATE runs SET crashes = 2, is_suspect = true WHERE id = $1", stuck.id)
    await engine.sql("UPDATE project_configs SET cron_expression = 'none' WHERE project_id = $1", stuck.project_id)
    for run in (stuck, moved):
        await crash(engine, run)
    with capture_logs() as logs:
        assert await engine.rescue.rescue() == 1
    assert [event["run_id"] for event in logs if event["event"] == "run could not be rescued"] == [str(stuck.id)]
    assert (await engine.runs.get(stuck.id)).status is RunStatus.IN_PROGRESS
    assert str(moved.id) in await engine.scheduled_ids()


async def test_leases_that_cannot_be_rescued_hold_up_none_that_ran_out_later(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescue, "LIMIT", 2)
    stuck, moved = [(await engine.fired())[1] for _ in range(2)], (await engine.fired())[1]
    for run in (*stuck, moved):
        await crash(engine, run)
    await engine.sql("UPDATE runs SET crashes = 2, is_suspect = true WHERE id <> $1", moved.id)
    projects = [run.project_id for run in stuck]
    await engine.sql(
        "UPDATE project_configs SET cron_expression = 'none', on_failure = 'continue' WHERE project_id = ANY($1)",
        projects,
    )
    assert [await engine.rescue.rescue() for _ in range(2)] == [0, 1]
    # Those that are left are tried again.
    await engine.sql("UPDATE project_configs SET cron_expression = '0 2 * * *' WHERE project_id = ANY($1)", projects)
    assert [await engine.rescue.rescue() for _ in range(2)] == [2, 0]
