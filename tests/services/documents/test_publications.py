from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
import pytest_asyncio
from tests.support.engine import Engine
from tests.support.versions import GUIDE, HOME, first_run, next_run, visit

from llmstxt_sched.services.documents.publications import CERTAIN_SECONDS, Publications
from llmstxt_sched.store.documents.publications import Publication
from llmstxt_sched.store.runs import Run

OTHER = visit("guide", "Guide", "How not to.", 1)


@asynccontextmanager
async def followed(engine: Engine) -> AsyncIterator[Publications]:
    publications, stop = Publications(engine.database), asyncio.Event()
    following = asyncio.create_task(publications.follow(stop))
    try:
        yield publications
    finally:
        stop.set()
        await following


@pytest_asyncio.fixture
async def run(engine: Engine) -> Run:
    """The first run of a public project."""
    run = await first_run(engine)
    await engine.edit(run.project_id, is_public=True)
    return run


async def slug_of(engine: Engine, project_id: UUID) -> str:
    return (await engine.projects.get(project_id)).project.slug


async def known(publications: Publications, slug: str) -> Publication:
    """What is published, once it is known without asking."""
    while not (found := publications.known(slug)):
        assert await publications.find(slug)
        await asyncio.sleep(0.02)
    return found


async def still_known(publications: Publications, slug: str) -> None:
    """Pass if it is known without having been asked for anew; a busy machine may be uncertain for a while."""
    async with asyncio.timeout(10):
        while not publications.known(slug):
            await asyncio.sleep(0.02)


async def forgotten(publications: Publications, slug: str) -> None:
    async with asyncio.timeout(10):
        while publications.known(slug):
            await asyncio.sleep(0.02)


async def test_a_new_version_is_not_missed_for_long(engine: Engine, run: Run) -> None:
    slug = await slug_of(engine, run.project_id)
    async with followed(engine) as publications:
        first = await known(publications, slug)
        await next_run(engine, run, HOME, OTHER)
        await forgotten(publications, slug)
        assert (await known(publications, slug)).version_id != first.version_id


async def test_a_run_that_changed_nothing_leaves_it_known(engine: Engine, run: Run) -> None:
    slug = await slug_of(engine, run.project_id)
    async with followed(engine) as publications:
        await known(publications, slug)
        await next_run(engine, run, HOME, GUIDE)
        await asyncio.sleep(CERTAIN_SECONDS)
        await still_known(publications, slug)


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_what_is_published_no_more_is_forgotten(engine: Engine, run: Run, is_deleted: bool) -> None:
    slug = await slug_of(engine, run.project_id)
    async with followed(engine) as publications:
        await known(publications, slug)
        if is_deleted:
            await engine.projects.delete(run.project_id)
        else:
            await engine.edit(run.project_id, is_public=False)
        await forgotten(publications, slug)
        assert await publications.find(slug) is None


async def test_a_change_that_was_not_committed_at_one_look_is_found_at_the_next(engine: Engine, run: Run) -> None:
    slug = await slug_of(engine, run.project_id)
    async with followed(engine) as publications:
        await known(publications, slug)
        async with engine.database.transaction() as connection:
            await connection.execute("UPDATE projects SET is_public = false WHERE id = $1", run.project_id)
            # Later transactions that end before this one must not hide it.
            for _ in range(3):
                await engine.edit(await engine.create(cron=None), is_public=True)
                await asyncio.sleep(CERTAIN_SECONDS / 2)
            await still_known(publications, slug)
        await asyncio.sleep(CERTAIN_SECONDS)
        assert publications.known(slug) is None


async def test_nothing_is_certain_after_a_doubt_before_the_next_look(engine: Engine, run: Run) -> None:
    slug = await slug_of(engine, run.project_id)
    async with followed(engine) as publications:
        await known(publications, slug)
        publications.doubt()
        assert publications.known(slug) is None
        await still_known(publications, slug)


async def test_nothing_is_certain_once_nobody_looks(engine: Engine, run: Run) -> None:
    slug = await slug_of(engine, run.project_id)
    async with followed(engine) as publications:
        await known(publications, slug)
    await asyncio.sleep(CERTAIN_SECONDS)
    assert publications.known(slug) is None
    assert await publications.find(slug)
    assert publications.known(slug) is None
