from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.support.engine import NOTHING, PASSING, Engine

from llmstxt_sched.domain.run import Progress, RunStatus, Trigger
from llmstxt_sched.errors import NotFound, Unauthorized
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.maintenance.pings import DuePings
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.services.pings import PREFIX, NewPingToken, Pings
from llmstxt_sched.services.settle import lock
from llmstxt_sched.store.people.audit import AuditFilter
from llmstxt_sched.store.postgres.database import HOLD_SECONDS


def pings_of(engine: Engine) -> Pings:
    return Pings(engine.database, engine.queue)


async def made_token(pings: Pings, project: UUID) -> NewPingToken:
    return await pings.make_token(project, "llms_asker", Once())


async def pass_time(engine: Engine, project: UUID, time: timedelta) -> None:
    """The project as if its pings and the starts of its runs had been so much earlier."""
    for table, columns in {"pings": ("last_ping_at", "last_run_at", "due_at"), "runs": ("started_at",)}.items():
        earlier = ", ".join(f"{column} = {column} - $2::interval" for column in columns)
        await engine.sql(f"UPDATE {table} SET {earlier} WHERE project_id = $1", project, time)


async def numbers(engine: Engine, project: UUID) -> list[int]:
    return [run.number for run in await engine.runs_of(project)]


async def test_the_first_ping_queues_a_run_and_the_next_ones_are_served_by_it(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    first = await pings.ping(project)
    assert first.run
    assert (first.run.status, first.run.trigger, first.due_at) == (RunStatus.QUEUED, Trigger.MANUAL, None)
    assert await engine.queued_ids() == [str(first.run.id)]
    for _ in range(20):
        assert (await pings.ping(project)).run == first.run
    await engine.finish(first.run)
    assert (await engine.tick.run()).due == 0
    assert await numbers(engine, project) == [1, 2]


async def test_pings_at_once_are_one_run(engine: Engine, other: Engine) -> None:
    project = await engine.ran()
    answers = await asyncio.gather(*(pings_of(each).ping(project) for each in (engine, other) * 10))
    assert len({answer.run.id for answer in answers if answer.run}) == 1
    assert await numbers(engine, project) == [1, 2]


async def test_pings_after_the_run_has_started_become_one_more_when_five_minutes_are_over(
    engine: Engine, other: Engine
) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    first = (await pings.ping(project)).run
    assert first
    await engine.finish(first)
    later = [await pings.ping(project) for _ in range(5)]
    assert [answer.run for answer in later] == [None] * 5
    (due_at,) = {answer.due_at for answer in later}
    state = await pings.standing(project)
    assert state.last_run_at
    assert due_at == state.last_run_at + timedelta(minutes=5)
    assert (await engine.tick.run()).due == 0
    await pass_time(engine, project, timedelta(minutes=5))
    # Of two replicas that tick at once, one starts it.
    reports = await asyncio.gather(engine.tick.run(), other.tick.run())
    assert sorted(report.due for report in reports) == [0, 1]
    assert await numbers(engine, project) == [1, 2, 3]
    fired = await engine.active(project)
    assert (fired.trigger, await engine.queued_ids()) == (Trigger.MANUAL, [str(fired.id)])
    await engine.finish(fired)
    await pass_time(engine, project, timedelta(minutes=5))
    assert (await engine.tick.run()).due == 0


async def test_a_ping_during_a_run_is_followed_by_another_once_that_has_ended(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    claimed = await engine.claim(await engine.trigger(project))
    answer = await pings.ping(project)
    assert answer.run is None
    assert answer.due_at
    assert (await engine.tick.run()).due == 0
    await engine.leases.complete(claimed, NOTHING, Progress(), "done")
    assert (await engine.tick.run()).due == 1
    assert await numbers(engine, project) == [1, 2, 3]


async def test_a_run_that_begins_anew_or_later_sees_what_was_deployed(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    claimed = await engine.claim(await engine.trigger(project))
    await pings.ping(project)
    await engine.leases.hand_back(claimed)
    assert (await engine.tick.run()).due == 0
    assert (await pings.standing(project)).due_at is None
    claimed = await engine.claim(claimed.run)
    await pings.ping(project)
    await engine.leases.complete(claimed, NOTHING, Progress(), "done")
    await engine.finish(await engine.trigger(project))
    assert (await engine.tick.run()).due == 0
    assert await numbers(engine, project) == [1, 2, 3]


async def test_a_ping_wakes_a_run_that_waits_for_its_next_attempt(engine: Engine) -> None:
    project = await engine.ran()
    run = await engine.fail(await engine.trigger(project), PASSING)
    assert run.status is RunStatus.RETRYING
    answer = await pings_of(engine).ping(project)
    assert answer.run
    assert answer.run.id == run.id
    assert str(run.id) in await engine.queued_ids()
    await engine.claim(run)


async def test_pings_that_a_clock_which_was_ahead_has_put_off_become_a_run_with_the_next_tick(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    first = (await pings.ping(project)).run
    assert first
    await engine.finish(first)
    assert (await pings.ping(project)).due_at
    await pass_time(engine, project, timedelta(days=-40))
    assert (await engine.tick.run()).due == 1
    assert await numbers(engine, project) == [1, 2, 3]


async def test_a_run_that_is_due_outlives_every_process_and_an_empty_redis(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    await pings.ping(project)
    await engine.finish(await engine.active(project))
    await pings.ping(project)
    await pass_time(engine, project, timedelta(minutes=5))
    # As if a tick had been killed between the commit and the push.
    (run,) = await DuePings(engine.database).fire()
    assert await engine.queued_ids() == []
    await engine.redis.flushdb()
    assert (await engine.tick.run()).requeued >= 1
    assert await engine.queued_ids() == [str(run.id)]


async def test_a_token_pings_its_own_project_until_it_is_replaced_or_revoked(engine: Engine) -> None:
    project, other_project, pings = await engine.ran(), await engine.ran(), pings_of(engine)
    first = await made_token(pings, project)
    assert first.secret.startswith(PREFIX)
    assert (await pings.ping(project, first.secret)).run
    for elsewhere in (other_project, uuid4()):
        with pytest.raises(NotFound, match=f"there is no project {elsewhere}"):
            await pings.ping(elsewhere, first.secret)
    second = await made_token(pings, project)
    assert (await pings.standing(project)).token_created_at == second.created_at > first.created_at
    for secret in (first.secret, PREFIX, PREFIX + "x"):
        with pytest.raises(Unauthorized):
            await pings.ping(project, secret)
    await pings.ping(project, second.secret)
    await pings.revoke_token(project)
    state = await pings.standing(project)
    assert (state.token_created_at, state.last_ping_at is None) == (None, False)
    with pytest.raises(Unauthorized):
        await pings.ping(project, second.secret)
    with pytest.raises(NotFound, match="no ping token"):
        await pings.revoke_token(project)


async def test_the_token_itself_is_stored_nowhere(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    made = await made_token(pings, project)
    rows = await engine.sql("SELECT to_jsonb(p)::text || (SELECT jsonb_agg(a)::text FROM audit a) FROM pings p")
    assert made.secret not in rows[0][0]


async def test_a_project_that_is_gone_takes_its_pings_along(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    made = await made_token(pings, project)
    await pings.ping(project)
    await engine.projects.delete(project)
    with pytest.raises(NotFound):
        await pings.ping(project)
    with pytest.raises(Unauthorized):
        await pings.ping(project, made.secret)
    for call in (pings.standing(project), made_token(pings, project), pings.revoke_token(project)):
        with pytest.raises(NotFound):
            await call
    assert await DuePings(engine.database).fire() == []


async def test_what_a_ping_does_and_who_made_a_token_is_recorded(engine: Engine) -> None:
    project, pings = await engine.ran(), pings_of(engine)
    await made_token(pings, project)
    await pings.ping(project)
    await pings.ping(project)
    await pings.revoke_token(project)
    rows = await AuditLog(engine.database).page(AuditFilter(), None, 3)
    assert [(row.action, row.object_type, row.object_id, row.details) for row in rows] == [
        ("token.revoke", "project", project, {"may": "ping"}),
        ("project.ping", "project", project, {"run": 2}),
        ("token.create", "project", project, {"may": "ping"}),
    ]


async def test_pings_of_a_project_that_somebody_has_locked_or_that_can_have_no_run_hold_up_no_other(
    engine: Engine, other: Engine
) -> None:
    pings = pings_of(engine)
    held, broken, well = projects = [await engine.ran() for _ in range(3)]
    for project in projects:
        await pings.ping(project)
        await engine.finish(await engine.active(project))
        await pings.ping(project)
        await pass_time(engine, project, timedelta(minutes=5))
    await engine.sql("UPDATE project_configs SET run_count = 1 WHERE project_id = $1", broken)
    async with other.database.transaction() as connection:
        await lock(connection, held)
        # Who waits for the lock does so for all of that time.
        await asyncio.wait_for(engine.tick.run(), HOLD_SECONDS / 2)
        assert (await engine.active(well)).trigger is Trigger.MANUAL
    await engine.tick.run()
    assert (await engine.active(held)).trigger is Trigger.MANUAL
    assert await numbers(engine, broken) == [1, 2]
