"""The crawl: a start URL and limits in, visits out, in an order that is the same in every run.

`visit` asks for one address, `ordered_tasks` for several at once, whose answers it returns in order; `canonical`
decides what each answer is, `frontier` what comes next; `journal` hands the visits on.
"""

from __future__ import annotations

import asyncio

from llmstxt_sched.crawler.canonical import CanonicalResolver, visit_of
from llmstxt_sched.crawler.discovery import discover
from llmstxt_sched.crawler.frontier import MAX_REDIRECTS, CrawlRequest, Frontier
from llmstxt_sched.crawler.journal import Journal
from llmstxt_sched.crawler.model import Keep, Limits, Outcome, Recall, Report, Watch
from llmstxt_sched.crawler.ordered_tasks import OrderedTasks
from llmstxt_sched.crawler.pace import Pace
from llmstxt_sched.crawler.robots_cache import RobotsCache
from llmstxt_sched.crawler.visit import FetchResult, PageParser, Visitor
from llmstxt_sched.domain.urls import Url, scope_of
from llmstxt_sched.errors import AddressRefused, CrawlFailed
from llmstxt_sched.outbound.client import Client

# What a start page may be without the crawl being pointless: its links and the sitemaps lead on.
_LEADS_ON = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.NOINDEX, Outcome.EMPTY})
# How many answers may wait for the one whose turn it is: enough that a slow page holds nothing up.
_AHEAD = 8
# In characters, all links of a page together: more of them take tens of milliseconds, up to half a second.
_LONG_LINKS = 100_000


async def crawl(
    start_url: str,
    limits: Limits,
    *,
    client: Client,
    parser: PageParser,
    pace: Pace,
    recall: Recall,
    keep: Keep,
    watch: Watch,
) -> Report:
    """Crawl the site of `start_url`; `keep` gets every visit once, in batches as they come.

    Raises CrawlFailed where there is no page: transient where another try may do better.
    """
    try:
        start = client.gate.check_url(start_url)
    except AddressRefused as error:
        raise CrawlFailed("blocked_address", error.message, transient=False) from None
    deadline = asyncio.get_running_loop().time() + limits.max_seconds
    robots_cache = RobotsCache(client, pace, limits.delay_seconds)
    visitor = Visitor(client, parser, pace, recall, robots_cache, limits.connections_per_host)
    journal = Journal(keep, watch)
    try:
        async with asyncio.timeout_at(deadline):
            chain = await _enter(start, visitor, robots_cache)
            site = _Site(start, chain, limits, visitor, journal)
            await site.begin(chain)
            found = await discover(client, robots_cache, site.frontier.scope, chain[-1][0].url)
    except TimeoutError:
        raise CrawlFailed("timeout", f"{start} gave no page within the crawl's time", transient=True) from None
    # In a thread, because there may be a hundred thousand.
    await asyncio.to_thread(site.add, found.found, found.limits)
    await site.go_on(deadline)
    return site.report()


async def _enter(start: Url, visitor: Visitor, robots_cache: RobotsCache) -> list[tuple[CrawlRequest, FetchResult]]:
    """The start page behind its redirects, which may lead to another host.  The last answer is the page's."""
    chain: list[tuple[CrawlRequest, FetchResult]] = []
    address = CrawlRequest(start, 0)
    while True:
        if not await robots_cache.permits(address.url):
            raise CrawlFailed("robots", f"robots.txt forbids {address.url}", transient=False)
        answer = await visitor.visit_start(address)
        chain.append((address, answer))
        if answer.target is None:
            break
        via = (*address.via, address.url)
        if answer.target in via or len(via) > MAX_REDIRECTS:
            code = "redirect_loop" if answer.target in via else "too_many_redirects"
            raise CrawlFailed(code, f"{start} redirects and never ends at a page", transient=False)
        address = CrawlRequest(answer.target, 0, via)
    if answer.outcome not in _LEADS_ON:
        raise CrawlFailed(
            _start_code(answer), answer.note, transient=answer.is_transient, retry_after=answer.retry_after
        )
    return chain


def _start_code(answer: FetchResult) -> str:
    return Outcome.HTTP_ERROR.value if answer.outcome is Outcome.GONE else answer.outcome.value


class _Site:
    """One crawl under way, once its start page has said which site it is."""

    def __init__(
        self,
        start: Url,
        chain: list[tuple[CrawlRequest, FetchResult]],
        limits: Limits,
        visitor: Visitor,
        journal: Journal,
    ) -> None:
        self.home = chain[-1][0].url
        self.frontier = Frontier(scope_of(start, self.home), limits)
        self._canonical = CanonicalResolver(self.frontier)
        self._journal = journal
        self._queue = OrderedTasks[CrawlRequest, FetchResult](visitor.visit, limits.connections_per_host + _AHEAD)
        self._pages = 0

    async def begin(self, chain: list[tuple[CrawlRequest, FetchResult]]) -> None:
        """Take in the start page, after what redirected to it."""
        *hops, (home, answer) = chain
        for hop, redirect in hops:
            self.frontier.enter_hop(hop.url)
            visit = visit_of(hop, self._journal.number(), redirect)
            await self._journal.write(visit, self.frontier.found)
        self.frontier.enter(home.url, 0)
        await self._take_in(home, answer)

    def add(self, found: tuple[str, ...], limits: tuple[str, ...]) -> None:
        """Queue what the sitemaps list, behind the start page's links: these are in the site's own order."""
        for url in found:
            self.frontier.add(url, 1)
        self.frontier.limits.update(dict.fromkeys(limits))

    async def go_on(self, deadline: float) -> None:
        """Visit level after level until there is no more, or until `deadline` (loop time)."""
        try:
            while True:
                if not self._queue.has_more:
                    self._queue.put(self.frontier.next_level())
                taken = await self._queue.take(deadline)
                if taken is None:
                    break
                await self._take_in(*taken)
        finally:
            is_cut = self._queue.has_more
            await self._queue.close()
        if is_cut:
            self.frontier.limits["max_seconds"] = None
        for visit in self._canonical.leftovers():
            await self._journal.write(visit, self.frontier.found)
        await self._journal.flush()

    def report(self) -> Report:
        """What it came to; raises CrawlFailed where no page was found."""
        if not self._pages:
            raise CrawlFailed("no_pages", f"{self.home} and what it links to hold no page", transient=False)
        limits = tuple(self.frontier.limits)
        return Report(str(self.home), self._journal.progress, limits, seen_all=not limits)

    async def _take_in(self, address: CrawlRequest, answer: FetchResult) -> None:
        position = self._journal.number() if address.position is None else address.position
        visits, ahead = self._canonical.resolve(address, position, answer)
        if answer.content and not answer.content.nofollow and address.believes_canonical:
            links, depth = answer.content.links, address.depth + 1
            if sum(map(len, links)) > _LONG_LINKS:
                await asyncio.to_thread(self.frontier.add_links, links, depth)
            else:
                self.frontier.add_links(links, depth)
        for next_up in reversed(ahead):
            self._queue.put_first(next_up)
        for visit in visits:
            kept = visit.outcome in {Outcome.OK, Outcome.NOT_MODIFIED}
            self._pages += kept
            await self._journal.write(visit, self.frontier.found)
