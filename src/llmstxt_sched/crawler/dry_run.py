"""What a crawl would fetch, told from robots.txt, the sitemaps and the start page alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from itertools import chain, islice

from msgspec import Struct

from llmstxt_sched.crawler.earlier_pages import NoEarlierPages
from llmstxt_sched.crawler.fetch_result import PageParser
from llmstxt_sched.crawler.frontier.frontier import Frontier
from llmstxt_sched.crawler.host_pace import Pace
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.crawler.robots.robots_txt import Robots
from llmstxt_sched.crawler.site_start import site_start
from llmstxt_sched.crawler.sitemaps.discovery import Discovery, discover
from llmstxt_sched.documents.model import Translations
from llmstxt_sched.documents.selection.editions.languages import start_language, unwanted_links, unwanted_listed
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.project import Languages
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.extraction.links import MAX_LINKS, is_script_menu
from llmstxt_sched.extraction.model import ContentFacts
from llmstxt_sched.outbound.client import Client

# Addresses told of what would be fetched, and of each reason why one would not be.
MAX_PAGES = 200
MAX_EXAMPLES = 5
START, LINK, SITEMAP = "start", "link", "sitemap"


class PlannedPage(Struct, frozen=True):
    """An address that would be fetched; `why` is "start", "link" (of the start page) or "sitemap"."""

    url: str
    why: str


class TakenAway(Struct, frozen=True):
    """How many addresses would not be fetched for one reason, and the first of them.

    `reason` is "scope", "languages", "include", "exclude", "copy" (of another page), "robots" or the name of a limit.
    """

    reason: str
    count: int
    first: tuple[str, ...]


class DryRun(Struct, frozen=True):
    """What a crawl would fetch.

    `start_url` is the start page after redirects, `folder` the one that it would be restricted to.  `pages` are the
    first of the `count` addresses that it would begin with; what those link to comes on top.  `limits` names those
    that reading the start page and the sitemaps reached, `delay_seconds` is the time between two requests.
    `needs_scripts`: the start page holds nothing until its scripts run.
    """

    start_url: str
    folder: str
    count: int
    pages: tuple[PlannedPage, ...]
    taken_away: tuple[TakenAway, ...]
    limits: tuple[str, ...]
    delay_seconds: float
    needs_scripts: bool


async def dry_run(
    start_url: str,
    limits: Limits,
    *,
    client: Client,
    parser: PageParser,
    pace: Pace,
    robots_copies: RobotsCopies = NO_COPIES,
    own_headers: Mapping[str, str] | None = None,
) -> DryRun:
    """Fetch robots.txt, the start page and the sitemaps, and say what would follow.

    These few requests keep the service's delay and the site's, not the project's own, which may be an hour.
    `own_headers` are sent with every request to the origin of `start_url`, and to no other.
    Raises CrawlFailed if the start page could not be used, or if it all took longer than `limits.max_seconds`.
    """
    start = site_start(
        start_url,
        limits,
        client=client,
        parser=parser,
        pace=pace,
        earlier=NoEarlierPages(),
        robots_copies=robots_copies,
        own_headers=own_headers,
    )
    try:
        async with asyncio.timeout(limits.max_seconds):
            chain = await start.visit()
            home, result = chain[-1]
            scope = start.scope(chain, limits)
            discovery = await discover(start.client, start.robots_cache, scope, home.url, wanted=scope.holds_host)
            robots = await start.robots_cache.robots(home.url)
            plan = _Plan(Frontier(scope, limits, start.robots_cache.surely_forbids), robots)
            try:
                # In a thread, because a site's sitemaps may list 100,000 addresses, and its robots.txt as many rules.
                await asyncio.to_thread(plan.make, home.url, result.content, discovery, limits.languages)
            finally:
                plan.is_given_up = True
    except TimeoutError:
        message = f"{start.url} and its sitemaps could not be read within {limits.max_seconds:g} seconds"
        raise CrawlFailed("timeout", message, transient=True) from None
    return DryRun(
        start_url=str(home.url),
        folder=scope.folder,
        count=plan.count,
        pages=tuple(plan.pages),
        taken_away=plan.taken_away(),
        limits=(*plan.limits, *(limit.name for limit in discovery.reached)),
        delay_seconds=max(robots.crawl_delay, limits.delay_seconds, limits.own_delay_seconds),
        needs_scripts=result.content is not None and result.content.needs_scripts,
    )


class _Plan:
    """The addresses that a crawl would begin with, in its order, and those that it would leave out.

    A thread that makes it stops once it `is_given_up`.
    """

    def __init__(self, frontier: Frontier, robots: Robots) -> None:
        self.is_given_up = False
        self.count = 0
        self.pages: list[PlannedPage] = []
        self.limits: tuple[str, ...] = ()
        self._frontier = frontier
        self._robots = robots
        # The addresses by reason, once each, though both the start page and a sitemap may name one.
        self._refused: dict[str, dict[Url, None]] = {}
        # The addresses that a crawl visits after all others, if there is room, and why.
        self._last: dict[Url, str] = {}

    def make(self, home: Url, content: ContentFacts | None, listed: Discovery, languages: Languages) -> None:
        self._frontier.register(home, 0)
        self._plan(home, START)
        if content:
            self._leave_out_languages(home, content, listed.translations, languages)
            if not content.nofollow:
                self._add(content.links[:MAX_LINKS], LINK)
                self.limits = ("links_per_page",) if len(content.links) > MAX_LINKS else ()
        self._add(listed.found, SITEMAP)
        self._add_last()

    def taken_away(self) -> tuple[TakenAway, ...]:
        return tuple(
            TakenAway(reason, len(found), tuple(map(str, islice(found, MAX_EXAMPLES))))
            for reason, found in sorted(self._refused.items())
        )

    def _leave_out_languages(
        self, home: Url, content: ContentFacts, listed: Mapping[str, Translations], languages: Languages
    ) -> None:
        known = (str(home), content.language, content.translations or listed.get(str(home), ()))
        if languages == "start":
            tag = start_language(*known)
            languages = (tag,) if tag else "all"
        if languages != "all":
            self._frontier.leave_out(*unwanted_links(*known, languages))
            self._frontier.leave_out(*unwanted_listed(listed, languages))

    def _add(self, links: Sequence[str], why: str) -> None:
        self._frontier.learn(links)
        for link in links:
            if self.is_given_up:
                return
            url = urls.try_parse(link)
            # A link to another site is no loss to speak of.
            if url is None or not self._frontier.scope.holds_host(url) or self._is_planned(url):
                continue
            refusal = self._frontier.refusal(url, 1)
            if not refusal:
                # Before robots.txt is asked, as in a crawl, where so many rules that they take long are asked last.
                self._frontier.add(link, 1)
                refusal = "robots" if self._robots.refusal(url) else self._left_out(url)
            if refusal:
                self._refused.setdefault(refusal, {})[url] = None
            elif self._frontier.puts_off(url):
                self._last[url] = why
            else:
                self._plan(url, why)

    def _add_last(self) -> None:
        """Plan what comes last, as far as all else leaves room for it."""
        if self._last:
            # The level of the addresses so far, then that of those that come last.
            for _ in chain(self._frontier.next_level(), self._frontier.next_level()):
                pass
        for url, why in self._last.items():
            if refusal := self._left_out(url):
                self._refused.setdefault(refusal, {})[url] = None
            else:
                self._plan(url, why)

    def _left_out(self, url: Url) -> str:
        """The limit that kept an address which nothing else refuses from being queued; '' if none did."""
        if self._is_planned(url) or is_script_menu(url.path):
            return ""
        # An address that comes last is refused later, by limits with less room than they have now.
        return self._frontier.refusal(url, 1) or "max_pages"

    def _is_planned(self, url: Url) -> bool:
        return self._frontier.state(url) is not None or self._frontier.puts_off(url)

    def _plan(self, url: Url, why: str) -> None:
        self.count += 1
        if len(self.pages) < MAX_PAGES:
            self.pages.append(PlannedPage(str(url), why))
