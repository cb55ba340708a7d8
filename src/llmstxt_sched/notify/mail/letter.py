"""A mail in its final form (RFC 5322): a text and the same as HTML, in ASCII with CRLF, the same bytes at each attempt.

It says that no person wrote it (RFC 3834), which list it belongs to (RFC 2919), and how one click ends it (RFC 8058).
"""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.notify.mail.from_address import Sender
from llmstxt_sched.notify.mail.plain import one_line

MAX_SUBJECT = 150
# RFC 5322, section 2.1.1, allows a line 998 characters; so many ids of the usual length fill a few lines.
MAX_REFERENCES = 20


class Letter(Struct, frozen=True):
    """What is told to one address; `id` is the same whenever it is sent, so that its reader has it once.

    `answers` are the ids of earlier letters that this one goes on with.  Without an `unsubscribe_url` it belongs to no
    list; `list_label` is the part of the list's id that is its own.
    """

    id: UUID
    recipient: str
    at: datetime
    subject: str
    text: str
    html: str
    unsubscribe_url: str = ""
    list_label: str = ""
    answers: tuple[UUID, ...] = ()


class _Tokens(UnstructuredHeader, BaseHeader):
    """Ids and addresses: the library would write a long one in the encoding for words (RFC 2047), which ends it."""

    def fold(self, *, policy: Policy) -> str:
        tokens = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {tokens}{policy.linesep}"


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("message-id", "in-reply-to", "references", "list-unsubscribe"):
        registry.map_to_type(name, _Tokens)
    return registry


_POLICY = policy.SMTP.clone(header_factory=_headers())


def write_letter(letter: Letter, sender: Sender) -> bytes:
    """The bytes of a letter."""
    message = EmailMessage(_POLICY)
    message["From"] = Address(_words(sender.name), addr_spec=sender.address)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = _words(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = _message_id(letter.id, sender)
    if letter.answers:
        known = [_message_id(each, sender) for each in letter.answers[-MAX_REFERENCES:]]
        message["In-Reply-To"] = known[-1]
        message["References"] = " ".join(known)
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url:
        message["List-Id"] = f"llms.txt <{letter.list_label}.llmstxt-sched.{sender.domain}>"
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        # RFC 8058, section 3.1, allows it with https alone.
        if letter.unsubscribe_url.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _words(text: str) -> str:
    """`text` for a header.  The library would decode what looks encoded (RFC 2047), line feeds included."""
    return one_line(text, MAX_SUBJECT).replace("=?", "= ?")


def _message_id(letter_id: UUID, sender: Sender) -> str:
    return f"<{letter_id}@{sender.domain}>"
