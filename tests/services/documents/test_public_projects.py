from __future__ import annotations

from uuid import UUID

import pytest
from tests.support.engine import Engine
from tests.support.versions import HOME, START, first_run, next_run, visit

from llmstxt_sched.crawler.model import Outcome, Visit
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.documents.public_projects import Badges


async def said(engine: Engine, project: UUID) -> str:
    """What the badge of the project, now public, reads out."""
    view = await engine.edit(project, is_public=True)
    badge = await Badges(engine.database).published(view.project.slug)
    return badge.body.decode().partition("<title>llms.txt: ")[2].partition("</title>")[0]


async def changed(engine: Engine, project: UUID, change: str) -> None:
    await engine.sql(f"UPDATE project_configs SET {change} WHERE project_id = $1", project)


async def test_a_badge_tells_how_the_documents_stand(engine: Engine) -> None:
    new = await engine.create(cron=None)
    assert await said(engine, new) == "no file yet"
    project = (await first_run(engine)).project_id
    assert await said(engine, project) == "fresh, checked less than a minute ago"
    await engine.trigger(project)
    await changed(engine, project, "last_run_at = last_run_at - interval '3 hours'")
    assert await said(engine, project) == "fresh, checked 3 hours ago"
    await changed(engine, project, "stale_after = clock_timestamp()")
    assert await said(engine, project) == "stale, checked 3 hours ago"
    await engine.fail(await engine.active(project))
    assert await said(engine, project) == "failed, checked 3 hours ago"


async def test_a_badge_tells_of_a_version_that_is_held_and_of_a_pause(engine: Engine) -> None:
    run = await first_run(engine)
    pages = [visit(f"{number}", f"Page {number}", "Words.", number) for number in range(5)]
    await next_run(engine, run, HOME, *pages)
    await next_run(engine, run, HOME, *[Visit(f"{START}{n}", 1, 1, Outcome.GONE, 404) for n in range(5)])
    assert await said(engine, run.project_id) == "held, checked less than a minute ago"
    await next_run(engine, run, HOME, *pages)
    await engine.edit(run.project_id, is_enabled=False)
    assert await said(engine, run.project_id) == "paused, checked less than a minute ago"


async def test_a_project_that_is_not_public_has_no_badge(engine: Engine) -> None:
    slug = (await engine.projects.get(await engine.create())).project.slug
    for each in (slug, "nothing", "\0"):
        with pytest.raises(NotFound):
            await Badges(engine.database).published(each)
