"""Parses pages in worker processes, because a hostile page may keep a parser busy and only a process can be killed.

A page cannot harm the service: a worker is killed after PAGE_SECONDS of CPU time, its address space is limited, and a
broken pool is replaced.  Time on the clock would be a page's bad luck on a busy machine.
"""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from llmstxt_sched.crawler.own_markdown.markdown_page import read_markdown_page
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.parse import NO_PICKS, Picks
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.markdown.page import MARKDOWN
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.outbound.headers import media_type
from llmstxt_sched.process.child_pool import close_pool, open_pool

# Of CPU time.
PAGE_SECONDS = 5.0
# On the clock, for a worker that neither computes nor ends; even on a busy machine a page gets its CPU time sooner.
_IDLE_SECONDS = 12 * PAGE_SECONDS
# In bytes.  A page of 10 MiB needs a few hundred MiB as a tree and as Markdown.
WORKER_ADDRESS_SPACE = 2 * 1024**3
# A killed worker is replaced within a second.  A pool that returns nothing for this long is broken: a worker that
# was killed from outside may have held the pool's lock.
_STUCK_SECONDS = 2 * _IDLE_SECONDS


class ParserPool:
    """A PageParser that runs in `workers` processes; an async context manager.

    At most `workers + 1` bodies are passed to the pool at once, to bound its memory; other callers wait.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._slots = asyncio.Semaphore(workers + 1)
        self._renewal = asyncio.Lock()
        self._pool: ProcessPool | None = None

    async def __aenter__(self) -> ParserPool:
        self._pool = await asyncio.to_thread(self._open)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(close_pool, pool)

    async def parse(self, body: bytes, url: str, content_type: str, picks: Picks = NO_PICKS) -> Content:
        """Parse the page at `url`; `picks` are the project's own selectors.

        Raises FetchFailed: "parse_error" if it cannot be parsed, took more than PAGE_SECONDS of CPU time or crashed its
        worker, which a second try would not change; "timeout" if the worker stood still.
        """
        async with self._slots:
            pool = self._pool
            if pool is None:
                raise FetchFailed("parse_error", f"{url} was not parsed: the parser is closed")
            try:
                async with asyncio.timeout(_STUCK_SECONDS):
                    parsed = await _parse_in_worker(pool, body, url, content_type, picks)
            except (BrokenProcessPool, RuntimeError, TimeoutError):
                await self._renew(pool)
                raise FetchFailed("parse_error", f"{url} was not parsed: the worker broke") from None
        if isinstance(parsed, str):
            raise FetchFailed("parse_error", f"{url} was not parsed: {parsed}")
        return parsed

    def _open(self) -> ProcessPool:
        return open_pool(self._workers, address_space=WORKER_ADDRESS_SPACE, work=_parse_page)

    async def _renew(self, broken: ProcessPool) -> None:
        async with self._renewal:
            if self._pool is broken:
                self._pool = await asyncio.to_thread(self._open)
                await asyncio.to_thread(close_pool, broken)


async def _parse_in_worker(pool: ProcessPool, body: bytes, url: str, content_type: str, picks: Picks) -> Content | str:
    future = pool.schedule(_parse_page, args=(body, url, content_type, picks), timeout=_IDLE_SECONDS)
    try:
        return await asyncio.wrap_future(future)
    except ProcessExpired as error:
        if error.exitcode == -signal.SIGPROF:
            return f"it takes more than {PAGE_SECONDS:g} s of CPU time"
        return "it brought its worker down"
    except TimeoutError:
        # Raised by Pebble for _IDLE_SECONDS; the timeout for a stuck pool arrives here as a cancellation.
        raise FetchFailed("timeout", f"{url} was not parsed within {_IDLE_SECONDS:g} s") from None


def _parse_page(body: bytes, url: str, content_type: str, picks: Picks) -> Content | str:
    """Return the content, or a message why there is none: unlike a message, not every exception can be pickled."""
    # The signal of this timer, which counts the CPU time of the process, ends it even while the parser's C code runs.
    signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)
    try:
        if media_type(content_type) == MARKDOWN:
            return read_markdown_page(body, url, content_type)
        return extract(body, url, content_type, picks)
    except FetchFailed as error:
        return error.message
    except Exception as error:  # noqa: BLE001 - any error in the parser is a failure of this page only
        return f"{type(error).__name__}: {error}"[:300]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
