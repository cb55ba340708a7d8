"""A website on 127.0.0.1 with as many sites as one likes: each a folder, spread over two origins.

It keeps a log of every request, outside of the service; pages can be held back, made to fail, and edited.
"""

from __future__ import annotations

import asyncio
import random
import zlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

ORIGINS = 2
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta name="description" content="What {title} is about."></head><body><main><h1>{title}</h1>
<p>Edition {edition} of {title}, with words enough to be a page that is worth a line.</p>{links}</main></body></html>"""


class Site:
    """Every site: `/NAME/` links to `/NAME/more`."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        # How long an answer may take, in seconds.
        self.slowest = 0.0
        self.log: list[tuple[float, str]] = []
        self._gates: dict[str, asyncio.Event] = {}
        self._failures: dict[str, HTTPStatus] = {}
        self._editions: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    def url(self, name: str) -> str:
        """Where a site begins."""
        port = self.ports[zlib.crc32(name.encode()) % ORIGINS]
        return f"http://127.0.0.1:{port}/{name}/"

    def asked(self, name: str, page: str = "") -> int:
        """How often a page was asked for."""
        return sum(path == f"/{name}/{page}" for _, path in self.log)

    def hold(self, name: str) -> None:
        """Let no answer for the second page of a site out: a crawl of it stays under way."""
        self._gates[name] = asyncio.Event()

    def release(self, name: str) -> None:
        """Answer what is held, and all that comes."""
        self._gates.pop(name).set()

    def fail(self, name: str, status: HTTPStatus | None) -> None:
        """Answer with an error, until told None."""
        if status is None:
            self._failures.pop(name, None)
        else:
            self._failures[name] = status

    def is_broken(self, name: str) -> bool:
        """Whether it is made to fail."""
        return name in self._failures

    def edit(self, name: str) -> None:
        """Change what the pages of a site say."""
        self._editions[name] += 1

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one request."""
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            self.log.append((asyncio.get_running_loop().time(), path))
            status, body = await self._answer(path)
            lines = [f"HTTP/1.1 {status} {status.phrase}", "Content-Type: text/html; charset=utf-8"]
            lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
            writer.write("\r\n".join(lines).encode() + body)
            await writer.drain()
        except (OSError, EOFError):
            return
        finally:
            writer.close()

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, path: str) -> tuple[HTTPStatus, bytes]:
        _, name, *rest = path.split("/")
        page = "/".join(rest)
        if not rest or page not in {"", "more"}:
            return HTTPStatus.NOT_FOUND, b""
        if name in self._failures:
            return self._failures[name], b""
        if page and name in self._gates:
            await self._gates[name].wait()
        await asyncio.sleep(random.uniform(0, self.slowest))
        links = "" if page else f'<ul><li><a href="/{name}/more">More of {name}</a></li></ul>'
        title = f"{name} {page}".strip()
        return HTTPStatus.OK, PAGE.format(title=title, edition=self._editions[name], links=links).encode()


@asynccontextmanager
async def website() -> AsyncIterator[Site]:
    """The website, on free ports."""
    site = Site()
    servers = [await asyncio.start_server(site.accept, "127.0.0.1", 0) for _ in range(ORIGINS)]
    site.ports = [server.sockets[0].getsockname()[1] for server in servers]
    try:
        yield site
    finally:
        for server in servers:
            server.close()
        await site.close()
        for server in servers:
            await server.wait_closed()
