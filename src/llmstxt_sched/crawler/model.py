"""What goes into a crawl and what comes out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

from msgspec import Struct

from llmstxt_sched.domain.run import Progress
from llmstxt_sched.extraction.model import Content


class Outcome(StrEnum):
    """What became of one address."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    REDIRECTED = "redirected"
    NOINDEX = "noindex"
    ROBOTS = "robots"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    PROTOCOL_ERROR = "protocol_error"
    CONNECT_ERROR = "connect_error"
    DNS_ERROR = "dns_error"
    TLS_ERROR = "tls_error"
    BLOCKED_ADDRESS = "blocked_address"
    BAD_REDIRECT = "bad_redirect"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REDIRECT_LOOP = "redirect_loop"
    OFFSITE = "offsite"
    UNSUPPORTED_TYPE = "unsupported_type"
    UNSUPPORTED_ENCODING = "unsupported_encoding"
    DECODE_ERROR = "decode_error"
    PARSE_ERROR = "parse_error"


# What gives a page that belongs into the documents.
PAGES = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})


class Limits(Struct, frozen=True):
    """How far one crawl goes.  `include` and `exclude` are globs over the path and query."""

    max_pages: int = 500
    max_depth: int = 10
    max_seconds: float = 1800
    delay_seconds: float = 0.25
    connections_per_host: int = 2
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Known(Struct, frozen=True):
    """What an earlier crawl stored of an address, so that it can be asked for conditionally."""

    etag: str
    last_modified: str
    content: Content


class Visit(Struct, frozen=True):
    """One address after the crawl asked for it; `position` orders visits the same in every run.

    `content` is what was read, where anything was; a page for the documents where `outcome` is one of PAGES.
    `note` is one line for a person.
    """

    url: str
    position: int
    depth: int
    outcome: Outcome
    status_code: int | None = None
    note: str = ""
    etag: str = ""
    last_modified: str = ""
    content: Content | None = None


class Report(Struct, frozen=True):
    """What a crawl that gave at least one page came to.

    `start_url` is the start after its redirects.  `limits` names each limit that bit.  `seen_all` is
    false where a limit left addresses unasked: those that it did not see may still exist.
    """

    start_url: str
    progress: Progress
    limits: tuple[str, ...] = ()
    seen_all: bool = True


Recall = Callable[[str], Awaitable[Known | None]]
Keep = Callable[[Sequence[Visit]], Awaitable[None]]
Watch = Callable[[Progress], None]
