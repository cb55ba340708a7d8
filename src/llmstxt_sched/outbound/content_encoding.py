"""Decodes a Content-Encoding within a size limit, as a megabyte of gzip can hold a gigabyte (RFC 9110, section 8.4).

Only gzip and deflate are supported, because our requests accept no others; any other encoding is refused.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from llmstxt_sched.errors import FetchFailed

GZIP_MAGIC = b"\x1f\x8b"
# zlib's `wbits` for each format.
_GZIP, _ZLIB, _RAW = 31, 15, -15
# Limited because zlib copies the rest of the input at the end of each gzip member.
_MAX_MEMBERS = 1000


class Decoder(Protocol):
    """Decodes a body chunk by chunk."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Decode `data`, cut off at `room` bytes; raises FetchFailed("decode_error") if it is damaged."""

    def finish(self) -> None:
        """Raise FetchFailed("decode_error") if the body is incomplete."""


class IdentityDecoder:
    """Passes an unencoded body through."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Return `data`, cut off at `room` bytes."""
        return data[:room]

    def finish(self) -> None:
        """Do nothing: aiohttp itself detects an incomplete body."""


class InflateDecoder:
    """Decodes gzip (RFC 1952, several members too) and deflate (RFC 1950, or raw RFC 1951 as some servers send)."""

    def __init__(self, encoding: str) -> None:
        self._is_gzip = encoding == "gzip"
        self._stream = zlib.decompressobj(_GZIP) if self._is_gzip else None
        self._has_input = False
        self._held_back = b""
        self._members = 1

    def feed(self, data: bytes, room: int) -> bytes:
        """Decompress `data`, cut off at `room` bytes."""
        self._has_input = self._has_input or bool(data)
        out = bytearray()
        if self._stream is None:
            # The first two bytes tell zlib from raw deflate: hold a single byte back until the next one arrives.
            data, self._held_back = self._held_back + data, b""
            if len(data) == 1:
                data, self._held_back = b"", data
        while data and len(out) < room:
            stream = self._stream = self._stream or _deflate_stream(data)
            try:
                out += stream.decompress(data, room - len(out))
            except zlib.error:
                raise FetchFailed("decode_error", "the compressed body is damaged") from None
            data = stream.unconsumed_tail or self._next_member(stream.unused_data)
        return bytes(out)

    def finish(self) -> None:
        """Raise FetchFailed("decode_error") if the body is incomplete."""
        if self._has_input and not (self._stream and self._stream.eof):
            raise FetchFailed("decode_error", "the compressed body stops before its end")

    def _next_member(self, remaining: bytes) -> bytes:
        if not (self._is_gzip and remaining.startswith(GZIP_MAGIC)):
            return b""
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise FetchFailed("decode_error", f"the compressed body has more than {_MAX_MEMBERS} parts")
        self._stream = zlib.decompressobj(_GZIP)
        return remaining


def make_decoder(content_encoding: str) -> Decoder:
    """Create the decoder for a Content-Encoding header; raises FetchFailed("unsupported_encoding")."""
    encoding = content_encoding.strip().lower().removeprefix("x-")
    if encoding in {"", "identity"}:
        return IdentityDecoder()
    if encoding in {"gzip", "deflate"}:
        return InflateDecoder(encoding)
    raise FetchFailed("unsupported_encoding", f"the body comes as {content_encoding[:60]!r}, which was not asked for")


def gunzip(body: bytes, room: int) -> bytes:
    """Decompress a .gz file, up to `room` bytes of its content; raises FetchFailed("decode_error")."""
    return InflateDecoder("gzip").feed(body, room)


def _deflate_stream(data: bytes) -> zlib._Decompress:
    # RFC 1950, section 2.2: the method is 8, and the first two bytes as a number are a multiple of 31.
    is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.decompressobj(_ZLIB if is_zlib else _RAW)
