from __future__ import annotations

from uuid import uuid4

import pytest
from tests.support.engine import Engine
from tests.support.versions import HOME, START, first_run, next_run, visit

from llmstxt_sched.crawler.model import Outcome, Visit
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.change_log import ChangeLog
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.store.documents.feeds import ChangePlace


async def test_who_asks_since_a_time_misses_no_version_that_was_accepted_after_it(engine: Engine) -> None:
    log, run = ChangeLog(engine.database), await first_run(engine)
    pages = [visit(f"{number}", f"Page {number}", "Words.", number) for number in range(5)]
    await next_run(engine, run, HOME, *pages)
    held = await next_run(engine, run, HOME, *[Visit(f"{START}{n}", 1, 1, Outcome.GONE, 404) for n in range(5)])
    (row,) = await engine.sql("SELECT clock_timestamp() AS at")
    assert await log.of_project(run.project_id, ChangePlace(since=row["at"]), 100) == []
    assert {change.run for change in await log.of_project(run.project_id, ChangePlace(), 100)} == {1, 2}
    await HeldVersions(engine.database).accept(held.id)
    found = await log.of_project(run.project_id, ChangePlace(since=row["at"]), 100)
    assert {(change.run, change.kind) for change in found} == {(3, "removed")}
    assert found == await log.of_project(run.project_id, ChangePlace(2, 1000), 100)


async def test_a_project_that_is_not_there_has_no_changes(engine: Engine) -> None:
    with pytest.raises(NotFound):
        await ChangeLog(engine.database).of_project(uuid4(), ChangePlace(), 1)
