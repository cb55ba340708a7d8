from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.crawls import FAST, Crawls
from tests.support.names import naming
from tests.support.site import Answer, moved, page, serving, text

from llmstxt_sched.crawler.dry_run import dry_run
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.domain.robots_copy import RobotsCopy
from llmstxt_sched.domain.urls import parse
from llmstxt_sched.errors import CrawlFailed, NoSuchHost
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_robots_txt_forbids_is_never_asked_for(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/robots.txt": text("User-agent: *\nDisallow: /private\nSitemap: /never\n"),
        "/": page("Home", "/private/a", "/open", "/door"),
        "/open": page("Open"),
        "/door": moved("/private/b"),
        "/private/a": page("Secret"),
        "/private/b": page("Secret"),
        "/sitemap.xml": text("PLACE"),
    }
    async with serving(pages) as site:
        site.pages["/sitemap.xml"] = text(site.url("/private/c"))
        crawled = await crawls(site.url())
        assert crawled.pages() == ["", "open"]
        assert crawled.outcomes()["private/a"] == "robots"
        assert not [path for path in site.asked if path.startswith("/private")]


async def test_what_robots_txt_forbids_leaves_its_room_to_pages(crawls: Crawls) -> None:
    posts = [f"/{number}" for number in range(8)]
    pages: dict[str, Answer] = {"/": page("Blog", *posts), **{post: page(f"Post {post}") for post in posts}}
    limits = replace(FAST, max_pages=5)
    async with serving({**pages, "/robots.txt": text("User-agent: *\nDisallow: /0\nDisallow: /1\n")}) as site:
        crawled = await crawls(site.url(), limits)
        assert crawled.pages() == ["", "2", "3", "4", "5"]
        assert [limit.where for limit in crawled.report.reached] == [site.url("/6")]
        plan = await dry_run(site.url(), limits, client=crawls.client, parser=crawls.parser, pace=LocalPace())
        assert [each.url for each in plan.pages] == [site.url(f"/{path}") for path in crawled.pages()]
        assert {away.reason: away.count for away in plan.taken_away} == {"robots": 2, "max_pages": 2}


async def test_a_robots_txt_of_thousands_of_patterns_is_obeyed(crawls: Crawls) -> None:
    patterns = "".join(f"Disallow: /*{number}*b*c*d\n" for number in range(5000))
    pages: dict[str, Answer] = {
        "/robots.txt": text(f"User-agent: *\nDisallow: /private\n{patterns}"),
        "/": page("Home", "/private", "/open", "/4999/b/c/d"),
        "/open": page("Open"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.pages() == ["", "open"]
        assert crawled.outcomes()["private"] == crawled.outcomes()["4999/b/c/d"] == "robots"


async def test_the_event_loop_goes_on_while_many_patterns_are_looked_at(crawls: Crawls) -> None:
    patterns = "".join(f"Disallow: /*{number}*b*c*d\n" for number in range(5000))
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with serving({"/robots.txt": text(f"User-agent: *\n{patterns}")}) as site:
        robots_cache, url = RobotsCache(crawls.client, LocalPace(), 0), parse(site.url("/a"))
        await robots_cache.robots(url)
        turning = asyncio.create_task(turn())
        assert await robots_cache.allows(url)
        turning.cancel()
    assert turns


async def test_a_start_page_that_robots_txt_forbids_fails_for_good(crawls: Crawls) -> None:
    async with serving({"/robots.txt": text("User-agent: llmstxt-sched\nDisallow: /"), "/": page("Home")}) as site:
        failed = await crawls.failure(site.url())
        assert (failed.code, failed.transient) == ("robots", False)
        assert site.asked["/"] == 0


@pytest.mark.parametrize("status", [304, 429, 500, 503])
async def test_while_robots_txt_cannot_be_had_nothing_is_asked_for(crawls: Crawls, status: int) -> None:
    answer = web.Response(status=status, headers={"Retry-After": "7"})
    async with serving({"/robots.txt": answer, "/": page("Home")}) as site:
        failed = await crawls.failure(site.url())
        assert (failed.code, failed.transient, failed.retry_after) == ("robots_unreachable", True, 7)
        assert site.asked["/"] == 0


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410])
async def test_no_robots_txt_allows_all(crawls: Crawls, status: int) -> None:
    async with serving({"/robots.txt": web.Response(status=status), "/": page("Home")}) as site:
        assert (await crawls(site.url())).pages() == [""]


async def test_robots_txt_is_followed_five_redirects_far(crawls: Crawls) -> None:
    rules = text("User-agent: *\nDisallow: /a")
    hops: dict[str, Answer] = {f"/r{n}": moved(f"/r{n + 1}") for n in range(1, 8)}
    async with serving({"/robots.txt": moved("/r4"), **hops, "/r8": rules, "/": page("Home", "/a")}) as site:
        assert (await crawls(site.url())).outcomes()["a"] == "robots"
        site.pages["/robots.txt"] = moved("/r1")
        assert (await crawls(site.url())).outcomes()["a"] == "gone"


async def test_robots_txt_that_leads_inside_blocks_the_crawl(crawls: Crawls) -> None:
    async with serving({"/robots.txt": moved("http://169.254.169.254/"), "/": page("Home")}) as site:
        assert (await crawls.failure(site.url())).code == "robots_blocked"
        assert site.asked["/"] == 0


