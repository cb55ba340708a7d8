"""Sends documents: with an entity tag and a length, compressed where the client accepts it, or 304 if it has them.

It works on ASGI's own messages, so that what is in memory can be sent without the framework (`published.py`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from litestar import Litestar, Request, Response
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from llmstxt_sched.services.documents.files import Document
from llmstxt_sched.services.documents.fixed_files import FixedFile

# A document contains text from crawled sites, so browsers must not interpret it as anything but text.
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"accept-encoding"),
]
PUBLIC_CACHE = b"public, max-age=300"
PRIVATE_CACHE = b"private, no-cache"
PLAIN = b"text/plain; charset=utf-8"
# By the ending of the file's name.
MEDIA_TYPES = {
    "md": b"text/markdown; charset=utf-8",
    "xml": b"application/atom+xml; charset=utf-8",
    "jsonl": b"application/jsonl; charset=utf-8",
    "svg": b"image/svg+xml; charset=utf-8",
}
# The end of the compressed form's entity tag: its bytes are others (RFC 9110, section 8.8.3.3).
GZIPPED = "-gzip"

Header = tuple[bytes, bytes]
Headers = list[Header]


class Asked(NamedTuple):
    """What a request says of the form it wants: the tags of If-None-Match, and whether it accepts gzip."""

    is_head: bool
    tags: str
    gzip: bool


class DocumentResponse(Response[Any]):
    """A document as the response of a route; `more` are headers of its own, told with its bytes."""

    def __init__(self, document: Document, path: str, asked: Asked, cache: bytes, more: Sequence[Header] = ()) -> None:
        super().__init__(None)
        self._document, self._path, self._asked, self._cache, self._more = document, path, asked, cache, more

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **_: Any) -> ASGIApp:  # type: ignore[override]
        """The response as an ASGI app, which sets all of its headers itself."""

        async def respond(_: Scope, __: Receive, send: Send) -> None:
            if self._document.fixed:
                await send_fixed(send, self._document.fixed, self._path, self._asked, self._cache, self._more)
            else:
                await _send_pieces(send, self._document, self._path, self._asked, self._cache)

        return respond


def asked_for(scope: HTTPScope) -> Asked:
    """What the request asks for."""
    tags, encodings = [], ""
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            tags.append(value.decode("latin-1"))
        elif name == b"accept-encoding":
            encodings = f"{encodings},{value.decode('latin-1')}"
    return Asked(scope["method"] == "HEAD", ",".join(tags), accepts_gzip(encodings))


@lru_cache(maxsize=256)
def accepts_gzip(encodings: str) -> bool:
    """Whether an Accept-Encoding accepts gzip (RFC 9110, section 12.5.3)."""
    weights = {}
    for each in encodings.lower().split(","):
        name, _, parameters = each.partition(";")
        weights[name.strip()] = parameters.partition("q=")[2].strip() or "1"
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight.strip("0.") != ""


async def send_fixed(
    send: Send, file: FixedFile, path: str, asked: Asked, cache: bytes, more: Sequence[Header] = ()
) -> None:
    """Send a file that is in memory; compressed if its compressed form is too, and accepted."""
    forms = {f'"{file.etag}"': file.body}
    gzipped = file.gzipped if asked.gzip else None
    if gzipped:
        # First, because it is the one to send.
        forms = {f'"{file.etag}{GZIPPED}"': gzipped} | forms
    same = asked.tags and _same(asked.tags, list(forms))
    if same:
        await _send_not_modified(send, same, cache)
        return
    etag, body = next(iter(forms.items()))
    headers = [*_headers(etag, path, cache), *more]
    if gzipped:
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if asked.is_head else body, "more_body": False})


async def _send_pieces(send: Send, document: Document, path: str, asked: Asked, cache: bytes) -> None:
    etag = f'"{document.etag}"'
    if _same(asked.tags, [etag]):
        await _send_not_modified(send, etag, cache)
        return
    await send({"type": "http.response.start", "status": 200, "headers": _headers(etag, path, cache)})
    async for piece in _none() if asked.is_head else document.pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_not_modified(send: Send, etag: str, cache: bytes) -> None:
    headers = [*HEADERS, (b"etag", etag.encode()), (b"cache-control", cache)]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _same(if_none_match: str, etags: list[str]) -> str:
    """The first of `etags` that the client has already, compared weakly (RFC 9110, section 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return next((etag for etag in etags if etag in tags or "*" in tags), "")


def _headers(etag: str, path: str, cache: bytes) -> Headers:
    media_type = MEDIA_TYPES.get(path.rpartition(".")[2], PLAIN)
    return [*HEADERS, (b"content-type", media_type), (b"etag", etag.encode()), (b"cache-control", cache)]


async def _none() -> AsyncIterator[bytes]:
    return
    yield b""
