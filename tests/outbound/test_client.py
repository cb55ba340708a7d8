from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from multidict import CIMultiDict
from tests.support.site import moved, serving, speaking, text

from llmstxt_sched.domain.urls import Url, parse
from llmstxt_sched.errors import AddressRefused, FetchFailed
from llmstxt_sched.outbound.client import Budget, Client, fetch, open_client, redirect_target, send
from llmstxt_sched.outbound.gate import Gate

AGENT = "llmstxt-sched/0 (+https://who.example)"


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with open_client(Gate("127.0.0.0/8"), AGENT) as client:
        yield client


async def failure(client: Client, url: str, **options: object) -> str:
    with pytest.raises(FetchFailed) as failed:
        await fetch(client, url, **options)  # type: ignore[arg-type]
    return failed.value.code


async def test_an_answer_comes_with_what_steers_the_crawl(client: Client) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "x", "X-Robots-Tag": "noindex", "Content-Type": "text/html"}
    async with serving({"/": web.Response(body=b"hi", headers=headers)}) as site:
        answer = await fetch(client, site.url())
        assert (answer.status, answer.body, answer.etag, answer.last_modified) == (200, b"hi", '"1"', "x")
        assert answer.directives.noindex
        assert not answer.varies_by_accept
        assert site.headers["User-Agent"] == AGENT


async def test_an_answer_comes_with_its_links_and_where_it_sends_its_reader(client: Client) -> None:
    headers = [("Link", "</a>; rel=canonical"), ("Link", "</b>; rel=next"), ("Refresh", "0; url=/c")]
    headers += [("Vary", "Accept-Encoding"), ("Vary", "User-Agent, ACCEPT")]
    async with serving({"/": web.Response(headers=CIMultiDict(headers))}) as site:
        answer = await fetch(client, site.url())
        assert [link.target for link in answer.links] == ["/a", "/b"]
        assert (answer.refresh, answer.varies_by_accept) == ("0; url=/c", True)


async def test_cookies_and_the_environments_proxy_are_not_used(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with serving({"/": web.Response(headers={"Set-Cookie": "a=b"})}) as site:
        await fetch(client, site.url())
        await fetch(client, site.url())
        assert "Cookie" not in site.headers


async def test_conditions_are_sent_and_an_unchanged_page_has_no_body(client: Client) -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=304 if request.headers.get("If-None-Match") == '"1"' else 200)

    async with serving({"/": answer}) as site:
        assert (await fetch(client, site.url(), headers={"If-None-Match": '"1"'})).status == 304
        assert (await fetch(client, site.url())).status == 200


async def test_what_a_proxy_has_changed_is_read(client: Client) -> None:
    async with serving({"/": web.Response(status=203, text="there")}) as site:
        answer = await fetch(client, site.url())
        assert (answer.status, answer.body) == (200, b"there")


async def test_a_session_that_a_redirect_adds_is_kept(client: Client) -> None:
    async with serving({"/": moved("/?sid=0123456789abcdef"), "/?sid=0123456789abcdef": text("there")}) as site:
        assert (await fetch(client, site.url())).body == b"there"


async def test_redirects_are_followed_hop_by_hop_past_admit(client: Client) -> None:
    seen: list[str] = []

    async def admit(url: Url) -> None:
        seen.append(url.path)
        if url.path == "/forbidden":
            raise FetchFailed("robots", "forbidden")

    pages = {"/": moved("/a"), "/a": moved("/b?c"), "/b?c": text("there"), "/x": moved("/forbidden")}
    async with serving(pages) as site:
        assert (await fetch(client, site.url(), admit=admit)).body == b"there"
        assert await failure(client, site.url("/x"), admit=admit) == "robots"
        assert seen == ["/a", "/b", "/forbidden"]
        assert site.asked["/forbidden"] == 0


async def test_redirects_end_somewhere(client: Client) -> None:
    pages = {f"/{n}": moved(f"/{n + 1}") for n in range(20)} | {"/a": moved("/b"), "/b": moved("/a"), "/c": moved("")}
    async with serving(pages) as site:
        assert await failure(client, site.url("/0")) == "too_many_redirects"
        assert sum(site.asked.values()) == 6
        assert await failure(client, site.url("/a")) == "redirect_loop"
        assert await failure(client, site.url("/c")) == "bad_redirect"


async def test_without_hops_a_redirect_is_an_answer(client: Client) -> None:
    async with serving({"/": moved("/a", 308)}) as site:
        answer = await fetch(client, site.url(), hops=0)
        assert (answer.status, answer.location) == (308, "/a")
        assert site.asked["/a"] == 0


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://2130706433/",
        "//[::1]/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://a@b.example/",
    ],
)
async def test_no_redirect_leads_past_the_gate(client: Client, location: str) -> None:
    async with serving({"/": moved(location)}) as site:
        url = site.url()
        with pytest.raises(AddressRefused, match=f"^{re.escape(url)} redirects to where this service does not go"):
            await fetch(client, url)


def test_a_redirect_never_leads_from_https_to_http() -> None:
    with pytest.raises(FetchFailed, match="https to http"):
        redirect_target(parse("https://a.example/"), "HTTP://a.example/")
    assert redirect_target(parse("https://a.example/b/c"), "../d") == "https://a.example/d"


def test_bytes_of_a_location_mean_themselves() -> None:
    location = "/\udcfcber"  # as aiohttp decodes one in Latin-1
    assert redirect_target(parse("https://a.example/"), location) == "https://a.example/%FCber"


