"""The addresses that a site's sitemaps list, fetched politely and within bounds (sitemaps.org)."""

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
# Over all files: what a crawl can take at most, and no more than fits into memory comfortably.
MAX_TOTAL = 100_000
_BUDGET = Budget(wire_bytes=sitemap.MAX_BYTES, decoded_bytes=sitemap.MAX_BYTES)


class Discovery(Struct, frozen=True):
    """The addresses found, in one order whatever the files' order was, and the limits that bit."""

    found: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


async def discover(client: Client, robots_cache: RobotsCache, scope: Scope, start: Url) -> Discovery:
    """What the sitemaps say that robots.txt names, and those at the usual places."""
    named = (await robots_cache.robots(start)).sitemaps
    usual = (f"{start.origin}/sitemap.xml", f"{start.origin}{scope.folder}sitemap.xml")
    queue = deque((url, 0) for url in dict.fromkeys((*named, *usual)))
    asked: set[Url] = set()
    found: set[str] = set()
    limits: dict[str, None] = {}
    while queue and len(found) < MAX_TOTAL:
        url, depth = queue.popleft()
        address = urls.try_parse(url)
        if address is None or address in asked or not scope.holds_host(address):
            continue
        if len(asked) == MAX_FILES:
            limits["sitemap_files"] = None
            break
        asked.add(address)
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
        answer = await fetch(client, str(url), budget=_BUDGET, admit=admit)
    except (FetchFailed, CrawlFailed):
        return Sitemap()
    return await asyncio.to_thread(_listed, scope, answer.body) if answer.body else Sitemap()


def _listed(scope: Scope, body: bytes) -> Sitemap:
    """What the file lists, without pages of other sites."""
    listed = sitemap.parse(body)
    return replace(listed, pages=tuple(page for page in listed.pages if _is_of(scope, page)))


def _is_of(scope: Scope, page: str) -> bool:
    address = urls.try_parse(page)
    return address is not None and scope.holds(address)
