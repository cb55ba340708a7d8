from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace
from tests.support.engine import FINAL, NOTHING, PASSING, Engine, open_engine

from llmstxt_sched.config import RunSettings
from llmstxt_sched.domain.run import Progress, RunStatus
from llmstxt_sched.domain.schedule import OnFailure, ScheduleState
from llmstxt_sched.errors import CrawlFailed, LeaseLost, NoSuchHost
from llmstxt_sched.store import leases, runs
from llmstxt_sched.store.documents import versions
from llmstxt_sched.store.documents.versions import NewVersion
from llmstxt_sched.store.postgres.database import HOLD_SECONDS
from llmstxt_sched.store.postgres.packed_rows import PackedRows


async def test_of_two_workers_one_claims_a_run(engine: Engine, other: Engine) -> None:
    run = await engine.active(await engine.create())
    claims = await asyncio.gather(*(each.leases.claim(run.id) for each in (engine, other) * 10))
    (claimed,) = [each for each in claims if each]
    assert (claimed.run.status, claimed.run.lease_token) == (RunStatus.IN_PROGRESS, claimed.token)
    assert claimed.run.project_id == run.project_id


async def test_nothing_else_than_a_run_that_may_start_is_claimed(engine: Engine) -> None:
    project, run = await engine.fired()
    assert await engine.leases.claim(uuid4()) is None
    await engine.fail(run, PASSING)
    assert await engine.leases.claim(run.id) is None
    await engine.end_wait(run)
    ended = await engine.finish(run)
    assert ended.not_before is None
    assert await engine.leases.claim(run.id) is None
    assert await engine.leases.claim((await engine.schedule(project)).next_job_id or uuid4()) is None


