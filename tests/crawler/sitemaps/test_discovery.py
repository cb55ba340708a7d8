from __future__ import annotations

import pytest
from tests.support.crawls import Crawls
from tests.support.site import moved, page, serving, text

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
