from __future__ import annotations

import asyncio
import gzip

import pytest
from aiohttp import web
from msgspec.structs import replace
from tests.support.crawls import FAST, Crawls
from tests.support.site import Answer, moved, page, serving, text

from llmstxt_sched.crawler.sitemaps.sitemap import MAX_BYTES
from llmstxt_sched.domain.run import ReachedLimit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_sitemaps_add_pages_of_the_same_site_alone(crawls: Crawls) -> None:
    pages = {"/": page("Home", "/z"), "/z": page("Z"), "/b": page("B"), "/a": page("A")}
    async with serving(pages) as site, serving({"/x": page("Other")}) as other:
        listed = [site.url("/b"), other.url("/x"), site.url("/a"), "file:///etc/passwd", "http://169.254.169.254/"]
        urls = "".join(f"<url><loc>{url}</loc></url>" for url in listed)
        site.pages["/robots.txt"] = text(f"Sitemap: {site.url('/index.xml')}\nSitemap: {other.url('/s.xml')}\n")
        index = f"<sitemapindex><sitemap><loc>{site.url('/1.xml')}</loc></sitemap></sitemapindex>"
        site.pages["/index.xml"] = text(index)
        site.pages["/1.xml"] = text(f"<urlset>{urls}</urlset>")
        assert (await crawls(site.url())).pages() == ["", "z", "a", "b"]
        assert not other.asked


async def test_relative_addresses_belong_to_the_file_that_lists_them(crawls: Crawls) -> None:
    async with serving({"/": page("Home"), "/maps/a": page("A"), "/b": page("B")}) as site:
        site.pages["/robots.txt"] = text("Sitemap: /maps/index.xml\n")
        site.pages["/maps/index.xml"] = text("<sitemapindex><sitemap><loc>1.txt</loc></sitemap></sitemapindex>")
        site.pages["/maps/1.txt"] = text("./a\n/b\n")
        assert (await crawls(site.url())).pages() == ["", "b", "maps/a"]


async def test_a_sitemap_on_another_host_is_read_where_robots_txt_names_it(crawls: Crawls) -> None:
    async with serving({"/": page("Home"), "/a": page("A")}) as site, serving({}, host="127.0.0.2") as cdn:
        site.pages["/robots.txt"] = text(f"Sitemap: {cdn.url('/index.xml')}\n")
        cdn.pages["/index.xml"] = text("<sitemapindex><sitemap><loc>1.xml</loc></sitemap></sitemapindex>")
        listed = f"<url><loc>{site.url('/a')}</loc></url><url><loc>{cdn.url('/b')}</loc></url>"
        cdn.pages["/1.xml"] = text(f"<urlset>{listed}</urlset>")
        assert (await crawls(site.url())).pages() == ["", "a"]
        assert "/b" not in cdn.asked


