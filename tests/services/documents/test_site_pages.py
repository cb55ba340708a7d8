from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.support.engine import Engine
from tests.support.versions import GUIDE, HOME, START, first_run, next_run, publish, visit

from llmstxt_sched.crawler.frontier.frontier import Frontier
from llmstxt_sched.crawler.model import Limits, Outcome, Visit
from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.run import ReachedLimit
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.domain.urls import parse, scope_of
from llmstxt_sched.errors import InvalidInput, NotFound
from llmstxt_sched.services.documents.site_pages import SitePages, Verdict, why_excluded
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.projects import folder_of
from llmstxt_sched.store.documents.pages import PageFilter
from llmstxt_sched.store.runs import Run

PATTERNS = st.lists(st.text(alphabet="/ab*", min_size=1, max_size=4), max_size=3).map(tuple)


@pytest_asyncio.fixture
async def run(engine: Engine) -> AsyncIterator[Run]:
    """A run that read two pages, met one that asks not to be indexed, and had carried one over."""
    first = await first_run(engine)
    secret = visit("secret", "Secret", "Hidden.", 2, Outcome.NOINDEX)
    slow = Visit(START + "guide", 1, 1, Outcome.TIMEOUT, note="no answer")
    yield await next_run(engine, first, HOME, slow, secret)


async def test_an_address_is_listed_met_or_unknown(engine: Engine, run: Run) -> None:
    pages = SitePages(engine.database)
    home = await pages.explain(run.project_id, START)
    assert (home.verdict, home.reason) == (Verdict.LISTED, "It was read and holds a page.")
    carried = await pages.explain(run.project_id, START + "guide#top")
    assert (carried.url, carried.verdict) == (START + "guide", Verdict.LISTED)
    assert "did not answer in time" in carried.reason
    assert "stays" in carried.reason
    met = await pages.explain(run.project_id, "/secret")
    assert (met.url, met.verdict) == (START + "secret", Verdict.MET)
    assert "not to be indexed" in met.reason
    assert met.page
    unknown = await pages.explain(run.project_id, START + "nowhere")
    assert (unknown.verdict, unknown.page) == (Verdict.UNKNOWN, None)
    assert "no page that was read links to it" in unknown.reason


async def test_an_address_is_what_it_is_since_the_first_run_that_found_it_so(engine: Engine, run: Run) -> None:
    secret = visit("secret", "Secret", "Hidden.", 2, Outcome.NOINDEX)
    again = await next_run(engine, run, HOME, secret)
    pages = SitePages(engine.database)
    assert (await pages.explain(run.project_id, "/secret")).since == run.finished_at
    assert (await pages.explain(run.project_id, "/guide")).since == run.finished_at
    await next_run(engine, again, HOME, secret)
    await next_run(engine, again, HOME)
    vanished = await pages.explain(run.project_id, "/secret")
    assert (vanished.verdict, vanished.page, vanished.since) == (Verdict.MET, None, run.finished_at)
    assert "#4" in vanished.reason
    assert "no page that was read links to it" in vanished.reason


async def test_an_address_that_a_page_names_says_which_and_what_kept_the_run_away(engine: Engine) -> None:
    assert HOME.content
    content = replace(HOME.content, links=(START + "late",), translations=(("de", START + "de/"),))
    home = replace(HOME, content=content)
    first = await engine.claim(await engine.active(await engine.create()))
    run = await publish(engine, first, home, reached=(ReachedLimit("max_pages", START + "late"),))
    pages = SitePages(engine.database)
    late = await pages.explain(run.project_id, "/late")
    assert f"{START} links to it" in late.reason
    assert f"max_pages at {START}late" in late.reason
    german = await pages.explain(run.project_id, "/de")
    assert f"the translation (de) of {START}" in german.reason
    trap = await pages.explain(run.project_id, "/a/a/a/a/")
    assert "repeats itself" in trap.reason


@pytest.mark.parametrize("form", ["guide.md", "guide?print=1"])
async def test_another_form_of_a_page_in_the_documents_says_so(engine: Engine, form: str) -> None:
    assert HOME.content
    home = replace(HOME, content=replace(HOME.content, links=(START + "guide", START + form, START + "gone.md")))
    run = await publish(engine, await engine.claim(await engine.active(await engine.create())), home, GUIDE)
    pages = SitePages(engine.database)
    told = await pages.explain(run.project_id, START + form)
    assert (told.verdict, told.reason.startswith(f"It is {START}guide for printing or in Markdown")) == (
        "unknown",
        True,
    )
    other = await pages.explain(run.project_id, START + "gone.md")
    assert f"{START} links to it" in other.reason
    source = await pages.explain(run.project_id, "/_sources/guide.rst.txt")
    assert "the source of a page" in source.reason


