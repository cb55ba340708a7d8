"""One address: may it be asked for, what does it answer, and what does that hold."""

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
_START_PATIENCE_SECONDS = 10.0
_RETRY_SECONDS = 1.0
# While a page larger than this is parsed, its connection asks for no other: memory follows page size.
_LARGE_BYTES = 512 * 1024
_MAY_PASS = frozenset({Outcome.TIMEOUT, Outcome.CONNECT_ERROR, Outcome.DNS_ERROR, Outcome.RATE_LIMITED})
_STATUS_MAY_PASS = frozenset({408, 425})


class PageParser(Protocol):
    """What the crawl asks of a parser; `crawler.page.ParserPool` is one."""

    async def parse(self, body: bytes, url: str, content_type: str) -> Content:
        """What the page holds; raises FetchFailed where it cannot be parsed."""


class FetchResult(Struct, frozen=True):
    """What one address came to.  `target` is where a redirect leads; `note` a sentence for a person."""

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
        """Whether asking again may do better."""
        status = self.status or 0
        return self.outcome in _MAY_PASS or status >= 500 or status in _STATUS_MAY_PASS


class Visitor:
    """Asks for addresses with at most `connections` requests at once."""

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
        self._manners = robots_cache
        self._slots = asyncio.Semaphore(connections)

    async def visit(self, address: CrawlRequest) -> FetchResult:
        """What `address` answers; a failure that may pass is asked once more."""
        if not await self._manners.allows(address.url):
            return FetchResult(Outcome.ROBOTS, note="robots.txt forbids it")
        known = await self._recall(str(address.url))
        answer = await self._try(address.url, known)
        if answer.is_transient and _wait(answer) <= MAX_RETRY_AFTER_SECONDS:
            return await self._again(address.url, known, answer)
        if answer.is_transient and answer.retry_after:
            await self._pace.back_off(address.url.host, MAX_RETRY_AFTER_SECONDS)
        return answer

    async def visit_start(self, address: CrawlRequest) -> FetchResult:
        """Like `visit`, for the very first page: asked once more only where the site did answer and a
        short wait is enough; a longer one is better spent by whoever started the crawl.
        """
        known = await self._recall(str(address.url))
        answer = await self._try(address.url, known)
        if answer.is_transient and answer.status and _wait(answer) <= _START_PATIENCE_SECONDS:
            return await self._again(address.url, known, answer)
        return answer

    async def _again(self, url: Url, known: Known | None, before: FetchResult) -> FetchResult:
        if before.retry_after is None:
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            await self._pace.back_off(url.host, before.retry_after)
        return await self._try(url, known)

    async def _try(self, url: Url, known: Known | None) -> FetchResult:
        try:
            async with self._slots:
                await self._manners.wait(url)
                response = await fetch(self._client, str(url), headers=_conditions(known), hops=0, types=PAGE_TYPES)
                if len(response.body) > _LARGE_BYTES:
                    return await self._read(url, response, known)
            return await self._read(url, response, known)
        except AddressRefused as error:
            return FetchResult(Outcome.BLOCKED_ADDRESS, note=error.message)
        except FetchFailed as error:
            return FetchResult(Outcome(error.code), note=error.message)
        except CrawlFailed as error:
            return FetchResult(Outcome.ROBOTS, note=error.message)

    async def _read(self, url: Url, response: Response, known: Known | None) -> FetchResult:
        if response.status == 304 and known:
            return _unchanged(response, known)
        if response.status in REDIRECTS:
            target = self._client.gate.check_url(redirect_target(url, response.location))
            return FetchResult(Outcome.REDIRECTED, response.status, f"redirects to {target}", target=target)
        if response.status != 200:
            return _refusal(url, response)
        parsed = await self._parser.parse(response.body, str(url), response.content_type)
        content = _directed(parsed, response)
        if known:
            content = keep_link_order(content, known.content)
        return FetchResult(_outcome(content), 200, "", response.etag, response.last_modified, content)


def _wait(answer: FetchResult) -> float:
    return _RETRY_SECONDS if answer.retry_after is None else answer.retry_after


def _conditions(known: Known | None) -> dict[str, str]:
    if known is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def _unchanged(response: Response, known: Known) -> FetchResult:
    content = _directed(known.content, response)
    return FetchResult(
        Outcome.NOINDEX if content.noindex else Outcome.NOT_MODIFIED,
        304,
        "",
        response.etag or known.etag,
        response.last_modified or known.last_modified,
        content,
    )


def _refusal(url: Url, response: Response) -> FetchResult:
    status = response.status
    outcome = {404: Outcome.GONE, 410: Outcome.GONE, 429: Outcome.RATE_LIMITED}.get(status, Outcome.HTTP_ERROR)
    return FetchResult(outcome, status, f"{url} answered {status}", retry_after=response.retry_after)


def _directed(content: Content, response: Response) -> Content:
    asked = response.directives
    if not (asked.noindex or asked.nofollow):
        return content
    return replace(content, noindex=content.noindex or asked.noindex, nofollow=content.nofollow or asked.nofollow)


def _outcome(content: Content) -> Outcome:
    if content.noindex:
        return Outcome.NOINDEX
    return Outcome.OK if content.markdown.strip() else Outcome.EMPTY
