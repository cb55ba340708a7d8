"""Asks for a file again and again: `python -m bench.serving.load URL SECONDS [ETAG]` prints answers and bytes a second.

A process of its own, so that it shares no event loop with what it measures.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from typing import cast
from urllib.parse import urlsplit

import uvloop

CONNECTIONS = 32
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class _Asking(asyncio.Protocol):
    """One connection that sends the request again as soon as it has the whole answer."""

    def __init__(self, request: bytes, status: bytes) -> None:
        self.answers = self.bytes = 0
        self._request = request
        self._status = status
        self._head = b""
        self._left = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        if not self._left:
            self._head += data
            head, end, body = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            assert head.split(b" ", 2)[1] == self._status, head
            length = _LENGTH.search(head + b"\r\n")
            self._head, self._left = b"", int(length[1]) if length and self._status != b"304" else 0
            self._left -= len(body)
        else:
            self._left -= len(data)
        if not self._left:
            self.answers += 1
            self._transport.write(self._request)


async def _ask(url: str, seconds: float, etag: str) -> tuple[float, float]:
    parts = urlsplit(url)
    lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", *([f"If-None-Match: {etag}"] if etag else [])]
    request = "\r\n".join([*lines, "", ""]).encode()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(
            lambda: _Asking(request, b"304" if etag else b"200"), parts.hostname or "", parts.port or 80
        )
        for _ in range(CONNECTIONS)
    ]
    begun = time.perf_counter()
    before = [(each.answers, each.bytes) for _, each in opened]
    await asyncio.sleep(seconds)
    taken = time.perf_counter() - begun
    answers = sum(each.answers for _, each in opened) - sum(count for count, _ in before)
    size = sum(each.bytes for _, each in opened) - sum(size for _, size in before)
    for transport, _ in opened:
        transport.abort()
    return answers / taken, size / taken


if __name__ == "__main__":
    print(*uvloop.run(_ask(sys.argv[1], float(sys.argv[2]), *(sys.argv[3:] or [""]))))
