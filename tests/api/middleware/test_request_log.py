from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.response import Stream
from litestar.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs

from llmstxt_sched.api.middleware.request_log import RequestLog
from llmstxt_sched.api.middleware.time_limit import TimeLimit
from llmstxt_sched.api.problems import HANDLERS
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.serve import bind, serve

pytestmark = pytest.mark.slow

# More than the buffers of a connection take.
LARGE = b"a" * 32_000_000


@post("/body")
async def body(request: Request[Any, Any, Any]) -> int:
    return len(await request.body())


@get("/assets/main.js")
async def asset() -> str:
    return ""


@get("/large")
async def large() -> Response[bytes]:
    return Response(LARGE)


@get("/pieces")
async def pieces() -> Stream:
    return Stream(LARGE[at : at + 65_536] for at in range(0, len(LARGE), 65_536))


@get("/cut/stream")
async def cut_stream() -> Stream:
    async def broken() -> AsyncIterator[bytes]:
        yield b"first"
        raise Unavailable("postgres does not answer")

    return Stream(broken())


@get("/cut/application")
async def cut_application() -> ASGIApp:
    async def respond(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        raise Unavailable("postgres does not answer")

    return respond


async def logged(talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> dict[str, Any]:
    """The line of the log after `talk`, which ends the connection."""
    routes = [asset, body, large, pieces, cut_stream, cut_application]
    app: Any = Litestar(routes, middleware=[TimeLimit()], exception_handlers=HANDLERS, logging_config=None)
    stop, listener = asyncio.Event(), bind("127.0.0.1", 0, "api")
    serving = asyncio.create_task(serve(RequestLog(app), listener, stop))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    with capture_logs() as lines:
        await talk(reader, writer)
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()
        while not lines:
            await asyncio.sleep(0.01)
    stop.set()
    await serving
    (line,) = lines
    return dict(line)


async def send(writer: asyncio.StreamWriter, text: str) -> None:
    writer.write(text.encode())
    await writer.drain()


async def test_a_client_that_leaves_before_its_body_has_come_got_no_status() -> None:
    async def half_a_body(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await send(writer, "POST /body HTTP/1.1\r\nhost: test\r\ncontent-length: 10\r\n\r\nhalf")

    line = await logged(half_a_body)
    assert (line["event"], line["log_level"], line["path"]) == ("request not answered", "info", "/body")
    assert "status" not in line


async def test_files_of_the_pages_are_told_to_whoever_looks_for_faults_alone() -> None:
    async def a_file(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await send(writer, "GET /assets/main.js HTTP/1.1\r\nhost: test\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")

    line = await logged(a_file)
    assert (line["log_level"], line["path"]) == ("debug", "/assets/main.js")


@pytest.mark.parametrize("path", ["/large", "/pieces"])
async def test_a_client_that_leaves_in_mid_answer_got_the_status_that_it_began_with(path: str) -> None:
    async def some_of_it(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await send(writer, f"GET {path} HTTP/1.1\r\nhost: test\r\n\r\n")
        await reader.readexactly(100_000)

    line = await logged(some_of_it)
    assert (line["event"], line["status"]) == ("request served", 200)


async def test_a_whole_request_is_served_though_its_client_leaves_after_it() -> None:
    async def whole(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await send(writer, "POST /body HTTP/1.1\r\nhost: test\r\ncontent-length: 4\r\n\r\nbody")
        await reader.readuntil(b"\r\n\r\n")

    line = await logged(whole)
    assert (line["event"], line["status"]) == ("request served", 201)


@pytest.mark.parametrize("path", ["/cut/stream", "/cut/application"])
async def test_an_answer_that_is_cut_short_since_a_server_is_away_is_one_line(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def the_rest(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await send(writer, f"GET {path} HTTP/1.1\r\nhost: test\r\n\r\n")
        got = await reader.read()
        assert b"first" in got
        # Without its end: the client sees that something is missing.
        assert not got.endswith(b"0\r\n\r\n")

    line = await logged(the_rest)
    assert (line["event"], line["log_level"], line["path"]) == ("answer cut short", "warning", path)
    assert line["reason"] == "postgres does not answer"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