async def test_a_sitemap_that_robots_txt_names_may_redirect_to_another_host(crawls: Crawls) -> None:
    async with serving({"/": page("Home"), "/a": page("A")}) as site, serving({}, host="127.0.0.2") as cdn:
        site.pages["/sitemap.xml"] = moved(cdn.url("/s.xml"))
        cdn.pages["/s.xml"] = text(f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>")
        assert (await crawls(site.url())).pages() == [""]
        assert not cdn.asked
        site.pages["/robots.txt"] = text("Sitemap: /sitemap.xml\n")
        assert (await crawls(site.url())).pages() == ["", "a"]


async def test_a_sitemap_elsewhere_obeys_the_robots_txt_of_its_host(crawls: Crawls) -> None:
    async with serving({"/": page("Home")}) as site, serving({}, host="127.0.0.2") as cdn:
        site.pages["/robots.txt"] = text(f"Sitemap: {cdn.url('/s.xml')}\n")
        cdn.pages["/robots.txt"] = text("User-agent: *\nDisallow: /\n")
        await crawls(site.url())
        assert list(cdn.asked) == ["/robots.txt"]


@pytest.mark.parametrize("is_redirected", [True, False])
@pytest.mark.parametrize(("status", "is_unread"), [(503, True), (429, True), (200, False)])
async def test_a_sitemap_on_a_host_whose_robots_txt_cannot_be_had_may_list_more(
    crawls: Crawls, status: int, *, is_unread: bool, is_redirected: bool
) -> None:
    async with serving({"/": page("Home")}) as site, serving({}, host="127.0.0.2") as cdn:
        site.pages["/s.xml"] = moved(cdn.url("/s.xml"))
        site.pages["/robots.txt"] = text(f"Sitemap: {(site if is_redirected else cdn).url('/s.xml')}\n")
        cdn.pages["/robots.txt"] = web.Response(status=status, text="User-agent: *\nDisallow: /\n")
        limits = [limit.name for limit in (await crawls(site.url())).report.reached]
        assert limits == (["sitemap_unread"] if is_unread else [])
        assert list(cdn.asked) == ["/robots.txt"]


# Of one page in three languages, two of which have no name of a language in their paths.
NAMED = (("en", "/about"), ("de", "/ueber-uns"), ("fr", "/fr/a-propos"))


def _translated(urls: list[str], links: tuple[tuple[str, str], ...]) -> str:
    inner = "".join(f'<x:link rel="alternate" hreflang="{tag}" href="{path}"/>' for tag, path in links)
    entries = "".join(f"<url><loc>{url}</loc>{inner}</url>" for url in urls)
    return f'<urlset xmlns:x="http://www.w3.org/1999/xhtml">{entries}</urlset>'


async def test_translations_that_a_sitemap_names_are_left_out_as_those_of_a_page_are(crawls: Crawls) -> None:
    pages = {"/": page("Home").replace("<html", '<html lang="en"', 1), **{path: page(path) for _, path in NAMED}}
    async with serving(pages) as site:
        site.pages["/sitemap.xml"] = text(_translated([path for _, path in NAMED], NAMED))
        assert (await crawls(site.url())).pages() == ["", "about"]
        assert not {"/ueber-uns", "/fr/a-propos"} & set(site.asked)
        german = await crawls(site.url(), replace(FAST, languages=("de",)))
        assert german.pages() == ["", "ueber-uns"]
        every = await crawls(site.url(), replace(FAST, languages="all"))
        assert sorted(every.pages()) == ["", "about", "fr/a-propos", "ueber-uns"]


async def test_the_start_page_has_the_language_and_the_folders_that_the_sitemap_names(crawls: Crawls) -> None:
    links = (("en", "/"), ("de", "/de/"))
    german = {"/de/": page("Start"), "/de/more": page("Mehr")}
    async with serving({"/": page("Home", "/de/", "/de/more", "/a"), "/a": page("A"), **german}) as site:
        site.pages["/sitemap.xml"] = text(_translated(["/", "/de/"], links))
        assert (await crawls(site.url())).pages() == ["", "a"]


async def test_the_folder_of_a_language_is_left_out_though_the_sitemap_names_few_of_its_pages(crawls: Crawls) -> None:
    pages = {"/": page("Home", "/a", "/de/mehr").replace("<html", '<html lang="en"', 1), "/a": page("A")}
    async with serving({**pages, "/de/mehr": page("Mehr")}) as site:
        site.pages["/sitemap.xml"] = text(_translated(["/a", "/de/a"], (("en", "/a"), ("de", "/de/a"))))
        assert (await crawls(site.url())).pages() == ["", "a"]


async def test_a_page_without_siblings_in_the_language_wanted_stays(crawls: Crawls) -> None:
    pages = {"/": page("Home").replace("<html", '<html lang="en"', 1), "/impressum": page("Impressum")}
    async with serving(pages) as site:
        site.pages["/sitemap.xml"] = text(_translated(["/impressum"], (("de", "/impressum"), ("fr", "/mentions"))))
        assert (await crawls(site.url())).pages() == ["", "impressum"]


async def test_a_sitemap_that_names_only_the_other_languages_of_a_page_is_understood(crawls: Crawls) -> None:
    english = {path: page(path, "/hallo").replace("<html", '<html lang="en"', 1) for path in ("/", "/hello")}
    async with serving({**english, "/hallo": page("Hallo")}) as site:
        site.pages["/sitemap.xml"] = text(_translated(["/hello"], (("de", "/hallo"),)))
        assert "hallo" in (await crawls(site.url(), replace(FAST, languages="all"))).pages()
        assert (await crawls(site.url())).pages() == ["", "hello"]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_sitemap_that_may_be_there_is_a_limit_and_one_that_is_not_is_none(crawls: Crawls, status: int) -> None:
    async with serving({"/": page("Home")}) as site:
        site.pages["/sitemap.xml"] = web.Response(status=status)
        report = (await crawls(site.url())).report
        assert report.reached == (ReachedLimit("sitemap_unread", site.url("/sitemap.xml")),)
        assert not report.seen_all
        del site.pages["/sitemap.xml"]
        assert (await crawls(site.url())).report.seen_all


async def test_a_sitemap_that_is_not_whole_is_a_limit_and_what_it_lists_is_read(crawls: Crawls) -> None:
    async with serving({"/": page("Home"), "/a": page("A")}) as site:
        whole = f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode()
        for body in (whole.removesuffix(b"</urlset>"), gzip.compress(whole)[:-12]):
            site.pages["/sitemap.xml"] = web.Response(body=body)
            crawled = await crawls(site.url())
            assert crawled.report.reached == (ReachedLimit("sitemap_unread", site.url("/sitemap.xml")),)
        site.pages["/sitemap.xml"] = web.Response(body=whole)
        crawled = await crawls(site.url())
        assert (crawled.pages(), crawled.report.seen_all) == (["", "a"], True)


LOGIN = "<!doctype html><html><body><h1>Log in</h1></body></html>"


@pytest.mark.parametrize("body", ["", "\n", "OK", LOGIN, LOGIN.removeprefix("<!doctype html>")])
@pytest.mark.parametrize("robots", ["", "Sitemap: /sitemap.xml\n"])
async def test_something_else_in_place_of_a_sitemap_is_a_limit(crawls: Crawls, body: str, robots: str) -> None:
    async with serving({"/": page("Home"), "/robots.txt": text(robots)}) as site:
        site.pages["/sitemap.xml"] = text(body)
        report = (await crawls(site.url())).report
        assert report.reached == (ReachedLimit("sitemap_unread", site.url("/sitemap.xml")),)
        site.pages["/sitemap.xml"] = web.Response(text=body, status=404)
        assert (await crawls(site.url())).report.seen_all


async def test_a_sitemap_for_people_that_robots_txt_names_is_a_page_and_no_limit(crawls: Crawls) -> None:
    pages = {"/": page("Home"), "/map.html": page("All pages", "/a"), "/a": page("A"), "/login.html": page("Log in")}
    async with serving({**pages, "/robots.txt": text("Sitemap: /map.html\n")}) as site:
        crawled = await crawls(site.url())
        assert (crawled.pages(), crawled.report.seen_all) == (["", "map.html", "a"], True)
        for none in (moved("/login.html"), text("")):
            site.pages["/map.html"] = none
            assert (await crawls(site.url())).report.reached[0].name == "sitemap_unread"


@pytest.mark.parametrize("root", ["urlset", "sitemapindex", "rss", "feed"])
async def test_a_sitemap_that_lists_nothing_is_no_limit(crawls: Crawls, root: str) -> None:
    async with serving({"/": page("Home"), "/robots.txt": text("Sitemap: /sitemap.xml\n")}) as site:
        site.pages["/sitemap.xml"] = text(f'<?xml version="1.0"?><{root}></{root}>')
        assert (await crawls(site.url())).report.seen_all


class AnyPage(dict[str, Answer]):
    """The pages of a site that answers to any address."""

    def __init__(self, pages: dict[str, Answer], answer: Answer) -> None:
        super().__init__(pages)
        self._answer = answer

    def get(self, path: str, _: object = None) -> Answer:
        return super().get(path, self._answer)


@pytest.mark.parametrize("answer", [page("Home"), moved("/"), moved("/sorry")], ids=["home", "to home", "to another"])
@pytest.mark.parametrize(("robots", "seen_all"), [("", True), ("Sitemap: /sitemap.xml\n", False)])
async def test_of_a_site_that_answers_to_any_address_a_sitemap_that_it_does_not_name_is_none(
    crawls: Crawls, answer: Answer, robots: str, *, seen_all: bool
) -> None:
    async with serving({}) as site:
        pages: dict[str, Answer] = {"/": page("Home"), "/sorry": page("Sorry"), "/robots.txt": text(robots)}
        site.pages = AnyPage(pages, answer)
        assert (await crawls(site.url())).report.seen_all is seen_all


@pytest.mark.slow
async def test_a_sitemap_that_is_there_but_cannot_be_read_is_a_limit(crawls: Crawls) -> None:
    too_large = gzip.compress(b" " * (MAX_BYTES + 1), compresslevel=1)
    async with serving({"/": page("Home")}) as site:
        for body, encoding in ((too_large, "gzip"), (b"<urlset></urlset>", "unheard-of")):
            site.pages["/sitemap.xml"] = web.Response(body=body, headers={"Content-Encoding": encoding})
            assert [limit.name for limit in (await crawls(site.url())).report.reached] == ["sitemap_unread"]


@pytest.mark.parametrize(
    ("declared", "unread", "is_limit"),
    [
        (["/a.xml"], ["/sitemap.xml"], False),
        (["/a.xml", "/b.xml"], ["/b.xml", "/sitemap.xml"], True),
        (["/a.xml", "/sitemap.xml"], ["/sitemap.xml"], True),
        ([], ["/docs/sitemap.xml"], True),
        ([], ["/sitemap.xml"], True),
        (["/gone.xml"], ["/sitemap.xml", "/docs/sitemap.xml"], True),
    ],
)
async def test_a_sitemap_at_a_conventional_address_is_a_limit_unless_those_that_are_declared_are_read(
    crawls: Crawls, declared: list[str], unread: list[str], *, is_limit: bool
) -> None:
    read = {path: text("/docs/a\n") for path in ("/a.xml", "/b.xml", "/sitemap.xml", "/docs/sitemap.xml")}
    async with serving({"/docs/": page("Home"), "/docs/a": page("A"), **read}) as site:
        site.pages["/robots.txt"] = text("".join(f"Sitemap: {site.url(path)}\n" for path in declared))
        site.pages |= {path: web.Response(status=503) for path in unread}
        assert bool((await crawls(site.url("/docs/"))).report.reached) is is_limit


@pytest.mark.slow
async def test_redirects_of_robots_txt_and_sitemaps_take_their_turns_as_all_requests_do(crawls: Crawls) -> None:
    delay, asked = 0.2, dict[str, float]()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        asked[request.path] = asyncio.get_running_loop().time()
        if request.path in hops:
            return moved(hops[request.path])
        if request.path == "/":
            return web.Response(text=page("Home"), content_type="text/html")
        return text("<urlset></urlset>") if request.path == "/s3" else web.Response(status=404)

    hops = {"/robots.txt": "/r1", "/r1": "/r2", "/r2": "/r3", "/sitemap.xml": "/s1", "/s1": "/s2", "/s2": "/s3"}
    async with serving({}) as site:
        site.pages = AnyPage({}, answer)
        assert (await crawls(site.url(), replace(FAST, delay_seconds=delay))).report.seen_all
    # Of three delays, two are left to a first request that comes late.
    assert asked["/r3"] - asked["/robots.txt"] >= delay
    assert asked["/s3"] - asked["/sitemap.xml"] >= delay


async def test_sitemaps_below_the_deepest_index_are_a_limit(crawls: Crawls) -> None:
    async with serving({"/": page("Home")}) as site:
        site.pages["/sitemap.xml"] = text("<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>")
        for number in (1, 2, 3):
            site.pages[f"/{number}.xml"] = text(
                f"<sitemapindex><sitemap><loc>/{number + 1}.xml</loc></sitemap></sitemapindex>"
            )
        crawled = await crawls(site.url())
        assert crawled.report.reached == (ReachedLimit("sitemap_depth", site.url("/3.xml")),)
        assert "/3.xml" not in site.asked


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.3])
async def test_sitemaps_that_would_take_all_of_the_time_leave_half_of_it_to_pages(crawls: Crawls, delay: float) -> None:
    """Each run would end with the start page alone: by slow files, or by a delay between requests."""

    async def listing(request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(0.3 - delay)
        return web.Response(text=f"/pages{request.path.removesuffix('.txt')}")

    files = [f"/{number}.txt" for number in range(30)]
    async with serving({"/": page("Home", "/linked"), "/linked": page("Linked"), "/pages/0": page("Listed")}) as site:
        site.pages |= dict.fromkeys(files, listing)
        site.pages["/robots.txt"] = text("".join(f"Sitemap: {file}\n" for file in files))
        crawled = await crawls(site.url(), replace(FAST, max_seconds=5, own_delay_seconds=delay))
        assert sorted(crawled.pages()) == ["", "linked", "pages/0"]
        assert crawled.report.limits[0] == "max_seconds"
        assert crawled.report.reached[0].where.endswith(".txt")
        assert not crawled.report.seen_all
