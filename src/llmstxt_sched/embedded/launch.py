"""Prepares its own process and becomes a server program: `launch.py PARENT SIGNAL UID GID PROGRAM ARGUMENT…`.

This is a separate script because the alternative, the `preexec_fn` of subprocess, runs Python code in a fork of a
process with threads, which may deadlock.  It ends with `exec`, so that the program keeps the process id that the parent
knows.
"""

import ctypes
import os
import sys

# linux/prctl.h
PR_SET_PDEATHSIG = 1


def main(numbers: list[str], program: list[str]) -> None:
    """Change to UID and GID, have SIGNAL sent when PARENT ends, and become `program`."""
    parent, death_signal, uid, gid = map(int, numbers)
    if uid != os.geteuid():
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    os.umask(0o077)
    # After the change of user, which would clear this setting (prctl(2)).
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)  # The parent had ended before prctl was called, so the signal would never come.
    os.execv(program[0], program)  # noqa: S606  the arguments are our own


if __name__ == "__main__":
    main(sys.argv[1:5], sys.argv[5:])