async def test_a_page_that_has_no_room_any_more_says_which_limit_and_since_when(engine: Engine) -> None:
    assert HOME.content
    home = replace(HOME, content=replace(HOME.content, links=(START + "guide",)))
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), home, GUIDE)
    pages, project = SitePages(engine.database), first.project_id
    claimed = await engine.claim(await engine.trigger(project))
    limit = ReachedLimit("max_pages", GUIDE.url)
    second = await publish(engine, claimed, home, seen_all=False, reached=(limit,), decided=frozenset({GUIDE.url}))
    left_out = await pages.explain(project, "/guide")
    assert (left_out.verdict, left_out.page, left_out.since) == (Verdict.MET, None, second.finished_at)
    assert f"{START} links to it" in left_out.reason
    assert f"max_pages at {GUIDE.url}" in left_out.reason
    await next_run(engine, second, HOME, seen_all=False)
    assert "no page that was read links to it" in (await pages.explain(project, "/guide")).reason
    await engine.edit(project, exclude=["/gui*"])
    excluded = await pages.explain(project, "/guide")
    assert (excluded.verdict, excluded.since) == (Verdict.EXCLUDED, second.finished_at)


async def test_a_link_that_is_not_followed_or_stands_on_a_page_that_fails_says_so(engine: Engine) -> None:
    assert HOME.content
    links = replace(HOME.content, links=(START + "late",), nofollow=True)
    first = await engine.claim(await engine.active(await engine.create()))
    run = await publish(engine, first, replace(HOME, content=links), GUIDE)
    pages = SitePages(engine.database)
    assert "not followed (nofollow)" in (await pages.explain(run.project_id, "/late")).reason
    assert GUIDE.content
    guide = replace(GUIDE, content=replace(GUIDE.content, links=(START + "late",)))
    again = await next_run(engine, run, replace(HOME, content=links), guide)
    late = await pages.explain(run.project_id, "/late")
    assert f"{GUIDE.url} links to it, 1 link from the start." in late.reason
    await next_run(engine, again, replace(HOME, content=links), Visit(GUIDE.url, 1, 1, Outcome.TIMEOUT))
    assert "could not read that page" in (await pages.explain(run.project_id, "/late")).reason


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.REDIRECTED])
async def test_a_link_on_a_page_that_is_gone_is_one_of_the_past(engine: Engine, outcome: Outcome) -> None:
    assert GUIDE.content
    guide = replace(GUIDE, content=replace(GUIDE.content, links=(START + "late",)))
    run = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, guide)
    await next_run(engine, run, HOME, Visit(GUIDE.url, 1, 1, outcome))
    late = await SitePages(engine.database).explain(run.project_id, "/late")
    assert f"{GUIDE.url} linked to it, but is no page any more" in late.reason


async def test_a_page_that_is_carried_over_is_out_since_the_run_that_drops_it(engine: Engine) -> None:
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, GUIDE)
    second = await next_run(engine, first, HOME)
    pages = SitePages(engine.database)
    assert (await pages.explain(first.project_id, GUIDE.url)).verdict is Verdict.LISTED
    third = await next_run(engine, second, HOME)
    assert (await pages.explain(first.project_id, GUIDE.url)).since == third.finished_at


async def test_a_page_that_a_run_drops_though_it_met_it_is_out_since_that_run(engine: Engine) -> None:
    run = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, GUIDE)
    for _ in range(2):
        claimed = await engine.claim(await engine.trigger(run.project_id))
        run = await publish(
            engine, claimed, HOME, GUIDE, unlinked=frozenset({GUIDE.url}), decided=frozenset({GUIDE.url})
        )
    pages = SitePages(engine.database)
    dropped = await pages.explain(run.project_id, GUIDE.url)
    assert (dropped.page, dropped.since) == (None, run.finished_at)
    await next_run(engine, run, HOME)
    assert (await pages.explain(run.project_id, GUIDE.url)).since == run.finished_at


@pytest.mark.parametrize("spelling", ["http://example.com/guide", "https://www.example.com/guide/", "/guide/"])
async def test_another_spelling_of_a_page_is_that_page(engine: Engine, run: Run, spelling: str) -> None:
    found = await SitePages(engine.database).explain(run.project_id, spelling)
    assert found.verdict is Verdict.LISTED
    assert found.reason.startswith(f"It is known as {START}guide.")


