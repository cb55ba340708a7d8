from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from llmstxt_sched.errors import StartError
from llmstxt_sched.process import http_protocol
from llmstxt_sched.process import serve as module
from llmstxt_sched.process.http_protocol import HEAD_BYTES
from llmstxt_sched.process.serve import bind, serve

pytestmark = pytest.mark.slow

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


@asynccontextmanager
async def served(app: module.App) -> AsyncIterator[tuple[int, asyncio.Event, asyncio.Task[None]]]:
    stop = asyncio.Event()
    listener = bind("127.0.0.1", 0, "api")
    port = listener.getsockname()[1]
    task = asyncio.create_task(serve(app, listener, stop))
    try:
        yield port, stop, task
    finally:
        stop.set()
        await task


def refuses(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) != 0


async def raw(port: int, *parts: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.001)
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_it_serves_without_naming_itself() -> None:
    async with served(hello) as (port, _, _), httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/")
    assert answer.text == "hello"
    assert "server" not in answer.headers
    assert "date" in answer.headers


async def test_it_ends_when_told_and_frees_the_port() -> None:
    async with served(hello) as (port, stop, task):
        assert not refuses(port)
        stop.set()
        await task
        assert refuses(port)
        bind("127.0.0.1", port, "api").close()


async def test_a_request_in_progress_is_answered_before_the_end() -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        entered.set()
        await go_on.wait()
        await hello(scope, receive, send)

    async with served(slow) as (port, stop, task), httpx.AsyncClient() as client:
        request = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/"))
        await entered.wait()
        stop.set()
        while not refuses(port):
            await asyncio.sleep(0.01)
        assert not task.done()
        go_on.set()
        assert (await request).text == "hello"


async def test_a_stream_that_outlives_the_drain_is_cancelled_and_may_clean_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "DRAIN_SECONDS", 0.1)
    cleaned = False

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal cleaned
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            cleaned = True

    async with served(endless) as (port, stop, task):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert await reader.readuntil(b"x\r\n")
        stop.set()
        await task
        assert cleaned
        assert await reader.read() == b""
        writer.close()
    assert [r.getMessage() for r in caplog.records if r.exc_info] == []


async def test_a_taken_port_says_which_setting_to_change() -> None:
    with bind("127.0.0.1", 0, "api") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=f"127.0.0.1 port {port}: .*; set LLMSTXT_HEALTH__PORT$"):
            bind("127.0.0.1", port, "health")


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "a..b", ".example.com", f"{'a' * 64}.example"])
def test_an_address_that_is_not_ours_says_which_setting_to_change(host: str) -> None:
    with pytest.raises(StartError, match=r"set LLMSTXT_API__HOST$"):
        bind(host, 0, "api")


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="needs IPv6")
def test_all_addresses_of_ipv6_are_those_of_ipv4_too() -> None:
    with bind("::", 0, "api") as listener:
        assert not refuses(listener.getsockname()[1])


async def test_endless_headers_are_cut_off() -> None:
    async with served(hello) as (port, _, _):
        small = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: " + b"a" * (HEAD_BYTES // 2) + b"\r\n\r\n"
        assert (await raw(port, small)).startswith(b"HTTP/1.1 200 ")
        lines = [b"X-%d: %s\r\n" % (number, b"a" * 1000) for number in range(2 * HEAD_BYTES // 1000)]
        assert b" 200 " not in await raw(port, b"GET / HTTP/1.1\r\nHost: a\r\n", *lines, b"\r\n")


async def test_a_body_does_not_count_as_head() -> None:
    async def counts(scope: Scope, receive: Receive, send: Send) -> None:
        message: dict[str, Any] = {"more_body": True}
        size = 0
        while message.get("more_body"):
            message = await receive()
            size += len(message["body"])
        body = b"%d" % size
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async with served(counts) as (port, _, _), httpx.AsyncClient() as client:
        for _ in range(3):
            answer = await client.post(f"http://127.0.0.1:{port}/", content=b"a" * (3 * HEAD_BYTES))
            assert answer.text == str(3 * HEAD_BYTES)


async def test_a_body_in_chunks_of_a_byte_is_handed_on_in_few_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []
    hand_on = HttpToolsProtocol.on_body

    def noted(self: HttpToolsProtocol, body: bytes) -> None:
        pieces.append(len(body))
        hand_on(self, body)

    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (message := await receive()).get("more_body") or message["body"]:
            body += message["body"]
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})

    monkeypatch.setattr(HttpToolsProtocol, "on_body", noted)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    first = head + b"\r\n" + b"1\r\na\r\n" * 20_000 + b"0\r\n\r\n"
    last = head + b"Connection: close\r\n\r\n" + b"1\r\nb\r\n" * 100 + b"0\r\n\r\n"
    sent = first + last
    async with served(echo) as (port, _, _):
        # Two requests in pieces that end anywhere.
        answers = await raw(port, *(sent[at : at + 50_001] for at in range(0, len(sent), 50_001)))
    assert answers.count(b"200 OK") == 2
    assert (answers.count(b"a" * 20_000), answers.endswith(b"b" * 100)) == (1, True)
    assert sum(pieces) == 20_100
    assert len(pieces) < 100


