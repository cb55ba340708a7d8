"""Files of versions in memory, as they are sent: a version never changes, so its files are put together once.

What was not asked for the longest goes first when there is no more room.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from uuid import UUID

# A file may take this part of the room.
LARGEST_SHARE = 2
# Below, gzip's own bytes and the work outweigh what is saved.
LEAST_BYTES = 512
GZIP_LEVEL = 6

Key = tuple[UUID, str]


class FixedFile:
    """One file: its bytes, an entity tag that is another for other bytes, and the same compressed.

    `gzipped` is None until it was asked for, and empty where it saves nothing.
    """

    __slots__ = ("body", "etag", "gzipped")

    def __init__(self, body: bytes, etag: str = "") -> None:
        self.body = body
        self.etag = etag or hashlib.sha256(body).hexdigest()[:32]
        self.gzipped: bytes | None = None if len(body) >= LEAST_BYTES else b""

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.body) + len(self.gzipped or b"")


class FixedFiles:
    """The files that were asked for lately, in at most `room` bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._files: OrderedDict[Key, FixedFile] = OrderedDict()
        self._size = 0
        # The bytes of the files that are being made, for which nobody may wait any more.
        self._making = 0
        self._tasks: dict[tuple[Key, str], asyncio.Task[FixedFile]] = {}

    def fits(self, size: int) -> bool:
        """Whether a file of `size` bytes may be kept."""
        return size * LARGEST_SHARE <= self._room

    def get(self, version_id: UUID, path: str) -> FixedFile | None:
        """The file, if it is here."""
        found = self._files.get((version_id, path))
        if found:
            self._files.move_to_end((version_id, path))
        return found

    def keep(self, version_id: UUID, path: str, file: FixedFile) -> None:
        """Keep a file, if it fits; what was not asked for the longest makes room."""
        if not self.fits(len(file.body)):
            return
        key = (version_id, path)
        self._drop(key)
        self._files[key] = file
        self._size += file.size
        while self._size > self._room:
            self._drop(next(iter(self._files)))

    async def fix(
        self, version_id: UUID, path: str, make: Callable[[], Awaitable[FixedFile]], size: int
    ) -> FixedFile | None:
        """The file of `size` bytes, made by `make` and kept; whoever asks meanwhile waits for the same one.

        None if there is no room for it beside those that are being made.
        """
        key = (version_id, path)
        if (key, "") not in self._tasks and not self.fits(self._making + size):
            return None
        return await self._once(key, "", make, size)

    async def compress(self, version_id: UUID, path: str, file: FixedFile) -> None:
        """Compress the file, once."""

        async def compressed() -> FixedFile:
            gzipped = await gzip_of(file.body)
            self._drop((version_id, path))
            file.gzipped = gzipped
            return file

        if file.gzipped is None:
            await self._once((version_id, path), "gzip", compressed)

    async def _once(self, key: Key, step: str, make: Callable[[], Awaitable[FixedFile]], size: int = 0) -> FixedFile:
        task = self._tasks.get((key, step))
        if task is None:
            self._making += size
            task = self._tasks[key, step] = asyncio.create_task(self._made(key, step, make, size))
            task.add_done_callback(_forget)
        return await asyncio.shield(task)

    async def _made(self, key: Key, step: str, make: Callable[[], Awaitable[FixedFile]], size: int) -> FixedFile:
        try:
            file = await make()
            self.keep(*key, file)
            return file
        finally:
            del self._tasks[key, step]
            self._making -= size

    def _drop(self, key: Key) -> None:
        dropped = self._files.pop(key, None)
        self._size -= dropped.size if dropped else 0


async def gzip_of(body: bytes) -> bytes:
    """The body compressed; empty where that saves nothing."""
    gzipped = await asyncio.to_thread(gzip.compress, body, GZIP_LEVEL, mtime=0)
    return gzipped if len(gzipped) < len(body) else b""


def _forget(task: asyncio.Task[FixedFile]) -> None:
    """Retrieve the exception, which asyncio logs where nobody has waited to the end."""
    if not task.cancelled():
        task.exception()
