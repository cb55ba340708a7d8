"""Carries out one run: crawls the site, drafts its documents, and ends the run with them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct, structs

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.crawl import crawl
from llmstxt_sched.crawler.earlier_pages import EarlierPages, NoEarlierPages
from llmstxt_sched.crawler.host_pace import Pace
from llmstxt_sched.crawler.model import GiveWay, Known, Report, Visit
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.domain.run import LiveCrawl, Progress
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.outbound.client import Client
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.crawl_limits import limits_of
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.services.documents.writing.drafting import Drafts
from llmstxt_sched.services.documents.writing.reading import picks_of
from llmstxt_sched.services.documents.writing.staging import Staging
from llmstxt_sched.services.documents.writing.stored_pages import StoredPages
from llmstxt_sched.services.leases import ClaimedRun, Leases
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.runs import Run
from llmstxt_sched.worker.until_available import until_available

# The interval, in seconds, at which the progress of a crawl is written to Redis.
SHOW_SECONDS = 1.0


class Outbound(Struct, frozen=True):
    """What every crawl of this process shares: HTTP client, parser processes, the delay between requests, and copies of
    robots.txt.
    """

    client: Client
    parser: ParserPool
    pace: Pace
    robots_copies: RobotsCopies


class CrawlResult(NamedTuple):
    """The report of a successful crawl, and the documents drafted from it."""

    report: Report
    drafted: Draft


class LatestProgress:
    """Holds the latest progress of a crawl that begins now, until it is written to Redis."""

    def __init__(self) -> None:
        self._started_at, self._started = datetime.now(UTC), time.monotonic()
        self._progress = Progress()
        self._url: str | None = None

    def take(self, progress: Progress, url: str) -> None:
        """Remember this progress, and the address visited last."""
        self._progress, self._url = progress, url

    def crawl(self) -> LiveCrawl:
        """How the crawl is getting on."""
        return LiveCrawl(self._progress, self._started_at, time.monotonic() - self._started, self._url)


class _Patient:
    """`pages`, which is asked until its server is there."""

    def __init__(self, pages: EarlierPages) -> None:
        self._pages = pages

    async def recall(self, url: str) -> Known | None:
        return await until_available(lambda: self._pages.recall(url))

    async def text(self, sha256: str) -> str:
        return await until_available(lambda: self._pages.text(sha256))


class Generate:
    """Carries out claimed runs."""

    def __init__(
        self,
        leases: Leases,
        staging: Staging,
        database: Database,
        drafts: Drafts,
        outbound: Outbound,
        settings: CrawlSettings,
        credentials: SiteCredentials,
        give_way: GiveWay | None = None,
    ) -> None:
        self._leases = leases
        self._staging = staging
        self._database = database
        self._drafts = drafts
        self._outbound = outbound
        self._settings = settings
        self._credentials = credentials
        self._give_way = give_way

    async def prepare(self, claimed: ClaimedRun) -> CrawlResult | CrawlFailed:
        """Crawl the site and draft its documents (seconds for a large site).  Raises LeaseLost.

        A failed crawl is returned, not raised, because the run must then be ended as well.
        """
        try:
            report = await self._crawl(claimed)
            drafted = await self._draft(claimed, report)
        except CrawlFailed as failure:
            return failure
        return CrawlResult(report, drafted)

    async def end(self, claimed: ClaimedRun, result: CrawlResult | CrawlFailed) -> Run:
        """End the run with the result of `prepare`.  Raises LeaseLost, and `Unavailable`: then call it again."""
        crash_point("before_finish")
        if isinstance(result, CrawlFailed):
            return await self._leases.fail(claimed, result)
        report, drafted = result
        return await self._leases.complete(claimed, drafted, report.progress, summary_of(report, drafted))

    async def _crawl(self, claimed: ClaimedRun) -> Report:
        shown = LatestProgress()
        stored = StoredPages(self._database, claimed.run.project_id, picks_of(claimed.site))

        async def keep(visits: Sequence[Visit]) -> None:
            await until_available(lambda: self._staging.stage(claimed, visits))

        own_headers = await until_available(lambda: self._credentials.request_headers(claimed.run.project_id))
        known = await until_available(lambda: self._staging.known(claimed.run.project_id))
        showing = asyncio.create_task(self._show(claimed, shown))
        try:
            with self._outbound.client.crawling(claimed.site.url):
                return await crawl(
                    claimed.site.url,
                    limits_of(claimed.site, self._settings, claimed.site.folder),
                    client=self._outbound.client,
                    parser=self._outbound.parser,
                    pace=self._outbound.pace,
                    earlier=NoEarlierPages() if claimed.run.is_forced else _Patient(stored),
                    keep=keep,
                    watch=shown.take,
                    robots_copies=NO_COPIES if claimed.run.is_forced else self._outbound.robots_copies,
                    own_headers=own_headers,
                    known=known,
                    give_way=self._give_way,
                )
        finally:
            showing.cancel()

    async def _draft(self, claimed: ClaimedRun, report: Report) -> Draft:
        limits = limits_of(claimed.site, self._settings)
        options = structs.replace(claimed.site, max_pages=limits.max_pages, max_depth=limits.max_depth)
        return await until_available(lambda: self._drafts(claimed.run.project_id, claimed.run.id, report, options))

    async def _show(self, claimed: ClaimedRun, shown: LatestProgress) -> None:
        while True:
            await asyncio.sleep(SHOW_SECONDS)
            await self._leases.report(claimed, shown.crawl())


def summary_of(report: Report, drafted: Draft) -> str:
    """A summary of the run in one line."""
    seen, counts = report.progress, drafted.counts
    read = seen.fetched + seen.unchanged
    parts = [f"{read} page" if read == 1 else f"{read} pages"]
    parts += [f"{number} {word}" for word, number in structs.asdict(counts).items() if number]
    parts += [f"{seen.failed} failed"] if seen.failed else []
    parts += ["held, as most of the entries would vanish"] if drafted.held else []
    parts += [f"limits reached: {', '.join(report.limits)}"] if report.limits else []
    return ", ".join(parts)
