from __future__ import annotations

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.crawls import FAST, Crawls
from tests.support.site import Answer, moved, page, serving

from llmstxt_sched.crawler.model import KnownAddress

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.slow
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


async def test_a_login_that_names_where_it_was_asked_for_is_one_page(crawls: Crawls) -> None:
    names = ("a", "my_page", "c-1")
    pages: dict[str, Answer] = {"/": page("Home", *(f"/{name}" for name in names), "/1", "/2")}
    for name in names:
        pages[f"/{name}"] = moved(f"/login?lang=en&next=%2F{name}")
        pages[f"/login?lang=en&next=%2F{name}"] = page(
            f"Sign in to read /{name}", text=f"Sign in and go on to /{name}."
        )
    for number in "12":
        pages[f"/{number}"] = moved(f"/view?id={number}")
        pages[f"/view?id={number}"] = page(f"Number {number}")
    async with serving(pages) as site:
        assert (await crawls(site.url())).pages() == ["", "login?lang=en&next=%2Fa", "view?id=1", "view?id=2"]


@pytest.mark.slow
async def test_a_page_that_cannot_be_read_for_now_still_stands_for_its_copies(crawls: Crawls) -> None:
    """Else they would stand beside it, which stays in the documents, until it can be read again."""
    copy = page("Print", head='<link rel="canonical" href="/real">')
    pages: dict[str, Answer] = {
        "/": page("Home", "/print", "/docs/", "/docs/index.html", "/view", "/view?from=menu"),
        "/print": copy,
        "/real": page("Real"),
        **dict.fromkeys(("/docs/", "/docs/index.html"), page("Docs")),
        **dict.fromkeys(("/view", "/view?from=menu"), page("View")),
    }
    async with serving(pages) as site:
        first = await crawls(site.url())
        assert sorted(first.pages()) == ["", "docs/", "real", "view"]
        site.pages |= dict.fromkeys(("/real", "/docs/", "/view"), web.Response(status=503))
        listed = [KnownAddress(site.url(f"/{path}"), 1) for path in first.pages()]
        assert (await crawls(site.url(), known=first.known(), listed=listed)).pages() == [""]
        site.pages |= dict.fromkeys(("/real", "/docs/", "/view"), web.Response(status=403))
        assert (await crawls(site.url(), known=first.known(), listed=listed)).pages() == [""]
        # Of one that stands in no documents, nobody would see anything.
        some = [each for each in listed if not each.url.endswith("/view")]
        assert (await crawls(site.url(), known=first.known(), listed=some)).pages() == ["", "view?from=menu"]
        assert (await crawls(site.url())).pages() == ["", "print", "docs/index.html", "view?from=menu"]


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


async def test_a_page_is_called_by_the_shorter_spelling_though_the_other_is_linked_first(crawls: Crawls) -> None:
    same = page("Same")
    pages = {"/": page("Home", "/a/index.html", "/b", "/a/"), "/a/": same, "/a/index.html": same, "/b": page("B")}
    async with serving(pages) as site:
        assert (await crawls(site.url())).outcomes() == {"": "ok", "a/": "ok", "b": "ok", "a/index.html": "duplicate"}


async def test_the_page_that_the_index_of_its_folder_shows_is_listed_once(crawls: Crawls) -> None:
    first = page("First", "#part", "/docs/c.html", "/docs/d/c.html")
    last = page("C", "/docs/b.html")
    pages = {"/docs/": first, "/docs/b.html": first, "/docs/c.html": last, "/docs/d/c.html": first}
    async with serving(pages) as site:
        outcomes = (await crawls(site.url("/docs/"))).outcomes()
        assert outcomes == {"docs/": "ok", "docs/c.html": "ok", "docs/d/c.html": "ok", "docs/b.html": "duplicate"}


async def test_the_page_that_the_index_shows_may_be_chosen_by_a_query(crawls: Crawls) -> None:
    start = page("Start", "/w.php?id=start", "/w.php?id=other", "/w/?id=start")
    other = page("Other", "/w.php?id=start")
    pages = {"/": start, "/w.php?id=start": start, "/w.php?id=other": other, "/w/?id=start": start}
    async with serving(pages) as site:
        outcomes = (await crawls(site.url())).outcomes()
        assert outcomes == {"": "ok", "w.php?id=start": "duplicate", "w.php?id=other": "ok", "w/?id=start": "ok"}


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


def canonical(title: str, address: str, *links: str, text: str = "") -> str:
    return page(title, *links, head=f'<link rel="canonical" href="{address}">', text=text)


@pytest.mark.parametrize(("max_pages", "expected"), [(4, 4), (7, 7), (20, 9)])
@pytest.mark.parametrize("leads", ["redirect", "canonical", "circle"])
async def test_an_address_and_what_it_leads_to_share_a_place(
    crawls: Crawls, leads: str, max_pages: int, expected: int
) -> None:
    """Where a page names as canonical what leads to other content, both are pages, as far as there is room for both."""
    pages: dict[str, Answer] = {"/": page("Home", *(f"/a{n}" for n in range(4)))}
    for n in range(4):
        back = f'<link rel="canonical" href="/a{n}">' if leads == "circle" else ""
        pages[f"/a{n}"] = page(f"A {n}", head=f'<link rel="canonical" href="/b{n}">')
        pages[f"/b{n}"] = page(f"B {n}", head=f'<link rel="canonical" href="/c{n}">')
        if leads == "redirect":
            pages[f"/b{n}"] = moved(f"/c{n}")
        pages[f"/c{n}"] = page(f"C {n}", head=back)
    async with serving(pages) as site:
        crawled = await crawls(site.url(), replace(FAST, max_pages=max_pages))
        assert len(crawled.pages()) == expected
        assert ("max_pages" in crawled.report.limits) is (max_pages == expected)


