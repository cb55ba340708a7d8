"""Has child processes work on one message after the other.

The event loop itself writes to a pipe of each child and reads from another: a message takes a fifth of the processor
time that it took through the threads and the shared queue of a pool of the usual kind.  No child holds a lock that
others wait for, so that each can be killed at any moment.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from multiprocessing import Pipe
from multiprocessing.context import SpawnProcess

from llmstxt_sched.errors import StartError
from llmstxt_sched.process.child_process import LENGTH, Work, start_child

# Of an answer that is read ahead while the event loop does other things.
_READ_BYTES = 1024**2


class ChildEnded(Exception):
    """The child ended before it had answered; `exit_code` is minus the number of the signal that killed it."""

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
        work: Work,
        *,
        address_space: int = resource.RLIM_INFINITY,
        keeps_environment: bool = False,
        largest_answer: int = sys.maxsize,
    ) -> None:
        self._children = [_Child(work, address_space, keeps_environment, largest_answer) for _ in range(children)]
        # The one that has worked last, whose memory is at hand, is asked first.
        self._idle: asyncio.LifoQueue[_Child] = asyncio.LifoQueue()
        for child in self._children:
            self._idle.put_nowait(child)
        self._is_closed = False

    async def start(self) -> None:
        """Start all children, which are ready some time later.  Raises StartError where the system lets none start."""
        try:
            for child in self._children:
                await child.start()
        except OSError as error:
            await self.close()
            raise StartError(f"no process can be started ({error})") from None

    async def call(self, message: bytes, seconds: float) -> bytes:
        """The answer of a child to `message`, for which it has so many seconds.

        Raises TimeoutError if they have passed, and ChildEnded if the child ended.  Then, and if the caller is
        cancelled, the child is killed, and another one started when it is needed: OSError if that is not possible.
        """
        child = await self._idle.get()
        try:
            if self._is_closed:
                raise ChildEnded(0)
            if not child.is_alive:
                await child.start()
            async with asyncio.timeout(seconds):
                return await child.call(message)
        except asyncio.IncompleteReadError:
            raise ChildEnded(await child.kill()) from None
        except BaseException:
            await child.kill()
            raise
        finally:
            self._idle.put_nowait(child)

    async def close(self) -> None:
        """Kill the children and wait for their end; calls under way raise ChildEnded."""
        self._is_closed = True
        await asyncio.gather(*(child.kill() for child in self._children))


class _Child:
    """One process, or the place of one that is to be started."""

    def __init__(self, work: Work, address_space: int, keeps_environment: bool, largest_answer: int) -> None:
        self._work = work
        self._address_space = address_space
        self._keeps_environment = keeps_environment
        self._largest_answer = largest_answer
        self._process: SpawnProcess | None = None
        self._transports: list[asyncio.ReadTransport | asyncio.WriteTransport] = []

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    async def start(self) -> None:
        await self.kill()
        asked, to_child = Pipe(duplex=False)
        from_child, answers = Pipe(duplex=False)
        with asked, answers:
            self._process = start_child(
                self._work,
                asked,
                answers,
                address_space=self._address_space,
                keeps_environment=self._keeps_environment,
            )
        loop = asyncio.get_running_loop()
        self._reader = asyncio.StreamReader(_READ_BYTES)
        reading, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(self._reader), from_child)
        self._transports.append(reading)
        self._writing, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, to_child)
        self._transports.append(self._writing)

    async def call(self, message: bytes) -> bytes:
        self._writing.write(LENGTH.pack(len(message)))
        self._writing.write(message)
        (length,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
        if length > self._largest_answer:
            raise ChildEnded(await self.kill())
        return await self._reader.readexactly(length)

    async def kill(self) -> int:
        """Kill the process, if there is one, and wait for its end; returns its exit code."""
        process, self._process = self._process, None
        while self._transports:
            self._transports.pop().close()
        if process is None:
            return 0
        process.kill()
        await asyncio.to_thread(process.join)
        exit_code = process.exitcode or 0
        process.close()
        return exit_code
