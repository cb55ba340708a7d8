from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import pytest
from tests.support.engine import FINAL, PASSING, Engine, open_engine

from llmstxt_sched.domain.run import LiveCrawl, Progress, RunStatus, Trigger
from llmstxt_sched.domain.schedule import ScheduleState
from llmstxt_sched.errors import Conflict, LeaseLost, NotFound
from llmstxt_sched.services.idempotency import AnsweredBefore, IdempotentRequest, Once
from llmstxt_sched.services.job_push import job_of
from llmstxt_sched.services.runs import _ask_for_run
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.runs import Run


def respond(run: Run) -> StoredResponse:
    return StoredResponse(202, str(run.id).encode())


async def test_a_trigger_is_a_new_run_in_the_queue(engine: Engine) -> None:
    project = await engine.ran()
    run = await engine.trigger(project)
    assert (run.trigger, run.status, run.number, run.scheduled_for) == (Trigger.MANUAL, RunStatus.QUEUED, 2, None)
    assert await engine.queued_ids() == [str(run.id)]
    assert (await engine.job(run.id))["state"] == "queued"


async def test_a_forced_run_stays_forced_when_it_is_handed_back_and_tried_again(engine: Engine) -> None:
    project = await engine.ran()
    run = await engine.runs.trigger(project, Once(), is_forced=True)
    assert run.is_forced
    await engine.leases.hand_back(await engine.claim(run))
    await engine.end_wait(await engine.fail(run, PASSING))
    assert (await engine.claim(run)).run.is_forced
    assert [each.is_forced for each in await engine.runs_of(project)] == [False, True]


async def test_a_run_that_is_woken_by_force_is_forced_and_stays_so_without(engine: Engine) -> None:
    project = await engine.ran()
    waiting = await engine.fail(await engine.trigger(project), PASSING)
    woken = await engine.runs.trigger(project, Once(), is_forced=True)
    assert (woken.id, woken.is_forced) == (waiting.id, True)
    await engine.fail(woken, PASSING)
    assert (await engine.trigger(project)).is_forced


@pytest.mark.parametrize("is_taken", [False, True])
async def test_a_trigger_beside_a_run_that_is_queued_or_in_progress_is_a_conflict_with_its_id(
    engine: Engine, is_taken: bool
) -> None:
    project = await engine.ran()
    run = await engine.trigger(project)
    if is_taken:
        await engine.claim(run)
    with pytest.raises(Conflict) as refused:
        await engine.trigger(project)
    assert refused.value.run_id == run.id
    state = "in progress" if is_taken else "queued"
    assert refused.value.message == f"run 2 is {state} already: wait until it has ended, or cancel it first"


