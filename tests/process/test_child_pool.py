from __future__ import annotations

import asyncio
import os
import signal

from llmstxt_sched.process.child_pool import close_pool, open_pool


async def test_children_run_with_less_priority_and_cannot_be_interrupted() -> None:
    pool = await asyncio.to_thread(open_pool, 1)
    try:
        assert await asyncio.wrap_future(pool.schedule(os.nice, args=(0,))) > os.nice(0)
        blocked = await asyncio.wrap_future(pool.schedule(signal.pthread_sigmask, args=(signal.SIG_BLOCK, ())))
        assert signal.SIGINT in blocked
    finally:
        await asyncio.to_thread(close_pool, pool)