@pytest.mark.slow
async def test_a_name_that_does_not_exist_is_misspelt_and_one_that_nobody_answers_for_is_not(crawls: Crawls) -> None:
    async with (
        naming({"silent.example": None}) as names,
        open_client(Gate(), "llmstxt-sched/0", [names.address]) as client,
    ):
        here = Crawls(client, crawls.parser)
        absent = await here.failure("http://doks.example/")
        assert (type(absent), absent.code, absent.transient) == (NoSuchHost, "dns_error", False)
        assert "doks.example" in absent.message
        silent = await here.failure("http://silent.example/")
        assert (type(silent), silent.code, silent.transient) == (CrawlFailed, "dns_error", True)


class Copies:
    """Copies in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, RobotsCopy] = {}

    async def get(self, origin: str) -> RobotsCopy | None:
        return self.kept.get(origin)

    async def put(self, origin: str, copy: RobotsCopy) -> None:
        self.kept[origin] = copy


async def test_a_robots_txt_that_is_known_is_asked_for_and_not_sent_again(crawls: Crawls) -> None:
    async def rules(request: web.BaseRequest) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(text="User-agent: *\nDisallow: /a", headers={"ETag": '"1"'})

    async with serving({"/robots.txt": rules, "/": page("Home", "/a"), "/a": page("A")}) as site:
        copies = Copies()
        for _ in range(2):
            crawled = await crawls(site.url(), robots_copies=copies)
            assert crawled.outcomes()["a"] == "robots"
        assert (site.asked["/robots.txt"], crawled.report.politeness.not_modified) == (2, 1)
        site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /b")
        assert (await crawls(site.url(), robots_copies=copies)).outcomes()["a"] == "ok"
        assert copies.kept[site.origin].body == b"User-agent: *\nDisallow: /b"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_while_a_server_is_away_its_copy_counts(crawls: Crawls, status: int) -> None:
    pages: dict[str, Answer] = {"/robots.txt": web.Response(status=status), "/": page("Home", "/a"), "/a": page("A")}
    async with serving(pages) as site:
        copies = Copies()
        copies.kept[site.origin] = RobotsCopy(b"User-agent: *\nDisallow: /a")
        assert (await crawls(site.url(), robots_copies=copies)).outcomes() == {"": "ok", "a": "robots"}
        assert site.asked["/a"] == 0


@pytest.mark.parametrize("status", [304, 400, 412])
async def test_a_server_that_fails_at_a_condition_is_asked_without_one_and_obeyed(crawls: Crawls, status: int) -> None:
    async def rules(request: web.BaseRequest) -> web.StreamResponse:
        if "If-None-Match" not in request.headers:
            return web.Response(text="User-agent: *\nDisallow: /a", headers={"ETag": '"1"'})
        if status == 304 and request.transport:
            request.transport.write(b"HTTP/1.1 304 Not Modified\r\n\r\nA body, which a 304 has not.")
            request.transport.close()
        return web.Response(status=status)

    async with serving({"/robots.txt": rules, "/": page("Home", "/a"), "/a": page("A")}) as site:
        copies = Copies()
        for _ in range(3):
            assert (await crawls(site.url(), robots_copies=copies)).outcomes()["a"] == "robots"


async def test_a_robots_txt_that_is_gone_replaces_its_copy(crawls: Crawls) -> None:
    async with serving({"/": page("Home", "/a"), "/a": page("A")}) as site:
        copies = Copies()
        copies.kept[site.origin] = RobotsCopy(b"User-agent: *\nDisallow: /a", '"1"')
        assert (await crawls(site.url(), robots_copies=copies)).pages() == ["", "a"]
        assert copies.kept[site.origin] == RobotsCopy(b"")


async def test_what_is_read_with_a_login_is_kept_for_nobody_and_a_copy_of_others_is_not_taken(crawls: Crawls) -> None:
    async with serving({"/robots.txt": text("User-agent: *\nDisallow: /b"), "/": page("Home", "/a")}) as site:
        copies = Copies()
        await crawls(site.url(), robots_copies=copies, own_headers={"X-Token": "s3cret"})
        assert copies.kept == {}
        copies.kept[site.origin] = RobotsCopy(b"")
        site.pages["/robots.txt"] = web.Response(status=503)
        with pytest.raises(CrawlFailed):
            await crawls(site.url(), robots_copies=copies, own_headers={"X-Token": "s3cret"})


@pytest.mark.slow
@pytest.mark.parametrize("busy", ["/sitemap.xml", "/llms.txt", "/a.md"])
async def test_a_site_that_asks_for_it_is_left_alone_whatever_it_was_asked_for(crawls: Crawls, busy: str) -> None:
    asked = dict[str, float]()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        asked[request.path] = asyncio.get_running_loop().time()
        if request.path == busy:
            return web.Response(status=429, headers={"Retry-After": "1"})
        copy = '<link rel="alternate" type="text/markdown" href="/a.md">' if request.path == "/a" else ""
        link = "/a" if request.path == "/" else "/b"
        return web.Response(text=page(request.path, link, head=copy), content_type="text/html")

    async with serving(dict.fromkeys(("/", "/a", "/b", busy), answer)) as site:
        await crawls(site.url())
    following = min(at for at in asked.values() if at > asked[busy])
    # Less by the time that its answer took.
    assert following - asked[busy] > 0.9
