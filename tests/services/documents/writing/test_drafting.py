from __future__ import annotations

import asyncio
from multiprocessing import active_children
from multiprocessing.process import BaseProcess

import pytest
from msgspec.structs import replace
from tests.support.engine import Engine
from tests.support.versions import GUIDE, HOME, START

from llmstxt_sched.crawler.model import Report
from llmstxt_sched.domain.project import USUAL
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import CrawlFailed, Unavailable
from llmstxt_sched.services.documents.writing.draft import draft
from llmstxt_sched.services.documents.writing.drafting import ATTEMPTS, Drafting

REPORT = Report(START, Progress(), (), seen_all=True)


async def test_a_child_drafts_what_would_be_drafted_here(engine: Engine, clean_database_url: str) -> None:
    run = await engine.active(await engine.create())
    await engine.staging.stage(await engine.claim(run), (HOME, GUIDE))
    async with Drafting(clean_database_url) as drafting:
        theirs = await drafting.draft(run.project_id, run.id, REPORT, USUAL)
    ours = await draft(engine.database, run.project_id, run.id, REPORT)
    assert ours.version
    assert theirs.version
    assert theirs.version == replace(ours.version, id=theirs.version.id)
    assert replace(theirs, version=None) == replace(ours, version=None)


async def test_a_database_that_is_away_is_unavailable_here_as_well(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    async with Drafting("postgresql://nobody@127.0.0.1:1/none") as drafting:
        with pytest.raises(Unavailable):
            await drafting.draft(run.project_id, run.id, REPORT, USUAL)


async def test_a_killed_child_is_replaced(engine: Engine, clean_database_url: str) -> None:
    run, others = await engine.active(await engine.create()), {*active_children()}
    async with Drafting(clean_database_url) as drafting:
        async with engine.database.transaction() as locking:
            await locking.execute("LOCK TABLE pages IN ACCESS EXCLUSIVE MODE")
            drafted = asyncio.create_task(drafting.draft(run.project_id, run.id, REPORT, USUAL))
            await _kill_the_child(engine, others, blocked=1)
        assert (await drafted).version is not None


async def test_a_child_that_is_killed_again_and_again_is_the_runs_failure(
    engine: Engine, clean_database_url: str
) -> None:
    run, others = await engine.active(await engine.create()), {*active_children()}
    async with Drafting(clean_database_url) as drafting, engine.database.transaction() as locking:
        await locking.execute("LOCK TABLE pages IN ACCESS EXCLUSIVE MODE")
        drafted = asyncio.create_task(drafting.draft(run.project_id, run.id, REPORT, USUAL))
        for attempt in range(ATTEMPTS):
            await _kill_the_child(engine, others, blocked=attempt + 1)
        with pytest.raises(CrawlFailed, match="was killed 3 times"):
            await drafted


async def test_an_error_of_the_draft_itself_is_not_tried_again(engine: Engine, clean_database_url: str) -> None:
    run = await engine.active(await engine.create())
    unwritable = replace(USUAL, keep=("\ud800",))
    async with Drafting(clean_database_url) as drafting:
        with pytest.raises(RuntimeError, match=r"Traceback(.|\n)*UnicodeEncodeError"):
            await drafting.draft(run.project_id, run.id, REPORT, unwritable)


async def _kill_the_child(engine: Engine, others: set[BaseProcess], *, blocked: int) -> None:
    """Kill it once it waits for the lock, as the `blocked`-th: Postgres keeps those of the dead waiting."""
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while len(await engine.sql(waiting)) < blocked:
        await asyncio.sleep(0.01)
    (child,) = {*active_children()} - others
    child.kill()
