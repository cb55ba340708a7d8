"""Undoing a Content-Encoding with a budget: a megabyte of gzip can hold a gigabyte (RFC 9110, section 8.4).

Only gzip and deflate, because only these are asked for; what a server sends against that is refused.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from llmstxt_sched.errors import FetchFailed

GZIP_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW = 31, 15, -15
# What is left is copied for each.
_MAX_MEMBERS = 1000


class Decoder(Protocol):
    """Takes a body's bytes as they come.  `room` is the most that may come out of one call, in bytes."""

    def feed(self, data: bytes, room: int) -> bytes:
        """What `data` decodes to, cut at `room`; raises FetchFailed("decode_error") for damage."""

    def finish(self) -> None:
        """Raise FetchFailed("decode_error") where the body stopped before its end."""


class Plain:
    """A body as it is."""

    def feed(self, data: bytes, room: int) -> bytes:
        """`data`, cut at `room`."""
        return data[:room]

    def finish(self) -> None:
        """A plain body's end is the transport's matter."""


class Inflate:
    """gzip (RFC 1952, members in a row too) and deflate (RFC 1950, or bare RFC 1951 as some servers send)."""

    def __init__(self, encoding: str) -> None:
        self._is_gzip = encoding == "gzip"
        self._stream = zlib.decompressobj(_GZIP) if self._is_gzip else None
        self._began = False
        self._first = b""
        self._members = 1

    def feed(self, data: bytes, room: int) -> bytes:
        """What `data` inflates to, cut at `room`."""
        self._began = self._began or bool(data)
        out = bytearray()
        if self._stream is None:
            # Which kind of deflate it is shows in the first two bytes.
            data, self._first = self._first + data, b""
            if len(data) == 1:
                data, self._first = b"", data
        while data and len(out) < room:
            stream = self._stream = self._stream or _deflate_stream(data)
            try:
                out += stream.decompress(data, room - len(out))
            except zlib.error:
                raise FetchFailed("decode_error", "the compressed body is damaged") from None
            data = stream.unconsumed_tail or self._next_member(stream.unused_data)
        return bytes(out)

    def finish(self) -> None:
        """Refuse a body that stops in the middle."""
        if self._began and not (self._stream and self._stream.eof):
            raise FetchFailed("decode_error", "the compressed body stops before its end")

    def _next_member(self, rest: bytes) -> bytes:
        if not (self._is_gzip and rest.startswith(GZIP_MAGIC)):
            return b""
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise FetchFailed("decode_error", f"the compressed body has more than {_MAX_MEMBERS} parts")
        self._stream = zlib.decompressobj(_GZIP)
        return rest


def decoder(content_encoding: str) -> Decoder:
    """The decoder for a Content-Encoding header; FetchFailed("unsupported_encoding") for all but one of ours."""
    encoding = content_encoding.strip().lower().removeprefix("x-")
    if encoding in {"", "identity"}:
        return Plain()
    if encoding in {"gzip", "deflate"}:
        return Inflate(encoding)
    raise FetchFailed("unsupported_encoding", f"the body comes as {content_encoding[:60]!r}, which was not asked for")


def gunzip(body: bytes, room: int) -> bytes:
    """A .gz file's content, at most `room` bytes of it."""
    return Inflate("gzip").feed(body, room)


def _deflate_stream(data: bytes) -> zlib._Decompress:
    # RFC 1950, section 2.2: the first two bytes of a zlib stream are a multiple of 31.
    is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.decompressobj(_ZLIB if is_zlib else _RAW)
