from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.contents import facts_of, text_of
from tests.support.crawls import FAST, Crawls
from tests.support.site import Answer, moved, page, serving, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_noindex_and_nofollow_are_obeyed(crawls: Crawls) -> None:
    tagged = web.Response(text=page("T", "/t2"), content_type="text/html", headers={"X-Robots-Tag": "none"})
    pages: dict[str, Answer] = {
        "/": page("Home", "/meta", "/tag", head="") + '<a rel="nofollow" href="/rel">x</a>',
        "/meta": page("M", "/m2", head='<meta name="robots" content="noindex">'),
        "/m2": page("M2", "/m3", head='<meta name="robots" content="nofollow">'),
        "/tag": tagged,
    }
    async with serving(pages) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "meta": "noindex", "tag": "noindex", "m2": "ok"}


@pytest.mark.slow
async def test_what_is_no_page_is_named(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/pdf", "/md", "/gone", "/500", "/gz"),
        "/pdf": web.Response(body=b"%PDF", content_type="application/pdf"),
        "/md": web.Response(text="# Notes\n\nAs they are.\n", content_type="text/markdown"),
        "/500": web.Response(status=500),
        "/gz": web.Response(body=b"no", content_type="text/html", headers={"Content-Encoding": "gzip"}),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.outcomes() == {
            "": "ok",
            "pdf": "unsupported_type",
            "md": "ok",
            "gone": "gone",
            "500": "http_error",
            "gz": "decode_error",
        }
        assert site.asked["/500"] == 2
        assert site.asked["/gone"] == 1
        notes = next(visit.content for visit in crawled.visits if visit.url.endswith("/md"))
        assert notes
        assert (notes.extract.h1, text_of(notes)) == ("Notes", "# Notes\n\nAs they are.\n")


@pytest.mark.slow
async def test_a_site_that_asks_to_wait_is_waited_for(crawls: Crawls) -> None:
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def busy(_: web.BaseRequest) -> web.Response:
        times.append(loop.time())
        if len(times) == 1:
            return web.Response(status=429, headers={"Retry-After": "1"})
        return web.Response(text=page("Home"), content_type="text/html")

    async with serving({"/": busy}) as site:
        assert (await crawls(site.url())).pages() == [""]
        assert times[1] - times[0] >= 1


async def test_what_is_unchanged_is_neither_sent_nor_parsed_again(crawls: Crawls) -> None:
    bodies: list[int] = []

    async def tagged(request: web.BaseRequest) -> web.Response:
        if request.headers.get("If-None-Match") == '"7"':
            return web.Response(status=304)
        bodies.append(1)
        return web.Response(text=page("Home", "/a"), content_type="text/html", headers={"ETag": '"7"'})

    async with serving({"/": tagged, "/a": page("A")}) as site:
        first = await crawls(site.url())
        second = await crawls(site.url(), known=first.known())
        assert len(bodies) == 1
        assert second.outcomes() == {"": "not_modified", "a": "ok"}
        before, after = ([v.content and facts_of(v.content) for v in run.visits] for run in (first, second))
        assert before == after
        assert second.report.progress.unchanged == 1


async def test_what_is_no_page_is_not_sent_again_either(crawls: Crawls) -> None:
    bodies: Counter[str] = Counter()

    def tagged(html: str) -> Answer:
        async def answer(request: web.BaseRequest) -> web.Response:
            if request.headers.get("If-None-Match") == '"7"':
                return web.Response(status=304)
            bodies[request.path] += 1
            return web.Response(text=html, content_type="text/html", headers={"ETag": '"7"'})

        return answer

    home = page("Home", "/index.html", "/hidden", "/print", "/home.html")
    pages: dict[str, Answer] = {
        "/": tagged(home),
        "/index.html": tagged(home),
        "/hidden": tagged(page("Hidden", head='<meta name="robots" content="noindex">')),
        "/print": tagged(page("Print", head='<link rel="canonical" href="/">')),
        "/home.html": tagged(page("Printed", head='<link rel="canonical" href="/print.html">')),
        "/print.html": tagged(page("Print me")),
    }
    async with serving(pages) as site:
        first = await crawls(site.url())
        second = await crawls(site.url(), known=first.known())
        assert first.outcomes()["index.html"] == first.outcomes()["print"] == "duplicate"
        assert first.outcomes()["hidden"] == "noindex"
        changed = {"ok": "not_modified"}
        assert second.outcomes() == {path: changed.get(kind, kind) for path, kind in first.outcomes().items()}
        assert set(bodies.values()) == {1}


async def test_links_dealt_anew_for_each_visitor_change_nothing(crawls: Crawls) -> None:
    names = [f"/p{n}" for n in range(12)]

    async def shuffled(request: web.BaseRequest) -> web.Response:
        dealt = random.sample(names, len(names))
        return web.Response(text=page(f"List {request.path}", *dealt), content_type="text/html")

    async with serving(dict.fromkeys(["/", *names], shuffled)) as site:
        first = await crawls(site.url())
        second = await crawls(site.url(), known=first.known())
        assert list(first.outcomes()) == list(second.outcomes())
        assert [v.content and v.content.sha256 for v in first.visits] == [
            v.content and v.content.sha256 for v in second.visits
        ]


@pytest.mark.slow
@pytest.mark.parametrize("status", [304, 400, 412, 500])
async def test_a_server_that_fails_at_conditions_is_asked_without_one(crawls: Crawls, status: int) -> None:
    async def odd(request: web.BaseRequest) -> web.Response:
        if "If-None-Match" not in request.headers:
            return web.Response(text=page("Odd"), content_type="text/html", headers={"ETag": '"1"'})
        if status == 304 and request.transport:
            request.transport.write(b"HTTP/1.1 304 Not Modified\r\n\r\n<p>A body, which a 304 has not.</p>")
            request.transport.close()
        return web.Response(status=status)

    async with serving({"/": page("Home", "/odd"), "/odd": odd}) as site:
        first = await crawls(site.url())
        second = await crawls(site.url(), known=first.known())
        assert second.outcomes() == {"": "ok", "odd": "ok"}
        assert site.asked["/odd"] == 3


@pytest.mark.parametrize("is_cache", [True, False])
async def test_a_304_that_answers_no_condition_is_asked_for_once_more_past_caches(
    crawls: Crawls, is_cache: bool
) -> None:
    async def stale(request: web.BaseRequest) -> web.Response:
        if is_cache and request.headers.get("Cache-Control") == "no-cache":
            return web.Response(text=page("Cached"), content_type="text/html")
        return web.Response(status=304)

    async with serving({"/": page("Home", "/stale"), "/stale": stale}) as site:
        crawled = await crawls(site.url())
        assert crawled.outcomes()["stale"] == ("ok" if is_cache else "http_error")
        assert site.asked["/stale"] == 2
        told = next(visit.note for visit in crawled.visits if visit.url == site.url("/stale"))
        assert told == (
            "" if is_cache else f"{site.url('/stale')} answered 304, which answers a condition, and none was asked"
        )


@pytest.mark.parametrize("own", ["/;jsessionid=0123456789abcdef", "/?utm_source=site&sid=0123456789abcdef"])
async def test_a_page_that_insists_on_a_session_is_read_with_one(crawls: Crawls, own: str) -> None:
    async with serving({"/": moved(own), own: page("Home", "/a"), "/a": page("A")}) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "a": "ok"}
        site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /*sid=\nDisallow: /*sessionid=\n")
        assert (await crawls.failure(site.url())).code == "redirect_loop"
        assert site.asked[own] == 1


async def test_what_sends_its_reader_on_is_a_redirect(crawls: Crawls) -> None:
    refresh = web.Response(text=page("Old"), content_type="text/html", headers={"Refresh": "0; url=/new"})
    pages: dict[str, Answer] = {
        "/": '<meta http-equiv="refresh" content="0; url=docs/">',
        "/docs/": page("Docs", "/old", "/stub", "/slow"),
        "/old": refresh,
        "/stub": page(
            "Moved", head='<meta http-equiv="refresh" content="3; URL=/new"><meta name="robots" content="noindex">'
        ),
        "/slow": page("News", head='<meta http-equiv="refresh" content="300; url=/slow">'),
        "/new": page("New"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.outcomes() == {
            "": "redirected",
            "docs/": "ok",
            "old": "redirected",
            "stub": "redirected",
            "slow": "ok",
            "new": "ok",
        }
        assert crawled.report.start_url == site.url("/docs/")


async def test_binary_data_is_no_page_whatever_its_type(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/plan", "/pack"),
        "/plan": web.Response(body=b"%PDF-1.7\n1 0 obj", content_type="text/html"),
        "/pack": web.Response(body=b"PK\x03\x04\x14", headers={"Content-Type": ""}),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert crawled.outcomes() == {"": "ok", "plan": "unsupported_type", "pack": "unsupported_type"}


async def test_html_is_asked_for_first(crawls: Crawls) -> None:
    seen: list[str] = []

    async def home(request: web.BaseRequest) -> web.Response:
        seen.append(request.headers["Accept"])
        return web.Response(text=page("Home"), content_type="text/html")

    async with serving({"/": home}) as site:
        await crawls(site.url())
        assert seen == ["text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"]


async def test_what_a_content_signal_keeps_from_models_is_no_page(crawls: Crawls) -> None:
    rules = text("User-agent: *\nContent-Signal: search=yes, ai-input=no\nAllow: /\n")
    async with serving({"/": page("Home"), "/robots.txt": rules}) as site:
        failed = await crawls.failure(site.url())
        assert (failed.code, failed.transient) == ("robots", False)
        assert "Content-Signal: ai-input=no" in failed.message
        assert site.asked["/"] == 0


async def test_a_content_signal_of_a_folder_keeps_only_its_pages_out_and_leaves_their_room_to_others(
    crawls: Crawls,
) -> None:
    rules = text("User-agent: *\nAllow: /\nContent-Signal: /my/ ai-train=no, ai-input=no\n")
    pages = {"/": page("Home", "/my/a", "/my/b", "/docs"), "/docs": page("Docs"), "/my/a": page("A")}
    async with serving({**pages, "/robots.txt": rules}) as site:
        crawled = await crawls(site.url(), replace(FAST, max_pages=2))
        assert crawled.pages() == ["", "docs"]
        assert site.asked["/my/a"] == 0


async def test_a_start_page_in_markdown_leads_on(crawls: Crawls) -> None:
    def markdown(body: str) -> web.Response:
        return web.Response(text=body, content_type="text/markdown")

    pages: dict[str, Answer] = {
        "/": markdown("# Mill\n\nSee [the wheel](wheel.md) and `[code](code.md)`.\n"),
        "/wheel.md": markdown("# Wheel\n\nIt turns. See [the race](race.md).\n"),
        "/race.md": markdown("# Race\n\nIt runs.\n"),
    }
    async with serving(pages) as site:
        assert (await crawls(site.url())).pages() == ["", "wheel.md", "race.md"]


async def test_a_page_whose_address_says_that_it_is_markdown_may_be_sent_as_any_text(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/a.md", "/b.markdown", "/c.txt", "/d"),
        "/a.md": text("# A\n\nFirst.\n"),
        "/b.markdown": web.Response(text="# B\n\nSecond.\n", content_type="text/x-markdown"),
        "/c.txt": text("No page."),
        "/d": web.Response(text="# D\n\nFourth.\n", content_type="text/x-markdown"),
    }
    async with serving(pages) as site:
        assert (await crawls(site.url())).pages() == ["", "a.md", "b.markdown", "d"]
