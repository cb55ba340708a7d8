"""Finds the addresses that a site's sitemaps list (sitemaps.org), obeying robots.txt, the crawl's pace and limits."""

from __future__ import annotations

import asyncio
from collections import deque

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.crawler import sitemap
from llmstxt_sched.crawler.robots_cache import RobotsCache
from llmstxt_sched.crawler.sitemap import Sitemap
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Scope, Url
from llmstxt_sched.errors import CrawlFailed, FetchFailed
from llmstxt_sched.outbound.client import Budget, Client, fetch

MAX_FILES = 50
MAX_DEPTH = 2
# Addresses from all files together: more than any crawl visits, and few enough to fit into memory.
MAX_TOTAL = 100_000
_BUDGET = Budget(wire_bytes=sitemap.MAX_BYTES, decoded_bytes=sitemap.MAX_BYTES)


class Discovery(Struct, frozen=True):
    """The addresses found, sorted so that the order of the files does not matter, and the limits reached."""

    found: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


async def discover(client: Client, robots_cache: RobotsCache, scope: Scope, start: Url) -> Discovery:
    """Read the sitemaps that robots.txt names, and those at the conventional addresses.

    A sitemap that cannot be fetched or read counts as empty.
    """
    declared = (await robots_cache.robots(start)).sitemaps
    conventional = (f"{start.origin}/sitemap.xml", f"{start.origin}{scope.folder}sitemap.xml")
    queue = deque((url, 0) for url in dict.fromkeys((*declared, *conventional)))
    fetched: set[Url] = set()
    found: set[str] = set()
    limits: dict[str, None] = {}
    while queue and len(found) < MAX_TOTAL:
        url, depth = queue.popleft()
        address = urls.try_parse(url)
        if address is None or address in fetched or not scope.holds_host(address):
            continue
        if len(fetched) == MAX_FILES:
            limits["sitemap_files"] = None
            break
        fetched.add(address)
        listed = await _read(client, robots_cache, scope, address)
        found.update(listed.pages)
        if listed.cut or len(found) > MAX_TOTAL:
            limits["sitemap_urls"] = None
        if depth < MAX_DEPTH:
            queue.extend((file, depth + 1) for file in listed.files)
    return Discovery(tuple(sorted(found)[:MAX_TOTAL]), tuple(limits))


async def _read(client: Client, robots_cache: RobotsCache, scope: Scope, url: Url) -> Sitemap:
    async def admit(hop: Url) -> None:
        if not scope.holds_host(hop) or not await robots_cache.allows(hop):
            raise FetchFailed("offsite", f"{url} redirects to {hop}")

    if not await robots_cache.allows(url):
        return Sitemap()
    try:
        await robots_cache.wait(url)
        response = await fetch(client, str(url), budget=_BUDGET, admit=admit)
    except (FetchFailed, CrawlFailed):
        return Sitemap()
    return await asyncio.to_thread(_parse_in_scope, scope, response.body) if response.body else Sitemap()


def _parse_in_scope(scope: Scope, body: bytes) -> Sitemap:
    """Parse a sitemap and leave out pages outside `scope`."""
    listed = sitemap.parse(body)
    return replace(listed, pages=tuple(page for page in listed.pages if _is_in_scope(scope, page)))


def _is_in_scope(scope: Scope, page: str) -> bool:
    address = urls.try_parse(page)
    return address is not None and scope.holds(address)
