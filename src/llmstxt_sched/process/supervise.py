"""Supervises the members of which the process consists.

A member's `run(stop)` returns once `stop` is set.  If it returns earlier or raises, that is a crash: it is logged, and
the member is started again after a pause that doubles each time.  A member that crashes five times within a minute ends
the process.  Members are stopped in stages, the lowest first: all members of a stage are told to stop at once, and are
awaited before the next stage.
"""

from __future__ import annotations

import asyncio
import faulthandler
import signal
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from types import FrameType

import structlog
from msgspec import Struct

from llmstxt_sched.errors import GaveUp
from llmstxt_sched.process.waiting import stopped_within

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
MOST_CRASHES = 5
CRASHES_SECONDS = 60.0
# Containers are killed 10 s after SIGTERM.  After the drain, the embedded servers may take up to 1.5 s to stop.
DRAIN_SECONDS = 7.5
# Stopping should take nine seconds at most; a process that takes longer than this exits at once.
END_SECONDS = 9.5
STANDARD_ERROR = 2
# Seconds of DRAIN_SECONDS reserved for each later stage.
STAGE_SECONDS = 1.0
# How long a cancelled member may take for its cleanup.
CANCEL_SECONDS = 0.5

MemberRun = Callable[[asyncio.Event], Awaitable[None]]

log = structlog.get_logger()


class MemberState(StrEnum):
    """The state of a member."""

    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    STOPPED = "stopped"
    FAILED = "failed"


class Member(Struct, frozen=True):
    """One part of the process; members with a lower `stage` are stopped first."""

    name: str
    run: MemberRun
    stage: int = 0


class Crashes:
    """The crashes of one member; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self.count = 0
        self._recent: list[float] = []
        self._in_a_row = 0

    def pause(self, started: float, now: float) -> float | None:
        """Record a crash; returns the seconds to wait before the next start, or None to give up."""
        self.count += 1
        self._recent = [at for at in self._recent if now - at < CRASHES_SECONDS] + [now]
        self._in_a_row = 1 if now - started >= CRASHES_SECONDS else self._in_a_row + 1
        if len(self._recent) >= MOST_CRASHES:
            return None
        # The exponent is limited too, because a large one would make the power overflow.
        doublings = min(self._in_a_row - 1, 16)
        return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0**doublings)


class Supervisor:
    """Runs members until the process must stop; `states` and `crashes`, by member name, are for the health check."""

    def __init__(self, members: Iterable[Member] = (), drain_seconds: float = DRAIN_SECONDS) -> None:
        self._stages: dict[int, list[Member]] = defaultdict(list)
        self._drain_seconds = drain_seconds
        self.states: dict[str, MemberState] = {}
        self.crashes: dict[str, Crashes] = {}
        for member in members:
            self.add(member)

    def add(self, member: Member) -> None:
        """Add a member; to be called before `run`."""
        self._stages[member.stage].append(member)
        self.states[member.name] = MemberState.STARTING
        self.crashes[member.name] = Crashes()

    async def run(self, stop: asyncio.Event) -> None:
        """Run all members until `stop` is set, then stop them within the drain time given to the constructor.

        If a member crashes too often, this sets `stop` itself and raises GaveUp at the end.
        """
        stages = [self._stages[number] for number in sorted(self._stages)]
        async with asyncio.TaskGroup() as group:
            running = []
            for members in stages:
                told = asyncio.Event()
                tasks = {group.create_task(self._keep(m, told, stop), name=m.name) for m in members}
                running.append((told, tasks))
            await stop.wait()
            deadline = time.monotonic() + self._drain_seconds
            for later, (told, tasks) in zip(reversed(range(len(running))), running, strict=True):
                told.set()
                await _finish(tasks, deadline - later * STAGE_SECONDS)
        failed = [name for name, state in self.states.items() if state is MemberState.FAILED]
        if failed:
            raise GaveUp(f"{', '.join(failed)} crashed {MOST_CRASHES} times in a minute; the log says why")

    async def _keep(self, member: Member, told: asyncio.Event, stop: asyncio.Event) -> None:
        ended = MemberState.STOPPED
        try:
            while not told.is_set():
                pause = await self._run_once(member, told)
                if pause is None:
                    ended = MemberState.FAILED
                    stop.set()
                    break
                await stopped_within(told, pause)
        finally:
            self.states[member.name] = ended

    async def _run_once(self, member: Member, told: asyncio.Event) -> float | None:
        """Run `member` until it ends; returns the seconds to wait before the next start, or None to give up."""
        started = time.monotonic()
        self.states[member.name] = MemberState.RUNNING
        crash = await _crash_of(member, told)
        if told.is_set():
            if crash is not None:
                log.error("member crashed while it stopped", member=member.name, exc_info=crash)
            return 0.0
        pause = self.crashes[member.name].pause(started, time.monotonic())
        event = "member crashed" if crash else "member returned before it was told to"
        log.error(event, member=member.name, restart_in_seconds=pause, exc_info=crash)
        self.states[member.name] = MemberState.RESTARTING
        return pause


async def _crash_of(member: Member, told: asyncio.Event) -> BaseException | None:
    """Run `member` once; returns the exception that it raised, or None if it returned."""
    try:
        await member.run(told)
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        return error  # The member cancelled itself, which is a crash like any other.
    except Exception as error:  # noqa: BLE001  whatever it is, it is a crash
        return error
    return None


async def _finish(tasks: set[asyncio.Task[None]], deadline: float) -> None:
    _, late = await asyncio.wait(tasks, timeout=max(0.0, deadline - time.monotonic()))
    for task in late:
        log.warning("member cancelled at its deadline", member=task.get_name())
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=CANCEL_SECONDS)


def stop_on_signals(stop: asyncio.Event, end_seconds: float = END_SECONDS) -> None:
    """Make SIGTERM and SIGINT set `stop`; a second signal changes nothing, because the drain is short anyway.

    If the process has not ended `end_seconds` after the first signal, it prints the stack of every thread and exits
    with status 1.  Must be called on the main thread, inside the running loop.  The handlers are never removed: a
    signal that arrives while the interpreter shuts down would otherwise kill it or print a traceback.
    """
    loop = asyncio.get_running_loop()
    is_told = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal is_told
        # Raised if the loop is closed, and then the service has stopped already.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)
        if not is_told:
            faulthandler.dump_traceback_later(end_seconds, exit=True, file=STANDARD_ERROR)
        is_told = True

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
