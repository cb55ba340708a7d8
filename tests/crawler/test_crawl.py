from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.crawls import FAST, Crawls
from tests.support.names import Zone, naming
from tests.support.site import Answer, Site, moved, page, serving, text

from llmstxt_sched.crawler.crawl import crawl
from llmstxt_sched.crawler.earlier_pages import NoEarlierPages
from llmstxt_sched.crawler.frontier.frontier import MAX_MENUS
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import Visit
from llmstxt_sched.domain.run import Progress, ReachedLimit
from llmstxt_sched.errors import CrawlFailed, NoSuchHost
from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_pages_come_breadth_first_in_the_order_of_their_links(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/b", "/a", "#top", "https://elsewhere.example/"),
        "/a": page("A", "/a/1", "/b"),
        "/b": page("B", "/b/2", "/b/1", "/"),
        "/a/1": page("A1"),
        "/b/1": page("B1"),
        "/b/2": page("B2"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert list(crawled.outcomes()) == ["", "b", "a", "b/2", "b/1", "a/1"]
        assert crawled.report.start_url == site.url()
        assert crawled.report.seen_all
        assert crawled.report.progress == Progress(found=6, fetched=6)
        assert crawled.progress[-1] == crawled.report.progress


async def test_neither_connections_nor_the_order_of_answers_change_a_visit(crawls: Crawls) -> None:
    def late(body: str) -> Answer:
        async def answer(_: web.BaseRequest) -> web.Response:
            await asyncio.sleep(random.random() / 50)
            return web.Response(text=body, content_type="text/html")

        return answer

    bodies = {f"/{n}": page(f"Page {n}", *(f"/{m}" for m in (n * 3, n * 3 + 1, n * 2) if m < 25)) for n in range(1, 25)}
    pages: dict[str, Answer] = {
        "/": page("Home", "/1", "/2"),
        **{path: late(body) for path, body in bodies.items()},
    }
    async with serving(pages) as site:
        one = await crawls(site.url(), replace(FAST, connections_per_host=1))
        many = await crawls(site.url(), replace(FAST, connections_per_host=6))
        assert len(one.visits) > 15
        assert one.outcomes() == many.outcomes()
        assert list(one.outcomes()) == list(many.outcomes())


async def test_the_site_is_where_the_start_redirects_to(crawls: Crawls) -> None:
    pages = {"/docs/": page("Docs", "a", "/b"), "/docs/a": page("A"), "/b": page("B")}
    async with serving(pages) as site, serving({}) as old:
        old.pages["/"] = moved(site.url("/docs/"))
        crawled = await crawls(old.url())
        assert crawled.report.start_url == site.url("/docs/")
        assert crawled.outcomes() == {"": "redirected", "docs/": "ok", "docs/a": "ok", "b": "ok"}


@pytest.mark.parametrize(("status", "is_transient"), [(302, True), (307, True), (301, False), (308, False)])
async def test_a_start_that_redirects_to_above_its_folder_takes_no_more_of_the_host(
    crawls: Crawls, status: int, is_transient: bool
) -> None:
    pages = {"/": page("Shop", "/a", "/docs/a"), "/a": page("A"), "/docs/a": page("B")}
    async with serving({**pages, "/docs/": moved("/", status)}) as site:
        for start in ("/docs/", "/docs"):
            site.pages[start] = moved("/", status)
            with pytest.raises(CrawlFailed, match="above /docs/") as failed:
                await crawls(site.url(start), replace(FAST, folder="/docs/"))
            assert (failed.value.code, failed.value.transient) == ("offsite", is_transient)
        # Which folder it is, only the first crawl has to find out.
        assert (await crawls(site.url("/docs/"))).report.folder == "/"


async def test_a_folder_that_a_start_page_without_a_redirect_lies_above_is_not_its_own(crawls: Crawls) -> None:
    async with serving({"/": page("Home", "/docs/"), "/docs/": page("Docs")}) as site:
        crawled = await crawls(site.url(), replace(FAST, folder="/docs/"))
        assert (crawled.pages(), crawled.report.folder) == (["", "docs/"], "/")


async def test_a_site_that_moves_to_another_host_or_beside_its_folder_is_followed(crawls: Crawls) -> None:
    async with serving({"/": page("Docs", "/a"), "/a": page("A"), "/v3/": page("New")}) as site, serving({}) as old:
        old.pages["/docs/"] = moved(site.url())
        assert (await crawls(old.url("/docs/"), replace(FAST, folder="/docs/"))).report.folder == "/"
        site.pages["/latest/"] = moved("/v3/")
        assert (await crawls(site.url("/latest/"), replace(FAST, folder="/v2/"))).report.folder == "/v3/"


async def test_a_start_page_that_links_below_itself_no_more_keeps_its_folder(crawls: Crawls) -> None:
    async with serving({"/docs/app": page("App", "/docs/b"), "/docs/b": page("B")}) as site:
        assert (await crawls(site.url("/docs/app"), replace(FAST, folder="/docs/app/"))).report.folder == "/docs/app/"


async def test_a_start_folder_restricts_the_crawl(crawls: Crawls) -> None:
    pages = {"/docs/": page("Docs", "a", "/b"), "/docs/a": page("A"), "/b": page("B")}
    async with serving(pages) as site:
        assert (await crawls(site.url("/docs/"))).pages() == ["docs/", "docs/a"]


async def test_a_start_page_covers_the_folder_that_it_lies_in_unless_told_otherwise(crawls: Crawls) -> None:
    pages = {"/docs/intro": page("Intro", "setup", "/b"), "/docs/setup": page("Setup"), "/b": page("B")}
    async with serving(pages) as site:
        crawled = await crawls(site.url("/docs/intro"))
        assert (crawled.pages(), crawled.report.folder) == (["docs/intro", "docs/setup"], "/docs/")
        path = await crawls(site.url("/docs/intro"), replace(FAST, scope="path"))
        assert path.pages() == ["docs/intro"]
        host = await crawls(site.url("/docs/intro"), replace(FAST, scope="host"))
        assert host.pages() == ["docs/intro", "docs/setup", "b"]


@pytest.mark.parametrize(
    ("status", "code", "transient"),
    [(404, "http_error", False), (403, "http_error", False), (503, "http_error", True), (429, "rate_limited", True)],
)
async def test_a_start_page_that_fails_fails_the_crawl(crawls: Crawls, status: int, code: str, transient: bool) -> None:
    async with serving({"/": web.Response(status=status, headers={"Retry-After": "60"})}) as site:
        failed = await crawls.failure(site.url())
        assert (failed.code, failed.transient) == (code, transient)
        assert failed.retry_after == 60
        assert site.asked["/"] == 1


async def test_an_address_that_the_gate_refuses_fails_for_good(crawls: Crawls) -> None:
    failed = await crawls.failure("http://10.0.0.1/")
    assert (failed.code, failed.transient) == ("blocked_address", False)


@pytest.mark.parametrize(
    "target", ["mailto:a@b.example", "http://a:b@c.example/", "http://10.0.0.1/", "/" + "a" * 3000]
)
async def test_a_start_page_that_sends_us_where_we_do_not_go_says_that_it_does(crawls: Crawls, target: str) -> None:
    async with serving({"/": moved(target)}) as site:
        failed = await crawls.failure(site.url())
        assert failed.code == "blocked_address"
        assert failed.message.startswith(f"{site.url()} redirects to where this service does not go: ")


async def test_a_name_to_which_a_start_page_redirects_is_not_called_a_slip_of_the_user(crawls: Crawls) -> None:
    names: Zone = {"inside.example": ["10.0.0.1"]}
    async with (
        naming(names) as server,
        open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0", [server.address]) as client,
        serving({}) as site,
    ):
        here = Crawls(client, crawls.parser)
        site.pages["/"] = moved("http://gone.example/")
        failed = await here.failure(site.url())
        assert isinstance(failed, NoSuchHost)
        assert failed.message == f"{site.url()} redirects to gone.example, and there is no host of this name"
        site.pages["/"] = moved("http://inside.example/")
        failed = await here.failure(site.url())
        told = f"{site.url()} redirects to http://inside.example/, where this service does not go: 10.0.0.1 is not"
        assert failed.message.startswith(told)


async def test_a_site_without_any_page_fails(crawls: Crawls) -> None:
    async with serving({"/": page("Home", head='<meta name="robots" content="noindex">')}) as site:
        assert (await crawls.failure(site.url())).code == "no_pages"


@pytest.mark.parametrize(
    ("picks", "options"),
    [
        (Picks(drop=("body",)), "the option drop"),
        (Picks(keep=("main",), drop=("h1", "p", "ul")), "the options keep and drop"),
    ],
)
async def test_a_site_of_which_its_options_leave_no_page_is_told_so(crawls: Crawls, picks: Picks, options: str) -> None:
    async with serving({"/": page("Home", "/a"), "/a": page("A", head="<script src=/a.js></script>")}) as site:
        failed = await crawls.failure(site.url(), replace(FAST, picks=picks))
        assert failed.code == "no_pages"
        assert failed.message == f"{site.url()} and what it links to hold no page: {options} may leave nothing of them"
    async with serving({"/": page("Home", head='<meta name="robots" content="noindex">')}) as site:
        failed = await crawls.failure(site.url(), replace(FAST, picks=picks))
        assert failed.message == f"{site.url()} and what it links to hold no page"


def behind_login(pages: dict[str, str]) -> tuple[dict[str, Answer], list[tuple[str, str]]]:
    """Pages that answer 401 without the token, and a list of the paths and tokens that they were asked with."""
    asked: list[tuple[str, str]] = []

    def guarded(body: str) -> Answer:
        async def answer(request: web.BaseRequest) -> web.Response:
            token = request.headers.get("X-Token", "")
            asked.append((request.path, token))
            if token != "s3cret":
                return web.Response(status=401)
            return web.Response(text=body, content_type="text/html")

        return answer

    return {path: guarded(body) for path, body in pages.items()}, asked


async def test_own_headers_open_the_pages_robots_and_sitemap_of_the_site(crawls: Crawls) -> None:
    pages, asked = behind_login({"/": page("Home", "/a"), "/a": page("A"), "/b": page("B"), "/robots.txt": ""})
    async with serving(pages) as site:
        site.pages["/sitemap.xml"] = text(f"<urlset><url><loc>{site.url('/b')}</loc></url></urlset>")
        assert (await crawls(site.url(), own_headers={"X-Token": "s3cret"})).pages() == ["", "a", "b"]
        assert {token for _, token in asked} == {"s3cret"}
        assert (await crawls.failure(site.url())).code == "http_error"


async def test_own_headers_are_sent_to_no_other_host_or_port(crawls: Crawls) -> None:
    others, asked = behind_login(dict.fromkeys(["/", "/robots.txt", "/map.xml", "/old", "/copy.md"], page("Other")))
    async with serving(others) as other, serving({}) as site:
        site.pages = {
            "/robots.txt": text(f"Sitemap: {other.url('/map.xml')}\nSitemap: {site.url('/map.xml')}\n"),
            "/map.xml": moved(other.url("/map.xml")),
            "/": page("Home", "/old", other.url("/"), head=f'<link rel="canonical" href="{other.url("/")}">'),
            "/old": moved(other.url("/old")),
            "/llms.txt": moved(other.url("/")),
        }
        await crawls(site.url(), own_headers={"X-Token": "s3cret", "Cookie": "sid=s3cret"})
        assert (site.headers["X-Token"], site.headers["Cookie"]) == ("s3cret", "sid=s3cret")
        assert {token for _, token in asked} <= {""}
        site.pages["/"] = moved(other.url("/"))
        failed = await crawls.failure(site.url(), own_headers={"X-Token": "s3cret"})
        assert failed.message == f"{other.url()} answered 401: the credentials are sent to {site.origin} alone"
        assert ("/", "") in asked
        assert {token for _, token in asked} == {""}


def trap(site: Site, path: str, *links: str) -> None:
    site.pages[path] = page(f"Trap {path}", *links)


SHELL = '<title>App</title><div id="root"></div><script src="/app.js"></script>'


async def test_a_site_whose_pages_need_their_scripts_fails_with_that_sentence(crawls: Crawls) -> None:
    async with serving({"/": SHELL, "/a": SHELL}) as site:
        site.pages["/sitemap.xml"] = text(f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>")
        failure = await crawls.failure(site.url())
        assert (failure.code, failure.transient) == ("needs_rendering", False)
        assert "scripts in the browser" in failure.message


async def test_pages_that_need_their_scripts_are_named_up_to_twenty(crawls: Crawls) -> None:
    shells = [f"/app/{number:02}" for number in range(22)]
    async with serving({"/": page("Home", *shells), **dict.fromkeys(shells, SHELL)}) as site:
        crawled = await crawls(site.url())
        assert crawled.pages() == [""]
        told = crawled.report.needs_rendering
        assert (told.count, list(told.urls)) == (22, [site.url(shell) for shell in shells[:20]])


async def test_neither_dead_links_nor_aliases_take_room_from_pages(crawls: Crawls) -> None:
    links = ("/gone", "/index.html", "/a", "/a/", "/moved", "/kept-out", "/b", "/c")
    home = page("Mill", *links)
    pages: dict[str, Answer] = {
        "/": home,
        "/index.html": home,
        "/a": page("A"),
        "/a/": page("A"),
        "/moved": moved("/a"),
        "/kept-out": page("K", head='<meta name="robots" content="noindex">'),
        "/b": page("B"),
        "/c": page("C"),
    }
    async with serving(pages) as site:
        for most, expected in ((2, ["", "a"]), (3, ["", "a", "b"]), (4, ["", "a", "b", "c"])):
            crawled = await crawls(site.url(), replace(FAST, max_pages=most))
            assert crawled.pages() == expected
            assert crawled.report.limits == (("max_pages",) if most < 4 else ())


async def test_each_limit_that_bites_is_named(crawls: Crawls) -> None:
    async with serving({}) as site:
        trap(site, "/", "/1", "/2", "/3")
        trap(site, "/1", "/1/1")
        trap(site, "/2")
        trap(site, "/1/1", "/1/1/deep")
        few = await crawls(site.url(), replace(FAST, max_pages=3))
        assert (few.pages(), few.report.limits, few.report.seen_all) == (["", "1", "2"], ("max_pages",), False)
        shallow = await crawls(site.url(), replace(FAST, max_depth=2))
        assert "1/1" in shallow.pages()
        assert shallow.report.limits == ("max_depth",)


@pytest.mark.slow
async def test_a_limit_of_time_names_the_address_that_was_waited_for(crawls: Crawls) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving({"/": page("Home", "/hang"), "/hang": hang}) as site:
        crawled = await crawls(site.url(), replace(FAST, max_seconds=1))
        assert crawled.report.reached == (ReachedLimit("max_seconds", site.url("/hang")),)


@pytest.mark.slow
async def test_a_sitemap_that_takes_all_of_the_time_leaves_the_start_page_and_is_a_limit(crawls: Crawls) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving({"/": page("Home"), "/sitemap.xml": hang}) as site:
        crawled = await crawls(site.url(), replace(FAST, max_seconds=3))
        assert (crawled.pages(), crawled.report.limits, crawled.report.seen_all) == ([""], ("max_seconds",), False)


async def test_the_report_counts_what_was_asked_of_the_site_and_what_that_saved(crawls: Crawls) -> None:
    def tagged(title: str, *links: str) -> Answer:
        body = page(title, *links).encode()

        async def answer(request: web.BaseRequest) -> web.Response:
            if request.headers.get("If-None-Match") == '"1"':
                return web.Response(status=304)
            return web.Response(body=body, content_type="text/html", headers={"ETag": '"1"'})

        return answer

    robots = "User-agent: *\nDisallow: /private\nDisallow: /tmp\n"
    pages: dict[str, Answer] = {
        "/robots.txt": text(robots),
        "/": tagged("Home", "/a", "/old"),
        "/a": tagged("A"),
        "/old": moved("/a"),
    }
    async with serving(pages) as site:
        first = await crawls(site.url(), replace(FAST, delay_seconds=0.05))
        told = first.report.politeness
        assert told.requests == sum(site.asked.values())
        assert (told.not_modified, told.bytes_saved, told.robots_rules, told.retries) == (0, 0, 2, 0)
        assert told.bytes == sum(visit.wire_bytes for visit in first.visits) + len(robots)
        assert 0.04 < told.longest_wait < 30
        assert told.user_agent == "llmstxt-sched/0"
        again = (await crawls(site.url(), known=first.known())).report.politeness
        assert (again.not_modified, again.bytes_saved) == (2, sum(visit.wire_bytes for visit in first.visits))
        assert again.bytes == len(robots)


async def test_the_report_counts_what_was_asked_twice(crawls: Crawls) -> None:
    flaky = web.Response(status=503, headers={"Retry-After": "0"})
    async with serving({"/": page("Home", "/flaky"), "/flaky": flaky}) as site:
        assert (await crawls(site.url())).report.politeness.retries == 1
        assert site.asked["/flaky"] == 2


async def test_traps_end(crawls: Crawls) -> None:
    async with serving({}) as site:
        links = [*(f"/c?d={n}" for n in range(30)), "/a/a/a/x", "/" + "s/t/u/v/w/" * 2 + "y/" * 12]
        trap(site, "/", *links)
        crawled = await crawls(site.url())
        assert set(crawled.report.limits) == {"query_variants", "repeated_segments", "path_segments"}
        assert sum(path.startswith("/c?") for path in site.asked) == 20


async def test_session_parameters_make_no_pages(crawls: Crawls) -> None:
    async def shop(_: web.BaseRequest) -> web.Response:
        mark = random.getrandbits(64)
        links = [f"/item{n};jsessionid={mark}?PHPSESSID={mark}&sid={mark}" for n in range(3)]
        return web.Response(text=page("Shop", *links), content_type="text/html")

    async with serving(dict.fromkeys(["/", "/item0", "/item1", "/item2"], shop)) as site:
        assert (await crawls(site.url())).pages() == ["", "item0", "item1", "item2"]


async def test_a_site_with_new_nonces_and_ids_in_every_link_has_not_changed(crawls: Crawls) -> None:
    async def guide(_: web.BaseRequest) -> web.Response:
        mark = f"a1{random.getrandbits(64):016x}"
        text = f"A guide to <a href='#tab-{mark}'>the tabs</a> of it.</p><p>Page generated in {random.random()} seconds"
        items = [f"<a href='/item{n}?_wpnonce={mark}&amp;csrf_token={mark}&amp;sid={mark}'>{n}</a>" for n in range(3)]
        return web.Response(text=page("Guide", text=f"{' '.join(items)} {text}"), content_type="text/html")

    async with serving(dict.fromkeys(["/", "/item0", "/item1", "/item2"], guide)) as site:
        first = await crawls(site.url())
        second = await crawls(site.url(), known=first.known())
        assert second.outcomes() == first.outcomes()
        assert [visit.content for visit in second.visits] == [visit.content for visit in first.visits]


async def test_include_and_exclude_choose_pages(crawls: Crawls) -> None:
    pages = {path: page(path, "/a/1", "/a/2", "/b/1") for path in ("/", "/a/1", "/a/2", "/b/1")}
    async with serving(pages) as site:
        assert (await crawls(site.url(), replace(FAST, include=("/a/*",)))).pages() == ["", "a/1", "a/2"]
        assert (await crawls(site.url(), replace(FAST, exclude=("*/1",)))).pages() == ["", "a/2"]


@pytest.mark.slow
async def test_a_crawl_whose_time_is_up_completes_with_what_it_has(crawls: Crawls) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving({"/": page("Home", "/a", "/hang", "/b"), "/a": page("A"), "/hang": hang}) as site:
        crawled = await crawls(site.url(), replace(FAST, max_seconds=1))
        assert crawled.pages() == ["", "a"]
        assert (crawled.report.limits, crawled.report.seen_all) == (("max_seconds",), False)
        site.pages["/"] = hang
        failed = await crawls.failure(site.url(), replace(FAST, max_seconds=0.3))
        assert (failed.code, failed.transient) == ("timeout", True)


@pytest.mark.slow
async def test_globs_that_take_long_over_a_long_sitemap_end_with_the_crawl(crawls: Crawls) -> None:
    addresses = "\n".join(f"/{'a' * 1900}{number}" for number in range(3000))
    globs = tuple(f"*{'a*' * 240}{number}b*" for number in range(100))
    async with serving({"/": page("Home"), "/sitemap.xml": web.Response(text=addresses)}) as site:
        began = time.monotonic()
        crawled = await crawls(site.url(), replace(FAST, include=globs, exclude=globs, max_seconds=8))
        assert time.monotonic() - began < 20
        assert (crawled.pages(), crawled.report.limits) == ([""], ("max_seconds",))


async def test_a_delay_longer_than_a_crawl_is_told_of_at_once(crawls: Crawls) -> None:
    async with serving({"/": page("Home")}) as site:
        failed = await crawls.failure(site.url(), replace(FAST, own_delay_seconds=3600, max_seconds=1800))
        assert (failed.code, failed.transient, list(site.asked)) == ("timeout", False, ["/robots.txt"])
        assert "a delay of 3600 seconds" in failed.message
        site.pages["/robots.txt"] = moved("/rules.txt")
        failed = await crawls.failure(site.url(), replace(FAST, own_delay_seconds=3600, max_seconds=1800))
        assert (failed.code, failed.transient) == ("timeout", False)


async def test_a_cancelled_crawl_is_cancelled_and_leaves_no_task(crawls: Crawls) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving({"/": page("Home", "/hang"), "/hang": hang}) as site:
        before = asyncio.all_tasks()
        task = asyncio.create_task(crawls(site.url()))
        while not site.asked["/hang"]:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not [left for left in asyncio.all_tasks() - before if "OrderedTasks" in repr(left)]


async def test_what_keep_raises_comes_out_as_it_is(crawls: Crawls) -> None:
    class LeaseGone(Exception):
        pass

    async def keep(_: Sequence[Visit]) -> None:
        raise LeaseGone

    async with serving({"/": page("Home")}) as site:
        with pytest.raises(LeaseGone):
            await crawl(
                site.url(),
                FAST,
                client=crawls.client,
                parser=crawls.parser,
                pace=LocalPace(),
                earlier=NoEarlierPages(),
                keep=keep,
                watch=lambda _, __: None,
            )


@pytest.mark.slow
async def test_the_first_page_does_not_wait_for_an_address_that_is_asked_for_last(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/": page("Home", *(f"/{n}" for n in range(9)))}
    pages |= {f"/{n}": page(f"Number {n}") for n in range(9)}
    async with serving(pages) as site:
        crawled = await crawls(site.url(), replace(FAST, delay_seconds=0.05))
        # In their order: a counter keeps that of its first additions.
        (made_up,) = [path for path in site.asked if path.startswith("/no-such-page-")]
        assert [*site.asked].index(made_up) < [*site.asked].index("/3")
        assert crawled.report.progress == Progress(found=10, fetched=10)


async def test_the_menu_that_a_script_holds_leads_on_and_is_no_page_itself(crawls: Crawls) -> None:
    async with with_menu() as site:
        crawled = await crawls(site.url())
        assert crawled.outcomes() == {"": "ok", "menudata.js": "empty", "annotated.html": "ok"}
        assert not crawled.report.needs_rendering.count
        assert "/other.js" not in site.asked


async def test_the_contents_of_writerside_lead_on_from_a_page_that_scripts_draw(crawls: Crawls) -> None:
    home = "<body data-article-props='{}'><script src=app.js></script>"
    contents = web.Response(text='{"pages":{"a":{"url":"gates.html"}}}', content_type="application/json")
    start = web.Response(text=home, content_type="text/html")
    async with serving({"/": start, "/gates.html": page("Gates"), "/HelpTOC.json": contents}) as site:
        assert (await crawls(site.url())).pages() == ["gates.html"]


@pytest.mark.parametrize(
    "limits",
    [{"max_pages": 2}, {"max_depth": 1}, {"include": ("*.html",)}, {"exclude": ("*.js",)}],
)
async def test_the_menu_in_a_script_is_read_as_if_it_stood_in_its_page(crawls: Crawls, limits: dict[str, Any]) -> None:
    async with with_menu() as site:
        crawled = await crawls(site.url(), replace(FAST, **limits))
        assert (crawled.pages(), crawled.report.reached) == (["", "annotated.html"], ())
        assert not (await crawls(site.url(), replace(FAST, max_depth=0))).visits[1:]


async def test_a_menu_that_the_server_answers_with_a_page_is_none(crawls: Crawls) -> None:
    async with with_menu() as site:
        site.pages["/menudata.js"] = page("What the server says of whatever it does not know")
        assert (await crawls(site.url())).outcomes() == {"": "ok", "menudata.js": "unsupported_type"}


async def test_no_more_menus_are_read_than_a_site_has(crawls: Crawls) -> None:
    scripts = "".join(f'<script src="/{number}/menudata.js"></script>' for number in range(MAX_MENUS + 5))
    async with serving({"/": page("Home", head=scripts)}) as site:
        await crawls(site.url())
        assert sum(path.endswith(".js") for path in site.asked) == MAX_MENUS


@asynccontextmanager
async def with_menu() -> AsyncIterator[Site]:
    home = page("Home", head='<script src="menudata.js"></script><script src="other.js"></script>')
    async with serving({"/": home, "/annotated.html": page("Class List"), "/other.js": page("Other")}) as site:
        menu = 'var menudata={children:[{text:"Classes",url:"annotated.html"}]}'
        site.pages["/menudata.js"] = web.Response(text=menu, content_type="application/javascript")
        yield site
