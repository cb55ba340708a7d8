"""Opens and closes pools of child processes that end with this process.

The pool is Pebble's, because the one of the standard library cannot kill a busy process.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing import get_context, resource_tracker

from pebble import ProcessPool

from llmstxt_sched.errors import StartError

_PR_SET_PDEATHSIG = 1
_NICENESS = 5
_GC_THRESHOLD = 50_000
# What mallopt(3) of glibc takes for "give the end of the heap back" and "map what is larger", and the bytes from which
# it does either: most pages take less, and to get the same memory anew for each takes a fifteenth of the time.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_HEAP = 16 * 1024**2


def open_pool(
    children: int,
    *,
    address_space: int = resource.RLIM_INFINITY,
    keeps_environment: bool = False,
    work: Callable[..., object] | None = None,
) -> ProcessPool:
    """Create a pool and start its processes, which takes about ten milliseconds for each.

    Raises StartError where the system has no room for the locks that the processes share.

    `address_space` is the most that a process may map, in bytes.  With `keeps_environment` the processes have the
    variables of this one, else none.  What `work` needs is loaded as they start, and not only once it is asked for.
    """
    pool = ProcessPool(
        max_workers=children,
        initializer=_confine,
        initargs=(os.getpid(), address_space, keeps_environment, work),
        context=get_context("spawn"),
    )
    # Ctrl-C sends SIGINT to every process of the terminal.  Children inherit the blocked signal, so it cannot kill
    # them, not even during their imports.  The resource tracker is started first, because its start unblocks it.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pool.schedule(_do_nothing)
    except OSError as error:
        # Locks between processes are files there (sem_overview(7)).
        raise StartError(f"no process can be started ({error}): /dev/shm must be writable and not full") from None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pool


def close_pool(pool: ProcessPool) -> None:
    """Kill the processes of a pool and wait for their end."""
    pool.stop()  # type: ignore[no-untyped-call]
    with contextlib.suppress(RuntimeError):
        pool.join()


def _do_nothing() -> None:
    """The first task; scheduling it makes the pool start its processes."""


def _confine(parent: int, address_space: int, keeps_environment: bool, _: Callable[..., object] | None) -> None:
    """Limit this process' rights and priority, and have the kernel kill it when the process `parent` ends.

    The last argument is imported by being passed.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    if not keeps_environment:
        _forget_environment(libc)
    # Pebble's own handler is Python code, which would not run until the parser's C code returns.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
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
