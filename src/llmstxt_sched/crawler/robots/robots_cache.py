"""Fetches each origin's robots.txt once per crawl (RFC 9309, section 2.3).

A copy of an earlier crawl (section 2.4) saves the transfer and stands in for a server that is away; it never saves the
question, so that each crawl obeys what its site says now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from llmstxt_sched.crawler.host_pace import MAX_BACK_OFF_SECONDS, Pace
from llmstxt_sched.crawler.robots import robots_txt
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.crawler.robots.robots_txt import Robots
from llmstxt_sched.domain.robots_copy import RobotsCopy
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, CrawlFailed, FetchFailed, NoSuchHost
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.failures import NameNotFound
from llmstxt_sched.outbound.headers import CONDITION_REFUSED, conditional_headers
from llmstxt_sched.outbound.redirects import RedirectRefused
from llmstxt_sched.outbound.responses import Budget, Response

# One byte more than is read, which tells whether there is more.
_BYTES = robots_txt.MAX_BYTES + 1
_BUDGET = Budget(wire_bytes=_BYTES, decoded_bytes=_BYTES, cut=True)
# More than five redirects count as a missing robots.txt (RFC 9309, section 2.3.1.2); so does a redirect loop.
_AS_IF_ABSENT = frozenset({"too_many_redirects", "redirect_loop"})
# To look for so many texts in an address takes some ten microseconds, in the longest a millisecond.
_MAX_QUICK_TEXTS = 100
# Errors of the host as a whole are reported as such, because they tell the user more than "robots_unreachable".
_HOST_ERRORS = frozenset({"dns_error", "connect_error", "tls_error"})


class RobotsCache:
    """The robots.txt of each origin that a crawl reaches, fetched on first use; `delay` is in seconds."""

    def __init__(self, client: Client, pace: Pace, delay: float, copies: RobotsCopies = NO_COPIES) -> None:
        self._client = client
        self._pace = pace
        self._delay = delay
        self._copies = copies
        self._known: dict[str, Robots | CrawlFailed] = {}
        # How many texts the rules of an origin consist of, where these are few enough to be looked for at once.
        self._texts: dict[str, int] = {}
        self._lock = asyncio.Lock()

    async def robots(self, url: Url) -> Robots:
        """The robots.txt of `url`'s origin.

        Raises CrawlFailed if it could not be fetched, or answered 429 or 5xx: nothing may be fetched then.
        """
        async with self._lock:
            if url.origin not in self._known:
                self._known[url.origin] = await self._fetch(url)
                self._count_texts(url.origin)
        known = self._known[url.origin]
        if isinstance(known, CrawlFailed):
            raise known
        return known

    def _count_texts(self, origin: str) -> None:
        known = self._known[origin]
        rules = (*known.rules, *known.signals) if isinstance(known, Robots) else ()
        number = sum(len(rule.pattern.parts) for rule in rules)
        if number <= _MAX_QUICK_TEXTS:
            self._texts[origin] = number

    @property
    def applied_rules(self) -> int:
        """The number of rules, over all origins so far, that the crawl obeys."""
        return sum(len(known.rules) for known in self._known.values() if isinstance(known, Robots))

    async def refusal(self, url: Url) -> str:
        """Why `url` may not be a page of the documents, in a sentence; '' if it may.

        Raises CrawlFailed if its robots.txt cannot be fetched.
        """
        rules = await self.robots(url)
        return await asyncio.to_thread(rules.refusal, url) if rules.is_long else rules.refusal(url)

    async def allows(self, url: Url) -> bool:
        """Whether `url` may be fetched; false if its robots.txt cannot be fetched."""
        try:
            rules = await self.robots(url)
        except CrawlFailed:
            return False
        return await asyncio.to_thread(rules.allows, url) if rules.is_long else rules.allows(url)

    def surely_forbids(self, url: Url) -> bool:
        """Whether `url` is known to be no page, by a robots.txt that is here and short enough to tell at once."""
        known = self._known.get(url.origin)
        return isinstance(known, Robots) and url.origin in self._texts and bool(known.refusal(url))

    @property
    def applied_texts(self) -> int:
        """How many texts `surely_forbids` looks for in an address, at most."""
        return max(self._texts.values(), default=0)

    async def wait(self, url: Url) -> None:
        """Return when a request to `url` may be sent; the longer of the crawl's delay and Crawl-delay applies."""
        crawl_delay = (await self.robots(url)).crawl_delay
        await self._pace.wait(url.host, max(self._delay, crawl_delay))

    async def heed(self, url: Url, retry_after: float | None) -> None:
        """Hold back all requests to the host of `url` for `retry_after` seconds, as its answer demanded."""
        if retry_after:
            await self._pace.back_off(url.host, min(retry_after, MAX_BACK_OFF_SECONDS))

    async def _fetch(self, url: Url) -> Robots | CrawlFailed:
        copy = await self._copies.get(url.origin)
        answer = await self._ask(url, copy)
        if isinstance(answer, RobotsCopy):
            await self._copies.put(url.origin, answer)
        elif copy and answer.transient:
            await self.heed(url, answer.retry_after)
            answer = copy
        if isinstance(answer, CrawlFailed):
            return answer
        # In a thread, because the longest file takes a fifth of a second.
        return await asyncio.to_thread(robots_txt.from_content, answer.body)

    async def _ask(self, url: Url, copy: RobotsCopy | None) -> RobotsCopy | CrawlFailed:
        """What the origin says now, perhaps that `copy` still holds; or why nothing may be fetched from it."""
        try:
            response = await self._get(url, conditional_headers(copy.etag, copy.last_modified) if copy else {})
        except AddressRefused as error:
            return _blocked(error)
        except FetchFailed as error:
            return RobotsCopy(b"") if error.code in _AS_IF_ABSENT else _unreachable(url, error)
        if response.status == 304 and copy:
            return copy
        # A 304 for a file that is not known here says no more than that it exists.
        if response.status in {304, 429} or response.status >= 500:
            message = f"robots.txt answered {response.status}: until it does better, nothing may be asked for"
            return CrawlFailed("robots_unreachable", message, transient=True, retry_after=response.retry_after)
        return RobotsCopy(response.body, response.etag, response.last_modified)

    async def _get(self, url: Url, condition: Mapping[str, str]) -> Response:
        """The answer; of a server that fails at the condition, the one without it: its refusal is no missing file."""

        async def wait(hop: Url) -> None:
            await self._pace.wait(hop.host, self._delay)

        await wait(url)
        address = f"{url.origin}/robots.txt"
        try:
            response = await fetch(self._client, address, budget=_BUDGET, headers=condition, admit=wait)
        except FetchFailed as error:
            if not condition or error.code != "protocol_error":
                raise
        else:
            if not condition or response.status not in CONDITION_REFUSED:
                return response
        return await self._get(url, {})


def _blocked(error: AddressRefused) -> CrawlFailed:
    if isinstance(error, RedirectRefused):
        message = f"robots.txt redirects to where no crawl may go: {error.message}"
        return CrawlFailed("robots_blocked", message, transient=False)
    return CrawlFailed("blocked_address", error.message, transient=False)


def _unreachable(url: Url, error: FetchFailed) -> CrawlFailed:
    if isinstance(error, NameNotFound):
        return NoSuchHost(url.host)
    code = error.code if error.code in _HOST_ERRORS else "robots_unreachable"
    return CrawlFailed(code, f"robots.txt cannot be had: {error.message}", transient=code != "tls_error")
