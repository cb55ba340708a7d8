"""What each origin's robots.txt asks of us, fetched once a crawl (RFC 9309, section 2.3)."""

from __future__ import annotations

import asyncio

from llmstxt_sched.crawler import robots
from llmstxt_sched.crawler.pace import Pace
from llmstxt_sched.crawler.robots import Robots
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import AddressRefused, CrawlFailed, FetchFailed
from llmstxt_sched.outbound.client import Budget, Client, RedirectRefused, fetch

_BUDGET = Budget(wire_bytes=robots.MAX_BYTES, decoded_bytes=robots.MAX_BYTES, cut=True)
# "More than five redirects" is no robots.txt (RFC 9309, section 2.3.1.2); a loop is that as well.
_AS_IF_ABSENT = frozenset({"too_many_redirects", "redirect_loop"})
# Where the host is not there at all, that is what a person needs to read.
_OWN_WORDS = frozenset({"dns_error", "connect_error", "tls_error"})


class RobotsCache:
    """Asks the robots.txt of each origin that a crawl comes to."""

    def __init__(self, client: Client, pace: Pace, delay: float) -> None:
        self._client = client
        self._pace = pace
        self._delay = delay
        self._known: dict[str, Robots | CrawlFailed] = {}
        self._lock = asyncio.Lock()

    async def robots(self, url: Url) -> Robots:
        """The rules for `url`'s origin.

        Raises CrawlFailed where nothing may be asked for now: an answer of 429 or 5xx, or none.
        """
        async with self._lock:
            if url.origin not in self._known:
                self._known[url.origin] = await self._ask(url)
        known = self._known[url.origin]
        if isinstance(known, CrawlFailed):
            raise known
        return known

    async def permits(self, url: Url) -> bool:
        """Whether `url` may be asked for.  Raises CrawlFailed where its robots.txt cannot be had."""
        rules = await self.robots(url)
        return await asyncio.to_thread(rules.allows, url) if rules.is_long else rules.allows(url)

    async def allows(self, url: Url) -> bool:
        """Whether `url` may be asked for; not where its robots.txt cannot be had."""
        try:
            return await self.permits(url)
        except CrawlFailed:
            return False

    async def wait(self, url: Url) -> None:
        """Return when a request to `url` may leave: its Crawl-delay counts where it is the longer one."""
        asked = (await self.robots(url)).crawl_delay
        await self._pace.wait(url.host, max(self._delay, asked))

    async def _ask(self, url: Url) -> Robots | CrawlFailed:
        try:
            await self._pace.wait(url.host, self._delay)
            answer = await fetch(self._client, f"{url.origin}/robots.txt", budget=_BUDGET)
        except AddressRefused as error:
            return _refused(error)
        except FetchFailed as error:
            return Robots() if error.code in _AS_IF_ABSENT else _unreachable(error)
        if answer.status == 429 or answer.status >= 500:
            message = f"robots.txt answered {answer.status}: until it does better, nothing may be asked for"
            return CrawlFailed("robots_unreachable", message, transient=True, retry_after=answer.retry_after)
        # The longest takes a fifth of a second.
        return await asyncio.to_thread(robots.from_content, answer.body)


def _refused(error: AddressRefused) -> CrawlFailed:
    if isinstance(error, RedirectRefused):
        message = f"robots.txt redirects to where no crawl may go: {error.message}"
        return CrawlFailed("robots_blocked", message, transient=False)
    return CrawlFailed("blocked_address", error.message, transient=False)


def _unreachable(error: FetchFailed) -> CrawlFailed:
    code = error.code if error.code in _OWN_WORDS else "robots_unreachable"
    return CrawlFailed(code, f"robots.txt cannot be had: {error.message}", transient=code != "tls_error")
