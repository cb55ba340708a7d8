from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.crawls import FAST, Crawls
from tests.support.site import Answer, moved, page, serving, text

from llmstxt_sched.crawler.frontier.crawl_request import AddressState
from llmstxt_sched.crawler.frontier.frontier import Frontier
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import KnownAddress, Limits
from llmstxt_sched.crawler.revisits import Revisits
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.domain.urls import parse, scope_of
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_known_pages_to_which_nothing_leads_are_asked_last_in_their_order(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/a"),
        "/a": page("A"),
        "/old": page("Old", "/from-old"),
        "/older": page("Older"),
        "/from-old": page("From old"),
        "/moved": moved("/target"),
        "/target": page("Target", "/from-target"),
        "/from-target": page("From target"),
    }
    async with serving(pages) as site:
        listed = [KnownAddress(site.url(path), 1) for path in ("/older", "/a", "/gone", "/old", "/moved")]
        crawled = await crawls(site.url(), listed=listed)
        assert crawled.outcomes() == {
            "": "ok",
            "a": "ok",
            "older": "ok",
            "gone": "gone",
            "old": "ok",
            "moved": "redirected",
            "target": "ok",
        }
        assert crawled.report.seen_all
        assert crawled.report.unlinked == {site.url(path) for path in ("/older", "/gone", "/old", "/moved")}
        assert crawled.report.decided == {site.url("/a")}


async def test_what_the_site_links_to_takes_all_of_the_limit_if_it_needs_it(crawls: Crawls) -> None:
    pages = {"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B"), "/1": page("1"), "/2": page("2")}
    async with serving(pages) as site:
        listed = [KnownAddress(site.url(path), 1) for path in ("/1", "/2")]
        full = await crawls(site.url(), replace(FAST, max_pages=3), listed=listed)
        assert full.pages() == ["", "a", "b"]
        assert full.report.decided == {site.url("/1"), site.url("/2")}
        one_left = await crawls(site.url(), replace(FAST, max_pages=4), listed=listed)
        assert one_left.pages() == ["", "a", "b", "1"]
        assert one_left.report.decided == {site.url("/2")}
        assert one_left.report.limits == ("max_pages",)


async def test_what_is_shut_out_or_known_by_another_spelling_is_not_asked_again(crawls: Crawls) -> None:
    async with serving({"/": page("Home"), "/x": page("X"), "/deep": page("Deep")}) as site:
        listed = [
            KnownAddress(site.url("/x"), 1),
            KnownAddress(site.url("/deep"), 4),
            KnownAddress(site.url().replace("http://", "http://www."), 0),
            KnownAddress("https://elsewhere.example/", 1),
        ]
        limits = replace(FAST, exclude=("/x",), max_depth=3)
        crawled = await crawls(site.url(), limits, listed=listed)
        assert crawled.pages() == [""]
        assert crawled.report.decided == {known.url for known in listed}


@pytest.mark.slow
async def test_where_the_time_is_up_the_known_pages_have_a_part_of_it_and_the_rest_stays_open(crawls: Crawls) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    pages: dict[str, Answer] = {
        "/": page("Home", "/hang", "/linked"),
        "/linked": page("Linked"),
        "/1": page("1"),
        "/robots.txt": text("User-agent: *\nDisallow: /forbidden"),
    }
    async with serving({**pages, "/hang": hang, "/2": hang}) as site:
        paths = ("/1", "/2", "/3", "/hang", "/forbidden", "/linked")
        listed = [KnownAddress(site.url(path), 1) for path in paths]
        crawled = await crawls(site.url(), replace(FAST, max_seconds=4), listed=listed)
        assert crawled.pages() == ["", "1"]
        assert crawled.report.limits == ("max_seconds",)
        assert crawled.report.decided == {site.url("/forbidden")}


@pytest.mark.slow
async def test_where_the_time_is_too_short_for_all_what_is_new_goes_before_known_pages(crawls: Crawls) -> None:
    """Also what only known pages lead to: each run would read the same first pages, and the others never."""
    names = [f"/{number}" for number in range(60)]
    old: dict[str, Answer] = {"/": page("Home", *names), **{name: page(f"Page {name}") for name in names}}
    old["/59"] = page("Last", "/leaf")
    async with serving(old) as site:
        before = await crawls(site.url(), replace(FAST, max_depth=1))
        listed = [KnownAddress(site.url(name), 1) for name in names]
        news = ("/new", "/newer")
        site.pages |= {"/": page("Home", *names, *news), "/leaf": page("Leaf"), **{each: page(each) for each in news}}
        limits = replace(FAST, delay_seconds=0.1, max_seconds=5)
        crawled = await crawls(site.url(), limits, known=before.known(), listed=listed)
        assert {"new", "newer", "leaf"} < crawled.outcomes().keys()
        # The rest of the time is for those that were not read yet.
        assert 30 < len(crawled.visits) < 60
        assert crawled.report.limits == ("max_seconds",)
        assert not crawled.report.seen_all


async def test_known_pages_that_were_visited_are_passed_over_in_turn_with_other_work() -> None:
    home = parse("https://docs.example/")
    frontier = Frontier(scope_of(home, home), Limits())
    known = [KnownAddress(f"https://docs.example/{number}", 1) for number in range(1000)]
    for page_ in known[1:]:
        frontier.set_state(parse(page_.url), AddressState.PAGE)
    async with open_client(Gate(), "llmstxt-sched/0") as client:
        revisits = Revisits(known, frontier, RobotsCache(client, LocalPace(), 0))
        skipping, turns = asyncio.create_task(revisits.skip_visited()), 0
        while not skipping.done():
            await asyncio.sleep(0)
            turns += 1
    assert turns >= 10
    assert revisits.decided == {page_.url for page_ in known[1:]}
    assert [str(request.url) for request in revisits.requests()] == [known[0].url]
