from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from llmstxt_sched.api.documents.sending import PUBLIC_CACHE, DocumentResponse, accepts_gzip, asked_for
from llmstxt_sched.services.documents.files import Document
from llmstxt_sched.services.documents.fixed_files import FixedFile

BODY = b"# Example\n" * 100
GZIPPED = b"smaller"


async def pieces() -> AsyncIterator[bytes]:
    yield BODY[:500]
    yield BODY[500:]


def fixed() -> Document:
    file = FixedFile(BODY)
    file.gzipped = GZIPPED
    return Document(file.etag, pieces(), file)


async def sent(document: Document, *headers: tuple[str, str], method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer."""
    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    scope: Any = {"method": method, "headers": [(name.encode(), value.encode()) for name, value in headers]}
    unused: Any = None
    app = DocumentResponse(document, "llms.txt", asked_for(scope), PUBLIC_CACHE).to_asgi_response(None, unused)
    await app(scope, unused, send)
    start, *rest = messages
    assert [message["more_body"] for message in rest][-1] is False
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(message["body"] for message in rest)


@pytest.mark.parametrize(
    ("encodings", "accepted"),
    [
        ("gzip", True),
        ("br, GZIP ;q=0.5", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
    ],
)
def test_gzip_is_accepted_as_the_header_says(encodings: str, accepted: bool) -> None:
    assert accepts_gzip(encodings) is accepted


@pytest.mark.parametrize(("accepts", "body"), [("gzip", GZIPPED), ("identity", BODY)])
async def test_each_form_has_its_length_and_a_tag_of_its_own(accepts: str, body: bytes) -> None:
    status, headers, found = await sent(fixed(), ("accept-encoding", accepts))
    assert (status, found, headers["content-length"]) == (200, body, str(len(body)))
    assert headers.get("content-encoding") == ("gzip" if body is GZIPPED else None)
    assert headers["etag"].endswith('-gzip"') is (body is GZIPPED)
    assert headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
async def test_an_empty_file_is_not_called_compressed(accepts: str) -> None:
    file = FixedFile(b"")
    _, headers, body = await sent(Document(file.etag, pieces(), file), ("accept-encoding", accepts))
    assert (body, headers["content-length"], headers["etag"]) == (b"", "0", f'"{file.etag}"')
    assert "content-encoding" not in headers


async def test_head_tells_the_length_and_sends_nothing() -> None:
    status, headers, body = await sent(fixed(), method="HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(BODY)), b"")


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
async def test_a_client_that_has_the_form_gets_304_with_the_same_tag(accepts: str) -> None:
    _, headers, _ = await sent(fixed(), ("accept-encoding", accepts))
    asked: Sequence[tuple[str, str]] = (("if-none-match", f'"x", W/{headers["etag"]}'), ("accept-encoding", accepts))
    status, again, body = await sent(fixed(), *asked)
    assert (status, again["etag"], body) == (304, headers["etag"], b"")


async def test_the_tag_of_a_form_that_is_not_accepted_is_no_match() -> None:
    _, headers, _ = await sent(fixed(), ("accept-encoding", "gzip"))
    status, _, body = await sent(fixed(), ("if-none-match", headers["etag"]))
    assert (status, body) == (200, BODY)


async def test_a_document_that_is_put_together_while_it_is_sent_has_its_tag() -> None:
    status, headers, body = await sent(Document("tag", pieces()), ("accept-encoding", "gzip"))
    assert (status, headers["etag"], body) == (200, '"tag"', BODY)
    assert (await sent(Document("tag", pieces()), ("if-none-match", '"tag"')))[0] == 304
    assert (await sent(Document("tag", pieces()), method="HEAD"))[2] == b""
