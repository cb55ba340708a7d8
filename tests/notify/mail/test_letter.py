from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from llmstxt_sched.notify.mail.from_address import Sender
from llmstxt_sched.notify.mail.letter import Letter, write_letter

ID = UUID("00000000-0000-4000-8000-000000000001")
SENDER = Sender("Docs", "docs@mail.example.com")
URL = f"https://llms.example.com/api/notifications/unsubscribe/{'t' * 64}"
LETTER = Letter(
    id=ID,
    recipient="ann@example.com",
    at=datetime(2026, 11, 27, 12, tzinfo=UTC),
    subject="Example: its last run failed",
    text="Bücher 📚\n" + "x" * 2000 + "\n.\n",
    html="<p>Bücher</p>",
    unsubscribe_url=URL,
    list_label="all",
)


def read(letter: Letter, sender: Sender = SENDER) -> EmailMessage:
    content = write_letter(letter, sender)
    content.decode("ascii")
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert content.count(b"\n") == content.count(b"\r\n")
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def test_it_tells_machines_what_it_is_and_how_it_ends() -> None:
    message = read(LETTER)
    assert message["Message-ID"] == f"<{ID}@mail.example.com>"
    assert message["Date"] == "Fri, 27 Nov 2026 12:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "llms.txt <all.llmstxt-sched.mail.example.com>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"List-Unsubscribe: <{URL}>\r\n".encode() in write_letter(LETTER, SENDER)


def test_one_click_is_offered_only_over_https() -> None:
    message = read(replace(LETTER, unsubscribe_url=URL.replace("https:", "http:")))
    assert message["List-Unsubscribe-Post"] is None
    assert message["List-Unsubscribe"].startswith("<http:")


def test_a_letter_of_no_list_has_no_headers_of_one() -> None:
    assert not [name for name in read(replace(LETTER, unsubscribe_url="")) if name.startswith("List-")]


def test_both_texts_arrive_as_they_were() -> None:
    message = read(LETTER)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().strip() == LETTER.html


def test_a_letter_goes_on_with_those_before_whatever_their_ids_domain() -> None:
    answers = tuple(UUID(int=number) for number in range(30))
    sender = Sender("Docs", f"docs@{'long.' * 30}example.com")
    message = read(replace(LETTER, answers=answers), sender)
    ids = [f"<{each}@{sender.domain}>" for each in answers[-20:]]
    assert message["References"].split() == ids
    assert message["In-Reply-To"] == ids[-1]
    assert message["Message-ID"] == f"<{ID}@{sender.domain}>"


@pytest.mark.parametrize(
    "hostile",
    [
        "Docs\r\nBcc: eve@example.com",
        "Docs\r\n\r\n<script>",
        "Docs\n\tX-Folded: yes",
        "Docs\x00\ud800\u2028Bcc: eve@example.com",
        "=?utf-8?q?=0D=0ABcc:_eve@example.com?=",
        "==??utf-8?b?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=",
        "Ü" * 5000,
        "\u202eD\u0301ocs" * 400,
    ],
)
def test_no_subject_adds_a_header_or_breaks_the_letter(hostile: str) -> None:
    plain, message = read(LETTER), read(replace(LETTER, subject=hostile), Sender(hostile, SENDER.address))
    assert message.keys() == plain.keys()
    assert len(message["Subject"]) <= 200
    assert message["From"].addresses[0].addr_spec == SENDER.address
    assert not message.defects


def test_the_bytes_differ_in_nothing_but_the_border_between_both_texts() -> None:
    def without_border(content: bytes) -> bytes:
        border: Any = BytesParser(policy=policy.default).parsebytes(content).get_boundary()
        return content.replace(border.encode(), b"")

    assert without_border(write_letter(LETTER, SENDER)) == without_border(write_letter(LETTER, SENDER))
