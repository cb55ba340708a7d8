"""The inputs and outputs of a crawl."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

from msgspec import Struct

from llmstxt_sched.domain.project import Languages, Versions
from llmstxt_sched.domain.run import NeedsRendering, Politeness, Progress, ReachedLimit
from llmstxt_sched.domain.start_folder import Extent
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.model import ContentFacts


class Outcome(StrEnum):
    """The result of visiting one address."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    REDIRECTED = "redirected"
    NOINDEX = "noindex"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
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


# CPU time for the parsing of one page.
PAGE_SECONDS = 5.0
# The outcomes of pages that belong in the documents.
PAGES = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})


class Limits(Struct, frozen=True):
    """The limits of one crawl.

    `max_seconds` limits the whole crawl; `delay_seconds` is the least time between two requests to a host, of whatever
    crawl, `own_delay_seconds` that between two of this one.
    `include` and `exclude` are globs over the path and query; `picks` says what is content of a page.  `folder` is the
    one that earlier crawls were restricted to, None if there were none.
    """

    max_pages: int = 500
    max_depth: int = 10
    max_seconds: float = 1800
    delay_seconds: float = 0.25
    own_delay_seconds: float = 0
    connections_per_host: int = 2
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    picks: Picks = NO_PICKS
    languages: Languages = "start"
    versions: Versions = "newest"
    scope: Extent | None = None
    folder: str | None = None


class Known(Struct, frozen=True):
    """What an earlier crawl stored for an address, so that it can be fetched with a conditional request.

    `wire_bytes` is the size of its body as it was sent, 0 where that is not known.
    """

    etag: str
    last_modified: str
    content: ContentFacts
    wire_bytes: int = 0


class KnownAddress(Struct, frozen=True):
    """The address of a page that stands in the documents, and its depth when it was visited last.

    `leads_on`: it was read lately, so that its links count also where it cannot be read.  `is_doubtful`: nothing
    led to it in the last run, or it was refused, and with another time it leaves the documents.  `may_be_in_sitemap`:
    it counts as listed while a sitemap cannot be read.
    """

    url: str
    depth: int
    leads_on: bool = True
    is_doubtful: bool = False
    may_be_in_sitemap: bool = False


class Visit(Struct, frozen=True):
    """The visit of one address; `position` orders visits in the same way in every run.

    `content` is what was read, if anything; it belongs in the documents only if `outcome` is one of PAGES.
    `note` is one line for a human reader; `wire_bytes` is the size of the body as it was sent.
    """

    url: str
    position: int
    depth: int
    outcome: Outcome
    status_code: int | None = None
    note: str = ""
    etag: str = ""
    last_modified: str = ""
    content: ContentFacts | None = None
    wire_bytes: int = 0


class Report(Struct, frozen=True):
    """The result of a crawl that found at least one page.

    `start_url` is the start page's address after redirects.  `reached` are the limits reached.  `seen_all` is
    false if a limit left addresses unvisited: a page missing from this crawl may then still exist.  `folder` is the one
    that the crawl was restricted to.

    Of the known addresses, `unlinked` are those that were visited although nothing led to them, and `decided` those
    about which no question is open: they were visited, under this or another spelling, the project's options or
    robots.txt shut them out, or `max_pages` leaves no room for them.  What is in neither, the time did not suffice for.

    `unmatched_globs` are the include and exclude patterns that matched no address, `unmatched_selectors` those of
    `picks` that matched nothing on the pages that were read.
    """

    start_url: str
    progress: Progress
    reached: tuple[ReachedLimit, ...] = ()
    seen_all: bool = True
    politeness: Politeness = Politeness()
    folder: str = "/"
    needs_rendering: NeedsRendering = NeedsRendering()
    unlinked: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    unmatched_globs: tuple[str, ...] = ()
    unmatched_selectors: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[str, ...]:
        """The names of the limits reached."""
        return tuple(limit.name for limit in self.reached)


# Stores a batch of visits.
Keep = Callable[[Sequence[Visit]], Awaitable[None]]
# Is told the counts after each visit, and the address visited.
Watch = Callable[[Progress, str], None]
# Waits while something has precedence, before each page that is taken in.
GiveWay = Callable[[], Awaitable[None]]
