"""Serves an ASGI app on a socket that is already bound: uvicorn, with limits on what one client can use up.

uvicorn is stopped by setting its flag, never by cancelling it, which would leave the port open.  It must not handle
signals; `process/supervise.py` does.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from llmstxt_sched.config import variable
from llmstxt_sched.errors import StartError

# The limit on a request's head: twice that of nginx (large_client_header_buffers: 4 of 8 KiB).
HEAD_BYTES = 65_536
HEAD_SECONDS = 10.0
BODY_SECONDS = 30.0
KEEP_ALIVE_SECONDS = 15
# Event streams are open for as long as somebody looks: they are counted apart, so as not to crowd out other requests.
STREAM_CONNECTIONS = 100
# Well below the usual limit on open files (1024); the rest is for crawls, Postgres and Redis.
MOST_CONNECTIONS = 512 + STREAM_CONNECTIONS
DRAIN_SECONDS = 4

App = Callable[..., Awaitable[None]]


def bind(host: str, port: int, group: str) -> socket.socket:
    """Open a listening socket; the host `::` includes IPv4.  `group` is the group of settings with this host and port.

    It listens right away, because Linux allows two sockets with SO_REUSEADDR to bind the same port and refuses the
    second one only at listen(2).  Raises StartError, which names the setting to change.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        dual = host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(address[:2], family=family, dualstack_ipv6=dual, backlog=MOST_CONNECTIONS)
    except OSError as error:
        reason = error.strerror or str(error)
        option = "port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "host"
        raise StartError(f"cannot listen on {host} port {port}: {reason}; set {variable(group, option)}") from error


async def serve(app: App, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve `app` on `listener` until `stop` is set, then close it and give open requests DRAIN_SECONDS to finish.

    After a crash `listener` stays open, so that this function can be called again.
    """
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_not_cancelled)
    server = _Server(config)
    stopping = asyncio.create_task(_end(server, listener, stop))
    try:
        with listener.dup() as accepting:
            await server.serve(sockets=[accepting])
    finally:
        stopping.cancel()
    # uvicorn cancels requests that exceed DRAIN_SECONDS, but does not wait for their cleanup.
    await asyncio.gather(*server.server_state.tasks, return_exceptions=True)


class _Server(uvicorn.Server):
    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()


async def _end(server: uvicorn.Server, listener: socket.socket, stop: asyncio.Event) -> None:
    await stop.wait()
    # Closed before the drain, or the kernel would accept new connections meanwhile.
    listener.close()
    server.should_exit = True


def _is_not_cancelled(record: logging.LogRecord) -> bool:
    # Requests that outlast the drain are cancelled on purpose, but uvicorn would log each as an error of the app.
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class _Protocol(HttpToolsProtocol):
    """Limits a request's head in bytes and time, and its body in time.

    httptools has no limits of its own, so a client could fill the memory with headers, or occupy connections by sending
    very slowly.
    """

    _timer: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._in_head = True
        self._head_bytes = 0
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._timer.cancel()

    def data_received(self, data: bytes) -> None:
        if self._in_head and self._timer.cancelled():
            self._arm()
        self._is_only_head = self._in_head
        super().data_received(data)
        self._head_bytes = self._head_bytes + len(data) if self._is_only_head else 0
        if self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()

    def on_headers_complete(self) -> None:
        self._in_head = self._is_only_head = False
        self._timer.cancel()
        self._timer = self.loop.call_later(BODY_SECONDS, self.transport.close)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._timer.cancel()
        super().on_message_complete()
        self._in_head = True

    def _arm(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)
