from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from tests.support.engine import Engine
from tests.support.versions import HOME, START, next_run, publish, visit

from llmstxt_sched.crawler.model import Outcome, Visit
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import HeldVersion, RunStatus
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.errors import Conflict, LeaseLost, NotFound
from llmstxt_sched.services.documents.changes import Changes
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.site_pages import SitePages
from llmstxt_sched.services.documents.writing.stored_pages import StoredPages
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.services.projects.projects import folder_of
from llmstxt_sched.store.documents.pages import PageFilter
from llmstxt_sched.store.runs import Run

PAGES = [visit(f"{n}", f"Page {n}", f"Text {n}.", n) for n in range(1, 6)]
GONE = [Visit(f"{START}{n}", n, 1, Outcome.GONE, 404) for n in range(1, 6)]
CHANGED_HOME = visit("", "Home", "Welcome, anew.", 0)


async def published(engine: Engine) -> Run:
    """The first run of a project, with six pages."""
    run = await engine.active(await engine.create())
    return await publish(engine, await engine.claim(run), HOME, *PAGES)


async def lossy(engine: Engine, first: Run) -> Run:
    """A run after which one page of six would stand."""
    return await next_run(engine, first, CHANGED_HOME, *GONE)


async def text(engine: Engine, first: Run, path: str = "llms-full.txt") -> str:
    document = await Documents(engine.database).of_project(first.project_id, path)
    return b"".join([piece async for piece in document.pieces]).decode()


async def listed(engine: Engine, first: Run) -> list[str]:
    wanted = PageFilter(listed=True)
    rows = await SitePages(engine.database).page(first.project_id, wanted, (-1, ""), 100)
    return [row.url.removeprefix(START) for row in rows]


async def status(engine: Engine, first: Run) -> ProjectStatus:
    return (await engine.projects.get(first.project_id)).project.status


async def numbers(engine: Engine) -> list[int]:
    return [row["number"] for row in await engine.sql("SELECT number FROM versions ORDER BY number")]


async def test_a_run_that_loses_most_entries_is_complete_and_its_version_waits(engine: Engine) -> None:
    first = await published(engine)
    before = await text(engine, first)
    schedule = await engine.schedule(first.project_id)
    run = await lossy(engine, first)
    assert (run.status, run.held) == (RunStatus.COMPLETE_WITH_DIFFS, HeldVersion.WAITING)
    assert (await engine.schedule(first.project_id)).last_run_at != schedule.last_run_at
    assert (await status(engine, first), await text(engine, first)) == (ProjectStatus.HELD, before)
    assert await listed(engine, first) == ["", "1", "2", "3", "4", "5"]
    view = await engine.projects.get(first.project_id)
    assert (view.project.held_run_id, view.project.page_count) == (run.id, 6)
    found = await Changes(engine.database).compare(first.project_id, None, run.id)
    assert (found.sides.before and found.sides.before.run_id, len(found.pages)) == (first.id, 6)
    newest = await Changes(engine.database).versions(first.project_id, None, 10)
    assert [version.run_id for version in newest] == [first.id]


async def test_texts_that_a_run_in_progress_has_found_outlive_a_rejected_version(engine: Engine) -> None:
    first = await published(engine)
    run = await lossy(engine, first)
    claimed = await engine.claim(await engine.trigger(first.project_id))
    anew = [visit(f"{n}", f"Page {n}", f"Text {n}, anew.", n) for n in range(1, 6)]
    await engine.staging.stage(claimed, [CHANGED_HOME, *anew])
    await HeldVersions(engine.database).reject(run.id)
    await publish(engine, claimed)
    assert "Text 3, anew." in await text(engine, first)


async def test_an_accepted_version_is_published_with_its_pages(engine: Engine) -> None:
    first = await published(engine)
    run = await lossy(engine, first)
    accepted = await HeldVersions(engine.database).accept(run.id)
    assert (accepted.held, accepted.version_id) == (HeldVersion.ACCEPTED, run.version_id)
    assert (await status(engine, first), await numbers(engine)) == (ProjectStatus.FRESH, [1, 2])
    assert "anew" in await text(engine, first)
    assert await listed(engine, first) == [""]
    known = await (stored := StoredPages(engine.database, first.project_id)).recall(START)
    assert known
    assert await stored.text(known.content.sha256) == "Welcome, anew."
    assert (await next_run(engine, first, CHANGED_HOME)).status is RunStatus.COMPLETE_NO_DIFFS


async def test_a_page_that_an_accepted_run_did_not_see_was_seen_by_the_run_before(engine: Engine) -> None:
    first = await published(engine)
    run = await lossy(engine, first)
    await HeldVersions(engine.database).accept(run.id)
    rows = await SitePages(engine.database).page(first.project_id, PageFilter(), (-1, ""), 9)
    assert [row.last_seen_at for row in rows] == [run.finished_at, *[first.finished_at] * 5]


async def test_a_rejected_version_is_gone_and_the_published_one_stays_in_force(engine: Engine) -> None:
    first = await published(engine)
    before = await text(engine, first)
    run = await lossy(engine, first)
    rejected = await HeldVersions(engine.database).reject(run.id)
    assert (rejected.held, rejected.version_id) == (HeldVersion.REJECTED, first.version_id)
    assert (await status(engine, first), await numbers(engine)) == (ProjectStatus.FRESH, [1])
    assert (await text(engine, first), await listed(engine, first)) == (before, ["", "1", "2", "3", "4", "5"])
    left = await engine.sql("SELECT FROM run_pages WHERE run_id = $1 AND content IS NOT NULL", run.id)
    assert (left, await engine.sql("SELECT FROM contents WHERE markdown LIKE '%anew%'")) == ([], [])
    assert (await lossy(engine, first)).held is HeldVersion.WAITING


