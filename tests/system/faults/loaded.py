"""A process that has the service's code loaded and forks: to load it is half of the time that a start takes.

The two sides talk over a pair of sockets, in packets of JSON: a `Start` one way, a process id back; later its `End`.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
import time_machine
from litestar import Litestar
from msgspec import Struct

_PR_SET_PDEATHSIG = 1
_MOST_BYTES = 2**16
_ROOT = Path(__file__).parents[3]


class Start(Struct, frozen=True):
    """What to start: the arguments of the command, all of its environment, its log, its clock's lead in hours."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: str
    hours: int


class End(Struct, frozen=True):
    """That a process has ended, and how: as `Popen.returncode`."""

    pid: int
    exit_code: int


class Fork:
    """A process of the service."""

    def __init__(self, loaded: Loaded, pid: int) -> None:
        self._loaded = loaded
        self.pid = pid

    def poll(self) -> int | None:
        """The exit code, once it has ended."""
        return self._loaded.ends().get(self.pid)

    def send_signal(self, sign: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sign)


class Loaded:
    """The process that forks, with the code of the folder `source`.  It ends with this one, and so do its forks."""

    def __init__(self, source: Path) -> None:
        self._channel, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ends: dict[int, int] = {}
        with far:
            # Not as a module: the service's own children would load it again.
            command = [sys.executable, "-c", f"from {__name__} import serve; serve({far.fileno()})"]
            paths = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{source}{os.pathsep}{_ROOT}"}
            self._process = subprocess.Popen(
                command, env=paths, pass_fds=[far.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        atexit.register(self._close)

    def start(self, start: Start) -> Fork:
        """Fork a process of the service."""
        self._channel.send(msgspec.json.encode(start))
        while isinstance(answer := self._receive(), End):
            self._ends[answer.pid] = answer.exit_code
        # Process ids are used again.
        self._ends.pop(answer, None)
        return Fork(self, answer)

    def ends(self) -> Mapping[int, int]:
        """The exit codes of those that have ended, by their process ids."""
        self._channel.setblocking(False)
        try:
            while isinstance(answer := self._receive(), End):
                self._ends[answer.pid] = answer.exit_code
        except BlockingIOError:
            return self._ends
        finally:
            self._channel.setblocking(True)
        raise AssertionError(f"process {answer} was not asked for")

    def _close(self) -> None:
        self._channel.close()
        self._process.wait()

    def _receive(self) -> int | End:
        packet = self._channel.recv(_MOST_BYTES)
        assert packet, f"the process that forks has ended with {self._process.wait()}"
        return msgspec.json.decode(packet, type=int | End)


@cache
def loaded(source: Path) -> Loaded:
    """The one that forks from `source`."""
    return Loaded(source)


def serve(file: int) -> None:
    """Fork for whoever is at the other end of the socket `file`, until that one is gone."""
    _end_with_parent()
    importlib.import_module("llmstxt_sched.app")
    importlib.import_module("llmstxt_sched.cli.main")
    # The first application loads what its library loads for each.
    Litestar([])
    # What is loaded is shared, as long as nobody writes to it.
    gc.freeze()
    start = _fork_on_request(file)
    if start:
        _become(start)


def _fork_on_request(file: int) -> Start | None:
    """Returns in each fork, with what it is to become, and at the end in the process itself."""
    with socket.socket(fileno=file) as channel, selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is not channel:
                    selector.unregister(key.fileobj)
                    os.close(key.fd)
                    _, status = os.waitpid(key.data, 0)
                    channel.send(msgspec.json.encode(End(key.data, os.waitstatus_to_exitcode(status))))
                    continue
                packet = channel.recv(_MOST_BYTES)
                if not packet:
                    return None
                pid = os.fork()
                if pid == 0:
                    return msgspec.json.decode(packet, type=Start)
                selector.register(os.pidfd_open(pid), selectors.EVENT_READ, pid)
                channel.send(msgspec.json.encode(pid))


def _become(start: Start) -> None:
    """Be the command from now on."""
    _end_with_parent()
    os.setsid()
    log = os.open(start.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDWR)
    for target, number in ((nothing, 1), (log, 2)):
        os.dup2(target, number)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(start.environment)
    # It reads its variable when it is loaded.
    importlib.reload(importlib.import_module("llmstxt_sched.process.crash_points"))
    if start.hours:
        time_machine.travel(datetime.now(UTC) + timedelta(hours=start.hours)).start()
    sys.argv = ["llmstxt-sched", *start.arguments]
    importlib.import_module("llmstxt_sched.cli.main").main()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