async def test_an_address_outside_the_site_or_the_projects_rules_says_which(engine: Engine) -> None:
    details = ProjectDetails(name="Docs", include=("/docs/*",), exclude=("*/old/*", "*.pdf"))
    view = await engine.projects.create("https://example.com/docs/", details, SchedulePatch(), Once())
    pages, project = SitePages(engine.database), view.project.id
    for address, verdict, said in (
        ("https://other.example/docs/a", Verdict.OUT_OF_SCOPE, "example.com"),
        ("https://example.com:8443/docs/a", Verdict.OUT_OF_SCOPE, "another host"),
        ("/blog/a", Verdict.OUT_OF_SCOPE, "/docs/"),
        ("/docs/old/a", Verdict.EXCLUDED, "*/old/*"),
        ("/docs/a.pdf", Verdict.EXCLUDED, "*.pdf"),
        ("/docs", Verdict.EXCLUDED, "/docs/*"),
        ("/docs/a", Verdict.UNKNOWN, "No run"),
    ):
        found = await pages.explain(project, address)
        assert (found.verdict, found.page) == (verdict, None), address
        assert said in found.reason


async def test_a_page_that_the_rules_leave_out_since_says_so(engine: Engine, run: Run) -> None:
    await engine.edit(run.project_id, exclude=["/gui*"])
    found = await SitePages(engine.database).explain(run.project_id, "/guide")
    assert found.verdict is Verdict.LISTED
    assert "It matches /gui*" in found.reason


async def test_the_site_is_where_the_start_page_redirects_to(engine: Engine) -> None:
    view = await engine.projects.create(START, ProjectDetails(name="Moved"), SchedulePatch(), Once())
    hop = Visit(START, 0, 0, Outcome.REDIRECTED, 301, "redirects to https://docs.example.com/v2/")
    home = visit("v2/", "Home", "Welcome.", 1)
    moved = Visit("https://docs.example.com/v2/", 1, 0, Outcome.OK, 200, content=home.content)
    claimed = await engine.claim(await engine.trigger(view.project.id))
    await publish(engine, claimed, hop, moved)
    pages = SitePages(engine.database)
    assert (await pages.explain(view.project.id, "https://docs.example.com/a")).verdict is Verdict.UNKNOWN
    assert (await pages.explain(view.project.id, START + "a")).verdict is Verdict.OUT_OF_SCOPE


async def test_the_folder_is_the_one_that_the_last_run_found(engine: Engine, run: Run) -> None:
    view = await engine.projects.create(f"{START}docs/v1.0", ProjectDetails(name="Docs"), SchedulePatch(), Once())
    assert folder_of(view.project) == "/docs/"
    claimed = await engine.claim(await engine.trigger(view.project.id))
    await publish(engine, claimed, visit("docs/v1.0/", "Home", "Welcome.", 0), folder="/docs/v1.0/")
    assert folder_of((await engine.projects.get(view.project.id)).project) == "/docs/v1.0/"
    found = await SitePages(engine.database).explain(view.project.id, "/docs/v2.0/")
    assert found.verdict is Verdict.OUT_OF_SCOPE
    await engine.edit(view.project.id, scope="host")
    found = await SitePages(engine.database).explain(view.project.id, "/docs/v2.0/")
    assert found.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("address", ["", "guide", "ftp://example.com/", "https://user@example.com/", "/a b\\", "//[x/"])
async def test_what_is_no_address_is_refused(engine: Engine, run: Run, address: str) -> None:
    with pytest.raises(InvalidInput):
        await SitePages(engine.database).explain(run.project_id, address)


async def test_pages_of_a_project_that_is_not_there_are_not_found(engine: Engine) -> None:
    pages = SitePages(engine.database)
    with pytest.raises(NotFound):
        await pages.page(uuid4(), PageFilter(), (-1, ""), 10)
    with pytest.raises(NotFound):
        await pages.explain(uuid4(), START)


async def test_pages_are_counted_by_outcome(engine: Engine, run: Run) -> None:
    pages = SitePages(engine.database)
    assert await pages.counts(run.project_id, PageFilter()) == {"noindex": 1, "ok": 1, "timeout": 1}
    found = await pages.page(run.project_id, PageFilter(listed=True), (-1, ""), 10)
    assert [page.url for page in found] == [HOME.url, GUIDE.url]


@given(st.text(alphabet="/ab", max_size=6), PATTERNS, PATTERNS)
def test_the_rules_are_those_of_the_crawl(path: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> None:
    address = parse(f"https://example.com/{path}")
    frontier = Frontier(scope_of(parse(START), parse(START)), Limits(include=include, exclude=exclude))
    assert bool(why_excluded(address.target, include, exclude)) is not frontier.wants(address)
