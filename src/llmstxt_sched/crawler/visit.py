"""Visits one address: checks robots.txt, fetches the address and parses the response."""

from __future__ import annotations

import asyncio
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.crawler.frontier import CrawlRequest
from llmstxt_sched.crawler.model import Known, Outcome, Recall
from llmstxt_sched.crawler.pace import Pace
from llmstxt_sched.crawler.robots_cache import RobotsCache
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, CrawlFailed, FetchFailed
from llmstxt_sched.extraction.markdown_page import MARKDOWN
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.normalise import keep_link_order
from llmstxt_sched.outbound.client import REDIRECTS, Client, Response, fetch, redirect_target

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", MARKDOWN})
MAX_RETRY_AFTER_SECONDS = 120.0
_MAX_START_RETRY_AFTER_SECONDS = 10.0
_RETRY_SECONDS = 1.0
# A page larger than this keeps its connection slot while it is parsed, so that few large pages are in memory at once.
_LARGE_BYTES = 512 * 1024
_TRANSIENT = frozenset({Outcome.TIMEOUT, Outcome.CONNECT_ERROR, Outcome.DNS_ERROR, Outcome.RATE_LIMITED})
_TRANSIENT_STATUSES = frozenset({408, 425})


class PageParser(Protocol):
    """The parser that the crawl needs; `crawler.parser_pool.ParserPool` is one."""

    async def parse(self, body: bytes, url: str, content_type: str) -> Content:
        """Parse the page; raises FetchFailed if it cannot be parsed."""


class FetchResult(Struct, frozen=True):
    """The result of fetching one address.

    `target` is the address that a redirect leads to, `note` a sentence for a human reader, `retry_after` in seconds.
    """

    outcome: Outcome
    status: int | None = None
    note: str = ""
    etag: str = ""
    last_modified: str = ""
    content: Content | None = None
    target: Url | None = None
    retry_after: float | None = None

    @property
    def is_transient(self) -> bool:
        """Whether trying again may succeed."""
        status = self.status or 0
        return self.outcome in _TRANSIENT or status >= 500 or status in _TRANSIENT_STATUSES


class Visitor:
    """Fetches and parses addresses, with at most `connections` requests at once."""

    def __init__(
        self,
        client: Client,
        parser: PageParser,
        pace: Pace,
        recall: Recall,
        robots_cache: RobotsCache,
        connections: int,
    ) -> None:
        self._client = client
        self._parser = parser
        self._pace = pace
        self._recall = recall
        self._robots_cache = robots_cache
        self._slots = asyncio.Semaphore(connections)

    async def visit(self, request: CrawlRequest) -> FetchResult:
        """Visit the address of `request`; a transient failure is retried once."""
        if not await self._robots_cache.allows(request.url):
            return FetchResult(Outcome.ROBOTS, note="robots.txt forbids it")
        known = await self._recall(str(request.url))
        result = await self._attempt(request.url, known)
        if result.is_transient and _retry_delay(result) <= MAX_RETRY_AFTER_SECONDS:
            return await self._retry(request.url, known, result)
        if result.is_transient and result.retry_after:
            await self._pace.back_off(request.url.host, MAX_RETRY_AFTER_SECONDS)
        return result

    async def visit_start(self, request: CrawlRequest) -> FetchResult:
        """Visit the start page, without checking robots.txt, which the caller has done.

        It is retried only if the site answered and asked for a short wait; a longer wait is better spent by the
        caller, which can retry the whole crawl.
        """
        known = await self._recall(str(request.url))
        result = await self._attempt(request.url, known)
        if result.is_transient and result.status and _retry_delay(result) <= _MAX_START_RETRY_AFTER_SECONDS:
            return await self._retry(request.url, known, result)
        return result

    async def _retry(self, url: Url, known: Known | None, first: FetchResult) -> FetchResult:
        if first.retry_after is None:
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            await self._pace.back_off(url.host, first.retry_after)
        return await self._attempt(url, known)

    async def _attempt(self, url: Url, known: Known | None) -> FetchResult:
        try:
            async with self._slots:
                await self._robots_cache.wait(url)
                response = await fetch(
                    self._client, str(url), headers=_conditional_headers(known), hops=0, types=PAGE_TYPES
                )
                if len(response.body) > _LARGE_BYTES:
                    return await self._interpret(url, response, known)
            return await self._interpret(url, response, known)
        except AddressRefused as error:
            return FetchResult(Outcome.BLOCKED_ADDRESS, note=error.message)
        except FetchFailed as error:
            return FetchResult(Outcome(error.code), note=error.message)
        except CrawlFailed as error:
            return FetchResult(Outcome.ROBOTS, note=error.message)

    async def _interpret(self, url: Url, response: Response, known: Known | None) -> FetchResult:
        if response.status == 304 and known:
            return _unchanged(response, known)
        if response.status in REDIRECTS:
            target = self._client.gate.check_url(redirect_target(url, response.location))
            return FetchResult(Outcome.REDIRECTED, response.status, f"redirects to {target}", target=target)
        if response.status != 200:
            return _error_result(url, response)
        parsed = await self._parser.parse(response.body, str(url), response.content_type)
        content = _with_header_directives(parsed, response)
        if known:
            content = keep_link_order(content, known.content)
        return FetchResult(_outcome(content), 200, "", response.etag, response.last_modified, content)


def _retry_delay(result: FetchResult) -> float:
    return _RETRY_SECONDS if result.retry_after is None else result.retry_after


def _conditional_headers(known: Known | None) -> dict[str, str]:
    if known is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def _unchanged(response: Response, known: Known) -> FetchResult:
    content = _with_header_directives(known.content, response)
    return FetchResult(
        Outcome.NOINDEX if content.noindex else Outcome.NOT_MODIFIED,
        304,
        "",
        response.etag or known.etag,
        response.last_modified or known.last_modified,
        content,
    )


def _error_result(url: Url, response: Response) -> FetchResult:
    status = response.status
    outcome = {404: Outcome.GONE, 410: Outcome.GONE, 429: Outcome.RATE_LIMITED}.get(status, Outcome.HTTP_ERROR)
    return FetchResult(outcome, status, f"{url} answered {status}", retry_after=response.retry_after)


def _with_header_directives(content: Content, response: Response) -> Content:
    asked = response.directives
    if not (asked.noindex or asked.nofollow):
        return content
    return replace(content, noindex=content.noindex or asked.noindex, nofollow=content.nofollow or asked.nofollow)


def _outcome(content: Content) -> Outcome:
    if content.noindex:
        return Outcome.NOINDEX
    return Outcome.OK if content.markdown.strip() else Outcome.EMPTY
