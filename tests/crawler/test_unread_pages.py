from __future__ import annotations

import pytest
from aiohttp import web
from tests.support.crawls import Crawls
from tests.support.names import naming
from tests.support.site import Answer, page, serving

from llmstxt_sched.crawler.model import KnownAddress, Outcome
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.crawler.unread_pages import is_refused, is_uncertain
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate

with_parser = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("outcome", "status", "expected"),
    [
        (Outcome.HTTP_ERROR, 503, (True, True)),
        (Outcome.HTTP_ERROR, 408, (True, True)),
        (Outcome.HTTP_ERROR, 403, (False, True)),
        (Outcome.EMPTY, 200, (False, True)),
        (Outcome.TIMEOUT, None, (True, False)),
        (Outcome.ROBOTS_UNREACHABLE, None, (True, False)),
        (Outcome.ROBOTS, None, (False, False)),
        (Outcome.GONE, 404, (False, False)),
    ],
)
def test_an_answer_may_leave_open_whether_the_page_is_there(
    outcome: Outcome, status: int | None, expected: tuple[bool, bool]
) -> None:
    assert (is_uncertain(outcome, status), is_refused(outcome)) == expected


@with_parser
@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "robots"), (404, "ok"), (429, "robots_unreachable"), (503, "robots_unreachable")]
)
async def test_a_second_host_whose_rules_cannot_be_had_forbids_nothing_for_good(
    status: int, outcome: str, parser: ParserPool
) -> None:
    async def rules(request: web.BaseRequest) -> web.Response:
        is_first = request.host.startswith("docs.")
        return web.Response(status=404 if is_first else status, text="User-agent: *\nDisallow: /")

    zone = {"docs.example": ["127.0.0.1"], "www.docs.example": ["127.0.0.1"]}
    gate = Gate("127.0.0.0/8")
    async with serving({"/robots.txt": rules, "/a": page("A")}) as site, naming(zone) as names:
        site.pages["/"] = page("Home", f"http://www.docs.example:{site.port}/a")
        async with open_client(gate, "llmstxt-sched/0", [names.address]) as client:
            crawled = await Crawls(client, parser)(f"http://docs.example:{site.port}/")
    assert crawled.outcomes() == {"": "ok", "a": outcome}
    assert site.asked["/a"] == (outcome == "ok")


@with_parser
async def test_a_second_host_where_no_crawl_may_go_is_forbidden_for_good(parser: ParserPool) -> None:
    zone = {"docs.example": ["127.0.0.1"], "www.docs.example": ["10.0.0.1"]}
    async with serving({}) as site, naming(zone) as names:
        site.pages["/"] = page("Home", f"http://www.docs.example:{site.port}/a")
        async with open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0", [names.address]) as client:
            crawled = await Crawls(client, parser)(f"http://docs.example:{site.port}/")
    assert crawled.outcomes() == {"": "ok", "a": "robots"}


@with_parser
async def test_a_start_page_that_is_read_by_its_copy_leads_where_that_one_does(crawls: Crawls) -> None:
    """Its HTML is empty, as that of a page which could not be read."""

    def copy(link: str) -> web.Response:
        return web.Response(text=f"# Home\n\nAll about it, and [more]({link}).", content_type="text/markdown")

    shell = '<html><head><link rel="alternate" type="text/markdown" href="/index.md"></head><body></body></html>'
    pages: dict[str, Answer] = {"/": shell, "/index.md": copy("/a"), "/a": page("A"), "/b": page("B")}
    async with serving(pages) as site:
        first = await crawls(site.url())
        assert first.pages() == ["", "a"]
        site.pages["/index.md"] = copy("/b")
        listed = [KnownAddress(site.url(f"/{path}"), 1) for path in first.pages()]
        assert (await crawls(site.url(), known=first.known(), listed=listed)).pages() == ["", "b", "a"]
