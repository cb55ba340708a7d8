"""A mail server on this machine, which keeps what it takes and refuses what a test wants it to."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from llmstxt_sched.config import SmtpSettings

LOGIN = LoginPassword(b"docs", b"open sesame")
FROM = "Docs <docs@example.com>"


class MailServer:
    """The mails that were taken, and what is answered to a recipient (RCPT) or a message (DATA)."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.to_recipient: dict[str, str] = {}
        self.to_message = "250 taken"
        self.port = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """The mails, parsed."""
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(each.original_content or b"") for each in self.envelopes]

    def settings(self, security: Literal["starttls", "tls", "none"] = "none", **more: Any) -> SmtpSettings:
        """The settings by which a service sends to it."""
        return SmtpSettings(host="127.0.0.1", port=self.port, security=security, sender=FROM, **more)

    async def handle_RCPT(self, _: Any, __: Any, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802
        if answer := self.to_recipient.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.to_message.startswith("250"):
            self.envelopes.append(envelope)
        return self.to_message


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None = None,
    *,
    is_tls_from_the_start: bool = False,
    wants_login: bool = False,
    port: int = 0,
) -> AsyncIterator[MailServer]:
    """Run a mail server; with `tls` it wants STARTTLS, or TLS from the start."""
    kept = MailServer()
    connections: list[SMTP] = []

    def protocol() -> SMTP:
        connection = SMTP(
            kept,
            hostname="mail.example.com",
            tls_context=None if is_tls_from_the_start else tls,
            require_starttls=bool(tls) and not is_tls_from_the_start,
            auth_required=wants_login,
            auth_require_tls=not is_tls_from_the_start,
            authenticator=_authenticate if wants_login else None,
            loop=asyncio.get_running_loop(),
        )
        connections.append(connection)
        return connection

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", port, ssl=tls if is_tls_from_the_start else None)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
        for connection in connections:
            for transport in (connection.transport, connection._original_transport):
                if transport:
                    transport.close()
        # Transports close in the next round of the loop, those of TLS in the one after.
        await asyncio.sleep(0.01)


def certificate(folder: Path, host: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own making, and the file by which a client may trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail server of the tests")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{host}.pem", folder / f"{host}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return context, public


def _authenticate(_: Any, __: Any, ___: Any, ____: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=data == LOGIN, handled=False)
