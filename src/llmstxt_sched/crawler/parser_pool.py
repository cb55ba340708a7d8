"""Pages are parsed in worker processes: a hostile page may keep one busy, and only a process can be killed.

Nothing that a page can do to a worker reaches the service: five seconds and its worker is killed, a
bounded address space, and a pool that is renewed where it broke.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, resource_tracker
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.markdown_page import MARKDOWN, read_markdown
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.outbound.headers import media_type

PAGE_SECONDS = 5.0
# A page of 10 MiB takes some hundred MiB as a tree and as Markdown.
WORKER_ADDRESS_SPACE = 2 * 1024**3
# A killed worker is replaced within a second.  A pool that gives no answer for this long is broken: a
# worker that was killed from outside can take the pool's lock with it.
_STUCK_SECONDS = 4 * PAGE_SECONDS
_PR_SET_PDEATHSIG = 1


class ParserPool:
    """PageParser pages in `workers` processes; an async context manager.

    At most `workers + 1` bodies are with the workers, the others wait with their callers.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._slots = asyncio.Semaphore(workers + 1)
        self._renewal = asyncio.Lock()
        self._pool: ProcessPool | None = None

    async def __aenter__(self) -> ParserPool:
        self._pool = await asyncio.to_thread(_open_pool, self._workers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_close_pool, pool)

    async def parse(self, body: bytes, url: str, content_type: str) -> Content:
        """What the page at `url` holds.

        Raises FetchFailed: "timeout" where it took more than five seconds, "parse_error" where it cannot
        be parsed or brought its worker down.
        """
        async with self._slots:
            pool = self._pool
            if pool is None:
                raise FetchFailed("parse_error", f"{url} was not parsed: the parser is closed")
            try:
                async with asyncio.timeout(_STUCK_SECONDS):
                    answer = await _answer(pool, body, url, content_type)
            except (BrokenProcessPool, RuntimeError, TimeoutError):
                await self._renew(pool)
                raise FetchFailed("parse_error", f"{url} was not parsed: the worker broke") from None
        if isinstance(answer, str):
            raise FetchFailed("parse_error", f"{url} was not parsed: {answer}")
        return answer

    async def _renew(self, broken: ProcessPool) -> None:
        async with self._renewal:
            if self._pool is broken:
                self._pool = await asyncio.to_thread(_open_pool, self._workers)
                await asyncio.to_thread(_close_pool, broken)


async def _answer(pool: ProcessPool, body: bytes, url: str, content_type: str) -> Content | str:
    future = pool.schedule(_extract, args=(body, url, content_type), timeout=PAGE_SECONDS)
    try:
        return await asyncio.wrap_future(future)
    except ProcessExpired:
        return "it brought its worker down"
    except TimeoutError:
        # Pebble's own; that of the stuck pool arrives as a cancellation first.
        raise FetchFailed("timeout", f"{url} took longer than {PAGE_SECONDS:g} s to parse") from None


def _open_pool(workers: int) -> ProcessPool:
    """A pool whose workers have started; takes some ten milliseconds a worker."""
    pool = ProcessPool(
        max_workers=workers,
        initializer=_guard_worker,
        initargs=(os.getpid(),),
        context=get_context("spawn"),
    )
    # Ctrl-C goes to every process of the terminal.  A worker that begins with SIGINT blocked cannot die of
    # it, not even while it still imports; the tracker is started first because it unblocks the signal.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pool.schedule(_ready)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pool


def _close_pool(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    with contextlib.suppress(RuntimeError):
        pool.join()


def _ready() -> None:
    """The first task: starting the workers is what scheduling it is for."""


def _guard_worker(parent: int) -> None:
    """Bounds this worker, and ties its life to that of the process `parent`."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    # Pebble's own handler would wait for the parser, which is C, to give the interpreter back.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_ADDRESS_SPACE, WORKER_ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _extract(body: bytes, url: str, content_type: str) -> Content | str:
    """The content, or why there is none: a sentence can always be sent back, an exception may not be."""
    try:
        if media_type(content_type) == MARKDOWN:
            return read_markdown(body, content_type)
        return extract(body, url, content_type)
    except FetchFailed as error:
        return error.message
    except Exception as error:  # noqa: BLE001 - whatever a page makes a parser do is that page's failure
        return f"{type(error).__name__}: {error}"[:300]