async def test_headers_that_take_too_long_end_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.1)
    async with served(hello) as (port, _, _):
        assert await raw(port) == b""
        assert await raw(port, b"GET / HTTP/1.1\r\n") == b""
        whole = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        assert (await raw(port, whole, b"GET / HT")).count(b"hello") == 1


async def test_a_slow_answer_is_not_a_slow_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", 0.05)

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.2)
        await hello(scope, receive, send)

    async with served(slow) as (port, _, _), httpx.AsyncClient() as client:
        for _ in range(2):
            assert (await client.get(f"http://127.0.0.1:{port}/")).text == "hello"


async def test_of_several_requests_at_once_the_one_being_answered_learns_that_its_client_has_gone() -> None:
    learnt = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/stream":
            while (await receive())["type"] != "http.disconnect":
                pass
            learnt.set()
        await hello(scope, receive, send)

    async with served(app) as (port, _, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in (b"/", b"/stream", b"/", b"/"):
            writer.write(b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % path)
        assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
        writer.close()
        async with asyncio.timeout(5):
            await learnt.wait()


async def test_forwarded_headers_of_a_client_are_not_believed() -> None:
    async def who(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": f"{scope['client'][0]} {scope['scheme']}".encode()})

    async with served(who) as (port, _, _), httpx.AsyncClient() as client:
        headers = {"x-forwarded-for": "192.0.2.9", "x-forwarded-proto": "https"}
        answer = await client.get(f"http://127.0.0.1:{port}/", headers=headers)
    assert answer.text == "127.0.0.1 http"


async def test_nonsense_is_answered_with_400(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    async with served(hello) as (port, _, _):
        answer = await raw(port, b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert b"x-content-type-options: nosniff" in head
    assert (json.loads(body)["status"], json.loads(body)["title"]) == (400, "Bad Request")


async def test_an_address_that_is_not_ascii_is_answered_with_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    async with served(hello) as (port, _, _):
        answer = await raw(port, "GET /?label=عربي HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "percent-encode what is not ASCII in its address" in json.loads(answer.partition(b"\r\n\r\n")[2])["detail"]


HALF = {
    "silent": b"",
    "in its head": b"GET / HTTP/1.1\r\nHost: a\r\n",
    "in its body": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
    "answered": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
}


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF)
async def test_connections_that_keep_us_waiting_make_room_for_others(
    monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 20)
    async with served(hello) as (port, _, _), AsyncExitStack() as stack:
        for _ in range(60):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
            writer.write(sent)
            await writer.drain()
        assert b"hello" in await raw(port, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")


async def test_both_listeners_together_leave_open_files_to_the_rest() -> None:
    """Or whoever connects to both would have the whole process fail, heartbeats and crawls too."""
    assert module.MOST_CONNECTIONS + module.HEALTH_CONNECTIONS <= 1024 - 300
    stop, listener = asyncio.Event(), bind("127.0.0.1", 0, "health")
    port = listener.getsockname()[1]
    task = asyncio.create_task(serve(hello, listener, stop, 4))
    async with AsyncExitStack() as stack:
        readers = []
        for _ in range(20):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
            readers.append(reader)
        assert b"hello" in await raw(port, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert sum(reader.at_eof() for reader in readers) >= 16
        stop.set()
        await task


async def test_a_client_that_does_not_read_makes_room_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 5)

    async def much(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(200):
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
        await send({"type": "http.response.body", "body": b"end"})

    async with served(much) as (port, _, _), AsyncExitStack() as stack:
        for _ in range(10):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await writer.drain()
        answer = await raw(port, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert len(answer) > 200 * 100_000


async def test_more_requests_at_once_than_can_be_answered_are_told_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 2)
    entered, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        entered.release()
        await go_on.wait()
        await hello(scope, receive, send)

    async with served(slow) as (port, _, _), httpx.AsyncClient() as client:
        requests = [asyncio.create_task(client.get(f"http://127.0.0.1:{port}/")) for _ in range(2)]
        for _ in requests:
            await entered.acquire()
        refused = await client.get(f"http://127.0.0.1:{port}/")
        go_on.set()
        assert [(await request).text for request in requests] == ["hello", "hello"]
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"].startswith("2 requests are being answered")
