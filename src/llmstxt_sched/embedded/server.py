"""What Postgres and Valkey have in common: started, watched, started again, stopped."""

from __future__ import annotations

import asyncio
import os
from abc import ABC, abstractmethod
from contextlib import suppress

from llmstxt_sched.embedded.child import POLL_SECONDS, START_SECONDS, Child
from llmstxt_sched.embedded.data_folder import DataFolder, private_folder, reaches
from llmstxt_sched.errors import StartError
from llmstxt_sched.process.waiting import stopped_within

WATCH_SECONDS = 0.2


class Server(ABC):
    """One embedded server in `data_folder`.  `name` is its folder's, its log's and its member's."""

    name: str

    def __init__(self, data_folder: DataFolder) -> None:
        self.data_folder = data_folder
        self.password = data_folder.password(self.name)
        self.folder = data_folder.data / self.name
        private_folder(self.folder, data_folder.user)
        self._child: Child | None = None
        self._opened = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._child.pid if self._child and self._child.exit_code is None else None

    @property
    def seen_folder(self) -> str:
        """The server's folder by a path that its user can go.

        Below a folder that is closed to that user, such as root's home, it is our open file: the
        server inherits it, and /proc leads to it without a step through what is above (proc(5)).
        """
        direct = reaches(self.data_folder.user, self.folder)
        return str(self.folder.absolute()) if direct else f"/proc/self/fd/{self._opened}"

    @property
    def files(self) -> tuple[int, ...]:
        """The open files that the server inherits."""
        return (self.data_folder.lock, self._opened)

    @abstractmethod
    async def launch(self) -> Child:
        """Starts the program."""

    @abstractmethod
    async def is_ready(self, child: Child) -> bool:
        """Whether `child` serves."""

    @abstractmethod
    async def halt(self, child: Child) -> None:
        """Ends `child` in good order."""

    async def start(self) -> None:
        """Starts it and waits until it serves; StartError says what it said where it does not."""
        if self._child is not None:
            # What it left may still be at work on the data.
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
        """A member of the process: returns once `stop` is set, raises StartError when the server ends.

        Called again, as after every crash of a member, it starts the server on the same data.
        """
        if self.pid is None:
            await self.start()
        while not stop.is_set():
            if self.pid is None and self._child is not None:
                raise StartError(f"{self.name} ended: {self._child.last_words}")
            await stopped_within(stop, WATCH_SECONDS)

    async def stop(self) -> None:
        """Ends it; it may have ended before."""
        if self._child is not None:
            await self.halt(self._child)
        os.close(self._opened)


def memory_file(name: str, text: str) -> int:
    """An open file in memory that holds `text`: a secret that no other user and no disk sees."""
    file = os.memfd_create(name)
    os.write(file, text.encode())
    return file
