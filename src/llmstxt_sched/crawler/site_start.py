"""The start of a site's crawl, and of its dry run: who asks, with which headers and rules, and the start page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from llmstxt_sched.crawler.earlier_pages import EarlierPages
from llmstxt_sched.crawler.fetch_result import FetchResult, PageParser
from llmstxt_sched.crawler.frontier.crawl_request import CrawlRequest
from llmstxt_sched.crawler.frontier.frontier import MAX_REDIRECTS
from llmstxt_sched.crawler.host_pace import Pace, TimedPace
from llmstxt_sched.crawler.model import Limits, Outcome
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.crawler.visit import Visitor
from llmstxt_sched.domain.urls import Scope, Url, scope_of
from llmstxt_sched.errors import AddressRefused, CrawlFailed, NoSuchHost
from llmstxt_sched.outbound.client import Client
from llmstxt_sched.outbound.origin_headers import OriginHeaders

# Outcomes of the start page with which a crawl is still worthwhile: its links or the sitemaps lead to other pages.
_USABLE = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.NOINDEX, Outcome.EMPTY})
_LOGIN_STATUSES = frozenset({401, 403})
# Redirects whose source is to be asked again, next time (RFC 9110, section 15.4).
_FOR_NOW_STATUSES = frozenset({302, 303, 307})


@dataclass(frozen=True)
class SiteStart:
    """The site at `url` before its first request, and all that asks it.

    `has_login` tells whether its origin is sent headers of the project's own.
    """

    url: Url
    client: Client
    robots_cache: RobotsCache
    visitor: Visitor
    has_login: bool

    async def visit(self) -> list[tuple[CrawlRequest, FetchResult]]:
        """Fetch the start page, following redirects, also to another host.

        Returns every request and its result in order; the last is that of the page itself.  Raises CrawlFailed if the
        page cannot be used.
        """
        chain: list[tuple[CrawlRequest, FetchResult]] = []
        request = CrawlRequest(self.url, 0)
        while True:
            refusal = await self._refusal(request)
            if refusal:
                raise CrawlFailed("robots", refusal, transient=False)
            result = await self.visitor.visit_start(request)
            chain.append((request, result))
            if result.target is None:
                break
            via = (*request.via, request.url)
            if result.target in via or len(via) > MAX_REDIRECTS:
                code = "redirect_loop" if result.target in via else "too_many_redirects"
                raise CrawlFailed(code, f"{self.url} redirects and never ends at a page", transient=False)
            request = CrawlRequest(result.target, 0, via)
        if result.outcome not in _USABLE:
            raise self._failure(request, result)
        return chain

    async def _refusal(self, request: CrawlRequest) -> str:
        """That of robots.txt.  Raises CrawlFailed, whose sentence names the redirect that led here, if one did."""
        try:
            return await self.robots_cache.refusal(request.url)
        except NoSuchHost:
            raise NoSuchHost(request.url.host, str(self.url) if request.via else "") from None
        except CrawlFailed as error:
            if error.code != "blocked_address" or not request.via:
                raise
            message = f"{self.url} redirects to {request.url}, where this service does not go: {error.message}"
            raise CrawlFailed(error.code, message, transient=error.transient) from None

    def scope(self, chain: Sequence[tuple[CrawlRequest, FetchResult]], limits: Limits) -> Scope:
        """The site whose start page `visit` found by this chain.

        It does not grow beyond the folder that it was known by: a site in maintenance sends all its pages to the front
        page of its host.  Raises CrawlFailed if the start page has left that folder.
        """
        home, result = chain[-1]
        found = scope_of(self.url, home.url, limits.scope, result.content.links if result.content else ())
        known = replace(found, folder=limits.folder or found.folder)
        if not (known.folder.startswith(found.folder) and found.holds_host(self.url)):
            return found
        if not known.holds(home.url):
            if home.url == self.url:
                # The folder is that of a start page which the project had before.
                return found
            message = f"{self.url} redirects to {home.url}, which lies above {known.folder}, the folder of this project"
            is_for_now = any(hop.status in _FOR_NOW_STATUSES for _, hop in chain)
            raise CrawlFailed("offsite", message, transient=is_for_now)
        return known

    def _failure(self, request: CrawlRequest, result: FetchResult) -> CrawlFailed:
        note = result.note
        if self.has_login and result.status in _LOGIN_STATUSES and request.url.origin != self.url.origin:
            note += f": the credentials are sent to {self.url.origin} alone"
        outcome = Outcome.HTTP_ERROR if result.outcome is Outcome.GONE else result.outcome
        return CrawlFailed(outcome.value, note, transient=result.is_transient, retry_after=result.retry_after)


def site_start(
    start_url: str,
    limits: Limits,
    *,
    client: Client,
    parser: PageParser,
    pace: Pace,
    earlier: EarlierPages,
    robots_copies: RobotsCopies,
    own_headers: Mapping[str, str] | None,
) -> SiteStart:
    """Prepare to ask the site at `start_url`, with `own_headers` for its origin and for no other.

    Raises CrawlFailed if the address may not be asked.
    """
    try:
        url = client.gate.check_url(start_url)
    except AddressRefused as error:
        raise CrawlFailed("blocked_address", error.message, transient=False) from None
    client = client.for_crawl(OriginHeaders(url.origin, own_headers or {}))
    pace = TimedPace(pace, client.traffic)
    # What a site answers to credentials is neither kept for other projects nor taken from them.
    robots_cache = RobotsCache(client, pace, limits.delay_seconds, NO_COPIES if own_headers else robots_copies)
    visitor = Visitor(client, parser, pace, earlier, robots_cache, limits)
    return SiteStart(url, client, robots_cache, visitor, bool(own_headers))
