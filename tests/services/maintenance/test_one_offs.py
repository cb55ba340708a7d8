from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from tests.support.engine import DAILY, Engine

from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.maintenance.one_offs import ExpiredOneOffs
from llmstxt_sched.services.projects.one_offs import OneOffs

WAITING = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def ended(engine: Engine, *, is_kept: bool = False) -> UUID:
    """One whose run has ended."""
    one_offs = OneOffs(engine.database, engine.projects, Documents(engine.database))
    made = (await one_offs.start("https://example.com/", 10, Once(), with_full=False, is_kept=is_kept)).project.id
    await engine.finish(await engine.active(made))
    return made


async def deleted(engine: Engine) -> int:
    """How many go, a day later."""
    await engine.sql("UPDATE one_offs SET expires_at = clock_timestamp() WHERE expires_at IS NOT NULL")
    return await ExpiredOneOffs(engine.database, engine.projects).delete()


async def test_those_go_that_nobody_has_found_another_use_for(engine: Engine) -> None:
    gone, kept, used, running = [await ended(engine, is_kept=each == 1) for each in range(4)]
    await engine.edit(used, cron_expression=DAILY, is_enabled=False)
    await engine.trigger(running)
    assert await deleted(engine) == 1
    left = {row["id"] for row in await engine.sql("SELECT id FROM projects")}
    assert (left, gone in left) == ({kept, used, running}, False)


@pytest.mark.parametrize("held", ["runs", "projects"])
async def test_one_that_gets_a_schedule_while_it_is_being_deleted_stays(engine: Engine, held: str) -> None:
    """Before the delete has begun, which waits for its project, and after that, while it waits for an old run."""
    used = await ended(engine)
    for _ in range(2):
        await engine.finish(await engine.trigger(used))
    key = "project_id" if held == "runs" else "id"
    async with engine.database.transaction() as connection:
        await connection.execute(f"SELECT FROM {held} WHERE {key} = $1 FOR KEY SHARE", used)
        deleting = asyncio.create_task(deleted(engine))
        async with asyncio.timeout(60):
            while not await engine.sql(WAITING):
                await asyncio.sleep(0.02)
        await engine.edit(used, cron_expression=DAILY, is_enabled=True)
    assert await deleting == 0
    schedule = await engine.schedule(used)
    assert (schedule.cron_expression, schedule.is_enabled) == (DAILY, True)


async def test_the_audit_log_says_that_the_service_did_it(engine: Engine) -> None:
    gone = await ended(engine)
    await deleted(engine)
    rows = await engine.sql("SELECT user_name, object_id FROM audit WHERE action = 'project.delete'")
    assert [tuple(row) for row in rows] == [("service", gone)]
