"""Dry runs: what a project's crawl would fetch, before anything is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from uuid import UUID

from msgspec import Struct, structs

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.dry_run import DryRun, dry_run
from llmstxt_sched.crawler.fetch_result import PageParser
from llmstxt_sched.crawler.host_pace import Pace
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.crawler.robots.robots_copies import RobotsCopies
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.errors import CrawlFailed, TooManyRequests
from llmstxt_sched.outbound.client import Client
from llmstxt_sched.services.crawl_limits import limits_of
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.site_pages import get_project
from llmstxt_sched.store.postgres.database import Database

# For one dry run, since somebody waits for the answer.
MAX_SECONDS = 60.0
# Dry runs at the same time in this process: they share their connections with the crawls.
AT_ONCE = 4


class DryRunResult(Struct, frozen=True):
    """What a run would fetch, or why it would fail."""

    plan: DryRun | None
    failure: CrawlFailed | None


class DryRuns:
    """The use case of dry runs; `client`, `parser` and what else reaches the web are those of the crawls.

    Without a `parser`, as in a process that crawls nothing, one is started for each dry run.
    """

    def __init__(
        self,
        database: Database,
        client: Client,
        parser: PageParser | None,
        pace: Pace,
        robots_copies: RobotsCopies,
        credentials: SiteCredentials,
        settings: CrawlSettings,
    ) -> None:
        self._database = database
        self._client = client
        self._parser = parser
        self._pace = pace
        self._robots_copies = robots_copies
        self._credentials = credentials
        self._settings = settings
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def of_project(self, project_id: UUID) -> DryRunResult:
        """What the next run of a project would fetch.  Raises NotFound and TooManyRequests."""
        async with self._database.connection() as connection:
            project = await get_project(connection, project_id)
        try:
            headers = await self._credentials.request_headers(project_id)
        except CrawlFailed as failure:
            return DryRunResult(None, failure)
        return await self.of_site(project.url, project, headers, project.folder)

    async def of_site(
        self, url: str, options: CrawlOptions, headers: Mapping[str, str], folder: str | None = None
    ) -> DryRunResult:
        """What the next run of a project would fetch, that signs in by `headers`; `folder` is that of its last run.

        Raises TooManyRequests.
        """
        if self._slots.locked():
            raise TooManyRequests("other sites are being asked right now: try again in a moment", MAX_SECONDS)
        limits = limits_of(options, self._settings, folder)
        limits = structs.replace(limits, max_seconds=min(limits.max_seconds, MAX_SECONDS))
        async with self._slots, AsyncExitStack() as stack:
            parser = self._parser
            if parser is None:
                parser = await stack.enter_async_context(ParserPool(1))
            try:
                plan = await dry_run(
                    url,
                    limits,
                    client=self._client,
                    parser=parser,
                    pace=self._pace,
                    robots_copies=self._robots_copies,
                    own_headers=headers,
                )
            except CrawlFailed as failure:
                return DryRunResult(None, failure)
        return DryRunResult(plan, None)
