"""The embedded Postgres: the record of everything, so every commit reaches the disk (fsync on)."""

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
    "timezone": "UTC",
    # Refused statements are the service's to log; here only what concerns the server itself.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}


class Postgres(Server):
    """The embedded Postgres."""

    name = "postgres"

    @property
    def url(self) -> str:
        """Where asyncpg and libpq find it."""
        host = quote(str(self.data_folder.sockets), safe="")
        return f"postgresql://{USER}:{self.password}@/postgres?host={host}&port={PORT}"

    async def launch(self) -> Child:
        """Starts it; at the first time makes its data."""
        programs = postgres_folder(self.data_folder)
        data = self.folder / "data"
        if not data.exists():
            await self._initialise(programs)
        # No process of an earlier server is left: see `start` and the lock in `data_folder`.  The id in the file
        # may be another process' by now, above all in a container, and Postgres would refuse to start.
        (data / "postmaster.pid").unlink(missing_ok=True)
        settings = {**SETTINGS, "unix_socket_directories": f'"{self.data_folder.sockets}"'}
        options = [f"--{name}={value}" for name, value in settings.items()]
        # SIGQUIT: end at once; what was committed is on the disk, and the next start recovers it.
        return self._child_of(
            [str(programs / "postgres"), "-D", f"{self.seen_folder}/data", *options], self.files, signal.SIGQUIT
        )

    async def is_ready(self, child: Child) -> bool:
        """As pg_ctl decides it: the last line of postmaster.pid, where the first is the child's id."""
        try:
            lines = (self.folder / "data/postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(child.pid) and lines[7].strip() == "ready"

    async def halt(self, child: Child) -> None:
        """Fast shutdown, then the immediate one, which costs the next start a recovery."""
        await child.stop((signal.SIGINT, 1.5), (signal.SIGQUIT, 0.5))

    async def _initialise(self, programs: Path) -> None:
        # Made aside and renamed, so that a kill in between leaves nothing that looks whole.
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
