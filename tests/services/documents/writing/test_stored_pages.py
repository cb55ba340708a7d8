from __future__ import annotations

import pytest
from tests.support.engine import Engine
from tests.support.versions import START, publish, visit

from llmstxt_sched.errors import LeaseLost
from llmstxt_sched.extraction.model import with_text
from llmstxt_sched.services.documents.writing import stored_pages
from llmstxt_sched.services.documents.writing.stored_pages import StoredPages
from llmstxt_sched.store.runs import Run

SITE = [visit(f"{number}", f"Page {number}", f"Text {number}.", number) for number in range(stored_pages._PAGES + 8)]


async def stored_site(engine: Engine) -> Run:
    run = await engine.active(await engine.create())
    return await publish(engine, await engine.claim(run), *SITE)


async def test_every_page_is_recalled_in_any_order_and_as_often_as_it_is_asked_for(engine: Engine) -> None:
    stored = StoredPages(engine.database, (await stored_site(engine)).project_id)
    for each in [*SITE, *reversed(SITE), SITE[0]]:
        known = await stored.recall(each.url)
        assert known
        assert with_text(known.content, await stored.text(known.content.sha256)) == each.content
    assert await stored.recall(START + "nowhere") is None
    assert len(stored._ahead) <= stored_pages._MOST_KEPT


async def test_the_text_of_a_page_whose_project_is_gone_ends_the_run(engine: Engine) -> None:
    run = await stored_site(engine)
    stored = StoredPages(engine.database, run.project_id)
    known = await stored.recall(SITE[0].url)
    assert known
    await engine.projects.delete(run.project_id)
    with pytest.raises(LeaseLost):
        await stored.text(known.content.sha256)


async def test_a_text_that_is_gone_alone_is_not_told_as_the_loss_of_its_project(engine: Engine) -> None:
    run = await stored_site(engine)
    stored = StoredPages(engine.database, run.project_id)
    known = await stored.recall(SITE[0].url)
    assert known
    await engine.sql("DELETE FROM contents WHERE sha256 = $1", known.content.sha256)
    with pytest.raises(LeaseLost, match=f"^the text {known.content.sha256} of project {run.project_id} is gone"):
        await stored.text(known.content.sha256)


async def test_pages_are_read_before_they_are_asked_for(engine: Engine) -> None:
    run = await stored_site(engine)
    stored = StoredPages(engine.database, run.project_id)
    assert await stored.recall(SITE[0].url)
    await engine.sql("DELETE FROM pages")
    assert [await stored.recall(each.url) is None for each in SITE[1:]] == [False] * (stored_pages._PAGES - 1) + [
        True
    ] * 8


async def test_of_a_project_without_pages_nothing_is_asked_twice(engine: Engine) -> None:
    project, other = await engine.create(), await stored_site(engine)
    stored = StoredPages(engine.database, project)
    assert await stored.recall(SITE[0].url) is None
    await engine.sql("UPDATE pages SET project_id = $1 WHERE project_id = $2", project, other.project_id)
    assert await stored.recall(SITE[0].url) is None
