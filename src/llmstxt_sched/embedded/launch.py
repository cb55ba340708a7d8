"""Becomes a server program: `launch.py PARENT SIGNAL UID GID PROGRAM ARGUMENT…`, run as a script.

A script of its own, and not subprocess' `preexec_fn`, because that runs Python in a fork of a process
with threads.  It ends in `exec`, so that the program has the process id that the parent was told.
"""

import ctypes
import os
import sys

# linux/prctl.h
PR_SET_PDEATHSIG = 1


def main(numbers: list[str], program: list[str]) -> None:
    """Changes to UID and GID, asks for SIGNAL when PARENT ends, becomes `program`."""
    parent, death_signal, uid, gid = map(int, numbers)
    if uid != os.geteuid():
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    os.umask(0o077)
    # After the change of user, which clears it (prctl(2)).
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)  # The parent ended before it was watched: nobody would ever tell us.
    os.execv(program[0], program)  # noqa: S606  the arguments are our own


if __name__ == "__main__":
    main(sys.argv[1:5], sys.argv[5:])
