"""Waiting for the end of a run in one request, for scripts that follow no events."""

from __future__ import annotations

import asyncio
from typing import Annotated, NamedTuple
from uuid import UUID

from litestar.params import Parameter
from litestar.types import Receive

from llmstxt_sched.api.open_streams import Streams, WhoAsks, disconnected, refused
from llmstxt_sched.domain.run import TERMINAL
from llmstxt_sched.services.run_events import RunEvents
from llmstxt_sched.store.runs import Run

Wait = Annotated[
    float, Parameter(ge=0, le=60, description="Seconds to wait for its end, where it has not ended; at most 60.")
]


class Waiter(NamedTuple):
    """Who waits: whose place it takes, whether they are still let in, and from where to hear that they are gone."""

    owner: UUID | None
    who_asks: WhoAsks
    receive: Receive


async def wait_for_end(run: Run, seconds: float, streams: Streams, run_events: RunEvents, waiter: Waiter) -> None:
    """Return once the run has ended, the time is over, the client is gone, or this process needs their place or stops.

    Raises Unavailable where too many wait already, and Unauthorized once the caller is not let in any more.
    """
    if seconds == 0 or run.status in TERMINAL:
        return
    with streams.place(waiter.owner) as place:
        gone = asyncio.create_task(disconnected(waiter.receive))
        is_refused = refused(waiter.who_asks, streams.check_seconds)
        ends = (_ended(run, run_events), streams.drain.wait(), place.lost.wait(), is_refused)
        tasks = [gone, *map(asyncio.create_task, ends)]
        try:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
    if not gone.done():
        await waiter.who_asks()


async def _ended(run: Run, run_events: RunEvents) -> None:
    async for _ in run_events.follow(run):
        pass
