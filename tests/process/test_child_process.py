from __future__ import annotations

import socket

from tests.support.child_work import reversed_bytes

from llmstxt_sched.process.child_process import LENGTH, Named, start_child


def test_a_child_whose_parent_was_killed_ends_without_a_traceback() -> None:
    ours, theirs = socket.socketpair()
    work = Named(f"{reversed_bytes.__module__}:{reversed_bytes.__name__}")
    child = start_child(work, theirs, address_space=2**40, keeps_environment=True)
    theirs.close()
    ours.sendall(LENGTH.pack(3) + b"abc")
    assert ours.recv(1)
    # The rest of the answer is not read: the kernel resets the connection, as where a process was killed.
    ours.close()
    child.join(30)
    assert child.exitcode == 0
