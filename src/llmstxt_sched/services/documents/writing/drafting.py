"""Drafts documents in a child process, because reading a large site's pages and comparing them takes seconds.

In a thread that kept the interpreter's lock from the API for 1.1 s at 10,000 pages.  The child reads the pages from
Postgres itself, and what it returns is packed: this process only passes it on.  It is another one than those that
parse pages, which strangers write and which shall know no database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from uuid import UUID

from pebble import ProcessExpired, ProcessPool

from llmstxt_sched.crawler.model import Report
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.errors import ConfigError, CrawlFailed, StartError, Unavailable
from llmstxt_sched.process.child_pool import close_pool, open_pool
from llmstxt_sched.services.documents.writing.publish import Draft, draft
from llmstxt_sched.store.postgres.database import Database

# A child that is killed is mostly one that found no memory, and would find none the fourth time either.
ATTEMPTS = 3
# On the clock: the draft of the largest site takes a minute on a busy machine.
_DRAFT_SECONDS = 900

# Drafts a run's documents: `Drafting.draft`, or `publish.draft` with its database.
Drafts = Callable[[UUID, UUID, Report, CrawlOptions], Awaitable[Draft]]


class Drafting:
    """Drafts one project's documents after the other, from the database at `url`; an async context manager.

    The child is started for the first draft, so that a process that drafts nothing does without it.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: ProcessPool | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Drafting:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    async def draft(self, project_id: UUID, run_id: UUID, report: Report, options: CrawlOptions) -> Draft:
        """Call `publish.draft` in the child.

        Raises Unavailable: then call it again.  Raises CrawlFailed("draft_failed") if the child was killed ATTEMPTS
        times, or did not end; any other error is the draft's own.
        """
        for _ in range(ATTEMPTS):
            pool = await self._opened()
            try:
                future = pool.schedule(
                    _draft, args=(self._url, project_id, run_id, report, options), timeout=_DRAFT_SECONDS
                )
            except (BrokenProcessPool, RuntimeError):
                await self._renew(pool)
                continue
            try:
                drafted: Draft = await asyncio.wrap_future(future)
            except ProcessExpired:
                continue
            except BrokenProcessPool:
                await self._renew(pool)
                continue
            except TimeoutError:
                raise _failed(f"took longer than {_DRAFT_SECONDS // 60} minutes") from None
            return drafted
        raise _failed(f"was killed {ATTEMPTS} times, perhaps for want of memory")

    async def _renew(self, broken: ProcessPool) -> None:
        async with self._opening:
            if self._pool is broken:
                await self._close()

    async def _opened(self) -> ProcessPool:
        async with self._opening:
            if self._pool is None:
                # What Postgres' address leaves out, the client takes from the environment.
                self._pool = await asyncio.to_thread(open_pool, 1, keeps_environment=True)
            return self._pool

    async def _close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(close_pool, pool)


def _failed(why: str) -> CrawlFailed:
    return CrawlFailed("draft_failed", f"the process that drafts the documents {why}", transient=True)


def _draft(url: str, project_id: UUID, run_id: UUID, report: Report, options: CrawlOptions) -> Draft:
    return asyncio.run(_draft_connected(url, project_id, run_id, report, options))


async def _draft_connected(url: str, project_id: UUID, run_id: UUID, report: Report, options: CrawlOptions) -> Draft:
    try:
        database = await Database.connect(url, 1)
    except (ConfigError, StartError) as error:
        # It connected when the service started, so it will again.
        raise Unavailable(error.message) from None
    try:
        return await draft(database, project_id, run_id, report, options)
    finally:
        await database.close()
