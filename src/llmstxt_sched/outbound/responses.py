"""Reads the head of an HTTP response, and its body within a budget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import aiohttp
from msgspec import Struct

from llmstxt_sched.domain.robots_directives import Directives, read_robots_tag
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound import headers as response_headers
from llmstxt_sched.outbound.content_encoding import make_decoder
from llmstxt_sched.outbound.traffic import Traffic

# So many parts of a chunked body may be smaller than this on average: a part of a byte takes the event loop as long as
# one of kilobytes, and a page in such parts keeps all others waiting for seconds.
MOST_CHUNKS, LEAST_CHUNK_BYTES = 16_384, 32
FIRST_STATUS = 100
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MiB = 1024 * 1024


class Budget(Struct, frozen=True):
    """The limits of one fetch: bytes received, bytes after decompression, and seconds over all redirects.

    With `cut`, a body that is too large is cut off instead of failing with too_large.
    """

    wire_bytes: int = 5 * MiB
    decoded_bytes: int = 10 * MiB
    seconds: float = 30
    cut: bool = False


class Response(Struct, frozen=True):
    """An HTTP response.

    `url` is that of the last hop; `location` is set if the last hop is itself a redirect; `retry_after` is in seconds.
    `refresh` is the value of the Refresh header; `varies_by_accept` tells that another Accept may get another body.
    `wire_bytes` is the size of the body before it was unpacked.  `headers` are all of them that are printable, by their
    names in lower case; only `send` sets them.
    """

    url: Url
    status: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: float | None = None
    directives: Directives = Directives()
    location: str = ""
    links: tuple[response_headers.Link, ...] = ()
    refresh: str = ""
    varies_by_accept: bool = False
    body: bytes = b""
    wire_bytes: int = 0
    headers: Mapping[str, str] = {}


def read_head(url: Url, http_response: aiohttp.ClientResponse) -> Response:
    """The response without its body.  Raises FetchFailed for a status that HTTP does not know."""
    if http_response.status < FIRST_STATUS:
        # Else it would pass for a status below 500, by which a server says what it means (RFC 9110, section 15).
        raise FetchFailed("protocol_error", f"{url} answered with the status {http_response.status}, which is none")
    headers = http_response.headers
    return Response(
        url=url,
        status=http_response.status,
        content_type=response_headers.printable(headers.get("Content-Type", "")),
        etag=response_headers.printable(headers.get("ETag", "")),
        last_modified=response_headers.printable(headers.get("Last-Modified", "")),
        retry_after=response_headers.read_retry_after(headers.get("Retry-After", ""), datetime.now(UTC)),
        directives=read_robots_tag(headers.getall("X-Robots-Tag", ())),
        location=headers.get("Location", "") if http_response.status in REDIRECTS else "",
        links=response_headers.read_links(headers.getall("Link", ())),
        refresh=response_headers.printable(headers.get("Refresh", "")),
        varies_by_accept="accept" in ",".join(headers.getall("Vary", ())).lower().replace(" ", "").split(","),
    )


async def read_body(http_response: aiohttp.ClientResponse, budget: Budget, traffic: Traffic) -> tuple[bytes, int]:
    """The body, unpacked, and its size in bytes before that.  Raises FetchFailed if it is too large or malformed."""
    body_decoder = make_decoder(",".join(http_response.headers.getall("Content-Encoding", ())))
    body = bytearray()
    wire = 0
    chunks = 0
    # An answer without a body has a reader that they all share, whose chunks of no bytes never end.
    while not http_response.content.at_eof():
        chunk, is_end = await http_response.content.readchunk()
        wire += len(chunk)
        chunks += is_end
        if chunks > MOST_CHUNKS + wire // LEAST_CHUNK_BYTES:
            raise FetchFailed("protocol_error", f"{http_response.url} sends its body in pieces of a few bytes")
        traffic.bytes += len(chunk)
        # Decode up to one byte more than the budget, to tell a body of exactly that size from one that is larger.
        body += body_decoder.feed(chunk, budget.decoded_bytes + 1 - len(body))
        if wire > budget.wire_bytes or len(body) > budget.decoded_bytes:
            if budget.cut:
                return bytes(body[: budget.decoded_bytes]), wire
            raise FetchFailed("too_large", f"the body is larger than {budget.wire_bytes} bytes, or unpacks to more")
    body_decoder.finish()
    return bytes(body), wire
