from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from tests.outbound.failing import failure
from tests.support.site import serving, speaking, text

from llmstxt_sched.outbound.client import Client, fetch, open_client, send
from llmstxt_sched.outbound.gate import Gate

AGENT = "llmstxt-sched/0 (+https://who.example)"


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with open_client(Gate("127.0.0.0/8"), AGENT) as client:
        yield client


async def test_cookies_and_the_environments_proxy_are_not_used(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with serving({"/": web.Response(headers={"Set-Cookie": "a=b"})}) as site:
        await fetch(client, site.url())
        await fetch(client, site.url())
        assert "Cookie" not in site.headers


async def test_interim_answers_without_end_are_not_read_to_their_end(client: Client) -> None:
    is_sent = False

    async def hint(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal is_sent
        with suppress(ConnectionError):
            for _number in range(2000):
                writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000)
                await writer.drain()
            is_sent = True

    async with await asyncio.start_server(hint, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        assert await failure(client, url) == "protocol_error"
    assert not is_sent


async def test_a_few_interim_answers_are_passed_over(client: Client) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 5
    async with speaking(hints + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") as url:
        assert (await fetch(client, url)).body == b"hi"


async def test_a_literal_that_is_shut_is_not_dialled() -> None:
    async with serving({"/": text("secret")}) as site, open_client(Gate(), AGENT) as client:
        assert await failure(client, site.url()) == "non_public_ip"
        # The same below the first check: what a resolver or a later rule change might let through.
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.session.get(site.url())
        assert not site.asked


async def test_a_header_may_have_64_kib(client: Client) -> None:
    policy = b"Content-Security-Policy: " + b"a" * 65_000
    async with speaking(b"HTTP/1.1 200 OK\r\n" + policy + b"\r\nContent-Length: 2\r\n\r\nhi") as origin:
        assert (await fetch(client, f"{origin}/")).body == b"hi"


async def test_a_cancelled_fetch_is_cancelled(client: Client) -> None:
    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving({"/": hang}) as site:
        task = asyncio.create_task(fetch(client, site.url()))
        while not site.asked:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_megabytes_are_sent_with_their_length_and_not_at_once(client: Client) -> None:
    got = []

    async def take(request: web.BaseRequest) -> web.StreamResponse:
        got.append((request.headers["Content-Length"], await request.content.read(-1)))
        return web.Response()

    body = b"0123456789" * 300_000
    async with serving({"/": take}) as site:
        # aiohttp warns of more than a megabyte at once, and a warning is an error here.
        assert (await send(client, "PUT", site.url(), body=body)).status == 200
    assert got == [("3000000", body)]


async def test_an_answer_comes_with_what_steers_the_crawl(client: Client) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "x", "X-Robots-Tag": "noindex", "Content-Type": "text/html"}
    async with serving({"/": web.Response(body=b"hi", headers=headers)}) as site:
        answer = await fetch(client, site.url())
        assert (answer.status, answer.body, answer.etag, answer.last_modified) == (200, b"hi", '"1"', "x")
        assert answer.directives.noindex
        assert not answer.varies_by_accept
        assert site.headers["User-Agent"] == AGENT
