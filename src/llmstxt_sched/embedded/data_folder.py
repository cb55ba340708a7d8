"""The data folder of the embedded servers: its locks, the folder of their sockets, their user.

DATA/lock               locked by the process that uses the folder
DATA/servers.lock       locked also by its servers, even after that process was killed
DATA/postgres, valkey   the data of each server, mode 0700
DATA/*.password, *.log  the password and the log of each server
DATA/secrets.key        the key of stored credentials, made by services/secrets.py
DATA/run                sockets; as root also copies of the programs
/tmp/llmstxt-UID-HASH   used instead of DATA/run if that is too long for a socket, or the servers' user cannot enter it
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct

from llmstxt_sched.embedded.system_user import SystemUser, servers_user, take_over
from llmstxt_sched.errors import StartError
from llmstxt_sched.process.private_file import write_private

# sizeof(sun_path) is 108, including the final zero byte (unix(7)).
SOCKET_PATH_BYTES = 107
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"
# How long servers may take to end after their parent was killed.
ORPHAN_SECONDS = 10.0
# How long a killed process may take to release its lock.
OWNER_SECONDS = 1.0

_IN_USE = "{data} is in use by {by}; stop it or set LLMSTXT_DATA__DIR"


class DataFolder(Struct, frozen=True):
    """A data folder locked by this process; the servers inherit `lock`, the descriptor of the locked servers.lock."""

    data: Path
    run: Path
    user: SystemUser
    lock: int

    @property
    def sockets(self) -> Path:
        """The folder of the sockets, which only the servers' user and root can enter."""
        return self.run / "sockets"

    def password(self, server: str) -> str:
        """The password of one server, generated at its first start."""
        path = self.data / f"{server}.password"
        if not path.exists():
            write_private(path, secrets.token_hex(32))
        return path.read_text()


@asynccontextmanager
async def occupy(data: Path, user_name: str = "") -> AsyncIterator[DataFolder]:
    """Create the data folder if necessary, and lock it for the duration of the context.

    Raises StartError if another process uses it, it cannot be created, or there is no user `user_name`.
    """
    data = data.absolute()  # noqa: ASYNC240  no disk is asked
    # In a thread: the program that makes the user waits for whoever else changes the system's users.
    user = await asyncio.to_thread(servers_user, user_name)
    locks: list[int] = []
    try:
        try:
            data.mkdir(mode=0o711 if user.is_other else 0o700, parents=True, exist_ok=True)
            for name, take in (("lock", _lock_owner), ("servers.lock", _lock_servers)):
                locks.append(os.open(data / name, os.O_RDWR | os.O_CREAT, 0o600))
                await take(data, locks[-1])
            folder = DataFolder(data=data, run=_run_folder(data, user), user=user, lock=locks[1])
            private_folder(folder.sockets, user)
        except OSError as error:
            raise StartError(
                f"{data} cannot be used ({error.strerror}: {error.filename}); set LLMSTXT_DATA__DIR"
            ) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder.sockets, ignore_errors=True)
            if folder.run.parent != data:
                shutil.rmtree(folder.run, ignore_errors=True)
    finally:
        for lock in locks:
            os.close(lock)


def private_folder(path: Path, user: SystemUser) -> None:
    """Create the folder `path`, or change it, so that only `user` and root can enter it."""
    path.mkdir(mode=0o700, exist_ok=True)
    take_over(path, user)
    path.chmod(0o700)


def reaches(user: SystemUser, path: Path) -> bool:
    """Whether `user` can enter every folder above `path`."""
    return not user.is_other or all(above.stat().st_mode & 0o001 for above in path.resolve().parents)


async def _lock_owner(data: Path, lock: int) -> None:
    # A record lock: unlike that of flock it is not inherited by forked processes, so that no helper process of a killed
    # owner can keep it.
    if not await _locks(fcntl.lockf, lock, OWNER_SECONDS):
        owner = os.pread(lock, 20, 0).decode()
        raise StartError(_IN_USE.format(data=data, by=f"another process (pid {owner})"))
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)


async def _lock_servers(data: Path, lock: int) -> None:
    if not await _locks(fcntl.flock, lock, ORPHAN_SECONDS):
        raise StartError(_IN_USE.format(data=data, by="servers that an earlier process left"))


async def _locks(take: Callable[[int, int], None], lock: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            take(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            await asyncio.sleep(0.02)
        else:
            return True
    return False


def _run_folder(data: Path, user: SystemUser) -> Path:
    near = data / "run"
    longest = near / "sockets" / LONGEST_SOCKET_NAME
    if len(os.fsencode(longest)) <= SOCKET_PATH_BYTES and reaches(user, near):
        return _own_folder(near, user)
    # The name depends only on the data folder, so that a folder left by a killed process is used again.  TMPDIR is not
    # used, because it often is a private folder, whose path is too long or which other users cannot enter.
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return _own_folder(Path(f"/tmp/llmstxt-{os.geteuid()}-{digest}"), user)  # noqa: S108  checked below


def _own_folder(path: Path, user: SystemUser) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise StartError(f"{path} belongs to another user; remove it or set LLMSTXT_DATA__DIR to a shorter path")
    path.chmod(0o711 if user.is_other else 0o700)
    return path