async def test_a_trigger_lets_a_retrying_run_start_at_once(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.fail(run, PASSING)
    woken = await engine.trigger(project)
    assert (woken.id, woken.status, woken.attempt) == (run.id, RunStatus.RETRYING, 1)
    assert (await engine.queued_ids(), await engine.scheduled_ids()) == ([str(run.id)], {})
    assert (await engine.finish(woken)).status is RunStatus.COMPLETE_NO_DIFFS
    assert await engine.ledger(project) == [("RAN", None, 1)]


async def test_a_trigger_of_a_paused_project_enables_nothing(engine: Engine) -> None:
    project = await engine.ran()
    await engine.projects.pause(project)
    await engine.finish(await engine.trigger(project))
    schedule = await engine.schedule(project)
    assert (schedule.is_enabled, schedule.next_job_id) == (False, None)


async def test_a_manual_run_that_completes_ends_a_halt_and_one_that_fails_does_not(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.fail(run)
    await engine.fail(await engine.trigger(project))
    schedule = await engine.schedule(project)
    assert (schedule.schedule_state, schedule.halted_by) == (ScheduleState.HALTED, run.id)
    await engine.finish(await engine.trigger(project))
    schedule = await engine.schedule(project)
    assert (schedule.schedule_state, schedule.halted_by) == (ScheduleState.ACTIVE, None)
    assert list(await engine.scheduled_ids()) == [str(schedule.next_job_id)]


async def test_of_a_hundred_triggers_at_once_one_is_a_run(engine: Engine, other: Engine) -> None:
    project = await engine.ran()
    replicas = [engine, other]
    calls = [replicas[n % 2].runs.trigger(project, Once()) for n in range(100)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    started = await engine.active(project)
    assert Counter(map(type, answers)) == {Conflict: 99, Run: 1}
    assert {answer.run_id for answer in answers if isinstance(answer, Conflict)} == {started.id}
    assert await engine.queued_ids() == [str(started.id)]
    assert len(await engine.runs_of(project)) == 2


async def test_the_same_key_triggers_once(engine: Engine) -> None:
    project, token = await engine.ran(), uuid4()
    await engine.sql("INSERT INTO tokens (id, name, sha256) VALUES ($1, 'test', 'x')", token)
    once = Once(IdempotentRequest(token, "key", b"one"), respond)
    calls = [engine.runs.trigger(project, once) for _ in range(5)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    (run,) = [answer for answer in answers if isinstance(answer, Run)]
    again = [answer.response for answer in answers if isinstance(answer, AnsweredBefore)]
    assert again == [respond(run)] * 4
    assert len(await engine.runs_of(project)) == 2


@pytest.mark.parametrize("has_ended", [False, True])
async def test_a_trigger_that_is_asked_for_again_after_a_lost_reply_finds_its_own_run(
    engine: Engine, has_ended: bool
) -> None:
    project = await engine.ran()
    run = await engine.trigger(project)
    if has_ended:
        await engine.finish(run)
    async with engine.database.transaction() as connection:
        found, is_woken = await _ask_for_run(connection, project, run.id)
    assert (found.id, is_woken) == (run.id, False)
    assert len(await engine.runs_of(project)) == 2


async def test_a_trigger_is_stored_while_redis_is_away_and_run_once_it_is_back(
    engine: Engine, clean_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = await engine.ran()
    nowhere = f"unix://{tmp_path_factory.mktemp('none')}/none.sock"
    async with open_engine(clean_database_url, nowhere) as alone:
        run = await alone.trigger(project)
        assert await alone.runs.progress([run]) == {}
        assert await alone.overview.depths() is None
    assert await engine.queued_ids() == []
    await engine.tick.run()
    assert await engine.queued_ids() == [str(run.id)]


async def test_a_cancel_of_a_scheduled_run_that_nobody_took_skips_it_and_moves_the_cursor(engine: Engine) -> None:
    project, run = await engine.fired()
    canceled = await engine.runs.cancel(run.id)
    assert (canceled.status, canceled.lease_until) == (RunStatus.CANCELED, None)
    assert await engine.ledger(project) == [("SKIPPED", "canceled", 1)]
    schedule = await engine.schedule(project)
    assert schedule.next_run_at
    assert schedule.next_run_at > await engine.fire.now()
    assert (await engine.queued_ids(), list(await engine.scheduled_ids())) == ([], [str(schedule.next_job_id)])


async def test_a_cancel_in_a_crawl_refuses_its_late_finish(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.runs.cancel(run.id)
    renewed, _ = await engine.leases.renew([(run.id, claimed.token)])
    assert renewed == set()
    with pytest.raises(LeaseLost):
        await engine.leases.fail(claimed, FINAL)
    with pytest.raises(LeaseLost):
        await engine.leases.fail(claimed, PASSING)
    assert (await engine.runs.get(run.id)).status is RunStatus.CANCELED
    assert await engine.ledger(project) == [("RAN", None, 1)]
    assert (await engine.schedule(project)).next_job_id


async def test_a_cancel_in_a_retry_leaves_no_gap_and_the_next_occurrence_comes(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.fail(run, PASSING)
    canceled = await engine.runs.cancel(run.id)
    assert (canceled.summary, canceled.not_before, canceled.error_code) == ("Canceled", None, PASSING.code)
    assert await engine.ledger(project) == [("RAN", None, 1)]
    assert list(await engine.scheduled_ids()) == [str((await engine.schedule(project)).next_job_id)]


async def test_a_cancel_of_the_initial_run_leaves_the_cursor_alone(engine: Engine) -> None:
    project = await engine.create()
    before = await engine.schedule(project)
    await engine.runs.cancel((await engine.active(project)).id)
    assert await engine.schedule(project) == before
    assert await engine.queued_ids() == []


async def test_a_run_that_has_ended_cannot_be_canceled(engine: Engine) -> None:
    project = await engine.ran()
    (run,) = await engine.runs_of(project)
    with pytest.raises(Conflict) as refused:
        await engine.runs.cancel(run.id)
    assert refused.value.run_id == run.id
    assert await engine.runs.get(run.id) == run


async def test_what_is_not_there_is_not_found(engine: Engine) -> None:
    nobody = UUID(int=0)
    for call in (
        engine.runs.get(nobody),
        engine.runs.cancel(nobody),
        engine.runs.pages(nobody, (0, ""), 10),
        engine.runs.changes(nobody, 0, 10),
        engine.trigger(nobody),
    ):
        with pytest.raises(NotFound):
            await call


async def test_progress_is_live_in_a_crawl_and_kept_after_it(engine: Engine) -> None:
    project = await engine.ran()
    run = (await engine.claim(await engine.trigger(project))).run
    assert await engine.runs.progress([run]) == {}
    await engine.queue.report(engine.worker, job_of(run), LiveCrawl(Progress(found=9, fetched=4)))
    (ended, _) = await engine.runs_of(project)
    assert await engine.runs.progress([ended, run]) == {run.id: Progress(found=9, fetched=4)}
    assert ended.progress == Progress()
