"""The embedded Postgres.  It holds all lasting data, so every commit is written to disk (fsync on)."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from urllib.parse import quote

from llmstxt_sched.embedded.binaries import postgres_folder
from llmstxt_sched.embedded.child import START_SECONDS, Child, Program
from llmstxt_sched.embedded.server import Server, memory_file
from llmstxt_sched.errors import StartError

USER = "llmstxt"
PORT = 5432

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "fsync": "on",
    # All of a page goes to the log when it is first written after a checkpoint: compressed, the log of a run that is
    # fired, claimed and settled is a fifth shorter.
    "wal_compression": "on",
    "timezone": "UTC",
    # The service logs failed statements itself; this log is only for the server's own messages.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}


class Postgres(Server):
    """The embedded Postgres."""

    name = "postgres"

    @property
    def url(self) -> str:
        """The URL of the server, for asyncpg and libpq."""
        host = quote(str(self.data_folder.sockets), safe="")
        return f"postgresql://{USER}:{self.password}@/postgres?host={host}&port={PORT}"

    async def launch(self) -> Child:
        """Start the server; creates its data the first time."""
        programs = postgres_folder(self.data_folder)
        data = self.folder / "data"
        if not data.exists():
            await self._initialise(programs)
        # No process of an earlier server is left (see `start`, and servers.lock in `data_folder`).  But the process id
        # in this file may by now belong to another process, above all in a container, and Postgres would then refuse
        # to start.
        (data / "postmaster.pid").unlink(missing_ok=True)
        settings = {**SETTINGS, "unix_socket_directories": f'"{self.data_folder.sockets}"'}
        options = [f"--{name}={value}" for name, value in settings.items()]
        # SIGQUIT is immediate shutdown: committed data is on disk, and the next start recovers it.
        return self._child_of(
            [str(programs / "postgres"), "-D", f"{self.seen_folder}/data", *options], self.files, signal.SIGQUIT
        )

    async def is_ready(self, child: Child) -> bool:
        """Decide as pg_ctl does: line 8 of postmaster.pid is `ready`, and line 1 is the process id of the child."""
        try:
            lines = (self.folder / "data/postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(child.pid) and lines[7].strip() == "ready"

    async def halt(self, child: Child) -> None:
        """Fast shutdown; after 1.5 s immediate shutdown, after which the next start needs a recovery."""
        await child.stop((signal.SIGINT, 1.5), (signal.SIGQUIT, 0.5))

    async def _initialise(self, programs: Path) -> None:
        # Created under another name and renamed at the end, so that a crash leaves nothing that looks complete.
        shutil.rmtree(self.folder / "new", ignore_errors=True)
        password = memory_file("password", self.password)
        try:
            options = [f"--username={USER}", "--auth=scram-sha-256", f"--pwfile=/proc/self/fd/{password}"]
            options += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
            child = self._child_of(
                [str(programs / "initdb"), "-D", f"{self.seen_folder}/new", *options],
                (*self.files, password),
                signal.SIGKILL,
            )
        finally:
            os.close(password)
        try:
            await child.ended(START_SECONDS)
        finally:
            await child.stop()
        if child.exit_code != 0:
            raise StartError(f"the data of postgres could not be made: {child.last_words}")
        (self.folder / "new").rename(self.folder / "data")

    def _child_of(self, arguments: list[str], files: tuple[int, ...], death_signal: signal.Signals) -> Child:
        log = self.data_folder.data / "postgres.log"
        return Child(Program(arguments, self.data_folder.user, log, files, death_signal))
