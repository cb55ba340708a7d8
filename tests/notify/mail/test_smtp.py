from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.support.mail_server import certificate, mail_server

from llmstxt_sched.config import SmtpSettings
from llmstxt_sched.errors import ConfigError
from llmstxt_sched.notify.mail.smtp import SmtpServer

CONTENT = b"From: docs@example.com\r\nTo: ann@example.com\r\nSubject: Hello\r\n\r\nA line\r\n.\r\n..\r\n"
TO = "ann@example.com"


async def test_a_mail_arrives_as_it_is_at_its_recipient() -> None:
    async with mail_server() as server:
        answer = await SmtpServer(server.settings()).send(TO, CONTENT)
    (envelope,) = server.envelopes
    assert (answer.error, answer.status_code, answer.body) == ("", 250, "taken")
    assert (envelope.mail_from, envelope.rcpt_tos) == ("docs@example.com", [TO])
    assert envelope.original_content == CONTENT


# The server of the tests does not know a connection for safe that was TLS before it came to it.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_over_tls_a_login_is_sent(security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tls, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mail_server(tls, is_tls_from_the_start=security == "tls", wants_login=True) as server:
        right = server.settings(security, user="docs", password="open sesame")  # type: ignore[arg-type]
        assert not (await SmtpServer(right).send(TO, CONTENT)).error
        wrong = server.settings(security, user="docs", password="abracadabra")  # type: ignore[arg-type]
        answer = await SmtpServer(wrong).send(TO, CONTENT)
    assert len(server.envelopes) == 1
    # The operator may set it right.
    assert (answer.status_code, answer.is_final) == (535, False)
    assert answer.error.startswith("the mail server refuses the login of LLMSTXT_SMTP__USER, with 535")
    assert "abracadabra" not in answer.error + answer.body


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_no_mail_and_no_login_goes_to_a_server_whose_certificate_cannot_be_trusted(
    security: str, tmp_path: Path
) -> None:
    tls, _ = certificate(tmp_path)
    async with mail_server(tls, is_tls_from_the_start=security == "tls") as server:
        answer = await SmtpServer(server.settings(security)).send(TO, CONTENT)  # type: ignore[arg-type]
    assert answer.error == f"127.0.0.1:{server.port} has a certificate that cannot be trusted: self-signed certificate"
    assert not answer.is_final
    assert not server.envelopes


async def test_no_mail_goes_to_a_server_without_the_tls_that_was_asked_for() -> None:
    async with mail_server() as server:
        answer = await SmtpServer(server.settings("starttls")).send(TO, CONTENT)
    assert "STARTTLS" in answer.error
    assert not server.envelopes


async def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tls, trusted = certificate(tmp_path, host="127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mail_server(tls) as server:
        answer = await SmtpServer(server.settings("starttls")).send(TO, CONTENT)
    assert "cannot be trusted: IP address mismatch" in answer.error


@pytest.mark.parametrize(
    ("answer", "is_final"), [("550 5.1.1 no such user", True), ("450 4.2.1 try later", False), ("552 full", True)]
)
async def test_a_recipient_that_is_refused_for_good_is_not_tried_again(answer: str, is_final: bool) -> None:
    async with mail_server() as server:
        server.to_recipient[TO] = answer
        smtp = SmtpServer(server.settings())
        refused = await smtp.send(TO, CONTENT)
        taken = await smtp.send("bob@example.com", CONTENT)
    code, _, words = answer.partition(" ")
    assert refused.error == f"the mail server refuses the address, with {code}: {words}"
    assert (refused.status_code, refused.is_final) == (int(code), is_final)
    assert not taken.error


@pytest.mark.parametrize(("answer", "is_final"), [("554 5.7.1 looks like spam", True), ("451 busy", False)])
async def test_a_mail_that_is_refused_for_good_is_not_tried_again(answer: str, is_final: bool) -> None:
    async with mail_server() as server:
        server.to_message = answer
        refused = await SmtpServer(server.settings()).send(TO, CONTENT)
    assert refused.error == f"the mail server refuses the mail, with {answer[:3]}: {answer[4:]}"
    assert refused.is_final is is_final


async def test_a_server_that_is_away_may_take_it_later() -> None:
    async with mail_server() as server:
        settings = server.settings()
    answer = await SmtpServer(settings).send(TO, CONTENT)
    assert answer.error.startswith(f"127.0.0.1:{server.port} cannot be reached: ")
    assert (answer.status_code, answer.is_final) == (None, False)


@pytest.mark.parametrize(
    ("greeting", "said"),
    [
        ("554 geschlossen für ß", "the mail server refuses to talk to us, with 554: geschlossen für ß"),
        ("no SMTP", "127.0.0.1:{} cannot be used: Malformed SMTP response line: no SMTP"),
    ],
)
async def test_what_a_server_says_in_letters_or_a_form_that_are_not_those_of_smtp_can_be_read(
    greeting: str, said: str
) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting.encode("cp1252") + b"\r\n")
        await reader.read()

    async with _server(greet) as settings:
        answer = await SmtpServer(settings).send(TO, CONTENT)
    assert answer.error == said.format(settings.port)


async def test_a_server_that_says_nothing_is_left_alone_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmstxt_sched.notify.mail.smtp.SEND_SECONDS", 0.2)

    async def listen(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with _server(listen) as settings:
        answer = await SmtpServer(settings).send(TO, CONTENT)
    assert answer.error == f"127.0.0.1:{settings.port} did not answer in time"
    assert answer.milliseconds < 5000


@pytest.mark.slow
@pytest.mark.parametrize("silent", [0, 0.8])
async def test_a_mail_that_was_taken_counts_even_if_the_server_then_hangs_up_or_is_silent(
    silent: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("llmstxt_sched.notify.mail.smtp.SEND_SECONDS", 0.5)

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for said in (b"220 hi", b"250 ehlo", b"250 mail", b"250 rcpt", b"354 go on"):
            writer.write(said + b"\r\n")
            await reader.readline()
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 taken\r\n")
        await asyncio.sleep(silent)

    async with _server(take) as settings:
        answer = await SmtpServer(settings).send(TO, CONTENT)
    assert (answer.error, answer.body) == ("", "taken")


@pytest.mark.parametrize(
    "sender", ["Docs", "docs@", "a@example.com, b@example.com", "jörg@example.com", "a@example.com\nBcc: b@example.com"]
)
def test_a_sender_that_is_no_address_is_refused_and_named(sender: str) -> None:
    with pytest.raises(ConfigError, match=r"^LLMSTXT_SMTP__FROM=.* cannot be used: it must "):
        SmtpServer(SmtpSettings(host="127.0.0.1", sender=sender))


@asynccontextmanager
async def _server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[SmtpSettings]:
    """A server that talks once as it is told, and hangs up."""
    ended = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await talk(reader, writer)
        writer.close()
        await writer.wait_closed()
        ended.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield SmtpSettings(host="127.0.0.1", port=port, security="none", sender="docs@example.com")
    await ended.wait()
    server.close()