async def test_interim_answers_without_end_are_not_read_to_their_end(client: Client) -> None:
    async def hint(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _number in range(2000):
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000)
            await writer.drain()

    loop, longest = asyncio.get_running_loop(), 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            began = loop.time()
            await asyncio.sleep(0.001)
            longest = max(longest, loop.time() - began)

    async with await asyncio.start_server(hint, "127.0.0.1", 0) as server:
        ticking = asyncio.create_task(tick())
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        assert await failure(client, url) == "protocol_error"
        ticking.cancel()
    assert longest < 2


async def test_a_few_interim_answers_are_passed_over(client: Client) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 5
    async with speaking(hints + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") as url:
        assert (await fetch(client, url)).body == b"hi"


async def test_a_connection_that_ends_without_a_reason_is_told_without_one(client: Client) -> None:
    async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        writer.close()

    async with await asyncio.start_server(end, "127.0.0.1", 0) as server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with pytest.raises(FetchFailed, match=r"the connection failed or was cut(: \w.*)?$"):
            await fetch(client, url)


async def test_a_literal_that_is_shut_is_not_dialled() -> None:
    async with serving({"/": text("secret")}) as site, open_client(Gate(), AGENT) as client:
        assert await failure(client, site.url()) == "non_public_ip"
        # The same below the first check: what a resolver or a later rule change might let through.
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.session.get(site.url())
        assert not site.asked


async def test_a_closed_port_is_a_connect_error(client: Client) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert await failure(client, f"http://127.0.0.1:{taken.getsockname()[1]}/") == "connect_error"


async def test_a_body_without_an_end_stops_at_the_budget(client: Client) -> None:
    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"more" * 10_000)

    async with serving({"/": endless}) as site:
        assert await failure(client, site.url(), budget=Budget(wire_bytes=200_000)) == "too_large"


async def test_a_body_that_fits_exactly_is_taken(client: Client) -> None:
    async with serving({"/": text("x" * 1000)}) as site:
        budget = Budget(wire_bytes=1000, decoded_bytes=1000)
        assert len((await fetch(client, site.url(), budget=budget)).body) == 1000
        assert await failure(client, site.url(), budget=Budget(decoded_bytes=999)) == "too_large"


async def test_a_body_of_the_wrong_type_is_not_read(client: Client) -> None:
    async with serving({"/": web.Response(body=b"%PDF", content_type="application/pdf")}) as site:
        assert await failure(client, site.url(), types=frozenset({"text/html"})) == "unsupported_type"


async def test_time_runs_out_however_slowly_a_body_drips(client: Client) -> None:
    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.02)

    async with serving({"/": drip}) as site:
        assert await failure(client, site.url(), budget=Budget(seconds=0.3)) == "timeout"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (b"", "connect_error"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "connect_error"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nhello\r\n", "protocol_error"),
        (b"HTTP/1.1 200 OK\r\nX-Big: " + b"a" * 100_000 + b"\r\n\r\n", "protocol_error"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 50_000 + b"0\r\n\r\n",
            "protocol_error",
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "protocol_error"),
        (b"HTTP/1.1 000 Unknown\r\nContent-Length: 2\r\n\r\nhi", "protocol_error"),
    ],
)
async def test_what_is_no_http_has_a_name(client: Client, reply: bytes, code: str) -> None:
    async with speaking(reply) as origin:
        assert await failure(client, f"{origin}/") == code


async def test_a_body_may_come_in_small_pieces(client: Client) -> None:
    lines = b"20\r\n" + b"a" * 32 + b"\r\n"
    chunks = b"1\r\na\r\n" * 10_000 + lines * 10_000 + b"0\r\n\r\n"
    async with speaking(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) as origin:
        assert (await fetch(client, f"{origin}/")).body == b"a" * 330_000


async def test_each_of_several_answers_may_have_no_body(client: Client) -> None:
    async with serving({"/": web.Response(status=204)}) as site:
        for _ in range(3):
            assert (await send(client, "HEAD", site.url())).body == b""
            assert (await fetch(client, site.url())).body == b""


async def test_a_header_may_have_64_kib(client: Client) -> None:
    policy = b"Content-Security-Policy: " + b"a" * 65_000
    async with speaking(b"HTTP/1.1 200 OK\r\n" + policy + b"\r\nContent-Length: 2\r\n\r\nhi") as origin:
        assert (await fetch(client, f"{origin}/")).body == b"hi"


async def test_a_certificate_that_nobody_signed_is_a_tls_error(client: Client) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(Path(__file__).parent / "data/self_signed.pem")
    async with serving({"/": text("secret")}, tls) as site:
        assert await failure(client, site.url()) == "tls_error"
        assert not site.asked


async def test_why_there_was_no_connection_is_said_in_words(client: Client) -> None:
    async with serving({"/": text("plain")}) as site:
        url = site.url()
        with pytest.raises(FetchFailed, match=r": wrong version number$"):
            await fetch(client, url.replace("http", "https"))
    with pytest.raises(FetchFailed, match=r": connection refused$"):
        await fetch(client, url)


async def test_what_is_wrong_with_an_answer_is_said_in_words(client: Client) -> None:
    headers = b"".join(b"X-%d: a\r\n" % number for number in range(500))
    async with speaking(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n") as origin:
        with pytest.raises(FetchFailed, match=r"did not answer in valid HTTP: Too many headers received$"):
            await fetch(client, f"{origin}/")


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
