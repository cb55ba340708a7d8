"""Claim, finish and settle of runs whose crawl finds nothing, through the worker's own pool."""

from __future__ import annotations

import asyncio
import time
from typing import cast

from bench.scheduler.service import WORKERS, Service
from llmstxt_sched.crawler.model import Report
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.services.documents.writing.drafting import Drafts
from llmstxt_sched.services.documents.writing.staging import Staging
from llmstxt_sched.services.leases import ClaimedRun
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.postgres.packed_rows import PackedRows
from llmstxt_sched.store.runs import PageChanges, Run
from llmstxt_sched.worker.generate import CrawlResult, Generate, Outbound
from llmstxt_sched.worker.heartbeat import Heartbeat
from llmstxt_sched.worker.held_runs import HeldRuns
from llmstxt_sched.worker.lookups import Lookups
from llmstxt_sched.worker.pool import Pool
from llmstxt_sched.worker.postponed import Postponed

LOOK_SECONDS = 0.1


class Nothing(Generate):
    """Sees runs to their end without asking the web for anything, and counts them."""

    ended = 0

    async def end(self, claimed: ClaimedRun, result: CrawlResult | CrawlFailed) -> Run:
        """The run's end, as any other's."""
        run = await super().end(claimed, result)
        self.ended += 1
        return run

    async def prepare(self, claimed: ClaimedRun) -> CrawlResult | CrawlFailed:
        """A site without a page, and documents that stay as they are."""
        nothing = Draft(PackedRows(), (), None, None, PackedRows(), PageChanges())
        return CrawlResult(Report(claimed.site.url, Progress()), nothing)


async def measure(service: Service, runs: int) -> float:
    """Runs a second, from the queue to their end, until about `runs` have ended."""
    held, settings = HeldRuns(), service.settings
    nothing, nowhere, database = cast(Drafts, None), cast(Outbound, None), service.database
    credentials = SiteCredentials(database, Secrets())
    generate = Nothing(service.leases, Staging(database), database, nothing, nowhere, settings.crawl, credentials)
    postponed = Postponed(service.leases, service.scheduled)
    lookups = Lookups(service.worker, service.leases, service.queue, held, _needs_no_name)
    pool = Pool(service.worker, service.leases, service.queue, generate, held, postponed, lookups, WORKERS, Metrics())
    beat = Heartbeat(service.worker, service.leases, service.queue, held, settings.runs.lease_seconds)
    stop = asyncio.Event()
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        group.create_task(beat.run(stop))
        working = group.create_task(pool.run(stop))
        while generate.ended < runs and not working.done():
            await asyncio.sleep(LOOK_SECONDS)
        seconds, ended = time.perf_counter() - started, generate.ended
        stop.set()
    async with service.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM runs WHERE finished_at IS NOT NULL") == generate.ended
    return ended / seconds


async def _needs_no_name(_: str) -> None:
    """No site is asked for anything."""
