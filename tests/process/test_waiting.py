from __future__ import annotations

import asyncio
import gc

import pytest

from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.process import waiting


class Server:
    """A server that answers the `nth` time."""

    def __init__(self, nth: int) -> None:
        self.nth = nth
        self.asked = 0

    async def connect(self) -> str:
        """Raises Unavailable until it is time."""
        self.asked += 1
        if self.asked < self.nth:
            raise Unavailable("refused")
        return "connected"


@pytest.mark.slow
async def test_a_server_that_is_late_is_waited_for_and_that_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    server = Server(3)
    assert await waiting.wait_for_server("Postgres", server.connect, asyncio.Event()) == "connected"
    assert server.asked == 3
    printed = capsys.readouterr()
    assert (printed.out + printed.err).count("waiting for a server") == 1


async def test_a_start_that_is_told_to_stop_does_not_wait(capsys: pytest.CaptureFixture[str]) -> None:
    stop = asyncio.Event()
    stop.set()
    with pytest.raises(StartError, match="told to stop"):
        await waiting.wait_for_server("Postgres", Server(100).connect, stop)


@pytest.mark.slow
async def test_a_server_that_goes_in_a_long_try_is_waited_for_anew() -> None:
    server = Server(2)

    async def migrate() -> str:
        await asyncio.sleep(0.3)
        return await server.connect()

    assert await waiting.wait_for_server("Postgres", migrate, asyncio.Event(), 0.1) == "connected"


async def test_a_start_that_is_told_to_stop_leaves_what_it_waits_in() -> None:
    stop, ended = asyncio.Event(), asyncio.Event()

    async def locked_out() -> None:
        try:
            stop.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    with pytest.raises(StartError, match="told to stop"):
        await waiting.wait_for_server("Postgres", locked_out, stop)
    assert ended.is_set()


@pytest.mark.slow
async def test_what_a_start_says_that_fails_while_it_is_left_is_told_to_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop = asyncio.Event()

    async def clean_up_in_vain() -> None:
        try:
            stop.set()
            await asyncio.Event().wait()
        finally:
            raise StartError("a process does not end")

    with pytest.raises(StartError, match="told to stop"):
        await waiting.unless_stopped("the servers", clean_up_in_vain, stop)
    gc.collect()
    assert not caplog.records


def test_a_minute_is_what_the_readme_promises() -> None:
    assert waiting.WAIT_SECONDS == 60


async def test_the_stop_ends_a_wait_at_once() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)
    async with asyncio.timeout(10):
        assert await waiting.stopped_within(stop, 3600)


@pytest.mark.parametrize("seconds", [0.01, 0, -1])
async def test_a_wait_without_a_stop_lasts_its_time(seconds: float) -> None:
    started = asyncio.get_running_loop().time()
    assert not await waiting.stopped_within(asyncio.Event(), seconds)
    assert asyncio.get_running_loop().time() - started >= seconds
