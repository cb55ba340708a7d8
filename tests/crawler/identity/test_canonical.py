from __future__ import annotations

import pytest
from aiohttp import web
from tests.support.crawls import Crawls
from tests.support.site import Answer, moved, page, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_redirects_target_takes_the_place_of_its_source(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/a", "/b", "/loop", "/out"),
        "/a": moved("/a/", 301),
        "/a/": page("A"),
        "/b": page("B", "/a/"),
        "/loop": moved("/pool"),
        "/pool": moved("/loop"),
        "/out": moved("https://elsewhere.example/"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert list(crawled.outcomes().items()) == [
            ("", "ok"),
            ("a", "redirected"),
            ("a/", "ok"),
            ("b", "ok"),
            ("loop", "redirected"),
            ("pool", "redirect_loop"),
            ("out", "offsite"),
        ]
        assert site.asked["/a/"] == 1


async def test_a_login_that_is_told_where_it_was_asked_for_is_one_page(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/": page("Home", "/a", "/b", "/view?id=1", "/view?id=2", "/see")}
    pages |= {f"/{name}": moved(f"/login?next=/{name}") for name in "ab"}
    pages |= {f"/login?next=/{name}": page("Sign in", f"/forgot?next=/{name}") for name in "ab"}
    pages |= {f"/view?id={n}": page("View") for n in (1, 2, 3)} | {"/see": moved("/view?id=3")}
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert sorted(crawled.pages()) == ["", "login?next=/a", "view?id=1", "view?id=2", "view?id=3"]
        assert crawled.outcomes()["login?next=/b"] == "duplicate"


async def test_a_canonical_page_stands_for_its_copies(crawls: Crawls) -> None:
    def copy(name: str, canonical: str) -> str:
        return page(name, head=f'<link rel="canonical" href="{canonical}">')

    pages: dict[str, Answer] = {
        "/": page("Home", "/print", "/lost", "/self", "/away"),
        "/print": copy("Print", "/real"),
        "/real": page("Real"),
        "/lost": copy("Lost", "/missing"),
        "/self": copy("Self", "/self?utm_source=x"),
        "/away": copy("Away", "https://elsewhere.example/"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert sorted(crawled.pages()) == ["", "away", "lost", "real", "self"]
        assert crawled.outcomes()["print"] == "duplicate"
        assert crawled.outcomes()["missing"] == "gone"


async def test_a_loop_of_canonical_links_loses_no_page(crawls: Crawls) -> None:
    def copy(canonical: str) -> str:
        return page("Canon", "/a", "/b", head=f'<link rel="canonical" href="{canonical}">')

    async with serving({"/": copy("/a"), "/a": copy("/b"), "/b": copy("/a")}) as site:
        crawled = await crawls(site.url())
        assert len(crawled.pages()) == 2
        assert sum(site.asked.values()) <= 8


async def test_spellings_of_one_page_are_listed_once_and_equal_pages_twice(crawls: Crawls) -> None:
    same = page("Same")
    pages = {"/": page("Home", "/a/", "/a/index.html", "/b"), "/a/": same, "/a/index.html": same, "/b": same}
    async with serving(pages) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "a/": "ok", "a/index.html": "duplicate", "b": "ok"}


async def test_the_page_that_the_index_of_its_folder_shows_is_listed_once(crawls: Crawls) -> None:
    first = page("First", "#part", "/docs/c.html", "/docs/d/c.html")
    last = page("C", "/docs/b.html")
    pages = {"/docs/": first, "/docs/b.html": first, "/docs/c.html": last, "/docs/d/c.html": first}
    async with serving(pages) as site:
        outcomes = (await crawls(site.url("/docs/"))).outcomes()
        assert outcomes == {"docs/": "ok", "docs/c.html": "ok", "docs/d/c.html": "ok", "docs/b.html": "duplicate"}


async def test_spellings_are_one_page_although_their_links_to_themselves_differ(crawls: Crawls) -> None:
    async def home(request: web.BaseRequest) -> web.Response:
        own = f"http://{request.headers['Host']}{request.path}"
        body = page("Home", f"{own}#more", "/index.html", "/") + f'<a href="{own}#top">Top</a>'
        return web.Response(text=body.replace(f">{own}#more<", ">More<"), content_type="text/html")

    async with serving({"/": home, "/index.html": home}) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "index.html": "duplicate"}


async def test_the_canonical_link_of_a_header_is_obeyed(crawls: Crawls) -> None:
    view = web.Response(text=page("Clay"), content_type="text/html", headers={"Link": '</clay>; rel="canonical"'})
    async with serving({"/": page("Soil", "/c?n=1"), "/c?n=1": view, "/clay": page("Clay")}) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "c?n=1": "duplicate", "clay": "ok"}


async def test_pages_that_repeat_others_lead_on_but_are_none(crawls: Crawls) -> None:
    posts = '<main><h1>Posts</h1><h2><a href="/old">Old</a></h2><p>It was so long ago that few remember it.</p></main>'
    pages: dict[str, Answer] = {"/": page("Blog", "/page/2/"), "/page/2/": posts, "/old": page("Old")}
    async with serving(pages) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "page/2/": "duplicate", "old": "ok"}
