"""Asks again for the known pages to which nothing led in a crawl, in the order in which they are given.

What the site links to comes first and takes all of `max_pages` if it needs it, so that the same site leads to the same
pages in every run, whatever runs before found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from llmstxt_sched.crawler.frontier.crawl_request import AddressState, CrawlRequest
from llmstxt_sched.crawler.frontier.frontier import Frontier
from llmstxt_sched.crawler.model import KnownAddress
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.domain import urls
from llmstxt_sched.errors import CrawlFailed

# After so many checks others get their turn on the event loop.
_SLICE = 100


class Revisits:
    """The known pages of a crawl; see `Report` for what `unlinked` and `decided` are at its end."""

    def __init__(self, known: Sequence[KnownAddress], frontier: Frontier, robots_cache: RobotsCache) -> None:
        self._known = iter(known)
        self._frontier = frontier
        self._robots_cache = robots_cache
        self._unlinked: list[str] = []
        self._decided: set[str] = set()

    @property
    def unlinked(self) -> frozenset[str]:
        """Those that were asked for, or would have been."""
        return frozenset(self._unlinked)

    @property
    def decided(self) -> frozenset[str]:
        """Those that no request was made for, since there was no need or no room."""
        return frozenset(self._decided)

    async def skip_visited(self) -> None:
        """Decide about those that the crawl has met, which are mostly all: a slice of them at a time."""
        left: list[KnownAddress] = []
        for number, page in enumerate(self._known):
            if number % _SLICE == 0:
                await asyncio.sleep(0)
            url = urls.try_parse(page.url)
            if url is None or self._frontier.state(url) is not None:
                self._decided.add(page.url)
            else:
                left.append(page)
        self._known = iter(left)

    def requests(self) -> Iterator[CrawlRequest]:
        """The requests for those that were not visited, are wanted and are within the limits; each once."""
        return filter(None, map(self._request, self._known))

    async def conclude(self) -> None:
        """Decide about those that the time did not suffice for: robots.txt may forbid them since they were read."""
        for number, known in enumerate(self._known):
            if number % _SLICE == 0:
                await asyncio.sleep(0)
            self._request(known)
        for number, page in enumerate(self._unlinked):
            if number % _SLICE == 0:
                await asyncio.sleep(0)
            url = urls.parse(page)
            if self._frontier.state(url) is AddressState.QUEUED and await self._is_forbidden(url):
                self._decided.add(page)

    def _request(self, page: KnownAddress) -> CrawlRequest | None:
        url = urls.try_parse(page.url)
        request = self._frontier.revisit(url, page.depth) if url else None
        if request:
            self._unlinked.append(page.url)
        else:
            self._decided.add(page.url)
        return request

    async def _is_forbidden(self, url: urls.Url) -> bool:
        try:
            return bool(await self._robots_cache.refusal(url))
        except (CrawlFailed, TimeoutError):
            # A robots.txt that cannot be had in time says nothing of a page that nobody asks for.
            return False
