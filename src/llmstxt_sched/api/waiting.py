"""Waiting for the end of a run in one request, for scripts that follow no events."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from litestar.params import Parameter

from llmstxt_sched.api.streams import Streams
from llmstxt_sched.domain.run import TERMINAL
from llmstxt_sched.services.run_events import RunEvents
from llmstxt_sched.store.runs import Run

Wait = Annotated[
    float, Parameter(ge=0, le=60, description="Seconds to wait for its end, where it has not ended; at most 60.")
]


async def wait_for_end(run: Run, seconds: float, streams: Streams, run_events: RunEvents, owner: UUID | None) -> None:
    """Return once the run has ended, the time is over, or this process needs the place of `owner` or stops.

    Raises `Unavailable` where too many wait already.
    """
    if seconds == 0 or run.status in TERMINAL:
        return
    with streams.place(owner) as place:
        tasks = [
            asyncio.create_task(each) for each in (_ended(run, run_events), streams.drain.wait(), place.lost.wait())
        ]
        try:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()


async def _ended(run: Run, run_events: RunEvents) -> None:
    async for _ in run_events.follow(run):
        pass