async def test_a_canonical_address_that_leads_back_is_the_pages_own(crawls: Crawls) -> None:
    """Each page is asked for once, and each of those addresses."""
    pages: dict[str, Answer] = {"/": canonical("Home", "/index", "/a/", "/b/", "/a/?from=nav")}
    pages |= {f"/{name}/": canonical(name, f"/{name}") for name in "ab"} | {"/a/?from=nav": canonical("a", "/a")}
    pages |= {f"/{name}": moved(f"/{name}/", 301) for name in "ab"} | {"/index": moved("/", 301)}
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert sorted(crawled.pages()) == ["", "a/", "b/"]
        assert crawled.outcomes()["a/?from=nav"] == "duplicate"
        assert crawled.report.progress.failed == 0
        assert {site.asked[path] for path in pages} == {1}
        again = await crawls(site.url(), known=crawled.known())
        assert again.outcomes() == crawled.outcomes()


async def test_a_canonical_address_counts_for_what_it_leads_to_if_that_shows_the_same(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {
        "/": page("Home", "/a?print", "/b", "/old/c", "/d"),
        "/a?print": canonical("A", "/a.html", text="What A is."),
        "/a.html": canonical("A", "/a", text="What A is."),
        "/a": page("A", text="What A is."),
        "/b": canonical("B", "/moved"),
        "/moved": moved("/b2", 301),
        "/b2": page("B"),
        "/old/c": canonical("C", "/gone-c"),
        "/d": canonical("D", "/gone-d"),
        "/gone-c": moved("/"),
        "/gone-d": moved("/"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url())
        assert sorted(crawled.pages()) == ["", "a", "b2", "d", "old/c"]


async def test_a_query_that_changes_nothing_makes_no_other_page(crawls: Crawls) -> None:
    pages = {"/": page("Home", "/a", "/a?share=x", "/a?id=2"), "/a": page("A"), "/a?share=x": page("A")}
    async with serving({**pages, "/a?id=2": page("Other")}) as site:
        assert (await crawls(site.url())).pages() == ["", "a", "a?id=2"]
        site.pages["/"] = page("Home", "/a?share=x", "/a?id=2", "/a")
        assert (await crawls(site.url())).pages() == ["", "a", "a?id=2"]


@pytest.mark.parametrize("target", ["https://elsewhere.example/q", "/q", "/missing"])
async def test_a_canonical_address_that_leads_nowhere_loses_no_page(crawls: Crawls, target: str) -> None:
    pages: dict[str, Answer] = {"/": page("Home", "/p"), "/p": canonical("P", "/q"), "/q": moved(target)}
    async with serving(pages) as site:
        assert (await crawls(site.url())).pages() == ["", "p"]


async def test_a_copy_is_one_in_whatever_order_it_is_met(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/x": moved("/x/", 301), "/v1": moved("/v2"), "/v2": moved("/v3"), "/v3": page("V")}
    pages |= {"/copy": canonical("X", "/x"), "/x/": canonical("X", "/x")}
    pages |= {"/c1": canonical("V", "/v1"), "/c2": canonical("V", "/v1"), "/old": moved("/new"), "/new": page("O")}
    pages |= {"/other": canonical("O", "/old"), "/real": page("Real", text="What is real.")}
    links = ["/copy", "/x/", "/c1", "/other", "/old", "/c2", "/p", "/real"]
    for ordered in (links, links[::-1]):
        async with serving({**pages, "/": page("Home", *ordered)}) as site:
            site.pages["/p"] = canonical("P", site.url("/real").replace("http:", "https:"))
            crawled = await crawls(site.url())
            assert sorted(crawled.pages()) == ["", "new", "real", "v3", "x/"], ordered


async def test_what_leads_to_a_page_by_way_of_another_is_none_of_it_if_it_says_something_else(crawls: Crawls) -> None:
    pages: dict[str, Answer] = {"/": page("Home", "/x"), "/x": canonical("X", "/y"), "/y": canonical("Y", "/old")}
    async with serving({**pages, "/old": moved("/x")}) as site:
        assert sorted((await crawls(site.url())).pages()) == ["", "x", "y"]


async def test_a_page_is_not_asked_for_again_where_its_canonical_has_taken_the_last_place(crawls: Crawls) -> None:
    """That one leads to a page which shows something else, so that both would count."""
    pages: dict[str, Answer] = {
        "/": page("Home", "/a"),
        "/a": page("A", head='<link rel="canonical" href="/b">'),
        "/b": moved("/c"),
        "/c": page("C"),
    }
    async with serving(pages) as site:
        crawled = await crawls(site.url(), replace(FAST, max_pages=2))
        assert crawled.outcomes() == {"": "ok", "a": "duplicate", "b": "redirected", "c": "ok"}
        assert (site.asked["/a"], crawled.report.limits) == (1, ("max_pages",))
        assert "leaves no room for both" in next(visit.note for visit in crawled.visits if visit.url == site.url("/a"))
        both = await crawls(site.url(), replace(FAST, max_pages=3))
        assert both.outcomes()["a"] == "ok"
