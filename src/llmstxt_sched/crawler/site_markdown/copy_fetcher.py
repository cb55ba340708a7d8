"""Fetches the copies in Markdown that a site itself offers for its pages."""

from __future__ import annotations

import asyncio
from collections.abc import Set

from msgspec.structs import replace

from llmstxt_sched.crawler.binary_files import binary_kind
from llmstxt_sched.crawler.earlier_pages import EarlierPages, whole
from llmstxt_sched.crawler.fetch_result import FetchResult, PageParser, error_result, outcome_of
from llmstxt_sched.crawler.model import Outcome
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.crawler.site_markdown.own_copy import (
    COPY_TYPES,
    as_markdown,
    may_be_copy,
    own_address,
    with_site_markdown,
)
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, CrawlFailed, FetchFailed
from llmstxt_sched.extraction.model import ContentFacts
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.responses import Response

_HEADERS = {"Accept": "text/markdown,text/plain;q=0.5"}
_TRIES = 2
# What else a page may be does not depend on its text; a page that is as it was may have another copy.
_READ = frozenset({Outcome.OK, Outcome.EMPTY, Outcome.NOT_MODIFIED})
_RETRY_SECONDS = 1.0
# After so many answers in a row that ask to wait, a crawl does without copies: its pages would wait for each of them.
_MOST_PUT_OFF = 3


class CopyFetcher:
    """Replaces the Markdown that was made of a page by the page's own copy, where the site offers a sound one.

    `slots` limits the requests at once; `listed` are the addresses of Markdown that the site's own llms.txt lists, and
    `of_start` is the one that the start page has named, once its own copy was asked for.
    """

    def __init__(
        self,
        client: Client,
        parser: PageParser,
        robots_cache: RobotsCache,
        earlier: EarlierPages,
        slots: asyncio.Semaphore,
    ) -> None:
        self.listed: Set[Url] = frozenset()
        self.of_start = ""
        self._client = client
        self._parser = parser
        self._robots_cache = robots_cache
        self._earlier = earlier
        self._slots = slots
        self._put_off = 0

    async def improve(self, url: Url, result: FetchResult) -> FetchResult | None:
        """`result`, that of the page at `url`, with the text of its own copy if there is one.

        None if its text is that of a copy which is there no more, so that the page has to be asked for anew.
        """
        page = result.content
        if page is None or result.outcome not in _READ:
            return result
        address = own_address(url, page, self.listed, self.of_start)
        copy = await self._copy(url, address) if address else None
        # Found sooner than by its words, which take a millisecond of the event loop.
        if copy and page.is_copy and copy.sha256 == page.sha256:
            return result
        text = await whole(self._earlier, copy) if copy else None
        if text is None or not may_be_copy(text, await whole(self._earlier, page)):
            return None if page.is_copy else result
        content = with_site_markdown(page, text)
        return replace(result, content=content, outcome=outcome_of(content), status=200)

    async def _copy(self, url: Url, address: Url) -> ContentFacts | None:
        for number in range(_TRIES):
            self._client.traffic.retries += number > 0
            result = await self._attempt(address)
            if not result.is_transient:
                self._put_off = 0
                return result.content
            if result.retry_after is not None:
                self._put_off += 1
                await self._robots_cache.heed(address, result.retry_after)
                break
            await asyncio.sleep(_RETRY_SECONDS)
        # The text that was stored when the copy was there: one made of the page would be a change that is none.
        known = await self._earlier.recall(str(url))
        return known.content if known and known.content.is_copy else None

    async def _attempt(self, url: Url) -> FetchResult:
        try:
            if await self._robots_cache.refusal(url):
                return FetchResult(Outcome.ROBOTS)
            async with self._slots:
                if self._put_off >= _MOST_PUT_OFF:
                    return FetchResult(Outcome.RATE_LIMITED, retry_after=0)
                await self._robots_cache.wait(url)
                response = await fetch(self._client, str(url), headers=_HEADERS, hops=0, types=COPY_TYPES)
            return await self._interpret(url, response)
        except AddressRefused:
            return FetchResult(Outcome.BLOCKED_ADDRESS)
        except FetchFailed as error:
            return FetchResult(Outcome(error.code))
        except CrawlFailed:
            return FetchResult(Outcome.ROBOTS)

    async def _interpret(self, url: Url, response: Response) -> FetchResult:
        if response.status != 200:
            return error_result(url, response)
        if binary_kind(response.body):
            return FetchResult(Outcome.UNSUPPORTED_TYPE)
        copy = await self._parser.parse(response.body, str(url), as_markdown(response.content_type))
        return FetchResult(Outcome.OK, 200, content=copy)
