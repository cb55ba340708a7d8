"""The member that delivers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from structlog.testing import capture_logs
from tests.support.engine import Engine
from tests.support.notifying import Notifying
from tests.support.receiver import Received, Receiver, hang, open_receiver

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.worker import deliver
from llmstxt_sched.worker.deliver import Deliver


@asynccontextmanager
async def delivering(notifying: Notifying) -> AsyncIterator[None]:
    """The member at work until the block ends."""
    stop = asyncio.Event()
    task = asyncio.create_task(Deliver(notifying.deliveries, notifying.routing.route).run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def happened(engine: Engine, project: UUID, count: int) -> None:
    """So many things happen to a project at once."""
    await engine.sql(
        "INSERT INTO events (kind, project_id) SELECT 'schedule.resumed', $1 FROM generate_series(1, $2)",
        project,
        count,
    )


async def until(receiver: Receiver, count: int, seconds: float = 60) -> None:
    """Wait until so many requests have come."""
    async with asyncio.timeout(seconds):
        while len(receiver.received) < count:
            await asyncio.sleep(0.02)


async def test_endpoints_that_hang_do_not_hold_up_another(notifying: Notifying, receiver: Receiver) -> None:
    engine = notifying.engine
    project = await engine.create()
    async with open_receiver() as hanging:
        hanging.respond = hang
        for number in range(10):
            await notifying.webhook(f"{hanging.url}/{number}", project)
        await happened(engine, project, 100)
        async with delivering(notifying):
            await until(hanging, 40)
            other = await engine.create()
            await notifying.webhook(receiver.url, other)
            await happened(engine, other, 1)
            await until(receiver, 1)
            # None of those that hang has ended, which would have made room.
            assert await engine.sql("SELECT FROM targets WHERE failing_since IS NOT NULL") == []
        assert len(hanging.received) == 40


async def test_many_events_at_once_come_each_once(notifying: Notifying, receiver: Receiver) -> None:
    project = await notifying.engine.create()
    await notifying.webhook(receiver.url, project)
    await happened(notifying.engine, project, 500)
    async with delivering(notifying):
        await until(receiver, 500)
    assert len({got.id for got in receiver.received}) == len(receiver.received) == 500


async def test_an_attempt_cut_off_by_a_stop_is_left_to_another_process(
    notifying: Notifying, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "DRAIN_SECONDS", 0.2)
    project = await notifying.engine.create()
    await notifying.webhook(receiver.url, project)
    receiver.respond = hang
    await happened(notifying.engine, project, 1)
    async with delivering(notifying):
        await until(receiver, 1)
    (row,) = await notifying.engine.sql(
        "SELECT status, attempt, lease_token, not_before <= clock_timestamp() AS is_due FROM deliveries"
    )
    assert dict(row) == {"status": "PENDING", "attempt": 0, "lease_token": None, "is_due": True}


async def test_a_step_that_fails_keeps_nothing_else_from_being_done(notifying: Notifying, receiver: Receiver) -> None:
    async def broken() -> int:
        raise RuntimeError("a step of somebody else")

    project = await notifying.engine.create()
    await notifying.webhook(receiver.url, project)
    await happened(notifying.engine, project, 1)
    stop = asyncio.Event()
    task = asyncio.create_task(Deliver(notifying.deliveries, broken, notifying.routing.route).run(stop))
    await until(receiver, 1)
    stop.set()
    await task


async def test_a_step_that_fails_for_long_is_told_once_while_attempts_go_on(
    notifying: Notifying, receiver: Receiver
) -> None:
    """As behind a lock that somebody holds on one table."""
    is_over, took = False, 0

    async def locked() -> int:
        nonlocal took
        took += 1
        if not is_over:
            raise Unavailable("canceling statement due to lock timeout")
        return 0

    stop = asyncio.Event()
    with capture_logs() as logs:
        task = asyncio.create_task(Deliver(notifying.deliveries, locked).run(stop))
        while took < 4:
            await asyncio.sleep(0.05)
        is_over = True
        while took < 6:
            await asyncio.sleep(0.05)
        stop.set()
        await task
    assert [event["event"] for event in logs] == ["deliver waits for Postgres", "deliver no longer waits for Postgres"]


async def test_a_step_that_always_has_more_to_do_holds_up_neither_attempts_nor_the_end(
    notifying: Notifying, receiver: Receiver
) -> None:
    async def busy() -> int:
        await asyncio.sleep(0)
        return 1

    project = await notifying.engine.create()
    await notifying.webhook(receiver.url, project)
    await happened(notifying.engine, project, 1)
    stop = asyncio.Event()
    async with asyncio.timeout(20):
        task = asyncio.create_task(Deliver(notifying.deliveries, busy, notifying.routing.route).run(stop))
        await until(receiver, 1)
        stop.set()
        await task


async def test_what_answers_slowly_is_not_told_twice(notifying: Notifying, receiver: Receiver) -> None:
    async def slowly(_: Received, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1.2)
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    receiver.respond = slowly
    project = await notifying.engine.create()
    await notifying.webhook(receiver.url, project)
    await happened(notifying.engine, project, 1)
    async with delivering(notifying), asyncio.timeout(60):
        while [row["status"] for row in await notifying.log()] != ["DELIVERED"]:
            await asyncio.sleep(0.05)
    assert len(receiver.received) == 1
