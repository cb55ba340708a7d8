"""One run: crawl the site, draft its documents, end the run with them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, structs

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.crawl import crawl
from llmstxt_sched.crawler.model import Known, Limits, Report, Visit
from llmstxt_sched.crawler.pace import Pace
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.outbound.client import Client
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.leases import ClaimedRun, Leases
from llmstxt_sched.services.publish import Draft, draft
from llmstxt_sched.services.staging import Staging
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.projects import Site
from llmstxt_sched.store.runs import PageChanges, Run
from llmstxt_sched.worker.retry import until_available

# How often a crawl's progress is shown, in seconds.
SHOW_SECONDS = 1.0


class Outbound(Struct, frozen=True):
    """What a crawl needs of the world."""

    client: Client
    parser: ParserPool
    pace: Pace


class CrawlResult(NamedTuple):
    """What a crawl came to, and the documents that it would leave."""

    report: Report
    drafted: Draft


class LatestProgress:
    """The newest progress of a crawl."""

    def __init__(self) -> None:
        self.progress = Progress()

    def take(self, progress: Progress) -> None:
        """Note how far the crawl is."""
        self.progress = progress


class Generate:
    """Sees claimed runs to their end."""

    def __init__(
        self,
        leases: Leases,
        staging: Staging,
        database: Database,
        outbound: Outbound,
        settings: CrawlSettings,
    ) -> None:
        self._leases = leases
        self._staging = staging
        self._database = database
        self._outbound = outbound
        self._settings = settings

    async def prepare(self, claimed: ClaimedRun) -> CrawlResult | CrawlFailed:
        """Crawl the site and draft its documents, which takes seconds for a large one.  Raises LeaseLost."""
        try:
            report = await self._crawl(claimed)
        except CrawlFailed as failure:
            return failure
        drafted = await until_available(lambda: draft(self._database, claimed.run.project_id, claimed.run.id, report))
        return CrawlResult(report, drafted)

    async def end(self, claimed: ClaimedRun, result: CrawlResult | CrawlFailed) -> Run:
        """End the run by what came of it.  Raises LeaseLost, and `Unavailable`: to be tried again."""
        crash_point("before_finish")
        if isinstance(result, CrawlFailed):
            return await self._leases.fail(claimed, result)
        report, drafted = result
        return await self._leases.complete(claimed, drafted, report.progress, summary_of(report, drafted.counts))

    async def _crawl(self, claimed: ClaimedRun) -> Report:
        shown = LatestProgress()

        async def recall(url: str) -> Known | None:
            return await until_available(lambda: self._staging.recall(claimed.run.project_id, url))

        async def keep(visits: Sequence[Visit]) -> None:
            await until_available(lambda: self._staging.stage(claimed, visits))

        showing = asyncio.create_task(self._show(claimed, shown))
        try:
            return await crawl(
                claimed.site.url,
                limits_of(claimed.site, self._settings),
                client=self._outbound.client,
                parser=self._outbound.parser,
                pace=self._outbound.pace,
                recall=recall,
                keep=keep,
                watch=shown.take,
            )
        finally:
            showing.cancel()

    async def _show(self, claimed: ClaimedRun, shown: LatestProgress) -> None:
        while True:
            await asyncio.sleep(SHOW_SECONDS)
            await self._leases.report(claimed, shown.progress)


def limits_of(site: Site, settings: CrawlSettings) -> Limits:
    """How far a project's crawl goes: what it asks for, within what the service allows."""
    return Limits(
        max_pages=min(site.max_pages or settings.max_pages, settings.max_pages_ceiling),
        max_depth=site.max_depth or settings.max_depth,
        max_seconds=settings.max_seconds,
        delay_seconds=max(site.delay_seconds or 0, settings.delay_seconds),
        connections_per_host=settings.connections_per_host,
        include=site.include,
        exclude=site.exclude,
    )


def summary_of(report: Report, counts: PageChanges) -> str:
    """The run in one line."""
    seen = report.progress
    parts = [f"{seen.fetched + seen.unchanged} pages"]
    parts += [f"{number} {word}" for word, number in structs.asdict(counts).items() if number]
    parts += [f"{seen.failed} failed"] if seen.failed else []
    parts += [f"limits reached: {', '.join(report.limits)}"] if report.limits else []
    return ", ".join(parts)
