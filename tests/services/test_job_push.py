from __future__ import annotations

import asyncio
import inspect

import pytest

from llmstxt_sched.services.job_push import push


async def test_a_push_that_is_cut_off_leaves_no_command_that_python_warns_of() -> None:
    async def forget() -> None:
        await asyncio.Event().wait()

    async def add() -> None:
        pass

    last = add()
    pushing = asyncio.create_task(push(forget(), last))
    await asyncio.sleep(0)
    pushing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pushing
    assert inspect.getcoroutinestate(last) == inspect.CORO_CLOSED
