"""A proxy on loopback in front of one server: it delays, cuts, refuses, stalls, and loses chosen replies."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from tests.system.faults.replica import SOURCE

LUA = SOURCE / "llmstxt_sched/jobs/lua"

CHUNK = 65536


class Listener(Protocol):
    """What one connection says; `loses` tells that this reply must not arrive."""

    def sent(self, data: bytes) -> None: ...

    def loses(self, reply: bytes) -> bool: ...


class Proxy:
    """Forwards connections of `port` to the unix socket `upstream`."""

    def __init__(self, upstream: str, listener: Callable[[Proxy], Listener]) -> None:
        self._upstream = upstream
        self._listener = listener
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self.is_refusing = False
        self.delay_seconds = 0.0
        self.to_lose = 0
        self.lost = 0
        self.port = 0

    def cut(self) -> None:
        """Break every connection."""
        for writer in self._writers:
            writer.transport.abort()

    def stall(self) -> None:
        """Keep connections open and let nothing through, as a network that swallows packets does."""
        self._flows.clear()

    def flow(self) -> None:
        """Let all through again."""
        self._flows.set()

    def take_loss(self) -> bool:
        """Whether one more reply is to be lost, or held up; counts it."""
        if not self.to_lose:
            return False
        self.to_lose -= 1
        self.lost += 1
        return True

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of a client."""
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_refusing:
            writer.transport.abort()
            return
        try:
            upstream_reader, upstream = await asyncio.open_unix_connection(self._upstream)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, upstream}
        heard = self._listener(self)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pump(reader, upstream, heard.sent))
                group.create_task(self._pump(upstream_reader, writer, _cutting(heard)))
        except* OSError:
            pass
        finally:
            for each in (writer, upstream):
                self._writers.discard(each)
                each.transport.abort()

    async def close(self) -> None:
        """Break all, and wait until it is gone."""
        self.flow()
        self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, note: Callable[[bytes], None]
    ) -> None:
        while data := await reader.read(CHUNK):
            note(data)
            if self.delay_seconds:
                await asyncio.sleep(self.delay_seconds)
            await self._flows.wait()
            writer.write(data)
            await writer.drain()
        raise ConnectionResetError("the other side has closed")


def _cutting(heard: Listener) -> Callable[[bytes], None]:
    def note(reply: bytes) -> None:
        if heard.loses(reply):
            raise ConnectionResetError("a reply was lost")

    return note


@asynccontextmanager
async def proxy(upstream: str, listener: Callable[[Proxy], Listener]) -> AsyncIterator[Proxy]:
    """A proxy on a free port."""
    made = Proxy(upstream, listener)
    server = await asyncio.start_server(made.accept, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await made.close()
        with suppress(OSError):
            await server.wait_closed()


class Blmoves:
    """Loses replies to BLMOVE that carry a job."""

    def __init__(self, owner: Proxy) -> None:
        self._owner = owner
        self._command = b""

    def sent(self, data: bytes) -> None:
        self._command = data

    def loses(self, reply: bytes) -> bool:
        return b"BLMOVE" in self._command and b"$36\r\n" in reply and self._owner.take_loss()


class Finishes:
    """Loses replies to the COMMIT of transactions that end a run."""

    MARK = b"finished_at = $"

    def __init__(self, owner: Proxy) -> None:
        self._owner = owner
        self._buffer = b""
        self._is_started = False
        self._marked: set[bytes] = set()
        self._ends_a_run = False
        self._commits = False

    def sent(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_started:
            # The first message has no letter in front of its length.
            self._is_started = True
            self._buffer = self._buffer[int.from_bytes(self._buffer[:4], "big") :]
        while len(self._buffer) >= 5:
            size = 1 + int.from_bytes(self._buffer[1:5], "big")
            if len(self._buffer) < size:
                return
            kind, body, self._buffer = self._buffer[:1], self._buffer[5:size], self._buffer[size:]
            self._read(kind, body)

    def loses(self, reply: bytes) -> bool:
        return self._commits and b"COMMIT" in reply and self._owner.take_loss()

    def _read(self, kind: bytes, body: bytes) -> None:
        if kind == b"P":
            name, query = body.split(b"\0")[:2]
            if self.MARK in query:
                self._marked.add(name)
        elif kind == b"B":
            self._ends_a_run |= body.split(b"\0")[1] in self._marked
        elif kind == b"Q":
            self._commits = body.startswith(b"COMMIT") and self._ends_a_run
            self._ends_a_run = False


class Promotes:
    """Has something happen when due jobs are moved to the queue: before the script runs, or before its reply comes."""

    # As `jobs/scripts.py` puts it together.
    SCRIPT = b"".join((LUA / name).read_bytes() for name in ("parts/enqueue.lua", "promote.lua"))

    def __init__(self, owner: Proxy, happen: Callable[[], Coroutine[None, None, None]], *, is_late: bool) -> None:
        self._owner = owner
        self._happen = happen
        self._is_late = is_late
        self._is_promoting = False
        self._mark = hashlib.sha1(self.SCRIPT, usedforsecurity=False).hexdigest().encode()

    def sent(self, data: bytes) -> None:
        self._is_promoting = self._mark in data
        if self._is_promoting and not self._is_late:
            self._interrupt()

    def loses(self, reply: bytes) -> bool:
        # A server that does not know the script says so first.
        if self._is_promoting and self._is_late and reply.startswith(b":"):
            self._interrupt()
        return False

    def _interrupt(self) -> None:
        if self._owner.take_loss():
            self._owner.stall()
            self._task = asyncio.create_task(self._happening())

    async def _happening(self) -> None:
        try:
            await self._happen()
        finally:
            self._owner.flow()
