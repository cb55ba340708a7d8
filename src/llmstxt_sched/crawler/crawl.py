"""The crawl of one site: takes a start URL and limits, produces visits in an order that is the same in every run.

`visit` fetches one address; `ordered_tasks` runs several visits at once and returns their results in order;
`canonical` decides what each result is; `frontier` decides what comes next; `journal` passes the visits on;
`revisits` asks for the known pages to which nothing led.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import starmap
from typing import TypeVar

from msgspec.structs import asdict, replace

from llmstxt_sched.crawler.earlier_pages import EarlierPages
from llmstxt_sched.crawler.fetch_result import FetchResult, PageParser
from llmstxt_sched.crawler.frontier.crawl_request import CrawlRequest
from llmstxt_sched.crawler.frontier.frontier import Frontier
from llmstxt_sched.crawler.host_pace import OwnPace, Pace
from llmstxt_sched.crawler.identity.canonical import CanonicalResolver, takes_text, to_visit
from llmstxt_sched.crawler.identity.soft_404 import Fetched, Soft404s
from llmstxt_sched.crawler.journal import Journal
from llmstxt_sched.crawler.model import PAGES, GiveWay, Keep, KnownAddress, Limits, Outcome, Report, Watch
from llmstxt_sched.crawler.ordered_tasks import OrderedTasks
from llmstxt_sched.crawler.revisits import Revisits
from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.crawler.site_start import site_start
from llmstxt_sched.crawler.sitemaps.discovery import Discovery, discover, discover_copies
from llmstxt_sched.crawler.unread_pages import is_refused
from llmstxt_sched.crawler.visit import Visitor
from llmstxt_sched.documents.selection.editions.languages import start_language, unwanted_links, unwanted_listed
from llmstxt_sched.domain.run import NeedsRendering, Politeness, ReachedLimit
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.outbound.client import Client

# How many finished results may wait for an earlier one: enough that a slow page does not hold up the others.
_READ_AHEAD = 8
# Addresses of pages that need their scripts, in the crawl's report: enough to see what kind of pages they are.
_MAX_UNRENDERED = 20
# The parts of the time left that a site's llms.txt and its sitemaps may take: where they are slow, or many for the
# delay between requests, they would take all of it in every run, and no page would ever be read.
_LLMS_TXT_SHARE, _SITEMAPS_SHARE = 0.25, 0.5
# The part of the crawl's time that is kept for known pages: where the links alone take all of it in every run, those
# that they do not reach would never be asked for again.
_KNOWN_SHARE = 0.1
# The part of the time for links after which, where it does not suffice for all, what is new goes before known pages:
# else each run would ask for the same first pages, and the others would never have their turn.
_IN_ORDER_SHARE = 0.5

# The limits with which sitemaps may list more than was found.
_UNREAD = frozenset({"sitemap_unread", "max_seconds"})

_T = TypeVar("_T")


async def crawl(
    start_url: str,
    limits: Limits,
    *,
    client: Client,
    parser: PageParser,
    pace: Pace,
    earlier: EarlierPages,
    keep: Keep,
    watch: Watch,
    robots_copies: RobotsCopies = NO_COPIES,
    own_headers: Mapping[str, str] | None = None,
    known: Sequence[KnownAddress] = (),
    give_way: GiveWay | None = None,
) -> Report:
    """Crawl the site of `start_url`, passing each visit to `keep` once, in batches.

    `own_headers` are sent with every request to the origin of `start_url`, and to no other.

    What links and sitemaps lead to comes first, then what is left of `known`, in its order, as far as the limits allow.
    Raises CrawlFailed if no page was found, or nearly all failed; its `transient` says whether trying again may
    succeed.
    """
    deadline = asyncio.get_running_loop().time() + limits.max_seconds
    start = site_start(
        start_url,
        limits,
        client=client,
        parser=parser,
        pace=OwnPace(pace, limits.own_delay_seconds, deadline),
        earlier=earlier,
        robots_copies=robots_copies,
        own_headers=own_headers,
    )
    client, robots_cache, visitor = start.client, start.robots_cache, start.visitor
    journal = Journal(keep, watch)
    try:
        async with asyncio.timeout_at(deadline):
            chain = await start.visit()
    except TimeoutError:
        raise _no_page_in_time(start.url, limits) from None
    home, result = chain[-1]
    # The site may be on another host than `start_url`, and then each page needs that one's name.
    with client.crawling(str(home.url)):
        scope = start.scope(chain, limits)
        until = _within(_LLMS_TXT_SHARE, deadline)
        visitor.copies.listed = await _by(until, discover_copies(client, robots_cache, scope, home.url), frozenset())
        chain[-1] = (home, await _by(deadline, visitor.with_copy(home.url, result), result))
        visitor.copies.of_start = result.content.markdown_url if result.content else ""
        frontier = Frontier(scope, limits, robots_cache.surely_forbids, robots_cache.applied_texts)
        until = _within(_SITEMAPS_SHARE, deadline)
        discovery = await discover(client, robots_cache, scope, home.url, until=until)
        site = _SiteCrawl(frontier, chain[-1], limits, visitor, journal, deadline, discovery, known, give_way)
        revisits = Revisits(known, site.frontier, robots_cache)
        await site.process_start(chain)
        # In a thread, because a site's sitemaps may list 100,000 addresses.
        await asyncio.to_thread(site.add_listed)
        await site.crawl_levels(deadline - (limits.max_seconds * _KNOWN_SHARE if known else 0))
        await site.ask_again(revisits)
        return site.report(revisits, _politeness(client, robots_cache))


def _within(share: float, deadline: float) -> float:
    """The moment at which this share of the time until `deadline` is over."""
    now = asyncio.get_running_loop().time()
    return now + share * max(0.0, deadline - now)


async def _by(deadline: float, asked: Awaitable[_T], otherwise: _T) -> _T:
    """What is asked of the site beside its pages, or `otherwise` where the time is up first."""
    try:
        async with asyncio.timeout_at(deadline):
            return await asked
    except TimeoutError:
        return otherwise


def _no_page_in_time(start: Url, limits: Limits) -> CrawlFailed:
    delay, seconds = limits.own_delay_seconds, limits.max_seconds
    if delay < seconds:
        return CrawlFailed("timeout", f"{start} gave no page within the crawl's time", transient=True)
    # The request for robots.txt is the only one that such a crawl can make.
    message = f"a delay of {delay:g} seconds leaves no time for a page in a crawl of {seconds:g} seconds"
    return CrawlFailed("timeout", message, transient=False)


def _politeness(client: Client, robots_cache: RobotsCache) -> Politeness:
    traffic = client.traffic
    return Politeness(
        requests=traffic.requests,
        not_modified=traffic.not_modified,
        bytes=traffic.bytes,
        bytes_saved=traffic.bytes_saved,
        robots_rules=robots_cache.applied_rules,
        longest_wait=round(traffic.longest_wait, 3),
        retries=traffic.retries,
        user_agent=client.user_agent,
    )


def _with_one_more(told: NeedsRendering, url: str) -> NeedsRendering:
    return NeedsRendering(told.count + 1, (*told.urls, url)[:_MAX_UNRENDERED])


class _SiteCrawl:
    """A crawl in progress, from the moment the start page has been fetched and the site is known."""

    def __init__(
        self,
        frontier: Frontier,
        start: Fetched,
        limits: Limits,
        visitor: Visitor,
        journal: Journal,
        deadline: float,
        discovery: Discovery,
        known: Sequence[KnownAddress],
        give_way: GiveWay | None,
    ) -> None:
        home, result = start
        self.home = home.url
        self.frontier = frontier
        self._deadline, self._now = deadline, asyncio.get_running_loop().time
        self._soft_404s = Soft404s(
            visitor, self.frontier.scope, self.home, result.content, deadline, lambda url: url in self._documents
        )
        self._canonical = CanonicalResolver(self.frontier)
        self._journal = journal
        self._visitor = visitor
        self._width = limits.connections_per_host + _READ_AHEAD
        # Nothing is read ahead of the first page: it may wait for the made-up address, which has its turn after that.
        self._queue = OrderedTasks[CrawlRequest, FetchResult](visitor.visit, limits.connections_per_host)
        self._pages = 0
        self._unrendered = NeedsRendering()
        self._picks = limits.picks
        self._unmatched_selectors = dict.fromkeys((*limits.picks.keep, *limits.picks.drop))
        self._has_empty = False
        self._languages = limits.languages
        self._discovery = discovery
        self._known = known
        self._give_way = give_way
        # Known pages that wait for what is new, of which the links of so many have been added.
        self._postponed: list[CrawlRequest] = []
        self._followed = 0

    async def process_start(self, chain: list[Fetched]) -> None:
        """Process the redirects that led to the start page, then the start page."""
        *hops, (home, result) = chain
        for hop, redirect in hops:
            self.frontier.register_redirect(hop.url)
            visit = to_visit(hop, self._journal.next_position(), redirect)
            await self._journal.write(visit, self.frontier.found)
        self.frontier.register_start(home.url)
        url, content, listed = str(home.url), result.content, self._discovery.translations
        translations = (content.translations if content else ()) or listed.get(url, ())
        if content and self._languages == "start":
            tag = start_language(url, content.language, translations)
            self._languages = (tag,) if tag else "all"
        if self._languages != "all":
            # In a thread, because a sitemap may list 50,000 pages.
            others, folders = await asyncio.to_thread(unwanted_listed, listed, self._languages)
            language = content.language if content else ""
            own_folders = unwanted_links(url, language, translations, self._languages)[1]
            self.frontier.leave_out(others, folders | own_folders)
        await self._process(home, result)

    def add_listed(self) -> None:
        """Queue the addresses that the sitemaps list, after the start page's links, which are in the site's own order.

        Ends at the crawl's deadline: a hundred long globs take minutes over the longest sitemaps.
        """
        listed = self._listed()
        self.frontier.learn(listed)
        for url in listed:
            if self._now() > self._deadline:
                self.frontier.limits_hit.setdefault("max_seconds", url)
                break
            self.frontier.add(url, 1)
        self.frontier.limits_hit.update((limit.name, limit.where) for limit in self._discovery.reached)

    def _listed(self) -> Sequence[str]:
        """What the sitemaps list; where not all of them could be read, also what they may have listed before.

        Else pages that are further from the start would take its room within `max_pages`.
        """
        found = self._discovery.found
        if _UNREAD.isdisjoint(limit.name for limit in self._discovery.reached):
            return found
        return sorted({*found, *(page.url for page in self._known if page.may_be_in_sitemap)})

    async def crawl_levels(self, deadline: float) -> None:
        """Visit level after level until no address is left, or until `deadline`, in the event loop's time.

        Where the time does not suffice for all, known pages are left to `ask_again` from some moment on.
        """
        begun = self._now()
        in_order_until = begun + _IN_ORDER_SHARE * (deadline - begun)

        def is_short() -> bool:
            now, progress = self._now(), self._journal.progress
            left = progress.found - progress.visited
            return now > in_order_until and left * (now - begun) > progress.visited * (deadline - now)

        def level() -> Iterator[CrawlRequest]:
            for request in self.frontier.next_level():
                if (self._postponed or is_short()) and str(request.url) in self._documents:
                    self.frontier.limits_hit.setdefault("max_seconds", str(request.url))
                    self._postponed.append(request)
                else:
                    yield request

        await self._visit_all(level, deadline)

    async def _follow_postponed(self) -> None:
        """Add the links of the known pages that were postponed since the last call, as they were read before."""
        followed, self._followed = self._followed, len(self._postponed)
        for request in self._postponed[followed:]:
            said = await self._visitor.remembered(request.url)
            if said and not said.nofollow and self._documents[str(request.url)].leads_on:
                await self._add_links(said.links, request.depth + 1, request.url)

    async def ask_again(self, revisits: Revisits) -> None:
        """Visit the known pages to which nothing led, until the crawl's deadline, and end the crawl."""
        if "max_seconds" in self.frontier.limits_hit:
            self.frontier.drop_queue()
        self._followed = len(self._postponed)
        await revisits.skip_visited()
        self._queue = OrderedTasks(self._visitor.visit, self._width)
        await self._visit_all(revisits.requests, self._deadline)
        await revisits.conclude()
        for visit in self._canonical.unresolved():
            await self._journal.write(visit, self.frontier.found)
        await self._journal.flush()

    async def _visit_all(self, level: Callable[[], Iterator[CrawlRequest]], deadline: float) -> None:
        try:
            while True:
                if not self._queue.has_more:
                    await self._take_in(self._soft_404s.rest())
                if not self._queue.has_more:
                    await self._follow_postponed()
                    self._queue.put(level())
                taken = await self._queue.take(deadline)
                if taken is None:
                    if self._queue.has_more or self._followed == len(self._postponed):
                        break
                    continue
                if self._give_way:
                    await self._give_way()
                await self._process(*taken)
                self._queue.width = self._width
                self._give_up_if_failing(is_over=False)
        finally:
            is_cut_short, waited_for = self._queue.has_more, self._queue.first
            await self._queue.close()
        if is_cut_short:
            self.frontier.limits_hit.setdefault("max_seconds", str(waited_for.url if waited_for else self.home))

    def report(self, revisits: Revisits, politeness: Politeness) -> Report:
        """Return the crawl's report; raises CrawlFailed if no page was found, or nearly all failed."""
        self._give_up_if_failing(is_over=True)
        if not self._pages:
            raise self._no_pages()
        reached = tuple(starmap(ReachedLimit, self.frontier.limits_hit.items()))
        return Report(
            start_url=str(self.home),
            progress=self._journal.progress,
            reached=reached,
            seen_all=not reached,
            politeness=politeness,
            folder=self.frontier.scope.folder,
            needs_rendering=self._unrendered,
            unlinked=revisits.unlinked,
            decided=revisits.decided,
            unmatched_globs=self.frontier.unmatched_globs,
            unmatched_selectors=tuple(self._unmatched_selectors),
        )

    def _give_up_if_failing(self, *, is_over: bool) -> None:
        failure = self._visitor.strain.failure(is_over=is_over)
        if failure:
            raise failure

    def _no_pages(self) -> CrawlFailed:
        nothing = f"{self.home} and what it links to hold no page"
        picks = [name for name, selectors in asdict(self._picks).items() if selectors]
        # Before scripts are held to be why: of a page that needs none they may leave nothing either.
        if picks and self._has_empty:
            options = f"option{'s' if len(picks) > 1 else ''} {' and '.join(picks)}"
            return CrawlFailed("no_pages", f"{nothing}: the {options} may leave nothing of them", transient=False)
        if not self._unrendered.count:
            return CrawlFailed("no_pages", nothing, transient=False)
        pages = "1 page holds" if self._unrendered.count == 1 else f"{self._unrendered.count} pages hold"
        message = f"{self.home} builds its pages by scripts in the browser, which a crawl does not run: {pages} no text"
        return CrawlFailed("needs_rendering", message, transient=False)

    @cached_property
    def _documents(self) -> dict[str, KnownAddress]:
        """The pages in the documents by their addresses, for a crawl in which some cannot be read."""
        return {page.url: page for page in self._known}

    def _standing(self, url: str, result: FetchResult) -> KnownAddress | None:
        """The page of the documents at `url` that stays in them though this is its `result`."""
        # What was empty may have become a page by its copy in Markdown.
        page = self._documents.get(url) if result.stood and result.outcome not in PAGES else None
        return None if page and page.is_doubtful and is_refused(result.outcome) else page

    async def _process(self, request: CrawlRequest, result: FetchResult) -> None:
        await self._take_in(await self._soft_404s.check(request, result))

    async def _take_in(self, fetched: list[Fetched]) -> None:
        for request, result in fetched:
            await self._take_in_one(request, result)

    async def _take_in_one(self, request: CrawlRequest, result: FetchResult) -> None:
        position = self._journal.next_position() if request.position is None else request.position
        standing = self._standing(str(request.url), result)
        if not standing:
            result = replace(result, stood=None)
        for selector in result.content.picked if result.content else ():
            self._unmatched_selectors.pop(selector, None)
        if result.content and takes_text(request):
            result = replace(result, content=await self._visitor.whole(result.content))
        visits, follow_ups = self._canonical.resolve(request, position, result)
        # What a page said lately counts while it cannot be read: else other pages would take the room of those to which
        # it leads.
        said = result.stood if standing and standing.leads_on else result.content
        if said and self._languages != "all":
            others, folders = unwanted_links(str(request.url), said.language, said.translations, self._languages)
            self.frontier.leave_out(others, folders if request.depth == 0 else ())
        if said and not said.nofollow and request.believes_canonical and request.is_linked:
            links, depth = said.links, request.depth + 1
            follow_ups += self.frontier.register_menus(links, request.depth)
            await self._add_links(links, depth, request.url)
        for follow_up in reversed(follow_ups):
            self._queue.put_first(follow_up if request.is_linked else replace(follow_up, is_linked=False))
        for visit in visits:
            kept = visit.outcome in {Outcome.OK, Outcome.NOT_MODIFIED}
            self._pages += kept
            self._has_empty |= visit.outcome is Outcome.EMPTY
            if visit.outcome is Outcome.EMPTY and visit.content and visit.content.needs_scripts:
                self._unrendered = _with_one_more(self._unrendered, visit.url)
            await self._journal.write(visit, self.frontier.found)

    async def _add_links(self, links: Sequence[str], depth: int, page: Url) -> None:
        if self.frontier.is_quick(links):
            self.frontier.add_links(links, depth, page)
        else:
            await asyncio.to_thread(self.frontier.add_links, links, depth, page)
