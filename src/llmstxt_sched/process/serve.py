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
from typing import Any

import uvicorn

from llmstxt_sched.config import variable
from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.process.http_protocol import limited_to, problem

KEEP_ALIVE_SECONDS = 15
# Event streams are open for as long as somebody looks: they are counted apart, so as not to crowd out other requests.
STREAM_CONNECTIONS = 100
# With those of the health checks well below the usual limit on open files (1024); the rest is for crawls, Postgres and
# Redis.
MOST_CONNECTIONS = 512 + STREAM_CONNECTIONS
HEALTH_CONNECTIONS = 100
DRAIN_SECONDS = 4
# In seconds, for requests that are refused because there are too many.
RETRY_AFTER = b"5"

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
    except UnicodeError:
        # Raised by the codec for names of hosts: a part between two points is empty, or has more than 63 characters.
        setting = variable(group, "host")
        raise StartError(f"cannot listen on {host} port {port}: that is no name of a host; set {setting}") from None
    except OSError as error:
        reason = error.strerror or str(error)
        option = "port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "host"
        raise StartError(f"cannot listen on {host} port {port}: {reason}; set {variable(group, option)}") from error


async def serve(app: App, listener: socket.socket, stop: asyncio.Event, most_connections: int | None = None) -> None:
    """Serve `app` on `listener` until `stop` is set, then close it and give open requests DRAIN_SECONDS to finish.

    It has `most_connections` at once, or MOST_CONNECTIONS, and answers as many requests.  After a crash `listener`
    stays open, so that this function can be called again.
    """
    most = most_connections or MOST_CONNECTIONS
    config = uvicorn.Config(
        _limited(app, most),
        http=limited_to(most),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_unexpected)
    server = _Server(config)
    stopping = asyncio.create_task(_end(server, listener, stop))
    try:
        with listener.dup() as accepting:
            await server.serve(sockets=[accepting])
    finally:
        stopping.cancel()
    # uvicorn cancels requests that exceed DRAIN_SECONDS, but does not wait for their cleanup.
    await asyncio.gather(*server.server_state.tasks, return_exceptions=True)


def _limited(app: App, most: int) -> App:
    """`app`, with 503 for what comes while `most` requests are being answered."""
    answering = 0

    async def limited(scope: Any, receive: Any, send: Any) -> None:
        nonlocal answering
        if answering >= most:
            await _refuse(send, most)
            return
        answering += 1
        try:
            await app(scope, receive, send)
        finally:
            answering -= 1

    return limited


async def _refuse(send: Callable[[dict[str, object]], Awaitable[None]], most: int) -> None:
    body = problem(503, f"{most} requests are being answered: try again in a moment")
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-length", b"%d" % len(body)),
        (b"retry-after", RETRY_AFTER),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class _Server(uvicorn.Server):
    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()


async def _end(server: uvicorn.Server, listener: socket.socket, stop: asyncio.Event) -> None:
    await stop.wait()
    # Closed before the drain, or the kernel would accept new connections meanwhile.
    listener.close()
    server.should_exit = True


def _is_unexpected(record: logging.LogRecord) -> bool:
    # uvicorn would log each as an error of the app: requests that outlast the drain are cancelled on purpose, and of an
    # answer that is cut short since a server is away the app has told.
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError | Unavailable))
