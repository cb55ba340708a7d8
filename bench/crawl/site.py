"""Many pages of one size on 127.0.0.1, served from memory; run as a process of its own.

    python -m bench.crawl.site PAGES KILOBYTES

Prints its address.  Each page has an ETag, links to its neighbours, and can be reached over three links at most.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from typing import cast

import uvloop

# How many pages one page of contents lists, and how many neighbours a page links to.
LISTED, NEIGHBOURS = 100, 40
WORDS = (
    *("stream", "event", "view", "store", "append", "read", "group", "offset"),
    *("cursor", "replay", "shard", "commit", "lease", "batch", "index", "query"),
)
HEAD = "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nETag: {etag}\r\nContent-Length: {length}\r\n\r\n"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


def answers(pages: int, kilobytes: int) -> dict[bytes, tuple[bytes, bytes, bytes]]:
    """By path: the page's ETag, the whole answer, and the answer that says that it is unchanged."""
    lists = range((pages + LISTED - 1) // LISTED)
    bodies = {"/": _page("Home", [f"/part-{each}/" for each in lists], 0, 0)}
    for each in lists:
        numbers = range(each * LISTED, min(pages - 1 - len(lists), (each + 1) * LISTED))
        bodies[f"/part-{each}/"] = _page(f"Part {each}", [_path(number) for number in numbers], 0, each)
    chapters = pages - len(bodies)
    for number in range(chapters):
        near = [_path((number + step) % chapters) for step in range(1, (NEIGHBOURS if kilobytes > 4 else 2) + 1)]
        bodies[_path(number)] = _page(f"Chapter {number}", near, kilobytes * 1024, number)
    return {path.encode(): _answer(body.encode()) for path, body in bodies.items()}


def _path(number: int) -> str:
    return f"/part-{number // LISTED}/chapter-{number}.html"


def _page(title: str, links: list[str], size: int, seed: int) -> str:
    items = "".join(f'<li><a href="{link}">Go to {escape(link)}</a></li>' for link in links)
    parts = [f"<p>{_sentence(seed)} {_sentence(seed + 1)}</p>"]
    length = len(items) + len(parts[0])
    for number in range(seed, seed + 10_000):
        if length >= size:
            break
        parts.append(_part(number))
        length += len(parts[-1])
    return (
        f"<!doctype html><html lang=en><head><title>{title} - Docs</title>"
        f'<meta name=description content="{title}: {_sentence(seed)}"></head><body><nav><ul>{items}</ul></nav>'
        f"<main><h1>{title}</h1>{''.join(parts)}</main><footer><p>Made for measuring.</p></footer></body></html>"
    )


def _part(seed: int) -> str:
    cells = "".join(f"<tr><td>{_word(seed + row)}</td><td><code>{row}</code></td></tr>" for row in range(4))
    return (
        f"<h2>{_sentence(seed, 3)}</h2><p>{_sentence(seed)} <em>{_sentence(seed + 2, 4)}</em> {_sentence(seed + 3)}"
        f' See <a href="{_path(seed % 5)}">{_word(seed)}</a>.</p><pre><code class="language-python">'
        f"{_word(seed)} = {_word(seed + 1)}({seed})\nprint({_word(seed)})\n</code></pre>"
        f"<ul><li>{_sentence(seed + 4, 6)}</li><li>{_sentence(seed + 5, 7)}</li></ul>"
        f"<table><tr><th>Name</th><th>Value</th></tr>{cells}</table>"
    )


def _sentence(seed: int, length: int = 14) -> str:
    return f"{' '.join(_word(seed * 7 + step * step + step * seed) for step in range(length)).capitalize()} {seed}."


def _word(seed: int) -> str:
    return WORDS[seed % len(WORDS)]


def _answer(body: bytes) -> tuple[bytes, bytes, bytes]:
    etag = f'"{sha256(body).hexdigest()[:16]}"'
    whole = HEAD.format(status="200 OK", etag=etag, length=len(body)).encode() + body
    return etag.encode(), whole, HEAD.format(status="304 Not Modified", etag=etag, length=0).encode()


class Connection(asyncio.Protocol):
    """Answers GET requests, as many as come over one connection."""

    def __init__(self, by_path: dict[bytes, tuple[bytes, bytes, bytes]]) -> None:
        self._by_path = by_path
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete; none has a body."""
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(self._answer(request))

    def _answer(self, request: bytes) -> bytes:
        found = self._by_path.get(request.split(b" ", 2)[1])
        if found is None:
            return NOT_FOUND
        etag, whole, unchanged = found
        return unchanged if etag in request else whole


async def serve(pages: int, kilobytes: int) -> None:
    """Serve until the process is ended."""
    by_path = answers(pages, kilobytes)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(by_path), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
    await server.serve_forever()


@contextmanager
def site(pages: int, kilobytes: int) -> Iterator[str]:
    """The address of a site that is served until the block ends."""
    command = [sys.executable, "-m", "bench.crawl.site", str(pages), str(kilobytes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  (our own)
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), int(sys.argv[2])))
