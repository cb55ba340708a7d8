"""What the children of pools do in tests.

A child loads the module of its work as it starts; that of the tests would have it load pytest.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from pathlib import Path


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
    if message == b"leave":
        threading.Timer(0.2, no_more_answers).start()
    if message == b"shut":
        for channel in channels():
            os.close(channel)
        time.sleep(600)
    return str(os.getpid()).encode()


def no_more_answers() -> None:
    for channel in channels():
        with socket.socket(fileno=os.dup(channel)) as end:
            end.shutdown(socket.SHUT_WR)


def channels() -> list[int]:
    """The descriptors of this process that are sockets."""
    return [
        int(each.name)
        for each in Path("/proc/self/fd").iterdir()
        # That of the folder itself is gone by the time that it is looked at.
        if os.path.lexists(each) and str(each.readlink()).startswith("socket:")
    ]
