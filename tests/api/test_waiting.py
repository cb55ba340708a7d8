from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from tests.support.engine import Engine

from llmstxt_sched.api.open_streams import Streams
from llmstxt_sched.api.waiting import Waiter, wait_for_end
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.errors import Unauthorized
from llmstxt_sched.store.runs import Run

LONG_SECONDS = 60


@pytest.fixture
async def run(engine: Engine) -> Run:
    """A run that waits for a worker."""
    return await engine.active(await engine.create())


async def somebody() -> Identity:
    return Identity()


async def nobody() -> Identity:
    raise Unauthorized("revoked")


async def stays() -> Any:
    await asyncio.Event().wait()


async def leaves() -> Any:
    return {"type": "http.disconnect"}


async def test_who_waits_hears_of_the_end_at_once(engine: Engine, run: Run) -> None:
    waiting = asyncio.create_task(
        wait_for_end(run, LONG_SECONDS, Streams(asyncio.Event()), engine.run_events, Waiter(None, somebody, stays))
    )
    await engine.runs.cancel(run.id)
    await asyncio.wait_for(waiting, LONG_SECONDS / 2)


async def test_who_waits_is_answered_once_the_time_is_over(engine: Engine, run: Run) -> None:
    begun = time.monotonic()
    await wait_for_end(run, 0.2, Streams(asyncio.Event()), engine.run_events, Waiter(None, somebody, stays))
    assert 0.2 <= time.monotonic() - begun < LONG_SECONDS / 2


async def test_who_leaves_gives_the_place_back(engine: Engine, run: Run) -> None:
    waiter = Waiter(None, nobody, leaves)
    async with asyncio.timeout(LONG_SECONDS / 2):
        await wait_for_end(run, LONG_SECONDS, Streams(asyncio.Event()), engine.run_events, waiter)


@pytest.mark.parametrize("seconds", [0.05, LONG_SECONDS])
async def test_who_is_not_let_in_any_more_is_refused(engine: Engine, run: Run, seconds: float) -> None:
    streams = Streams(asyncio.Event(), check_seconds=0.1)
    async with asyncio.timeout(LONG_SECONDS / 2):
        with pytest.raises(Unauthorized):
            await wait_for_end(run, seconds, streams, engine.run_events, Waiter(None, nobody, stays))
