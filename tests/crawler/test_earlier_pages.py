from __future__ import annotations

from hashlib import sha256

import pytest
from aiohttp import web
from tests.support.contents import text_of
from tests.support.crawls import Crawls
from tests.support.site import Answer, catching, moved, page, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")


def tagged(html: str) -> Answer:
    """A page with an ETag of its text, which answers conditions on it."""
    etag = f'"{sha256(html.encode()).hexdigest()}"'

    async def answer(request: web.BaseRequest) -> web.Response:
        is_known = request.headers.get("If-None-Match") == etag
        return web.Response(
            status=304 if is_known else 200,
            text=None if is_known else html,
            content_type="text/html",
            headers={"ETag": etag},
        )

    return answer


async def test_what_tells_pages_apart_by_their_text_tells_them_apart_where_they_are_unchanged(crawls: Crawls) -> None:
    posts = '<main><h1>Posts</h1><h2><a href="/old">Old</a></h2><p>It was so long ago that few remember it.</p></main>'
    pages = {name: tagged(page(name)) for name in ("/old", "/a")}
    pages |= {"/": tagged(page("Blog", "/page/2/", "/x", "/y", "/a", "/missing")), "/page/2/": tagged(posts)}
    pages |= {f"/login?next=/{name}": tagged(page("Sign in", text="Who are you?")) for name in "xy"}
    pages |= {f"/{name}": moved(f"/login?next=/{name}") for name in "xy"}
    async with serving(pages) as site:
        catching(site, pages, tagged(page("other")))
        first = await crawls(site.url())
        second = await crawls(site.url(), known=first.known())
    assert {first.outcomes()[name] for name in ("page/2/", "login?next=/y")} == {"duplicate"}
    assert first.outcomes()["missing"] == "gone"
    unchanged = {path: "not_modified" if outcome == "ok" else outcome for path, outcome in first.outcomes().items()}
    assert second.outcomes() == unchanged


async def test_the_text_of_a_page_that_is_as_it_was_is_not_read(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/": tagged(page("Home", "/a", "/b/")), "/a": tagged(page("A")), "/b/": page("B")}
    async with serving(pages) as site:
        known = (await crawls(site.url())).known()
        assert (await crawls(site.url(), known=known)).outcomes() == {
            "": "not_modified",
            "a": "not_modified",
            "b/": "ok",
        }
        assert known.texts_read == []
        site.pages["/b/"] = page("B", text="Another.")
        await crawls(site.url(), known=known)
        assert len(known.texts_read) == 1


async def test_a_file_of_markdown_that_changed_with_the_line_at_its_end_is_read(crawls: Crawls) -> None:
    def markdown(text: str) -> web.Response:
        return web.Response(text=text, content_type="text/markdown")

    pages: dict[str, Answer] = {"/": page("Home", "/a.md"), "/a.md": markdown("# A\n\nIt is old.\n")}
    async with serving(pages) as site:
        known = (await crawls(site.url())).known()
        site.pages["/a.md"] = markdown("# A\n\nIt is new.")
        crawled = await crawls(site.url(), known=known)
    assert [text_of(visit.content) for visit in crawled.visits if visit.url.endswith(".md")] == ["# A\n\nIt is new."]
