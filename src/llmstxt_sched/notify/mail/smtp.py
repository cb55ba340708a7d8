"""Hands mail to the server of the settings (RFC 5321), over TLS whose certificate is checked unless they say otherwise.

A server that is away, busy or refuses our login may take the mail later; one that refuses the recipient or what the
mail says will not (RFC 5321, section 4.2.1).  The gate is not asked: the operator, not a user, names the server.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from contextlib import suppress

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from llmstxt_sched.config import SmtpSettings, variable
from llmstxt_sched.notify.mail.from_address import sender_of
from llmstxt_sched.notify.message import ANSWER_BYTES, Answer

# For others who send; with what follows it ends within the lease of a delivery.
TURN_SECONDS = 30.0
# From the name of the server until it has the mail.
SEND_SECONDS = 15.0
# To take leave afterwards.
QUIT_SECONDS = 1.0
# Servers take only so many connections from one client.
CONNECTIONS = 4
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class SmtpServer:
    """Sends mail in its final form, one connection each."""

    def __init__(self, settings: SmtpSettings) -> None:
        """Raises ConfigError for a sender that is no address."""
        self.sender = sender_of(settings)
        self._settings = settings
        self._place = f"{settings.host}:{settings.port or PORTS[settings.security]}"
        self._tls = None if settings.security == "none" else ssl.create_default_context()
        self._turns = asyncio.Semaphore(CONNECTIONS)

    async def send(self, recipient: str, content: bytes) -> Answer:
        """Send `content`, a whole message with CRLF at its lines' ends, to one address."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turns.acquire()
            try:
                said = await self._send(recipient, content)
            finally:
                self._turns.release()
            return Answer(250, _since(started), body=_cut(said))
        except (SMTPException, OSError, TimeoutError) as error:
            return self._refusal(error, _since(started))

    async def _send(self, recipient: str, content: bytes) -> str:
        client = self._client()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await client.connect()
                _, said = await client.sendmail(self.sender.address, [recipient], content)
            # The server has the mail: how the leave goes must not have it sent again.
            with suppress(SMTPException, OSError, TimeoutError):
                await client.quit(timeout=QUIT_SECONDS)
        finally:
            client.close()
        return said

    def _client(self) -> SMTP:
        settings = self._settings
        return SMTP(
            hostname=settings.host,
            port=settings.port or PORTS[settings.security],
            username=settings.user or None,
            password=settings.password or None,
            local_hostname=_own_name(),
            timeout=SEND_SECONDS,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=self._tls,
        )

    def _refusal(self, error: Exception, milliseconds: int) -> Answer:
        if isinstance(error, SMTPRecipientsRefused):
            refused = error.recipients[0]
            return _refused(refused.code, refused.message, milliseconds, "refuses the address", may_be_final=True)
        if isinstance(error, SMTPDataError):
            return _refused(error.code, error.message, milliseconds, "refuses the mail", may_be_final=True)
        if isinstance(error, SMTPAuthenticationError):
            what = f"refuses the login of {variable('smtp', 'user')}"
            return _refused(error.code, error.message, milliseconds, what)
        # What is no answer of SMTP has a code of the library's below all that there are.
        if isinstance(error, SMTPResponseException) and error.code > 0:
            return _refused(error.code, error.message, milliseconds, "refuses to talk to us")
        return Answer(None, milliseconds, error=f"{self._place} {_trouble(error)}")


def _refused(code: int, message: str, milliseconds: int, what: str, *, may_be_final: bool = False) -> Answer:
    error = f"the mail server {what}, with {code}: {_cut(' '.join(message.split()), 500)}"
    return Answer(code, milliseconds, body=_cut(message), error=error, is_final=may_be_final and code >= 500)


def _trouble(error: Exception) -> str:
    """What went wrong on the way to the server; the library wraps what the system says."""
    cause = error.__cause__ or error
    if isinstance(error, SMTPTimeoutError | TimeoutError):
        return "did not answer in time"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"has a certificate that cannot be trusted: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return "does not speak TLS as we do"
    if isinstance(cause, socket.gaierror):
        return "has a name without an address"
    if isinstance(error, SMTPServerDisconnected):
        return "hung up"
    if isinstance(cause, OSError):
        return f"cannot be reached: {cause.strerror or type(cause).__name__}"
    said = error.message if isinstance(error, SMTPResponseException) else str(error)
    return f"cannot be used: {_cut(' '.join(said.split()), 500)}"


def _own_name() -> str:
    """How we greet (RFC 5321, section 4.1.3).  The library would ask the name servers, and hold the loop up."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _cut(text: str, most: int = ANSWER_BYTES) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        # The library keeps bytes that are no UTF-8 as lone surrogates; most servers that send some are Western ones.
        text = text.encode(errors="surrogateescape").decode("cp1252", "replace")
    return text.encode(errors="replace")[:most].decode(errors="ignore").replace("\0", "")


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
