from __future__ import annotations

import pytest
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
