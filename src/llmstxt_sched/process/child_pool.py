"""Has child processes work on one message after the other.

The event loop itself writes to a socket of each child and reads from it: a message takes a fifth of the processor time
that it took through the threads and the shared queue of a pool of the usual kind.  No child holds a lock that others
wait for, so that each can be killed at any moment.

A socket and not a pair of pipes: of a pipe that it is given, uvloop closes the descriptor once itself and once through
the object, by when it may be another file's.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.context import SpawnProcess
from typing import TypeVar

from llmstxt_sched.errors import StartError
from llmstxt_sched.process.child_process import LENGTH, Named, Work, start_child
from llmstxt_sched.process.shortest_first import ShortestFirst

Answer = TypeVar("Answer")

# So much of an answer is read ahead while the event loop does other things.
_READ_BYTES = 1024**2


class ChildEnded(Exception):
    """The child ended before it had answered, or was killed for how it did.

    `exit_code` is minus the number of the signal that killed it.
    """

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"the child ended with {exit_code}")
        self.exit_code = exit_code


class ChildPool:
    """So many children that do `work`; for the other arguments see `start_child`.

    Each is started when it is needed, or by `start`; to be closed at the end.  A child whose answer has more bytes than
    `largest_answer` is killed: one that a page has taken over would else fill this process' memory.
    """

    def __init__(
        self,
        children: int,
        work: Work | Named,
        *,
        address_space: int = resource.RLIM_INFINITY,
        keeps_environment: bool = False,
        largest_answer: int = sys.maxsize,
    ) -> None:
        start = partial(start_child, work, address_space=address_space, keeps_environment=keeps_environment)
        self._children = [_Child(start, largest_answer) for _ in range(children)]
        # The one that has worked last, whose memory is at hand, is asked first.
        self._idle = ShortestFirst(self._children)

    async def start(self) -> None:
        """Start all children, which are ready some time later.  Raises StartError where the system lets none start."""
        try:
            for child in self._children:
                await child.start()
        except BaseException as error:
            await self.close()
            if isinstance(error, OSError):
                raise StartError(f"no process can be started ({error})") from None
            raise

    async def call(
        self, message: Callable[[], bytes], read: Callable[[bytes], Answer], seconds: float, effort: float = 0.0
    ) -> Answer:
        """What `read` makes of a child's answer to `message`, for which the child has so many seconds.

        The message is made once a child is free: those that wait would else be in memory twice.  Of those, whoever
        needs little `effort`, in seconds, gets a child sooner.

        Raises TimeoutError if the time has passed, ChildEnded if the child ended or the pool is closed, and what `read`
        raises.  Then, and if the caller is cancelled, the child is killed, and another one started when it is needed:
        OSError if that is not possible.
        """
        child = await self._idle.get(effort)
        try:
            if not child.is_alive:
                await child.start()
            async with asyncio.timeout(seconds):
                return read(await child.call(message()))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise ChildEnded(await child.kill()) from None
        except BaseException:
            await child.kill()
            raise
        finally:
            self._idle.put(child)

    async def close(self) -> None:
        """Kill the children and wait for their end; calls under way raise ChildEnded."""
        await asyncio.gather(*(child.close() for child in self._children))


class _Child:
    """One process, or the place of one that is to be started."""

    def __init__(self, start: Callable[[socket.socket], SpawnProcess], largest_answer: int) -> None:
        self._start = start
        self._largest_answer = largest_answer
        self._process: SpawnProcess | None = None
        self._reader = asyncio.StreamReader()
        self._writer: asyncio.StreamWriter | None = None
        self._is_closed = False

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked: one that a page has taken over may also have closed its end, and live on."""
        return self._can_be_written_to() and self._process is not None and self._process.is_alive()

    def _can_be_written_to(self) -> bool:
        return self._writer is not None and not self._writer.is_closing() and not self._reader.at_eof()

    async def start(self) -> None:
        """Start the process anew.  Raises OSError, which is a ConnectionError once it is closed."""
        await self.kill()
        if self._is_closed:
            raise ConnectionAbortedError("the pool is closed")
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = self._start(theirs)
            except BaseException:
                ours.close()
                raise
        self._reader, self._writer = await asyncio.open_connection(sock=ours, limit=_READ_BYTES)

    async def call(self, message: bytes) -> bytes:
        """The answer to `message`.  Raises IncompleteReadError or ConnectionError for none or one that is too large."""
        if self._writer is None or not self._can_be_written_to():
            raise ConnectionResetError("the child has closed its end")
        self._writer.write(LENGTH.pack(len(message)))
        self._writer.write(message)
        (length,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
        if length > self._largest_answer:
            raise ConnectionAbortedError(f"an answer of {length} bytes")
        return await self._reader.readexactly(length)

    async def kill(self) -> int:
        """Kill the process, if there is one, and wait for its end; returns its exit code."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
        if self._writer is not None:
            # To close it would wait until what was written is read, for ever where a process of the child's holds it.
            self._writer.transport.abort()
            self._writer = None
        if process is None:
            return 0
        await asyncio.to_thread(process.join)
        exit_code = process.exitcode or 0
        process.close()
        return exit_code

    async def close(self) -> None:
        """Kill the process, and let none be started again."""
        self._is_closed = True
        await self.kill()
