"""One HTTP connection: uvicorn's protocol, with limits on what a client can use up.

httptools has no limits of its own, so a client could fill the memory with headers, or occupy connections by sending, or
reading, very slowly.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any
from uuid import uuid4

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from llmstxt_sched.process.status_phrase import phrase_of

# The limit on a request's head: twice that of nginx (large_client_header_buffers: 4 of 8 KiB).
HEAD_BYTES = 65_536
HEAD_SECONDS = 10.0
# The parser does not say what is wrong; what people write by hand is mostly an address with letters of their own.
NO_REQUEST = (
    "this is no request of HTTP/1.1: percent-encode what is not ASCII in its address, as curl --data-urlencode does"
)
BODY_SECONDS = 30.0


class _Protocol(HttpToolsProtocol):
    """Limits a request's head in bytes and time, its body in time, and the connections of a listener in number.

    Where there are too many, the one that has kept us waiting the longest makes room for a new one: clients that say
    nothing, or do not read what they asked for, keep nobody out.
    """

    most_connections: int
    _timer: asyncio.TimerHandle

    def __init__(self, *arguments: Any, **named: Any) -> None:
        # The parser calls this for each chunk of a body, which may be a byte: a method in Python takes ten times as
        # long, and others wait for forty thousand of them at a time.
        self._pieces: list[bytes] = []
        self.on_body = self._pieces.append  # type: ignore[method-assign, assignment]
        super().__init__(*arguments, **named)

    # Since when we wait for the client, in the event loop's time; None while it waits for us.
    waiting_since: float | None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._make_room()
        super().connection_made(transport)
        self.waiting_since = self.loop.time()
        self._in_head = True
        self._head_bytes = 0
        self._unanswered: deque[RequestResponseCycle] = deque()
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._timer.cancel()
        # uvicorn tells the newest request alone, but of several that were sent at once another one is being answered.
        for cycle in self._unanswered:
            cycle.disconnected = True
            cycle.message_event.set()

    def data_received(self, data: bytes) -> None:
        if self._in_head and self._timer.cancelled():
            self._arm()
        self._is_only_head = self._in_head
        super().data_received(data)
        self._take_body()
        self._head_bytes = self._head_bytes + len(data) if self._is_only_head else 0
        if self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self._refuse(431, f"the head of a request may have {HEAD_BYTES} bytes")

    def on_headers_complete(self) -> None:
        self._in_head = self._is_only_head = False
        self._timer.cancel()
        self._timer = self.loop.call_later(BODY_SECONDS, self.transport.close)
        super().on_headers_complete()
        self._unanswered.append(self.cycle)

    def on_message_complete(self) -> None:
        self._timer.cancel()
        self._take_body()
        if not self.cycle.response_complete:
            self.waiting_since = None
        super().on_message_complete()
        self._in_head = True

    def on_response_complete(self) -> None:
        self.waiting_since = self.loop.time()
        self._unanswered.popleft()
        super().on_response_complete()

    def pause_writing(self) -> None:
        self.waiting_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self.waiting_since = None
        super().resume_writing()

    def _take_body(self) -> None:
        """Hand on what came of a body."""
        if self._pieces:
            body = b"".join(self._pieces)
            self._pieces.clear()
            super().on_body(body)

    def send_400_response(self, _: str) -> None:
        """Answer what is no HTTP request."""
        self._refuse(400, NO_REQUEST)

    def _arm(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _make_room(self) -> None:
        others = [each for each in self.connections if not each.transport.is_closing()]
        if len(others) < self.most_connections:
            return
        waits = [(each.waiting_since, each) for each in others if isinstance(each, _Protocol)]
        idle = [(since, each) for since, each in waits if since is not None]
        if idle:
            _, longest = min(idle, key=lambda pair: pair[0])
            # Not close(), which would wait for what the client does not read.
            longest.transport.abort()

    def _refuse(self, status: int, detail: str) -> None:
        body = problem(status, detail)
        head = "content-type: application/problem+json\r\nx-content-type-options: nosniff\r\n"
        head += f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()


def limited_to(connections: int) -> type[HttpToolsProtocol]:
    """The protocol of a listener that may have so many connections."""
    return type("_Protocol", (_Protocol,), {"most_connections": connections})


def problem(status: int, detail: str) -> bytes:
    """The body of an answer (RFC 9457) to a request that no route gets to see; see `api.problems`."""
    title = phrase_of(status)
    about = {"type": "about:blank", "title": title, "status": status, "detail": detail, "request_id": uuid4().hex}
    return json.dumps(about).encode()
