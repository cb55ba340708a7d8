"""Targets that take what is in force are told of the newest change alone."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from tests.support.engine import Engine
from tests.support.mailing import Mailing
from tests.support.notifying import Notifying
from tests.support.receiver import Receiver, status
from tests.support.versions import HOME, first_run, next_run, visit

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.notifications.wanted_targets import WantedTarget
from llmstxt_sched.store.runs import Run

SUPERSEDED = "left to a later one"


async def hook(notifying: Notifying, project_id: UUID, address: str) -> None:
    wanted = WantedTarget(project_id=project_id, kind=TargetKind.DEPLOY_HOOK, name="site", address=address)
    await notifying.targets.create(wanted, Role.ADMIN, Once())


async def change(engine: Engine, run: Run, title: str) -> Run:
    return await next_run(engine, run, HOME, visit("new", title, f"All about {title}.", 1))


async def told(notifying: Notifying) -> list[tuple[str, str | None]]:
    return [(row["status"], row["answer"]) for row in await notifying.log()]


@pytest.fixture
async def run(notifying: Notifying, receiver: Receiver) -> Run:
    """A run after whose version a deploy hook was made."""
    first = await first_run(notifying.engine)
    await notifying.deliver()
    await hook(notifying, first.project_id, receiver.url)
    return first


async def test_of_changes_that_wait_together_the_last_starts_the_only_deployment(
    notifying: Notifying, receiver: Receiver, run: Run
) -> None:
    for title in ("One", "Two", "Three"):
        run = await change(notifying.engine, run, title)
    await notifying.deliver()
    assert len(receiver.received) == 1
    assert await told(notifying) == [("DELIVERED", SUPERSEDED), ("DELIVERED", SUPERSEDED), ("DELIVERED", "ok")]


async def test_a_change_that_waits_for_its_next_attempt_makes_room_for_a_later_one(
    notifying: Notifying, receiver: Receiver, run: Run
) -> None:
    receiver.respond = status(503)
    run = await change(notifying.engine, run, "One")
    await notifying.deliver()
    receiver.respond = status(200)
    await change(notifying.engine, run, "Two")
    await notifying.deliver()
    assert [row[0] for row in await told(notifying)] == ["DELIVERED", "DELIVERED"]
    assert (await told(notifying))[0][1] == SUPERSEDED
    assert len(receiver.received) == 2


async def test_an_attempt_that_fails_while_a_later_change_comes_is_not_made_again(
    notifying: Notifying, receiver: Receiver, run: Run
) -> None:
    run = await change(notifying.engine, run, "One")
    await notifying.routing.route()
    (claimed,) = await notifying.deliveries.claim(9, 9)
    await change(notifying.engine, run, "Two")
    await notifying.routing.route()
    assert [row[0] for row in await told(notifying)] == ["PENDING", "PENDING"]
    receiver.respond = status(503)
    await notifying.deliveries.attempt(claimed)
    assert [row[0] for row in await told(notifying)] == ["DELIVERED", "PENDING"]
    receiver.respond = status(200)
    await notifying.deliver()
    assert [row[0] for row in await told(notifying)] == ["DELIVERED", "DELIVERED"]
    assert len(receiver.received) == 2


async def test_a_target_that_is_told_of_events_themselves_is_told_of_each(
    notifying: Notifying, receiver: Receiver, engine: Engine
) -> None:
    first = await first_run(engine)
    await notifying.deliver()
    await notifying.webhook(receiver.url, first.project_id, is_ordered=True, only_changes=True)
    await change(engine, await change(engine, first, "One"), "Two")
    await notifying.deliver()
    assert len(receiver.received) == 2


async def test_a_target_that_is_disabled_while_events_are_handed_out_is_told_nothing(
    notifying: Notifying, receiver: Receiver
) -> None:
    engine = notifying.engine
    made = await notifying.webhook(receiver.url)
    await engine.ran()
    async with engine.database.transaction() as connection:
        await connection.execute("UPDATE targets SET is_enabled = false WHERE id = $1", made.target.id)
        routing = asyncio.create_task(notifying.routing.route())
        while not await engine.sql(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ):
            assert not routing.done()
            await asyncio.sleep(0.02)
    assert (await routing, await notifying.log()) == (1, [])


async def test_what_a_disabled_target_was_not_told_is_given_up_by_whoever_looks(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(receiver.url)
    await notifying.webhook(receiver.url)
    await notifying.engine.ran()
    await notifying.routing.route()
    await notifying.engine.sql("UPDATE targets SET is_enabled = false WHERE id = $1", made.target.id)
    assert (await notifying.deliveries.give_up_disabled(), await notifying.deliveries.give_up_disabled()) == (1, 0)
    assert sorted(row["status"] for row in await notifying.log()) == ["FAILED", "PENDING"]


async def test_a_project_is_deleted_while_its_events_are_handed_out(mailing: Mailing, receiver: Receiver) -> None:
    engine, notifying = mailing.engine, mailing.notifying
    project = await engine.create()
    await mailing.subscribe(project)
    await notifying.webhook(receiver.url, project)
    await engine.fail(await engine.active(project))
    async with engine.database.transaction() as connection:
        # What a deletion does: it locks the project, then its targets.
        await connection.execute("SELECT FROM projects WHERE id = $1 FOR UPDATE", project)
        routing = asyncio.create_task(notifying.routing.route())
        while not await engine.sql(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ):
            assert not routing.done()
            await asyncio.sleep(0.02)
        await connection.execute("SELECT FROM targets FOR UPDATE NOWAIT")
        await connection.execute("DELETE FROM projects WHERE id = $1", project)
    assert await routing > 0
    assert (await notifying.log(), await engine.sql("SELECT FROM incidents")) == ([], [])
