from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import uvloop
from tests.support.child_work import blocked_signals, channels, ending, environment, priority, reversed_bytes

from llmstxt_sched.process.child_pool import ChildEnded, ChildPool
from llmstxt_sched.process.child_process import Work

# Each starts processes.
pytestmark = pytest.mark.slow

SECONDS = 30.0
Opened = Callable[[Work], Awaitable[ChildPool]]
Loop = Callable[[], asyncio.AbstractEventLoop]
# That of the service, and that of the tests: each treats what it is given to read from in a way of its own.
LOOPS = pytest.mark.parametrize("loop", [uvloop.new_event_loop, asyncio.new_event_loop], ids=["uvloop", "asyncio"])


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


async def asked(pool: ChildPool, message: bytes, seconds: float = SECONDS) -> bytes:
    return await pool.call(lambda: message, bytes, seconds)


async def killed(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        await asyncio.sleep(0.01)


async def test_children_run_with_less_priority_and_cannot_be_interrupted(opened: Opened) -> None:
    assert int(await asked(await opened(priority), b"")) > os.nice(0)
    assert "SIGINT" in (await asked(await opened(blocked_signals), b"")).decode().split(",")


@pytest.mark.parametrize("keeps", [False, True])
async def test_children_have_no_environment_unless_they_keep_it(monkeypatch: pytest.MonkeyPatch, keeps: bool) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@db/x")
    pool = ChildPool(1, environment, keeps_environment=keeps)
    try:
        here, _, there = (await asked(pool, b"")).partition(b"|")
    finally:
        await pool.close()
    assert (bool(here), b"secret" in there) == (keeps, keeps)
    assert keeps or not there.strip(b"\0")


async def test_each_message_gets_its_own_answer_however_long_and_however_many_wait(opened: Opened) -> None:
    pool = await opened(reversed_bytes)
    messages = [b"", *(os.urandom(length) for length in (1, 65_535, 3_000_001, 12))]
    assert await asyncio.gather(*(asked(pool, each) for each in messages)) == [each[::-1] for each in messages]


@pytest.mark.parametrize(("message", "exit_code"), [(b"exit", 3), (b"signal", -signal.SIGPROF)])
async def test_a_child_that_ends_is_told_with_its_exit_code_and_replaced(
    opened: Opened, message: bytes, exit_code: int
) -> None:
    pool = await opened(ending)
    before = await asked(pool, b"")
    with pytest.raises(ChildEnded) as ended:
        await asked(pool, message)
    assert ended.value.exit_code == exit_code
    assert await asked(pool, b"") != before


async def test_a_child_that_hangs_or_whose_answer_nobody_waits_for_is_killed_and_replaced(opened: Opened) -> None:
    pool = await opened(ending)
    first = int(await asked(pool, b""))
    with pytest.raises(TimeoutError):
        await asked(pool, b"hang", 0.1)
    second = int(await asked(pool, b""))
    hanging = asyncio.create_task(asked(pool, b"hang"))
    await asyncio.sleep(0.1)
    hanging.cancel()
    assert isinstance((await asyncio.gather(hanging, return_exceptions=True))[0], asyncio.CancelledError)
    third = int(await asked(pool, b""))
    assert len({first, second, third}) == 3
    assert not Path(f"/proc/{first}").exists()
    assert not Path(f"/proc/{second}").exists()


async def test_a_child_whose_answer_is_too_large_is_killed_before_it_is_read() -> None:
    pool = ChildPool(1, reversed_bytes, largest_answer=10)
    try:
        assert await asked(pool, b"0123456789") == b"9876543210"
        with pytest.raises(ChildEnded):
            await asked(pool, b"0123456789a")
        assert await asked(pool, b"ab") == b"ba"
    finally:
        await pool.close()


async def test_a_child_that_was_killed_while_it_was_idle_costs_no_message(opened: Opened) -> None:
    pool = await opened(ending)
    first = int(await asked(pool, b""))
    await killed(first)
    assert int(await asked(pool, b"")) != first


@LOOPS
def test_a_child_that_closes_its_end_once_it_has_answered_costs_no_message(loop: Loop) -> None:
    async def main() -> None:
        pool = ChildPool(1, ending)
        first = int(await asked(pool, b"leave"))
        await asyncio.sleep(0.5)
        assert int(await asked(pool, b"")) != first
        await pool.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main())


@LOOPS
def test_a_child_that_closes_its_end_and_lives_on_is_killed_and_replaced(loop: Loop) -> None:
    async def main() -> None:
        pool = ChildPool(1, ending)
        first = int(await asked(pool, b""))
        with pytest.raises(ChildEnded):
            await asked(pool, b"shut")
        assert not Path(f"/proc/{first}").exists()
        assert int(await asked(pool, b"")) != first
        await pool.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main())


async def test_a_child_whose_answer_cannot_be_read_is_killed_and_replaced(opened: Opened) -> None:
    pool = await opened(ending)
    first = int(await asked(pool, b""))
    with pytest.raises(ZeroDivisionError):
        await pool.call(bytes, lambda answer: 1 // (len(answer) - len(answer)), SECONDS)
    assert int(await asked(pool, b"")) != first


async def started(pool: ChildPool, steps: int) -> asyncio.Task[bytes]:
    """A call that starts the child anew, after so many steps of the loop: each is another place to interrupt it at."""
    await killed(int(await asked(pool, b"")))
    call = asyncio.create_task(asked(pool, b"hang"))
    for _ in range(steps):
        await asyncio.sleep(0)
    return call


@LOOPS
def test_calls_that_are_cancelled_while_a_child_starts_close_what_is_theirs_alone(loop: Loop) -> None:
    async def main() -> None:
        pool = ChildPool(1, ending)
        for steps in range(20):
            call = await started(pool, steps)
            call.cancel()
            others = []
            while not call.done():
                others.append(os.open("/dev/null", os.O_RDONLY))
                await asyncio.sleep(0.001)
            del call
            gc.collect()
            for other in others:
                os.close(other)
        await pool.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main())


@LOOPS
def test_a_pool_that_is_closed_while_a_child_starts_leaves_none_behind(loop: Loop) -> None:
    others = set(multiprocessing.active_children())

    async def main() -> None:
        for steps in range(8):
            pool = ChildPool(1, ending)
            call = await started(pool, steps)
            await pool.close()
            with pytest.raises(ChildEnded):
                await call
            assert set(multiprocessing.active_children()) <= others

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main())


async def test_a_closed_pool_lets_go_of_who_waits_and_leaves_no_socket_open() -> None:
    before = set(channels())
    pool = ChildPool(1, ending)
    await asked(pool, b"")
    assert set(channels()) - before
    waiting = [asyncio.create_task(asked(pool, b"hang")) for _ in range(3)]
    await asyncio.sleep(0.1)
    await pool.close()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(each, ChildEnded) for each in ended)
    # The transports close what they were given in the loop's next round.
    await asyncio.sleep(0)
    assert not set(channels()) - before


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
