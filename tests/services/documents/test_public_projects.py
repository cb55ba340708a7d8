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


async def pass_time(engine: Engine, project: UUID, time: str) -> None:
    """The project as if its runs had ended so much earlier."""
    for table, column in (("runs", "finished_at"), ("project_configs", "last_run_at")):
        await engine.sql(f"UPDATE {table} SET {column} = {column} - interval '{time}' WHERE project_id = $1", project)


async def test_a_badge_tells_how_the_documents_stand(engine: Engine) -> None:
    new = await engine.create(cron=None)
    assert await said(engine, new) == "no file yet"
    project = (await first_run(engine)).project_id
    assert await said(engine, project) == "fresh, checked less than a minute ago"
    await engine.trigger(project)
    await pass_time(engine, project, "3 hours")
    assert await said(engine, project) == "fresh, checked 3 hours ago"
    await engine.sql("UPDATE project_configs SET stale_after = clock_timestamp() WHERE project_id = $1", project)
    assert await said(engine, project) == "stale, checked 3 hours ago"
    await engine.fail(await engine.active(project))
    assert await said(engine, project) == "failed, checked 3 hours ago"


async def test_a_badge_tells_of_a_version_that_is_held_and_of_a_pause(engine: Engine) -> None:
    run = await first_run(engine)
    pages = [visit(f"{number}", f"Page {number}", "Words.", number) for number in range(5)]
    await next_run(engine, run, HOME, *pages)
    await pass_time(engine, run.project_id, "2 days")
    await next_run(engine, run, HOME, *[Visit(f"{START}{n}", 1, 1, Outcome.GONE, 404) for n in range(5)])
    assert await said(engine, run.project_id) == "held, checked 2 days ago"
    await next_run(engine, run, HOME, *pages)
    await engine.edit(run.project_id, is_enabled=False)
    assert await said(engine, run.project_id) == "paused, checked less than a minute ago"


async def test_a_project_that_is_not_public_has_no_badge(engine: Engine) -> None:
    slug = (await engine.projects.get(await engine.create())).project.slug
    for each in (slug, "nothing", "\0"):
        with pytest.raises(NotFound):
            await Badges(engine.database).published(each)


async def test_a_badge_tells_of_the_last_success_however_many_runs_have_failed_since(engine: Engine) -> None:
    run = await first_run(engine)
    await pass_time(engine, run.project_id, "5 days")
    await engine.sql(
        """
        INSERT INTO runs (id, project_id, number, trigger, status, finished_at)
        SELECT gen_random_uuid(), $1, number, 'manual', 'FAILED', clock_timestamp() FROM generate_series(2, 101) number
        """,
        run.project_id,
    )
    assert (await said(engine, run.project_id)).endswith(", checked 5 days ago")
