"""Starts child processes that end with this process, have less priority, and know none of its secrets."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable
from multiprocessing import get_context, resource_tracker
from multiprocessing.context import SpawnProcess
from pkgutil import resolve_name

# Before each message and each answer, its length.
LENGTH = struct.Struct("!Q")
Work = Callable[[bytes], bytes]

_PR_SET_PDEATHSIG = 1
_NICENESS = 10
_GC_THRESHOLD = 50_000
# The options of mallopt(3) of glibc for giving the end of the heap back and for mapping large blocks, and the size in
# bytes from which it does either: most pages take less, and to get the same memory anew for each takes a fifteenth of
# the time.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_HEAP = 16 * 1024**2


class Named:
    """The function at `place`, "module:name", which only a child loads: this process does without what it needs."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __reduce__(self) -> tuple[Callable[[str], Work], tuple[str]]:
        return resolve_name, (self._place,)


def start_child(
    work: Work | Named, channel: socket.socket, *, address_space: int, keeps_environment: bool
) -> SpawnProcess:
    """Start a process that calls `work` for each message of `channel` and answers with what it returns.

    What `work` needs is loaded as it starts, and not only once it is asked for.  `address_space` is the most that it
    may map, in bytes.  If it `keeps_environment` it has the variables of this process, else none.
    """
    confined = (os.getpid(), address_space, keeps_environment)
    process = get_context("spawn").Process(target=_run, args=(work, channel, *confined), daemon=True)
    # Ctrl-C sends SIGINT to every process of the terminal.  Children inherit the blocked signal, so it cannot kill
    # them, not even during their imports.  The resource tracker is started first, because its start unblocks it.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _run(work: Work, channel: socket.socket, parent: int, address_space: int, keeps_environment: bool) -> None:
    _confine(parent, address_space, keeps_environment)
    # A parent that was killed resets the connection, perhaps before the kernel ends this process because of it.
    with contextlib.suppress(ConnectionError), channel.makefile("rb") as messages, channel.makefile("wb") as answers:
        while head := messages.read(LENGTH.size):
            answer = work(messages.read(*LENGTH.unpack(head)))
            answers.write(LENGTH.pack(len(answer)))
            answers.write(answer)
            answers.flush()


def _confine(parent: int, address_space: int, keeps_environment: bool) -> None:
    """Limit this process' rights and priority, and have the kernel kill it when the process `parent` ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    if not keeps_environment:
        _forget_environment(libc)
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The loop answers requests; a page can wait.
    os.nice(_NICENESS)
    # Not every C library has it.
    with contextlib.suppress(AttributeError):
        for option in (_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD):
            libc.mallopt(option, _KEPT_HEAP)
    # A page, or a site, is a great many objects that live as long as it is worked on.
    gc.set_threshold(_GC_THRESHOLD)


def _forget_environment(libc: ctypes.CDLL) -> None:
    """Overwrite and remove all variables: they hold the service's secrets, and the children read what strangers write.

    To remove them alone would leave them in /proc/PID/environ.
    """
    variables = ctypes.POINTER(ctypes.c_void_p).in_dll(libc, "environ")
    # Ends with a null pointer; there is no array at all where there are no variables.
    number = 0
    while variables and (text := variables[number]):
        ctypes.memset(text, 0, len(ctypes.string_at(text)))
        number += 1
    libc.clearenv()
    os.environ.clear()
