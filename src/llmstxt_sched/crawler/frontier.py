"""Which addresses are asked for, and in which order; pure.

Breadth first: the addresses that the pages of one level link to, in the order of the pages and of their
links, are the next level.  So any number of connections and any order of answers gives the same visits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum

from msgspec import Struct

from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.globs import glob
from llmstxt_sched.domain.urls import Scope, Url
from llmstxt_sched.extraction.links import MAX_LINKS

MAX_SEGMENTS = 20
MAX_QUERIES = 20
MAX_REDIRECTS = 5
# /a/a/a/ and /a/b/a/b/a/b/: what a relative link grows into where a folder answers for everything below.
_REPEATED = re.compile(r"/((?:[^/]+/){1,3}?)\1\1")


class CrawlRequest(Struct, frozen=True):
    """An address to ask for.

    `via` are the addresses whose redirects or canonical links led here; `position` is there where the
    address had one already; `believes_canonical` is false once that link turned out to lead nowhere.
    """

    url: Url
    depth: int
    via: tuple[Url, ...] = ()
    position: int | None = None
    believes_canonical: bool = True


class AddressState(IntEnum):
    """How far an address is."""

    QUEUED = 0
    PAGE = 1
    NO_PAGE = 2


class Frontier:
    """Takes found addresses in, gives levels out, and names each limit that kept one out.

    Of a seen address only a hash is kept: with 100,000 pages the texts would be the crawl's memory.
    """

    def __init__(self, scope: Scope, limits: Limits) -> None:
        self.scope = scope
        self.limits: dict[str, None] = {}
        self.found = 0
        self._bounds = limits
        self._include = [glob(pattern) for pattern in limits.include]
        self._exclude = [glob(pattern) for pattern in limits.exclude]
        self._states: dict[int, AddressState] = {}
        self._queries: Counter[int] = Counter()
        self._accepted = 1  # the start page
        self._next: list[str] = []
        self._next_depth = 0

    def next_level(self) -> Iterator[CrawlRequest]:
        """The addresses added since the last call, in order; empty where there are none."""
        level, self._next, depth = self._next, [], self._next_depth
        # Turned round so that each can be let go as it is taken: a level may be the whole site.
        level.reverse()
        while level:
            yield CrawlRequest(urls.parse(level.pop()), depth)

    def add_links(self, links: Sequence[str], depth: int) -> None:
        """Queue the links of a page; `depth` is theirs, one more than the page's."""
        if len(links) >= MAX_LINKS:
            self.limits["links_per_page"] = None
        for link in links[:MAX_LINKS]:
            self.add(link, depth)

    def add(self, link: str, depth: int) -> None:
        """Queue `link` where it is new, of this site, wanted, and within the limits.

        Between two levels `depth` is the same for all: a redirect's target has its source's.
        """
        if len(link) > urls.MAX_URL:
            self.limits["url_length"] = None
            return
        url = urls.try_parse(link)
        if url is None or _key(url) in self._states or not self.wants(url):
            return
        if limit := self._limit(url, depth):
            self.limits[limit] = None
            return
        if url.query:
            self._queries[hash(url.path)] += 1
        self._accepted += 1
        self.enter(url, depth)
        self._next.append(str(url))
        self._next_depth = depth

    def enter(self, url: Url, depth: int, via: tuple[Url, ...] = ()) -> CrawlRequest:
        """Count `url` as found without asking any limit; it takes the place of what led here."""
        self._states[_key(url)] = AddressState.QUEUED
        self.found += 1
        return CrawlRequest(url, depth, via)

    def enter_hop(self, url: Url) -> None:
        """Count `url`, which redirected to the start page; of another site, it says nothing of this one."""
        self.found += 1
        if self.scope.holds_host(url):
            self._states[_key(url)] = AddressState.NO_PAGE

    def take_over(self, source: CrawlRequest, url: Url) -> CrawlRequest | None:
        """The address to ask for in place of `source`, which redirects to `url` or calls it canonical.

        None where it is known already, not of this site, or one too many; it costs no page, because
        `source` is none.
        """
        is_twin = _key(url) == _key(source.url) and url not in (source.url, *source.via)
        is_known = _key(url) in self._states and not is_twin
        if is_known or len(source.via) >= MAX_REDIRECTS or not self.wants(url):
            return None
        return self.enter(url, source.depth, (*source.via, source.url))

    def mark(self, url: Url, state: AddressState) -> None:
        """Remember what became of `url`."""
        self._states[_key(url)] = state

    def state(self, url: Url) -> AddressState | None:
        """What became of `url`, None where it was never seen."""
        return self._states.get(_key(url))

    def wants(self, url: Url) -> bool:
        """Whether `url` is of this site and neither left out by include nor by exclude."""
        if not self.scope.holds(url):
            return False
        target = url.target
        if self._include and not any(pattern.matches(target) for pattern in self._include):
            return False
        return not any(pattern.matches(target) for pattern in self._exclude)

    def _limit(self, url: Url, depth: int) -> str:
        """The name of the limit that keeps `url` out, empty for none."""
        checks = {
            "max_depth": depth > self._bounds.max_depth,
            "path_segments": url.path.count("/") > MAX_SEGMENTS,
            "repeated_segments": _REPEATED.search(url.path) is not None,
            "query_variants": bool(url.query) and self._queries[hash(url.path)] >= MAX_QUERIES,
            "max_pages": self._accepted >= self._bounds.max_pages,
        }
        return next((name for name, bites in checks.items() if bites), "")


def _key(url: Url) -> int:
    # Within one site neither the scheme nor www. tells pages apart.
    return hash((url.path, url.query))
