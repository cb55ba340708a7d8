"""Receivers as they should be, and as they may be."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from standardwebhooks import Webhook
from tests.support.names import naming
from tests.support.receiver import Received, Receiver, answering, hang, open_receiver, status

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.signing import secret_of
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.http import ask
from llmstxt_sched.notify.message import Answer, Destination, Message, Telling
from llmstxt_sched.notify.webhook import tell
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.gate import Gate

AGENT = "llmstxt-sched/test"
OLD, NEW = secret_of(b"o" * 32), secret_of(b"n" * 24)
PEM = Path(__file__).parents[1] / "outbound/data/self_signed.pem"
MESSAGE = Message(
    id=uuid4(), kind=EventKind.TEST, at=datetime(2026, 7, 1, tzinfo=UTC), body='{"type":"test","name":"Ä"}'.encode()
)


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    """A client whose gate lets loopback through."""
    async with open_client(Gate("127.0.0.0/8"), AGENT, reuses=False) as opened:
        yield opened


def destination(address: str, **more: Any) -> Destination:
    return Destination(kind=TargetKind.WEBHOOK, address=address, shown="http://shown/hook", **more)


async def told(client: Client, address: str, **more: Any) -> Answer:
    return await tell(
        client,
        Telling(delivery_id=uuid4(), destination=destination(address, **more), message=MESSAGE, now=datetime.now(UTC)),
    )


@pytest.mark.parametrize("secret", [OLD, NEW])
async def test_a_library_of_standard_webhooks_verifies_it_by_each_secret_in_force(
    client: Client, receiver: Receiver, secret: str
) -> None:
    answer = await told(client, receiver.url, secret=NEW, old_secret=OLD)
    (got,) = receiver.received
    assert Webhook(secret).verify(got.body, got.headers) == {"type": "test", "name": "Ä"}
    assert (got.id, got.method, got.headers["content-type"]) == (str(MESSAGE.id), "POST", "application/json")
    assert (answer.status_code, answer.body, answer.error) == (200, "ok", "")


async def test_a_redirect_is_not_followed_wherever_it_leads(client: Client, receiver: Receiver) -> None:
    async with open_receiver() as other:
        for location in ("http://169.254.169.254/latest/meta-data", other.url, "//evil.example"):
            receiver.respond = status(307, f"Location: {location}")
            answer = await told(client, receiver.url)
            assert answer.error.startswith("it answered 307, a redirect")
    assert not other.received


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n" + b"a" * 20_000_000, "a" * 4096),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 8\r\n\r\n\x00\x1b[31m\xff!", "[31m�!"),
    ],
)
async def test_of_an_answer_little_is_kept_and_nothing_that_a_terminal_obeys(
    client: Client, receiver: Receiver, raw: bytes, kept: str
) -> None:
    receiver.respond = answering(raw)
    answer = await told(client, receiver.url)
    assert answer.body == kept


async def test_of_an_answer_no_more_is_read_than_is_kept(client: Client, receiver: Receiver) -> None:
    is_sent = False

    async def respond(_: Received, writer: asyncio.StreamWriter) -> None:
        nonlocal is_sent
        with suppress(ConnectionError):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
            for _megabyte in range(50):
                writer.write(b"a" * 1_000_000)
                await writer.drain()
            is_sent = True

    receiver.respond = respond
    assert (await told(client, receiver.url)).body == "a" * 4096
    assert not is_sent


@pytest.mark.slow
async def test_a_bomb_is_unpacked_no_further_than_is_kept(client: Client, receiver: Receiver) -> None:
    packed = gzip.compress(b"\x41" * 50_000_000)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    receiver.respond = answering(head + packed)
    assert (await told(client, receiver.url)).body == "A" * 4096


@pytest.mark.parametrize("code", [200, 500])
@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_a_body_that_cannot_be_unpacked_leaves_the_status(
    client: Client, receiver: Receiver, encoding: str, code: int
) -> None:
    head = f"HTTP/1.1 {code} Whatever\r\nContent-Encoding: {encoding}\r\nContent-Length: 2\r\n\r\n"
    receiver.respond = answering(f"{head}ok".encode())
    answer = await told(client, receiver.url)
    assert (answer.status_code, answer.body, bool(answer.error)) == (code, "", code == 500)


async def drip(_: Received, writer: asyncio.StreamWriter) -> None:
    """Answers a byte at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _byte in range(1000):
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("respond", [hang, drip])
async def test_who_hangs_or_drips_has_so_many_seconds(client: Client, receiver: Receiver, respond: object) -> None:
    receiver.respond = respond  # type: ignore[assignment]
    answer = await ask(client, destination(receiver.url), body=b"{}", seconds=0.3)
    assert (answer.status_code, answer.error) == (None, "http://shown/hook did not answer in time")
    assert 250 < answer.milliseconds < 2000


async def test_a_cut_or_senseless_answer_is_a_failure_that_names_no_secret(client: Client, receiver: Receiver) -> None:
    for raw in (b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab", b"SSH-2.0-OpenSSH\r\n\r\n"):
        receiver.respond = answering(raw)
        answer = await told(client, f"{receiver.url}?key=s3cret-key", secret=NEW)
        assert answer.error
        assert "s3cret-key" not in answer.error


async def test_an_answer_that_echoes_everything_is_kept_without_secrets(client: Client, receiver: Receiver) -> None:
    async def echo(request: Received, writer: asyncio.StreamWriter) -> None:
        body = f"{request.path} {NEW} {request.headers}".encode()
        writer.write(f"HTTP/1.1 400 No\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    receiver.respond = echo
    answer = await told(client, f"{receiver.url}?key=s3cret-key", secret=NEW)
    assert "s3cret-key" not in answer.body
    assert NEW not in answer.body


async def test_a_certificate_that_cannot_be_trusted_gets_nothing(client: Client) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    receiver = Receiver()
    async with await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls) as server:
        port = server.sockets[0].getsockname()[1]
        answer = await told(client, f"https://127.0.0.1:{port}/hook")
    assert "no safe connection" in answer.error
    assert not receiver.received


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["169.254.169.254"]])
async def test_a_name_that_leads_inside_when_it_is_dialled_is_refused(receiver: Receiver, addresses: list[str]) -> None:
    port = receiver.url.rpartition(":")[2].partition("/")[0]
    gate = Gate(f"10.0.0.0/8:{port}")
    async with naming({"hook.example": addresses}) as names, open_client(gate, AGENT, [names.address]) as client:
        answer = await told(client, f"http://hook.example:{port}/hook")
    assert (answer.status_code, bool(answer.error), receiver.received) == (None, True, [])
