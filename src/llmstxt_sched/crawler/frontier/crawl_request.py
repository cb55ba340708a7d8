"""An address to fetch, and what is known of one.  Pure."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

from llmstxt_sched.domain.urls import Url


class CrawlRequest(Struct, frozen=True):
    """An address to fetch.

    `via` are the addresses whose redirects or canonical links led here.  `position` is set if the address was
    visited before and keeps its position.  `believes_canonical` is false if the page's canonical link is to be
    ignored, because it turned out not to lead to a page.  `is_linked` is false for a known page to which nothing led:
    what it links to is not visited for its sake.
    """

    url: Url
    depth: int
    via: tuple[Url, ...] = ()
    position: int | None = None
    believes_canonical: bool = True
    is_linked: bool = True


class AddressState(IntEnum):
    """What is known of an address: not fetched yet, a page, or not a page."""

    QUEUED = 0
    PAGE = 1
    NO_PAGE = 2
