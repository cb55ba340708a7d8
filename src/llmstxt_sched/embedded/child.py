"""Runs one server program as a direct child of this process, such that it ends when this process ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from llmstxt_sched.embedded.system_user import SystemUser
from llmstxt_sched.errors import StartError

POLL_SECONDS = 0.05
# Generous, because recovery after a power failure replays everything since the last checkpoint.
START_SECONDS = 60.0
# How long the processes of Postgres may take to notice that their parent was killed.
KILLED_SECONDS = 5.0
# A log file larger than this is truncated at the next start.
LOG_BYTES = 1_000_000
# Further up, a fatal message is of something else: Postgres tells that of each client as well.
REASON_LINES = 10
FATAL = re.compile(r" (?:FATAL|PANIC):  ")
TIME = re.compile(r"^[^]]*\] ")

_LAUNCH = Path(__file__).with_name("launch.py")


class Program(Struct, frozen=True):
    """A program to start: `arguments` start with its path; `files` are open file descriptors that it inherits.

    `death_signal` is sent to it if this process ends without stopping it.
    """

    arguments: Sequence[str]
    user: SystemUser
    log: Path
    files: Sequence[int]
    death_signal: signal.Signals


class Child:
    """A running `Program`.

    Must be created on the main thread: Linux sends the death signal when the thread that forked ends (prctl(2),
    PR_SET_PDEATHSIG).  The program gets a session of its own, so that Ctrl-C is sent only to this process.
    """

    def __init__(self, program: Program) -> None:
        self._log = program.log
        user, arguments = program.user, [str(_LAUNCH), str(os.getpid()), str(int(program.death_signal))]
        self._log.touch(mode=0o600)
        # Every process of the program inherits `held`, so the pipe is closed only when the last of them has ended.
        reading, held = os.pipe()
        os.set_blocking(reading, False)
        self._end_pipe = open(reading, "rb", buffering=0)  # noqa: PTH123, SIM115  closed at its end
        is_full = self._log.stat().st_size > LOG_BYTES
        with self._log.open("wb" if is_full else "ab") as output:
            self._log_begin = output.tell()
            self._process = subprocess.Popen(  # noqa: S603  the arguments are our own
                [sys.executable, "-I", "-S", *arguments, str(user.uid), str(user.gid), *program.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(*program.files, held),
                start_new_session=True,
                cwd="/",
                env={"PATH": "/usr/local/bin:/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
            )
        os.close(held)

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code, negative if a signal ended the program; None while it runs."""
        return self._process.poll()

    @property
    def end(self) -> str:
        """How the program ended, in words: its last ones may have nothing to do with it."""
        code = self.exit_code or 0
        return f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"

    @property
    def last_words(self) -> str:
        """What the program said about its end, and the path of its log, for error messages."""
        with self._log.open("rb") as log:
            log.seek(self._log_begin)
            said = log.read().decode(errors="replace")
        return f"{reason(said) or 'it said nothing'} (see {self._log})"

    async def ended(self, seconds: float) -> bool:
        """Wait, at most `seconds`, until the program and every process that it started have ended."""
        deadline = time.monotonic() + seconds
        while not self._has_ended() and time.monotonic() < deadline:  # noqa: ASYNC110  a child sets no event
            await asyncio.sleep(POLL_SECONDS)
        return self._has_ended()

    async def stop(self, *steps: tuple[signal.Signals, float]) -> None:
        """Send each signal in turn and wait the given seconds for the end of the program; finally kill it.

        The program may have ended already.  Raises StartError if a process that it started is still there afterwards.
        """
        for step, seconds in (*steps, (signal.SIGKILL, KILLED_SECONDS)):
            self._process.send_signal(step)
            if await self.ended(seconds):
                return
        raise StartError(f"a process of the server does not end (see {self._log})")

    def _has_ended(self) -> bool:
        # read() returns None while a process still holds the other end of the pipe.
        if self.exit_code is not None and not self._end_pipe.closed and self._end_pipe.read(1) == b"":
            self._end_pipe.close()
        return self._end_pipe.closed


def reason(log: str) -> str:
    """Why a server ended: the last fatal message of its log, which LOG lines may follow, else the last line."""
    lines = log.strip().splitlines()[-REASON_LINES:]
    fatal = [number for number, line in enumerate(lines) if FATAL.search(line)]
    if not fatal:
        return "".join(lines[-1:])
    return " ".join(TIME.sub("", line) for line in lines[fatal[-1] :] if " LOG:  " not in line)
