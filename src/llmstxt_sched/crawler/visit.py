"""Visits one address: checks robots.txt, fetches the address and parses the response."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from msgspec.structs import replace

from llmstxt_sched.crawler.binary_files import binary_kind
from llmstxt_sched.crawler.earlier_pages import EarlierPages, whole
from llmstxt_sched.crawler.failing_server import Strain
from llmstxt_sched.crawler.fetch_result import (
    FetchResult,
    PageParser,
    error_result,
    page_result,
    unchanged_result,
    with_headers,
)
from llmstxt_sched.crawler.frontier.crawl_request import CrawlRequest
from llmstxt_sched.crawler.host_pace import MAX_BACK_OFF_SECONDS, Pace
from llmstxt_sched.crawler.model import Known, Limits, Outcome
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.crawler.site_markdown.copy_fetcher import CopyFetcher
from llmstxt_sched.crawler.site_markdown.own_copy import COPY_TYPES, as_markdown
from llmstxt_sched.crawler.unread_pages import is_refused, is_uncertain
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, CrawlFailed, FetchFailed
from llmstxt_sched.extraction.dom.picks import NO_PICKS
from llmstxt_sched.extraction.links import is_script_menu
from llmstxt_sched.extraction.model import Content, ContentFacts
from llmstxt_sched.extraction.place.script_menu import MENU_TYPES
from llmstxt_sched.extraction.revisit import keep_link_order, keep_links, keep_places, may_be_as_before
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.headers import CONDITION_REFUSED, MARKDOWN, PAST_CACHES, conditional_headers, media_type
from llmstxt_sched.outbound.redirects import redirect_target, redirected_to
from llmstxt_sched.outbound.responses import REDIRECTS, Response

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", MARKDOWN, "text/x-markdown"})
# Endings of addresses that are Markdown, which many servers send as plain text.
_MARKDOWN_NAMES = (".md", ".markdown")
# HTML is asked for first: it has the links, and whether there is a copy in Markdown.
_PAGE_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_MAX_START_RETRY_AFTER_SECONDS = 10.0
_RETRY_SECONDS = 1.0
# The errors of a robots.txt that is, or redirects, where no crawl may go.
_ROBOTS_REFUSED = frozenset({"robots_blocked", "blocked_address"})
# A page larger than this keeps its connection slot while it is parsed, so that few large pages are in memory at once.
_LARGE_BYTES = 512 * 1024


class Visitor:
    """Fetches and parses addresses, within the `limits` of the crawl; `copies` shares its connections.

    `strain` says how the site bears it.
    """

    def __init__(
        self,
        client: Client,
        parser: PageParser,
        pace: Pace,
        earlier: EarlierPages,
        robots_cache: RobotsCache,
        limits: Limits,
    ) -> None:
        self._client = client
        self._parser = parser
        self._pace = pace
        self._earlier = earlier
        self._robots_cache = robots_cache
        self._picks = limits.picks
        self._slots = asyncio.Semaphore(limits.connections_per_host)
        self._resume_at = 0.0
        self.strain = Strain()
        self.copies = CopyFetcher(client, parser, robots_cache, earlier, self._slots)

    async def visit(self, request: CrawlRequest) -> FetchResult:
        """Visit the address of `request`; a transient failure is retried once, unless all fail."""
        refused = await self._refused(request.url)
        if refused and refused.outcome is Outcome.ROBOTS:
            return refused
        known = await self._earlier.recall(str(request.url))
        return _with_earlier(known, refused or await self._visit(request, known))

    async def _visit(self, request: CrawlRequest, known: Known | None) -> FetchResult:
        result = await self._first_attempt(request.url, known)
        is_brief = _retry_delay(result) <= MAX_BACK_OFF_SECONDS
        if result.is_transient and is_brief and not self.strain.is_failing:
            result = await self._retry(request.url, known, result)
        elif result.is_transient and result.retry_after:
            await self._pace.back_off(request.url.host, min(result.retry_after, MAX_BACK_OFF_SECONDS))
        self._pause(self.strain.note(result))
        return result if result.is_transient else await self.with_copy(request.url, result)

    async def visit_start(self, request: CrawlRequest) -> FetchResult:
        """Visit the start page, without checking robots.txt, which the caller has done.

        It is retried only if the site answered and asked for a short wait; a longer wait is better spent by the
        caller, which can retry the whole crawl.
        """
        known = await self._earlier.recall(str(request.url))
        result = await self._first_attempt(request.url, known)
        if result.is_transient and result.status and _retry_delay(result) <= _MAX_START_RETRY_AFTER_SECONDS:
            result = await self._retry(request.url, known, result)
        return _with_earlier(known, result)

    async def with_copy(self, url: Url, result: FetchResult) -> FetchResult:
        """`result` with the text of the page's own copy in Markdown; without where the project says what is content."""
        if self._picks != NO_PICKS:
            return result
        improved = await self.copies.improve(url, result)
        if improved is None:
            result = await self._attempt(url, await self._earlier.recall(str(url)), {})
            improved = await self.copies.improve(url, result)
        return improved or result

    async def visit_unknown(self, url: Url) -> FetchResult:
        """Visit an address that is no page of the site, to see what the server makes of it."""
        if refused := await self._refused(url):
            return refused
        result = await self._attempt(url, None, {})
        # The crawl waits for this answer, so one that does not come is not waited for twice.
        is_answered = result.is_transient and result.status and _retry_delay(result) <= _MAX_START_RETRY_AFTER_SECONDS
        return await self._retry(url, None, result) if is_answered else result

    async def remembered(self, url: Url) -> ContentFacts | None:
        """What an earlier run read at `url`, without its text."""
        known = await self._earlier.recall(str(url))
        return known.content if known else None

    async def whole(self, content: ContentFacts) -> Content:
        """`content` with its text, also where an earlier run read it."""
        return await whole(self._earlier, content)

    def _pause(self, seconds: float) -> None:
        self._resume_at = max(self._resume_at, asyncio.get_running_loop().time() + seconds)

    async def _refused(self, url: Url) -> FetchResult | None:
        """The result for `url` where its robots.txt forbids it, or cannot be had."""
        try:
            refusal = await self._robots_cache.refusal(url)
        except CrawlFailed as error:
            return _without_robots(error)
        return FetchResult(Outcome.ROBOTS, note=refusal) if refusal else None

    async def _retry(self, url: Url, known: Known | None, first: FetchResult) -> FetchResult:
        self._client.traffic.retries += 1
        if first.retry_after is None:
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            await self._pace.back_off(url.host, first.retry_after)
        # Without a condition, which some servers fail at.
        return await self._attempt(url, known, {})

    async def _first_attempt(self, url: Url, known: Known | None) -> FetchResult:
        condition = conditional_headers(known.etag, known.last_modified) if known else {}
        result = await self._attempt(url, known, condition)
        is_misread = result.outcome is Outcome.PROTOCOL_ERROR or result.status in CONDITION_REFUSED
        if condition and is_misread:
            # A 304 with a body, for one, is no valid HTTP.
            self._client.traffic.retries += 1
            return await self._attempt(url, known, {})
        if result.status == 304 and not (condition or known):
            # Nobody asked whether anything changed (RFC 9110, section 15.4.5): a cache may answer for another client.
            self._client.traffic.retries += 1
            return await self._attempt(url, known, PAST_CACHES)
        return result

    async def _attempt(self, url: Url, known: Known | None, condition: Mapping[str, str]) -> FetchResult:
        headers = {"Accept": _PAGE_ACCEPT, **condition}
        try:
            async with self._slots:
                await asyncio.sleep(self._resume_at - asyncio.get_running_loop().time())
                await self._robots_cache.wait(url)
                types = _types_of(url)
                response = await fetch(self._client, str(url), headers=headers, hops=0, types=types)
                if own := await self._own_target(url, response):
                    await self._robots_cache.wait(url)
                    response = await fetch(self._client, own, headers=headers, hops=0, types=types, is_exact=True)
                if len(response.body) > _LARGE_BYTES:
                    return await self._interpret(url, response, known)
            return await self._interpret(url, response, known)
        except AddressRefused as error:
            return FetchResult(Outcome.BLOCKED_ADDRESS, note=error.message)
        except FetchFailed as error:
            return FetchResult(Outcome(error.code), note=error.message)
        except CrawlFailed as error:
            return _without_robots(error)

    async def _own_target(self, url: Url, response: Response) -> str:
        """Where `url` redirects to if that is itself but for a session or the like, which it may insist on; else ''."""
        if response.status not in REDIRECTS:
            return ""
        if redirected_to(self._client.gate, url, response.location) != url:
            return ""
        exact = self._client.gate.check_url(redirect_target(url, response.location), is_exact=True)
        return "" if exact == url or await self._refused(exact) else str(exact)

    async def _interpret(self, url: Url, response: Response, known: Known | None) -> FetchResult:
        if response.status == 304 and known:
            self._client.traffic.bytes_saved += known.wire_bytes
            return unchanged_result(url, response, known)
        if response.status in REDIRECTS:
            target = redirected_to(self._client.gate, url, response.location)
            return FetchResult(Outcome.REDIRECTED, response.status, f"redirects to {target}", target=target)
        if response.status != 200:
            return error_result(url, response)
        is_markdown = media_type(response.content_type) in COPY_TYPES
        kind = binary_kind(response.body, is_html=not is_markdown and not is_script_menu(url.path))
        if kind:
            raise FetchFailed("unsupported_type", f"{url} is {kind}, whatever its Content-Type says")
        content_type = as_markdown(response.content_type) if is_markdown else response.content_type
        parsed = await self._parser.parse(response.body, str(url), content_type, self._picks)
        content = with_headers(url, parsed, response)
        if known:
            content = await self._as_before(content, known.content)
        return page_result(url, response, content)

    async def _as_before(self, new: Content, facts: ContentFacts) -> Content:
        """`new`, with what it shares with the page of the earlier run where they differ in what is random alone."""
        if not may_be_as_before(new, facts):
            return keep_links(new, facts)
        known = await self.whole(facts)
        return keep_link_order(keep_places(new, known), known)


def _types_of(url: Url) -> frozenset[str]:
    """What the answer may be: HTML or Markdown, unless the name of the file says something else."""
    if url.path.endswith(_MARKDOWN_NAMES):
        return PAGE_TYPES | COPY_TYPES
    return MENU_TYPES if is_script_menu(url.path) else PAGE_TYPES


def _without_robots(error: CrawlFailed) -> FetchResult:
    """The result for an address whose robots.txt could not be had: for now, or as nobody may ask for it."""
    outcome = Outcome.ROBOTS if error.code in _ROBOTS_REFUSED else Outcome.ROBOTS_UNREACHABLE
    return FetchResult(outcome, note=error.message)


def _with_earlier(known: Known | None, result: FetchResult) -> FetchResult:
    """`result`, with what was known of the page where it may stand in the documents all the same."""
    may_stand = is_uncertain(result.outcome, result.status) or is_refused(result.outcome)
    return replace(result, stood=known.content) if known and may_stand else result


def _retry_delay(result: FetchResult) -> float:
    return _RETRY_SECONDS if result.retry_after is None else result.retry_after
