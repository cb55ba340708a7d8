"""The base class of the embedded Postgres and Valkey: starting, watching, restarting and stopping a server."""

from __future__ import annotations

import asyncio
import os
import shutil
from abc import ABC, abstractmethod
from contextlib import suppress

import structlog

from llmstxt_sched.embedded.child import POLL_SECONDS, START_SECONDS, Child
from llmstxt_sched.embedded.data_folder import DataFolder, private_folder, reaches
from llmstxt_sched.errors import StartError
from llmstxt_sched.process.waiting import stopped_within, unless_stopped

WATCH_SECONDS = 0.2
# Postgres needs one more file of its log, of 16 MiB, to recover; with less it would crash again, and end the process.
NEEDED_BYTES = 24 * 1024**2
ROOM_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Server(ABC):
    """One embedded server in `data_folder`.  `name` is the name of its folder, its log and its member."""

    name: str

    def __init__(self, data_folder: DataFolder) -> None:
        self.data_folder = data_folder
        self.password = data_folder.password(self.name)
        self.folder = data_folder.data / self.name
        private_folder(self.folder, data_folder.user)
        self._child: Child | None = None
        self._folder_file = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)

    @property
    def pid(self) -> int | None:
        """The process id of the server; None if it is not running."""
        return self._child.pid if self._child and self._child.exit_code is None else None

    @property
    def seen_folder(self) -> str:
        """A path by which the servers' user can reach the server's folder.

        If a folder above is closed to that user, such as root's home, the path leads through /proc to an open
        descriptor that the server inherits, which needs no access to the folders above (proc(5)).
        """
        direct = reaches(self.data_folder.user, self.folder)
        return str(self.folder.absolute()) if direct else f"/proc/self/fd/{self._folder_file}"

    @property
    def files(self) -> tuple[int, ...]:
        """The file descriptors that the server inherits."""
        return (self.data_folder.lock, self._folder_file)

    @abstractmethod
    async def launch(self) -> Child:
        """Start the program."""

    @abstractmethod
    async def is_ready(self, child: Child) -> bool:
        """Whether `child` accepts connections."""

    @abstractmethod
    async def halt(self, child: Child) -> None:
        """Shut `child` down cleanly."""

    async def start(self) -> None:
        """Start the server and wait until it accepts connections.

        Raises StartError, with the last line of its log, if it does not within START_SECONDS.
        """
        if self._child is not None:
            # Processes of the previous server may still be using the data.
            await self._child.stop()
        self._child = child = await self.launch()
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                while child.exit_code is None:
                    if await self.is_ready(child):
                        return
                    await asyncio.sleep(POLL_SECONDS)
        await child.stop()
        raise StartError(f"{self.name} did not start: {child.last_words}")

    async def watch(self, stop: asyncio.Event) -> None:
        """The `run` of a member of the process: returns once `stop` is set, raises StartError if the server ends.

        The supervisor calls it again after that, and then it starts the server on the same data, once the disk has
        room for it.
        """
        if self.pid is None:
            await self._wait_for_room(stop)
            if stop.is_set():
                return
            try:
                await unless_stopped(self.name, self.start, stop)
            except StartError:
                # A start that is left is no crash, and `stop` of this server ends what there is of it.
                if not stop.is_set():
                    raise
        while not stop.is_set():
            if self.pid is None and self._child is not None:
                raise StartError(f"{self.name} {self._child.end}; it last said: {self._child.last_words}")
            await stopped_within(stop, WATCH_SECONDS)

    async def _wait_for_room(self, stop: asyncio.Event) -> None:
        is_said = False
        while (free := shutil.disk_usage(self.folder).free) < NEEDED_BYTES:
            if not is_said:
                log.error("disk full", server=self.name, folder=str(self.folder), free=free, needed=NEEDED_BYTES)
            is_said = True
            if await stopped_within(stop, ROOM_SECONDS):
                return

    async def stop(self) -> None:
        """Stop the server; it may have ended already."""
        if self._child is not None:
            await self.halt(self._child)
        os.close(self._folder_file)


def memory_file(name: str, text: str) -> int:
    """Write a secret to an in-memory file, which neither other users nor a disk see; returns its file descriptor."""
    file = os.memfd_create(name)
    os.write(file, text.encode())
    return file
