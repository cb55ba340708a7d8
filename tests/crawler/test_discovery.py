from __future__ import annotations

import pytest
from tests.support.crawls import Crawls
from tests.support.site import page, serving, text

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
