"""The system user that the embedded servers run as."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import structlog
from msgspec import Struct

from llmstxt_sched.errors import StartError

log = structlog.get_logger(__name__)

# The user that root makes for the servers, and the setting that names another.
NAME = "llmstxt-sched"
SETTING = "LLMSTXT_DATA__USER"
# Debian's and Red Hat's useradd waits for a lock on /etc/passwd.
_MAKE_SECONDS = 30


class SystemUser(Struct, frozen=True):
    """The user that the servers run as."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether this is a different user than that of this process."""
        return self.uid != os.geteuid()


def servers_user(name: str = "") -> SystemUser:
    """The user of this process; as root, which Postgres refuses to be, the user `name`, else one of the servers' own.

    That one is made if it is missing.  Raises StartError if the named one cannot be used.
    """
    own = SystemUser(os.geteuid(), os.getegid())
    if name:
        named = _find(name)
        if named is None:
            raise StartError(f"{SETTING}={name}: there is no such user on this system")
        if named.uid == 0:
            raise StartError(f"{SETTING}={name}: Postgres refuses to run as root; name another user")
        if own.uid not in (0, named.uid):
            raise StartError(f"{SETTING}={name}: only root can run the servers as another user; unset it")
        return named
    return own if own.uid else _find(NAME) or _made()


def take_over(folder: Path, user: SystemUser) -> None:
    """Give the folder to `user`, with all files in it that belong to the user who had it.

    The folder itself comes last, so that an interrupted call is made up for by the next one.
    """
    former = folder.lstat().st_uid
    if former == user.uid:
        return
    # From descriptors, not by names: the former user may still run, and put something else in a file's place.
    for _, folders, files, descriptor in os.fwalk(folder):
        for name in (*folders, *files):
            # A file of another user's may be here by a link of the former owner's, who had no right to it.
            _take_over_one(descriptor, name, former, user)
    os.lchown(folder, user.uid, user.gid)


def _take_over_one(folder: int, name: str, former: int, user: SystemUser) -> None:
    file = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=folder)
    try:
        if os.fstat(file).st_uid == former:
            os.chown(f"/proc/self/fd/{file}", user.uid, user.gid)
    finally:
        os.close(file)


def _find(name: str) -> SystemUser | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return SystemUser(found.pw_uid, found.pw_gid)


def _made() -> SystemUser:
    """Make the servers' own user; where that cannot be done, `nobody`, as whom other services may run as well."""
    command = _command()
    if command:
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, timeout=_MAKE_SECONDS, check=False)  # noqa: S603 - our words
        # Also if it failed: another process may have made it just now.
        made = _find(NAME)
        if made:
            log.info("system user made for the embedded servers", user=NAME)
            return made
    nobody = _find("nobody")
    if nobody is None:
        raise StartError(f"the user {NAME} for the embedded servers cannot be made; name one with {SETTING}")
    log.warning("embedded servers run as nobody", reason=f"the user {NAME} cannot be made; name one with {SETTING}")
    return nobody


def _command() -> list[str]:
    """The command that makes the user, of shadow or of BusyBox; empty where neither is."""
    if useradd := shutil.which("useradd"):
        return [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", NAME]
    if adduser := shutil.which("adduser"):
        return [adduser, "-S", "-D", "-H", "-h", "/nonexistent", NAME]
    return []
