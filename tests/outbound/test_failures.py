from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import pytest
from tests.outbound.failing import failure
from tests.support.site import serving, speaking, text

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound.client import Client, fetch

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_connection_that_ends_without_a_reason_is_told_without_one(client: Client) -> None:
    async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        writer.close()

    async with await asyncio.start_server(end, "127.0.0.1", 0) as server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with pytest.raises(FetchFailed, match=r"the connection failed or was cut(: \w.*)?$"):
            await fetch(client, url)


async def test_a_closed_port_is_a_connect_error(client: Client) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert await failure(client, f"http://127.0.0.1:{taken.getsockname()[1]}/") == "connect_error"


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


async def test_a_certificate_that_nobody_signed_is_a_tls_error(client: Client) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(Path(__file__).parent / "data/self_signed.pem")
    async with serving({"/": text("secret")}, tls) as site:
        assert await failure(client, site.url()) == "tls_error"
        assert not site.asked