async def test_only_a_version_that_waits_can_be_decided_about_and_once(engine: Engine) -> None:
    first = await published(engine)
    held = HeldVersions(engine.database)
    for decide in (held.accept, held.reject):
        with pytest.raises(Conflict, match="no version that waits"):
            await decide(first.id)
        with pytest.raises(NotFound):
            await decide(uuid4())
    run = await lossy(engine, first)
    made = await asyncio.gather(*(held.accept(run.id) for _ in range(4)), held.reject(run.id), return_exceptions=True)
    assert sorted(type(each).__name__ for each in made) == ["Conflict"] * 4 + ["Run"]
    actions = await engine.sql("SELECT action FROM audit WHERE object_id = $1 AND action <> 'run.trigger'", run.id)
    assert len(actions) == 1


@pytest.mark.parametrize(
    ("visits", "expected"),
    [([HOME, *PAGES], RunStatus.COMPLETE_NO_DIFFS), ([CHANGED_HOME, *PAGES], RunStatus.COMPLETE_WITH_DIFFS)],
)
async def test_the_next_run_compares_with_what_is_published_and_discards_what_is_held(
    engine: Engine, visits: list[Visit], expected: RunStatus
) -> None:
    first = await published(engine)
    held = await lossy(engine, first)
    run = await next_run(engine, first, *visits)
    assert (run.status, run.held, await status(engine, first)) == (expected, None, ProjectStatus.FRESH)
    before = await engine.runs.get(held.id)
    assert (before.held, before.version_id) == (HeldVersion.DISCARDED, first.version_id)
    with pytest.raises(Conflict, match="discarded"):
        await HeldVersions(engine.database).accept(held.id)


async def test_a_version_that_is_held_takes_the_place_of_the_one_before(engine: Engine) -> None:
    first = await published(engine)
    one = await lossy(engine, first)
    two = await next_run(engine, first, HOME, *GONE[:-1], PAGES[-1])
    assert (two.held, (await engine.runs.get(one.id)).held) == (HeldVersion.WAITING, HeldVersion.DISCARDED)
    await HeldVersions(engine.database).accept(two.id)
    assert (await listed(engine, first), await numbers(engine)) == (["", "5"], [1, 2])


async def test_a_failed_run_leaves_what_is_held(engine: Engine) -> None:
    first = await published(engine)
    run = await lossy(engine, first)
    await engine.fail(await engine.trigger(first.project_id))
    assert await status(engine, first) is ProjectStatus.HELD
    assert (await HeldVersions(engine.database).accept(run.id)).held is HeldVersion.ACCEPTED


async def test_nothing_is_accepted_below_a_run_in_progress_which_may_still_be_rejected(engine: Engine) -> None:
    first = await published(engine)
    run = await lossy(engine, first)
    active = await engine.trigger(first.project_id)
    claimed = await engine.claim(active)
    with pytest.raises(Conflict) as refused:
        await HeldVersions(engine.database).accept(run.id)
    assert refused.value.run_id == active.id
    assert (await HeldVersions(engine.database).reject(run.id)).held is HeldVersion.REJECTED
    assert (await publish(engine, claimed, HOME, *PAGES)).status is RunStatus.COMPLETE_NO_DIFFS


async def test_a_finish_that_is_fenced_off_discards_nothing(engine: Engine) -> None:
    first = await published(engine)
    await lossy(engine, first)
    late = await engine.claim(await engine.trigger(first.project_id))
    await engine.expire_lease(late.run)
    before = await everything(engine)
    await engine.rescue.rescue()
    with pytest.raises(LeaseLost):
        await publish(engine, late, HOME, *PAGES)
    assert await everything(engine) == before


async def everything(engine: Engine) -> list[list[Any]]:
    tables = ("held_versions", "versions", "version_pages", "pages", "changes", "contents")
    return [await engine.sql(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


@pytest.mark.parametrize("changes", [{"url": f"{START}docs/v2/"}, {"scope": "host"}])
async def test_a_run_for_another_start_page_or_scope_than_the_projects_does_not_bring_its_folder_back(
    engine: Engine, changes: dict[str, object]
) -> None:
    """The next run would fail, or read no more than the folder that the project has left."""
    moved, held = await engine.create(), (await published(engine)).project_id
    claimed = await engine.claim(await engine.active(moved))
    run = await publish(engine, await engine.claim(await engine.trigger(held)), CHANGED_HOME, *GONE, folder="/docs/")
    for project in (moved, held):
        await engine.projects.edit(project, changes, SchedulePatch())
    await publish(engine, claimed, HOME, *PAGES, folder="/docs/")
    await HeldVersions(engine.database).accept(run.id)
    for project in (moved, held):
        assert folder_of((await engine.projects.get(project)).project) == ("/docs/v2/" if "url" in changes else "/")


async def test_the_folder_changes_with_the_documents(engine: Engine) -> None:
    first = await published(engine)
    claimed = await engine.claim(await engine.trigger(first.project_id))
    run = await publish(engine, claimed, CHANGED_HOME, *GONE, folder="/docs/")
    assert folder_of((await engine.projects.get(first.project_id)).project) == "/"
    await HeldVersions(engine.database).accept(run.id)
    assert folder_of((await engine.projects.get(first.project_id)).project) == "/docs/"
