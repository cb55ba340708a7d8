from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from llmstxt_sched.process.child_pool import ChildEnded, ChildPool
from llmstxt_sched.process.child_process import Work

SECONDS = 30.0
Opened = Callable[[Work], Awaitable[ChildPool]]


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    """Starts a pool of one child."""
    pools: list[ChildPool] = []

    async def start(work: Work) -> ChildPool:
        pools.append(ChildPool(1, work))
        await pools[-1].start()
        return pools[-1]

    yield start
    for pool in pools:
        await pool.close()


def priority(_: bytes) -> bytes:
    return str(os.nice(0)).encode()


def blocked_signals(_: bytes) -> bytes:
    return ",".join(signal.Signals(each).name for each in signal.pthread_sigmask(signal.SIG_BLOCK, ())).encode()


def environment(_: bytes) -> bytes:
    return os.environ.get("DATABASE_URL", "").encode() + b"|" + Path("/proc/self/environ").read_bytes()


def reversed_bytes(message: bytes) -> bytes:
    return message[::-1]


def ending(message: bytes) -> bytes:
    """Its process id; ends by itself, by a signal, or never."""
    if message == b"exit":
        os._exit(3)
    if message == b"signal":
        os.kill(os.getpid(), signal.SIGPROF)
    if message == b"hang":
        time.sleep(600)
    return str(os.getpid()).encode()


async def test_children_run_with_less_priority_and_cannot_be_interrupted(opened: Opened) -> None:
    assert int(await (await opened(priority)).call(b"", SECONDS)) > os.nice(0)
    assert "SIGINT" in (await (await opened(blocked_signals)).call(b"", SECONDS)).decode().split(",")


@pytest.mark.parametrize("keeps", [False, True])
async def test_children_have_no_environment_unless_they_keep_it(monkeypatch: pytest.MonkeyPatch, keeps: bool) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@db/x")
    pool = ChildPool(1, environment, keeps_environment=keeps)
    try:
        here, _, there = (await pool.call(b"", SECONDS)).partition(b"|")
    finally:
        await pool.close()
    assert (bool(here), b"secret" in there) == (keeps, keeps)
    assert keeps or not there.strip(b"\0")


async def test_each_message_gets_its_own_answer_however_long_and_however_many_wait(opened: Opened) -> None:
    pool = await opened(reversed_bytes)
    messages = [b"", *(os.urandom(length) for length in (1, 65_535, 3_000_001, 12))]
    assert await asyncio.gather(*(pool.call(each, SECONDS) for each in messages)) == [each[::-1] for each in messages]


@pytest.mark.parametrize(("message", "exit_code"), [(b"exit", 3), (b"signal", -signal.SIGPROF)])
async def test_a_child_that_ends_is_told_with_its_exit_code_and_replaced(
    opened: Opened, message: bytes, exit_code: int
) -> None:
    pool = await opened(ending)
    before = await pool.call(b"", SECONDS)
    with pytest.raises(ChildEnded) as ended:
        await pool.call(message, SECONDS)
    assert ended.value.exit_code == exit_code
    assert await pool.call(b"", SECONDS) != before


async def test_a_child_that_hangs_or_whose_answer_nobody_waits_for_is_killed_and_replaced(opened: Opened) -> None:
    pool = await opened(ending)
    first = int(await pool.call(b"", SECONDS))
    with pytest.raises(TimeoutError):
        await pool.call(b"hang", 0.1)
    second = int(await pool.call(b"", SECONDS))
    hanging = asyncio.create_task(pool.call(b"hang", SECONDS))
    await asyncio.sleep(0.1)
    hanging.cancel()
    assert isinstance((await asyncio.gather(hanging, return_exceptions=True))[0], asyncio.CancelledError)
    third = int(await pool.call(b"", SECONDS))
    assert len({first, second, third}) == 3
    assert not Path(f"/proc/{first}").exists()
    assert not Path(f"/proc/{second}").exists()


async def test_a_child_whose_answer_is_too_large_is_killed_before_it_is_read() -> None:
    pool = ChildPool(1, reversed_bytes, largest_answer=10)
    try:
        assert await pool.call(b"0123456789", SECONDS) == b"9876543210"
        with pytest.raises(ChildEnded):
            await pool.call(b"0123456789a", SECONDS)
        assert await pool.call(b"ab", SECONDS) == b"ba"
    finally:
        await pool.close()


async def test_a_child_that_was_killed_while_it_was_idle_costs_no_message(opened: Opened) -> None:
    pool = await opened(ending)
    first = int(await pool.call(b"", SECONDS))
    os.kill(first, signal.SIGKILL)
    while Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        await asyncio.sleep(0.01)
    assert int(await pool.call(b"", SECONDS)) != first


async def test_a_closed_pool_lets_go_of_who_waits_and_leaves_no_pipe_open() -> None:
    resource_tracker.ensure_running()
    before = open_pipes()
    pool = ChildPool(1, ending)
    await pool.call(b"", SECONDS)
    assert open_pipes() - before
    waiting = [asyncio.create_task(pool.call(b"hang", SECONDS)) for _ in range(3)]
    await asyncio.sleep(0.1)
    await pool.close()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(each, ChildEnded) for each in ended)
    # The transports close what they were given in the loop's next round.
    await asyncio.sleep(0)
    assert not open_pipes() - before


def open_pipes() -> set[str]:
    # The descriptor of the folder itself is gone by the time that it is looked at.
    links = [str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if os.path.lexists(each)]
    return {link for link in links if link.startswith("pipe:")}


def test_a_system_that_lets_no_process_be_started_is_told_so_in_one_sentence() -> None:
    program = (
        "import asyncio, resource\n"
        "from llmstxt_sched.process.child_pool import ChildPool\n"
        "async def main():\n"
        "    resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))\n"
        "    await ChildPool(9, bytes).start()\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
    assert "StartError: no process can be started" in done.stderr