async def test_an_expired_lease_is_not_for_claiming_but_for_the_rescue(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    await engine.claim(run)
    await engine.expire_lease(run)
    assert await engine.leases.claim(run.id) is None


async def test_a_run_that_completes_moves_the_cursor_and_redis_with_it(engine: Engine) -> None:
    project, run = await engine.fired()
    ended = await engine.finish(run)
    schedule = await engine.schedule(project)
    assert (ended.status, ended.coalesced, ended.lease_until) == (RunStatus.COMPLETE_NO_DIFFS, 0, None)
    assert schedule.last_run_at == ended.finished_at
    assert await engine.scheduled_ids() == {str(schedule.next_job_id): schedule.next_due_at}
    assert await engine.redis.lrange(engine.keys.processing(engine.worker), 0, -1) == []
    assert (await engine.job(run.id))["state"] == "settled"
    assert 0 < await engine.redis.ttl(engine.keys.job(run.id)) <= 24 * 3600
    assert await engine.redis.ttl(engine.keys.job(schedule.next_job_id or uuid4())) == -1


async def test_three_days_of_downtime_are_one_run_with_two_occurrences_coalesced(engine: Engine) -> None:
    project = await engine.due(timedelta(days=3))
    await engine.tick.run()
    run = await engine.active(project)
    ended = await engine.finish(run)
    assert ended.coalesced == 2
    assert await engine.ledger(project) == [("RAN", None, 1), ("COALESCED", None, 2)]
    assert len(await engine.runs_of(project)) == 2
    assert (await engine.tick.run()).due == 0


async def test_a_transient_failure_waits_with_backoff_and_is_tried_again(engine: Engine) -> None:
    project, run = await engine.fired()
    before = await engine.schedule(project)
    waiting = await engine.fail(run, PASSING)
    assert (waiting.status, waiting.attempt, waiting.crashes) == (RunStatus.RETRYING, 1, 0)
    assert (waiting.error_code, waiting.error_message) == (PASSING.code, PASSING.message)
    assert waiting.not_before
    now = await engine.fire.now()
    assert timedelta(seconds=5) < waiting.not_before - now <= timedelta(seconds=45)
    assert await engine.scheduled_ids() == {str(run.id): waiting.not_before}
    assert (await engine.job(run.id))["state"] == "scheduled"
    assert (await engine.schedule(project)) == before
    assert await engine.ledger(project) == []


async def test_runs_that_fail_together_do_not_come_back_together(engine: Engine) -> None:
    shortest, longest = timedelta.max, timedelta.min
    for _ in range(20):
        run = await engine.active(await engine.create())
        before = await engine.fire.now()
        waiting = await engine.fail(run, PASSING)
        after = await engine.fire.now()
        assert waiting.not_before
        # The wait was counted from some time between the two, so it is neither shorter nor longer than these.
        at_least, at_most = waiting.not_before - after, waiting.not_before - before
        assert at_most >= timedelta(seconds=15)
        assert at_least <= timedelta(seconds=45)
        shortest, longest = min(shortest, at_most), max(longest, at_least)
    # Of 20 even draws from 30 seconds, all lie within 10 of each other once in a hundred million times.
    assert longest - shortest > timedelta(seconds=10)


async def test_what_a_site_asks_for_is_how_long_it_is_left_alone(engine: Engine) -> None:
    _, run = await engine.fired()
    waiting = await engine.fail(run, CrawlFailed("rate_limited", "later", transient=True, retry_after=1800))
    assert waiting.not_before
    assert waiting.not_before - await engine.fire.now() > timedelta(minutes=29)


async def test_the_fifth_transient_failure_is_the_last(engine: Engine) -> None:
    project, run = await engine.fired()
    for attempt in range(1, 5):
        assert (await engine.fail(run, PASSING)).attempt == attempt
        await engine.end_wait(run)
    ended = await engine.fail(run, PASSING)
    assert (ended.status, ended.attempt, ended.error_code) == (RunStatus.FAILED, 5, PASSING.code)
    assert await engine.ledger(project) == [("RAN", None, 1)]


async def test_a_failure_for_good_stops_the_schedule_at_once(engine: Engine) -> None:
    project, run = await engine.fired()
    ended = await engine.fail(run)
    schedule = await engine.schedule(project)
    assert (ended.status, ended.error_code, ended.summary) == (RunStatus.FAILED, FINAL.code, FINAL.message)
    assert (schedule.schedule_state, schedule.halted_by, schedule.next_job_id) == (ScheduleState.HALTED, run.id, None)
    assert schedule.last_run_at != ended.finished_at
    assert await engine.scheduled_ids() == {}


async def test_a_name_that_does_not_exist_is_tried_again_only_where_the_site_was_reached(engine: Engine) -> None:
    new = await engine.create()
    ended = await engine.fail(await engine.active(new), NoSuchHost("doks.example"))
    assert (ended.status, ended.error_code) == (RunStatus.FAILED, "dns_error")
    assert "misspelt" in (ended.summary or "")
    project, run = await engine.fired()
    async with engine.database.transaction() as connection:
        await versions.insert(connection, project, run.id, NewVersion(uuid4(), "sha", "Docs", "", {}, PackedRows()))
    assert (await engine.fail(run, NoSuchHost("docs.example"))).status is RunStatus.RETRYING


async def test_a_failed_initial_run_stops_the_schedule(engine: Engine) -> None:
    project = await engine.create()
    run = await engine.active(project)
    await engine.fail(run)
    schedule = await engine.schedule(project)
    assert (schedule.schedule_state, schedule.halted_by, schedule.next_job_id) == (ScheduleState.HALTED, run.id, None)


async def test_a_failed_run_goes_on_where_the_project_says_so(engine: Engine) -> None:
    project, run = await engine.fired(on_failure=OnFailure.CONTINUE, back=timedelta(days=2))
    ended = await engine.fail(run)
    schedule = await engine.schedule(project)
    assert (ended.coalesced, schedule.schedule_state) == (1, ScheduleState.ACTIVE)
    assert list(await engine.scheduled_ids()) == [str(schedule.next_job_id)]
    assert await engine.ledger(project) == [("RAN", None, 1), ("COALESCED", None, 1)]


async def test_a_project_whose_run_failed_stands_as_failed_until_one_completes(engine: Engine) -> None:
    project, run = await engine.fired(on_failure=OnFailure.CONTINUE)
    await engine.fail(run)
    assert (await engine.projects.get(project)).project.status == "failed"
    await engine.finish(await engine.trigger(project))
    assert (await engine.projects.get(project)).project.status == "new"
    await engine.fail(await engine.trigger(project))
    assert (await engine.projects.get(project)).project.status == "failed"


async def test_a_manual_run_that_fails_leaves_the_schedule_alone(engine: Engine) -> None:
    project = await engine.ran()
    before = await engine.schedule(project)
    failed = await engine.fail(await engine.trigger(project))
    assert await engine.schedule(project) == replace(before, run_count=2, troubled_since=failed.finished_at)


async def test_a_schedule_without_another_occurrence_is_halted_and_says_so(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    # No user may ask for it; a zone database of tomorrow may do this to an expression of today.
    await engine.sql("UPDATE project_configs SET cron_expression = '0 0 31 2 *' WHERE project_id = $1", project)
    await engine.leases.complete(claimed, NOTHING, Progress(), "done")
    schedule = await engine.schedule(project)
    assert (schedule.schedule_state, schedule.halted_reason) == (ScheduleState.HALTED, "no_next_occurrence")


async def test_a_run_in_a_zone_that_the_machine_does_not_know_completes_and_halts_its_schedule(engine: Engine) -> None:
    project, run = await engine.fired()
    await engine.sql("UPDATE project_configs SET timezone = 'Nowhere/Here' WHERE project_id = $1", project)
    await engine.finish(run)
    schedule = await engine.schedule(project)
    assert (schedule.schedule_state, schedule.halted_reason) == (ScheduleState.HALTED, "unknown_timezone")
    # One by hand completes as well, and cannot arm what no time can be computed of.
    await engine.finish(await engine.trigger(project))
    assert (await engine.schedule(project)).halted_reason == "unknown_timezone"


async def test_a_late_finish_of_a_rescued_run_is_refused_and_leaves_no_row(engine: Engine, other: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.expire_lease(run)
    await other.tick.run()
    schedule = await engine.schedule(project)
    for late in (
        engine.leases.complete(claimed, NOTHING, Progress(), "late"),
        engine.leases.fail(claimed, FINAL),
        engine.staging.stage(claimed, []),
    ):
        with pytest.raises(LeaseLost):
            await late
    assert await engine.schedule(project) == schedule
    assert await engine.ledger(project) == []
    await other.end_wait(run)
    again = await other.claim(run)
    with pytest.raises(LeaseLost):
        await engine.leases.complete(claimed, NOTHING, Progress(), "late")
    await other.leases.complete(again, NOTHING, Progress(), "done")
    with pytest.raises(LeaseLost):
        await engine.leases.complete(claimed, NOTHING, Progress(), "late")
    assert await engine.ledger(project) == [("RAN", None, 1)]
    assert (await engine.runs.get(run.id)).summary == "done"


async def test_a_late_finish_of_a_run_that_was_given_up_is_refused(engine: Engine, clean_database_url: str) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    await engine.sql("UPDATE runs SET crashes = 2 WHERE id = $1", run.id)
    await engine.expire_lease(run)
    await engine.tick.run()
    assert (await engine.runs.get(run.id)).status is RunStatus.FAILED
    with pytest.raises(LeaseLost):
        await engine.leases.complete(claimed, NOTHING, Progress(), "late")
    assert await engine.ledger(project) == [("RAN", None, 1)]


async def test_a_finish_that_is_repeated_after_a_lost_reply_is_done_once(engine: Engine) -> None:
    project, run = await engine.fired(back=timedelta(days=2))
    claimed = await engine.claim(run)
    first = await engine.leases.complete(claimed, NOTHING, Progress(), "done")
    schedule = await engine.schedule(project)
    await engine.redis.flushdb()
    assert await engine.leases.complete(claimed, NOTHING, Progress(), "done") == first
    assert await engine.schedule(project) == schedule
    assert await engine.ledger(project) == [("RAN", None, 1), ("COALESCED", None, 1)]
    assert list(await engine.scheduled_ids()) == [str(schedule.next_job_id)]


@pytest.mark.parametrize("failure", [PASSING, FINAL])
async def test_a_failure_that_is_repeated_after_a_lost_reply_is_counted_once(
    engine: Engine, failure: CrawlFailed
) -> None:
    _, run = await engine.fired()
    claimed = await engine.claim(run)
    first = await engine.leases.fail(claimed, failure)
    assert await engine.leases.fail(claimed, failure) == first
    assert first.attempt == int(failure.transient)


async def test_a_run_that_is_handed_back_is_queued_and_nothing_is_counted(engine: Engine) -> None:
    project, run = await engine.fired()
    claimed = await engine.claim(run)
    assert await engine.leases.hand_back(claimed)
    assert not await engine.leases.hand_back(claimed)
    back = await engine.runs.get(run.id)
    assert (back.status, back.attempt, back.crashes) == (RunStatus.QUEUED, 0, 0)
    with pytest.raises(LeaseLost):
        await engine.leases.complete(claimed, NOTHING, Progress(), "late")
    await engine.queue.leave(engine.worker)
    assert await engine.queued_ids() == [str(run.id)]
    assert (await engine.finish(back)).status is RunStatus.COMPLETE_NO_DIFFS
    assert await engine.ledger(project) == [("RAN", None, 1)]


async def test_a_heartbeat_renews_what_is_held_and_tells_what_is_lost(engine: Engine) -> None:
    held = await engine.claim(await engine.active(await engine.create()))
    lost = await engine.claim(await engine.active(await engine.create()))
    await engine.runs.cancel(lost.run.id)
    await engine.sql("UPDATE runs SET lease_until = clock_timestamp() WHERE id = $1", held.run.id)
    leases = [(held.run.id, held.token), (lost.run.id, lost.token), (held.run.id, uuid4())]
    renewed, now = await engine.leases.renew(leases)
    assert renewed == {held.token}
    until = (await engine.runs.get(held.run.id)).lease_until
    assert until
    assert until - now > timedelta(seconds=50)


async def test_a_row_that_somebody_has_locked_costs_no_lease_and_keeps_no_other_waiting(
    engine: Engine, other: Engine
) -> None:
    locked, free = [await engine.claim(await engine.active(await engine.create())) for _ in range(2)]
    leases = [(each.run.id, each.token) for each in (locked, free)]
    async with other.database.transaction() as connection:
        await connection.execute("SELECT FROM runs WHERE id = $1 FOR UPDATE", locked.run.id)
        # Who waits for the lock does so for all of that time.
        async with asyncio.timeout(HOLD_SECONDS / 2):
            renewed, _ = await engine.leases.renew(leases)
    assert renewed == {locked.token, free.token}
    await engine.expire_lease(locked.run)
    assert await engine.rescue.rescue() == 0
    async with engine.database.connection() as connection:
        assert (await runs.backlog(connection)).leases == 2
    await engine.sql("UPDATE lease_extensions SET until = clock_timestamp() - interval '1 s'")
    assert await engine.rescue.rescue() == 1
    assert (await engine.leases.renew(leases))[0] == {free.token}


async def test_extensions_of_leases_that_are_over_are_forgotten(engine: Engine) -> None:
    await engine.sql(
        "INSERT INTO lease_extensions SELECT gen_random_uuid(), clock_timestamp() + s * interval '1 h' "
        "FROM generate_series(-1, 1, 2) s"
    )
    async with engine.database.connection() as connection:
        await leases.forget_extensions(connection)
    left = await engine.sql("SELECT until > clock_timestamp() AS is_valid FROM lease_extensions")
    assert [row["is_valid"] for row in left] == [True]


async def test_a_lease_is_as_long_as_the_setting_says(engine: Engine, clean_database_url: str, redis_url: str) -> None:
    project = await engine.create()
    async with open_engine(clean_database_url, redis_url, settings=RunSettings(lease_seconds=1000)) as patient:
        run = (await patient.claim(await engine.active(project))).run
        assert run.lease_until
        assert run.started_at
        assert timedelta(seconds=990) < run.lease_until - run.started_at < timedelta(seconds=1010)


async def test_a_redis_that_is_away_loses_no_end_of_a_run(
    engine: Engine, clean_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project, run = await engine.fired()
    nowhere = f"unix://{tmp_path_factory.mktemp('none')}/none.sock"
    async with open_engine(clean_database_url, nowhere) as alone:
        claimed = await alone.leases.claim(run.id)
        assert claimed
        await alone.leases.complete(claimed, NOTHING, Progress(), "done")
    assert await engine.scheduled_ids() == {}
    await engine.tick.run()
    assert list(await engine.scheduled_ids()) == [str((await engine.schedule(project)).next_job_id)]
