from __future__ import annotations

import asyncio

from tests.support.engine import Engine

from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.scheduler.retention_loop import RetentionLoop
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.maintenance.one_offs import ExpiredOneOffs
from llmstxt_sched.services.maintenance.retention import Retention
from llmstxt_sched.services.projects.one_offs import OneOffs


async def test_a_turn_deletes_the_projects_whose_time_is_over(engine: Engine) -> None:
    one_offs = OneOffs(engine.database, engine.projects, Documents(engine.database))
    made = (await one_offs.start("https://example.com/", 10, Once(), with_full=False, is_kept=False)).project.id
    await engine.finish(await engine.active(made))
    await engine.sql("UPDATE one_offs SET expires_at = clock_timestamp()")
    expired = ExpiredOneOffs(engine.database, engine.projects)
    loop = RetentionLoop(Retention(engine.database, RetentionSettings(), engine.metrics), expired, pause_seconds=0.01)
    stop = asyncio.Event()
    task = asyncio.create_task(loop.run(stop))
    async with asyncio.timeout(30):
        while await engine.sql("SELECT FROM projects"):
            await asyncio.sleep(0.01)
    stop.set()
    await task
