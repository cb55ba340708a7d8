"""Drafts documents in a child process, because reading a large site's pages and comparing them takes seconds.

In a thread that kept the interpreter's lock from the API for 1.1 s at 10,000 pages.  The child reads the pages from
Postgres itself, and what it returns is packed: this process only passes it on.  It is another one than those that
parse pages, which strangers write and which shall know no database.
"""

from __future__ import annotations

import asyncio
import pickle
import traceback
from collections.abc import Awaitable, Callable
from types import TracebackType
from uuid import UUID

from llmstxt_sched.crawler.model import Report
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.errors import ConfigError, CrawlFailed, StartError, Unavailable
from llmstxt_sched.process.child_pool import ChildEnded, ChildPool
from llmstxt_sched.services.documents.writing.draft import Draft, draft
from llmstxt_sched.services.documents.writing.draft_inputs import DraftInputs
from llmstxt_sched.store.postgres.database import Database

# A child that is killed is mostly one that found no memory, and would find none the fourth time either.
ATTEMPTS = 3
# On the clock: the draft of the largest site takes a minute on a busy machine.
_DRAFT_SECONDS = 900

# In the child, which drafts one project after the other.
_INPUTS = DraftInputs()

# Drafts a run's documents: `Drafting.draft`, or `draft.draft` with its database.
Drafts = Callable[[UUID, UUID, Report, CrawlOptions], Awaitable[Draft]]


class Drafting:
    """Drafts one project's documents after the other, from the database at `url`; an async context manager.

    The child is started for the first draft, so that a process that drafts nothing does without it.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        # The client takes from the environment what the address of Postgres leaves out.
        self._pool = ChildPool(1, _draft, keeps_environment=True)

    async def __aenter__(self) -> Drafting:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.close()

    async def draft(self, project_id: UUID, run_id: UUID, report: Report, options: CrawlOptions) -> Draft:
        """Call `draft.draft` in the child.

        Raises Unavailable: then call it again.  Raises CrawlFailed("draft_failed") if the child could not be started,
        was killed ATTEMPTS times, or did not end; RuntimeError with the child's own traceback is a mistake of ours.
        """
        drafted = await self._call(pickle.dumps((self._url, project_id, run_id, report, options)))
        if isinstance(drafted, Exception):
            raise drafted
        return drafted

    async def _call(self, message: bytes) -> Draft | Exception:
        for _ in range(ATTEMPTS):
            try:
                # Our own, from what Postgres holds.
                drafted: Draft | Exception = await self._pool.call(lambda: message, pickle.loads, _DRAFT_SECONDS)
            except ChildEnded:
                continue
            except TimeoutError:
                raise _failed(f"took longer than {_DRAFT_SECONDS // 60} minutes") from None
            except OSError as error:
                raise _failed(f"cannot be started ({error})") from None
            return drafted
        raise _failed(f"was killed {ATTEMPTS} times, perhaps for want of memory")


def _failed(why: str) -> CrawlFailed:
    return CrawlFailed("draft_failed", f"the process that drafts the documents {why}", transient=True)


def _draft(message: bytes) -> bytes:
    """In the child: the draft, or the error that is raised instead where the draft was asked for."""
    try:
        return pickle.dumps(asyncio.run(_draft_connected(*pickle.loads(message))))  # noqa: S301 - our own
    except Unavailable as error:
        return pickle.dumps(error)
    except Exception:  # noqa: BLE001 - not each error can be pickled, and told apart from the others it need not be
        return pickle.dumps(RuntimeError(traceback.format_exc()))


async def _draft_connected(url: str, project_id: UUID, run_id: UUID, report: Report, options: CrawlOptions) -> Draft:
    try:
        database = await Database.connect(url, 1)
    except (ConfigError, StartError) as error:
        # It connected when the service started, so it will again.
        raise Unavailable(error.message) from None
    try:
        return await draft(database, project_id, run_id, report, options, _INPUTS)
    finally:
        await database.close()
