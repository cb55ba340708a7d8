"""One server program as a direct child of this process, gone when this process is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from llmstxt_sched.embedded.data_folder import User
from llmstxt_sched.errors import StartError

POLL_SECONDS = 0.05
# Recovery after a loss of power reads all that was written since the last checkpoint.
START_SECONDS = 60.0
# The processes of Postgres notice by themselves that their parent was killed.
KILLED_SECONDS = 5.0
# A log that has grown past this is begun anew at the next start.
LOG_BYTES = 1_000_000

_LAUNCH = Path(__file__).with_name("launch.py")


class Program(Struct, frozen=True):
    """A program to start: its `arguments` begin with its path; `files` are open and stay so in it.

    `death_signal` is what it gets when this process ends without stopping it.
    """

    arguments: Sequence[str]
    user: User
    log: Path
    files: Sequence[int]
    death_signal: signal.Signals


class Child:
    """A running `Program`.

    Must be made on the main thread: Linux ties the signal at the parent's death to the thread that
    forked (prctl(2), PR_SET_PDEATHSIG).  It has a session of its own, so that Ctrl-C reaches only us.
    """

    def __init__(self, program: Program) -> None:
        self._log = program.log
        user, arguments = program.user, [str(_LAUNCH), str(os.getpid()), str(int(program.death_signal))]
        self._log.touch(mode=0o600)
        # Every process of the program inherits `held`; the pipe ends when the last of them has.
        reading, held = os.pipe()
        os.set_blocking(reading, False)
        self._last = open(reading, "rb", buffering=0)  # noqa: PTH123, SIM115  closed at its end
        is_full = self._log.stat().st_size > LOG_BYTES
        with self._log.open("wb" if is_full else "ab") as output:
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
        """The program's process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative where a signal ended it."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The last line that it wrote, and where the others are."""
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return f"{lines[-1] if lines else 'it said nothing'} (see {self._log})"

    async def ended(self, seconds: float) -> bool:
        """Waits for its end and that of every process that it started, at most so long."""
        deadline = time.monotonic() + seconds
        while not self._has_ended() and time.monotonic() < deadline:  # noqa: ASYNC110  a child sets no event
            await asyncio.sleep(POLL_SECONDS)
        return self._has_ended()

    async def stop(self, *steps: tuple[signal.Signals, float]) -> None:
        """Sends each signal and waits so many seconds for its end; at last kills it.

        It may have ended before.  Raises StartError where a process that it started outlives it.
        """
        for step, seconds in (*steps, (signal.SIGKILL, KILLED_SECONDS)):
            self._process.send_signal(step)
            if await self.ended(seconds):
                return
        raise StartError(f"a process of the server does not end (see {self._log})")

    def _has_ended(self) -> bool:
        # read() gives None while someone holds the other side.
        if self.exit_code is not None and not self._last.closed and self._last.read(1) == b"":
            self._last.close()
        return self._last.closed
