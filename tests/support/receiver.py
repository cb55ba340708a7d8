"""A receiver of webhooks on 127.0.0.1, which remembers what came and answers as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec
import pytest_asyncio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Received:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The id of the event, which is the same in each attempt."""
        return self.headers["webhook-id"]

    @property
    def type(self) -> str:
        """The kind of the event."""
        return str(msgspec.json.decode(self.body)["type"])


Respond = Callable[[Received, asyncio.StreamWriter], Awaitable[None]]


def answering(raw: bytes = OK) -> Respond:
    """Answers always the same."""

    async def respond(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)

    return respond


def status(code: int, *headers: str) -> Respond:
    """Answers with a status and nothing else."""
    lines = "\r\n".join([f"HTTP/1.1 {code} Whatever", "Content-Length: 0", *headers])
    return answering(f"{lines}\r\n\r\n".encode())


async def hang(_: Received, __: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.sleep(3600)


@dataclass
class Receiver:
    """What came, in its order; `respond` may be replaced at any time."""

    url: str = ""
    respond: Respond = field(default_factory=answering)
    received: list[Received] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            method, path, _ = first.split(" ")
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            request = Received(method, path, headers, body)
            self.received.append(request)
            await self.respond(request, writer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def open_receiver() -> AsyncIterator[Receiver]:
    """A receiver until the block ends."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver that answers 200."""
    async with open_receiver() as opened:
        yield opened
