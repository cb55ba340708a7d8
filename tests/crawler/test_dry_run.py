from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.support.crawls import FAST, Crawls
from tests.support.site import page, serving, text

from llmstxt_sched.crawler.dry_run import DryRun, PlannedPage, dry_run
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.errors import CrawlFailed

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def run(crawls: Crawls, url: str, limits: Limits = FAST) -> DryRun:
    return await dry_run(url, limits, client=crawls.client, parser=crawls.parser, pace=LocalPace())


def taken(found: DryRun) -> dict[str, int]:
    return {away.reason: away.count for away in found.taken_away}


def sitemap(*urls: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>"


@pytest.mark.slow
async def test_a_plan_is_made_of_robots_txt_sitemaps_and_the_start_page_alone(crawls: Crawls) -> None:
    async with serving({"/docs/": page("Docs", "a", "private/x", "/blog", "https://other.example/")}) as site:
        site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /docs/private/\nCrawl-delay: 2\n")
        site.pages["/docs/sitemap.xml"] = text(sitemap("/docs/b", "/docs/a", "/shop", "/blog"))
        found = await run(crawls, site.url("/docs/"))
        paths = [PlannedPage(each.url.removeprefix(site.origin), each.why) for each in found.pages]
        assert paths == [
            PlannedPage("/docs/", "start"),
            PlannedPage("/docs/a", "link"),
            PlannedPage("/docs/b", "sitemap"),
        ]
        assert (found.count, found.folder, found.delay_seconds) == (3, "/docs/", 2)
        assert taken(found) == {"robots": 1, "scope": 2}
        assert {path for path in site.asked if not path.endswith((".txt", ".xml"))} == {"/docs/"}


async def test_what_globs_limits_and_languages_take_away_is_counted_and_named(crawls: Crawls) -> None:
    head = '<link rel=alternate hreflang=en href="/"><link rel=alternate hreflang=de href="/de/">'
    home = page("Home", "/a.pdf", "/a", "/b", "/c", "/de/", head=head).replace("<html", "<html lang=en", 1)
    async with serving({"/": home}) as site:
        found = await run(crawls, site.url(), replace(FAST, exclude=("*.pdf",), max_pages=3))
        assert taken(found) == {"exclude": 1, "languages": 1, "max_pages": 1}
        assert next(away.first for away in found.taken_away if away.reason == "exclude") == (site.url("/a.pdf"),)
        found = await run(crawls, site.url(), replace(FAST, include=("/a*",), languages="all"))
        assert taken(found) == {"include": 3}


async def test_of_what_comes_last_the_limit_that_took_it_away_is_named(crawls: Crawls) -> None:
    async with serving({"/": page("Home", *(f"/a.pdf?page={n}" for n in range(25)))}) as site:
        found = await run(crawls, site.url())
        assert (found.count, taken(found)) == (21, {"query_variants": 5})


async def test_the_languages_that_a_sitemap_names_take_away_as_in_a_crawl(crawls: Crawls) -> None:
    links = "".join(f'<x:link rel="alternate" hreflang="{tag}" href="/{tag}"/>' for tag in ("en", "de", "fr"))
    urls = "".join(f"<url><loc>/{tag}</loc>{links}</url>" for tag in ("en", "de", "fr"))
    async with serving({"/": page("Home").replace("<html", "<html lang=en", 1)}) as site:
        site.pages["/sitemap.xml"] = text(f'<urlset xmlns:x="x">{urls}</urlset>')
        found = await run(crawls, site.url())
        assert [each.url for each in found.pages] == [site.url(), site.url("/en")]
        assert taken(found) == {"languages": 2}


async def test_a_plan_names_what_a_crawl_of_the_same_site_visits_first(crawls: Crawls) -> None:
    pages = {"/": page("Home", "/z", "/a"), "/z": page("Z"), "/a": page("A"), "/m": page("M")}
    async with serving(pages) as site:
        site.pages["/sitemap.xml"] = text(sitemap("/m", "/a"))
        found = await run(crawls, site.url())
        crawled = await crawls(site.url())
        assert [each.url for each in found.pages] == [visit.url for visit in crawled.visits]


@pytest.mark.parametrize("max_pages", [2, 3, 4, 500])
async def test_what_comes_last_is_planned_as_far_as_a_crawl_has_room_for_it(crawls: Crawls, max_pages: int) -> None:
    async with serving({"/": page("Home", "/a.pdf", "/b.zip", "/c", "/d.png", "/private.pdf")}) as site:
        site.pages |= {path: page(path) for path in ("/a.pdf", "/b.zip", "/c", "/d.png")}
        site.pages["/robots.txt"] = text("User-agent: *\nDisallow: /private\n")
        limits = replace(FAST, max_pages=max_pages)
        found, crawled = await run(crawls, site.url(), limits), await crawls(site.url(), limits)
        assert [each.url for each in found.pages] == [each.url for each in crawled.visits if each.outcome == "ok"]
        full = {"max_pages": 5 - max_pages} if max_pages < 5 else {}
        assert taken(found) == {"robots": 1, **full}


async def test_a_start_page_that_cannot_be_used_fails_as_its_run_would(crawls: Crawls) -> None:
    async with serving({"/robots.txt": text("User-agent: *\nDisallow: /\n")}) as site:
        with pytest.raises(CrawlFailed) as failed:
            await run(crawls, site.url())
        assert failed.value.code == "robots"


@pytest.mark.slow
async def test_a_plan_that_takes_too_long_to_make_is_given_up(crawls: Crawls) -> None:
    rules = "".join(f"Disallow: /*a*b*c{number}\n" for number in range(10_000))
    async with serving({"/": page("Home", *(f"/{'ab' * 50}/{number}" for number in range(1_200)))}) as site:
        site.pages["/robots.txt"] = text(f"User-agent: *\n{rules}")
        with pytest.raises(CrawlFailed) as failed:
            await run(crawls, site.url(), replace(FAST, max_pages=2_000, max_seconds=3))
        assert failed.value.code == "timeout"
