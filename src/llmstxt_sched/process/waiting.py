"""Waiting: at the start for servers that do not answer yet; later for the stop event, with a timeout."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from llmstxt_sched.errors import StartError, Unavailable

WAIT_SECONDS = 60.0
PAUSE_SECONDS = 0.5

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def wait_for_server(
    name: str, attempt: Callable[[], Awaitable[T]], stop: asyncio.Event, seconds: float = WAIT_SECONDS
) -> T:
    """Call `attempt` until it no longer raises `Unavailable`, and return its result.

    Raises StartError if the server has not answered for `seconds`, or if the process is told to stop meanwhile.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    is_said = False
    while True:
        begun = loop.time()
        try:
            return await unless_stopped(name, attempt, stop)
        except Unavailable as error:
            # An attempt that took this long did reach the server, for example for a migration, and lost it just now:
            # start waiting afresh.
            if loop.time() - begun > 2 * seconds:
                deadline = loop.time() + seconds
            if loop.time() > deadline:
                raise StartError(f"{name} was waited for {seconds:.0f} seconds in vain: {error.message}") from None
            if stop.is_set():
                raise StartError(f"told to stop while waiting for {name}") from None
            if not is_said:
                log.warning("waiting for a server", server=name, reason=error.message, seconds=seconds)
            is_said = True
            await asyncio.sleep(PAUSE_SECONDS)


async def stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    """Wait until `stop` is set, but at most `seconds`; returns whether it is set."""
    try:
        async with asyncio.timeout(max(seconds, 0)):
            await stop.wait()
    except TimeoutError:
        pass
    return stop.is_set()


async def unless_stopped(name: str, attempt: Callable[[], Awaitable[T]], stop: asyncio.Event) -> T:
    """Await `attempt`, but as soon as `stop` is set cancel it, and raise StartError once it has ended.

    Needed because a replica may wait for minutes while another one migrates the database.
    """
    trying, stopping = asyncio.ensure_future(attempt()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({trying, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not trying.done():
            raise StartError(f"told to stop while waiting for {name}")
        return await trying
    finally:
        stopping.cancel()
        trying.cancel()
        # The error of an attempt that fails while it is cancelled is of no use.
        await asyncio.gather(trying, stopping, return_exceptions=True)
