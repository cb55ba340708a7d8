from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap

import pytest

from llmstxt_sched.errors import GaveUp
from llmstxt_sched.process import supervise
from llmstxt_sched.process.supervise import Crashes, Member, MemberState, Supervisor

pytestmark = pytest.mark.slow


async def waits(stop: asyncio.Event) -> None:
    await stop.wait()


async def until_told(supervisor: Supervisor) -> None:
    """Runs the members, and tells them to stop once each is running."""
    stop = asyncio.Event()
    running = asyncio.create_task(supervisor.run(stop))
    while MemberState.STARTING in supervisor.states.values():
        await asyncio.sleep(0)
    stop.set()
    await running


async def test_members_run_until_they_are_told_to_stop() -> None:
    stop = asyncio.Event()
    supervisor = Supervisor([Member("a", waits), Member("b", waits, stage=1)])
    assert supervisor.states == {"a": MemberState.STARTING, "b": MemberState.STARTING}
    running = asyncio.create_task(supervisor.run(stop))
    await asyncio.sleep(0.01)
    assert supervisor.states == {"a": MemberState.RUNNING, "b": MemberState.RUNNING}
    stop.set()
    await running
    assert supervisor.states == {"a": MemberState.STOPPED, "b": MemberState.STOPPED}


async def test_stages_end_one_after_the_other() -> None:
    ended: list[str] = []

    def member(name: str, stage: int, seconds: float) -> Member:
        async def run(stop: asyncio.Event) -> None:
            await stop.wait()
            ended.append(f"{name} told")
            await asyncio.sleep(seconds)
            ended.append(f"{name} ended")

        return Member(name, run, stage)

    await until_told(Supervisor([member("health", 2, 0), member("api", 1, 0.02), member("pool", 1, 0.01)]))
    assert set(ended[:2]) == {"api told", "pool told"}
    assert ended[2:] == ["pool ended", "api ended", "health told", "health ended"]


async def test_a_crash_is_restarted_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "FIRST_PAUSE_SECONDS", 0.001)
    stop, starts = asyncio.Event(), 0
    cancelled = False

    async def shaky(told: asyncio.Event) -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise RuntimeError("boom")
        if starts == 2:
            return
        if starts == 3:
            raise asyncio.CancelledError
        stop.set()
        await told.wait()

    async def calm(told: asyncio.Event) -> None:
        nonlocal cancelled
        try:
            await told.wait()
        except asyncio.CancelledError:
            cancelled = True
            raise

    supervisor = Supervisor([Member("shaky", shaky), Member("calm", calm)])
    await supervisor.run(stop)
    assert starts == 4
    assert supervisor.crashes["shaky"].count == 3
    assert supervisor.crashes["calm"].count == 0
    assert not cancelled


async def test_a_member_that_waits_for_its_restart_is_seen_and_can_be_stopped() -> None:
    async def broken(told: asyncio.Event) -> None:
        raise RuntimeError("boom")

    stop = asyncio.Event()
    supervisor = Supervisor([Member("broken", broken)])
    running = asyncio.create_task(supervisor.run(stop))
    await asyncio.sleep(0.01)
    assert supervisor.states == {"broken": MemberState.RESTARTING}
    stop.set()
    await running
    assert supervisor.states == {"broken": MemberState.STOPPED}


async def test_five_crashes_in_a_minute_end_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "FIRST_PAUSE_SECONDS", 0.001)
    starts, other_ended = 0, False

    async def broken(told: asyncio.Event) -> None:
        nonlocal starts
        starts += 1
        raise RuntimeError("boom")

    async def other(told: asyncio.Event) -> None:
        nonlocal other_ended
        await told.wait()
        other_ended = True

    stop = asyncio.Event()
    supervisor = Supervisor([Member("broken", broken), Member("other", other)])
    with pytest.raises(GaveUp, match=r"^broken crashed 5 times in a minute"):
        await supervisor.run(stop)
    assert starts == 5
    assert other_ended
    assert stop.is_set()
    assert supervisor.states == {"broken": MemberState.FAILED, "other": MemberState.STOPPED}


async def test_a_member_over_its_deadline_is_cancelled_and_later_stages_still_end_well() -> None:
    cleaned = told_last = False

    async def stubborn(stop: asyncio.Event) -> None:
        nonlocal cleaned
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            cleaned = True

    async def last(stop: asyncio.Event) -> None:
        nonlocal told_last
        await stop.wait()
        told_last = True

    supervisor = Supervisor([Member("stubborn", stubborn), Member("last", last, stage=1)], drain_seconds=1.05)
    await until_told(supervisor)
    assert cleaned
    assert told_last
    assert supervisor.states == {"stubborn": MemberState.STOPPED, "last": MemberState.STOPPED}


async def test_a_crash_while_stopping_neither_restarts_nor_fails() -> None:
    starts = 0

    async def run(stop: asyncio.Event) -> None:
        nonlocal starts
        starts += 1
        await stop.wait()
        raise RuntimeError("boom")

    supervisor = Supervisor([Member("a", run)])
    await until_told(supervisor)
    assert starts == 1
    assert supervisor.states == {"a": MemberState.STOPPED}


def test_the_pause_doubles_up_to_a_bound_and_begins_anew_after_a_calm_minute() -> None:
    crashes = Crashes()
    pauses = [crashes.pause(started=at - 20, now=at) for at in range(0, 800, 20)]
    assert pauses[:8] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert pauses[-1] == 30
    assert crashes.pause(started=800, now=860) == 0.5


def test_the_fifth_crash_within_a_minute_gives_up_and_a_slower_one_does_not() -> None:
    quick, slow = Crashes(), Crashes()
    assert [quick.pause(at, at) for at in (0, 10, 20, 30, 59)][-1] is None
    assert [slow.pause(at, at) for at in (0, 15, 30, 45, 60)][-1] is not None


PROCESS = textwrap.dedent("""
    import asyncio, sys, uvloop
    from llmstxt_sched.process.supervise import Member, Supervisor, stop_on_signals

    async def drains(stop):
        print("ready", flush=True)
        await stop.wait()
        print("told", flush=True)
        await asyncio.sleep(0.3)
        print("drained", flush=True)

    async def main():
        stop = asyncio.Event()
        stop_on_signals(stop)
        await Supervisor([Member("drains", drains)]).run(stop)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop if "uvloop" in sys.argv else None) as runner:
        runner.run(main())
    print("closed", flush=True)
    sys.stdin.read()
""")


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
def test_signals_stop_in_good_order_however_often_they_come(loop: str, first: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, loop],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(first)
    assert process.stdout.readline() == "told\n"
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "drained\n"
    assert process.stdout.readline() == "closed\n"
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


def test_a_process_without_a_standard_error_hears_signals_too() -> None:
    # As the command line does: the next file that is opened would else take the number.
    reopen = "import os; os.open(os.devnull, os.O_RDWR)"
    process = subprocess.Popen(
        ["sh", "-c", 'exec "$0" -c "$1" uvloop 2>&-', sys.executable, f"{reopen}\n{PROCESS}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=30)
    assert (process.returncode, output) == (0, "told\ndrained\nclosed\n")


STUCK = textwrap.dedent("""
    import asyncio, time
    from llmstxt_sched.process.supervise import stop_on_signals

    async def main():
        stop_on_signals(asyncio.Event(), end_seconds=0.2)
        print("ready", flush=True)
        time.sleep(60)

    asyncio.run(main())
""")


def test_a_process_that_is_stuck_ends_all_the_same_and_says_where_it_stood() -> None:
    process = subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "in main" in errors
