"""Parses one sitemap file: XML, a sitemap index or plain text, each possibly gzipped (sitemaps.org).  Pure: no I/O.

XML is parsed event by event, so that 50 MiB are never held as a tree.  Parsing stops at a DOCTYPE, because without
one there are no entities to expand.
"""

from __future__ import annotations

from xml.parsers import expat

from msgspec import Struct

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound.content_encoding import GZIP_MAGIC, gunzip

MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024
_STEP_BYTES = 65_536
# Bytes of one XML token, and characters of one <loc>.
_MAX_TOKEN = 4 * _STEP_BYTES
_MAX_LOC = 4096


class Sitemap(Struct, frozen=True):
    """The addresses of pages and of further sitemaps that one file lists, as written.

    `cut` is true if the file was not read to its end because of a limit.
    """

    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    cut: bool = False


def parse(body: bytes) -> Sitemap:
    """Parse a sitemap; a damaged file yields what came before the damage, a file with a DOCTYPE yields nothing.

    Takes up to a second for the largest files, so it must not run on the event loop.
    """
    if body.startswith(GZIP_MAGIC):
        try:
            body = gunzip(body, MAX_BYTES)
        except FetchFailed:
            return Sitemap()
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _XmlReader().read(body)
    return _text(body)


def _text(body: bytes) -> Sitemap:
    lines = body.decode("utf-8", "replace").removeprefix("\ufeff").split("\n", MAX_URLS)
    pages = [line.strip() for line in lines[:MAX_URLS] if line.strip().lower().startswith(("http://", "https://"))]
    return Sitemap(tuple(pages), cut=len(lines) > MAX_URLS)


class _StopParsing(Exception):
    """Raised in a handler to stop the parser."""


class _XmlReader:
    """Collects the text of each <loc> in a <url> or a <sitemap>, whatever the namespace prefix."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {"url": [], "sitemap": []}
        self._parent = ""
        self._text: list[str] | None = None
        self._length = 0
        self._cut = False

    def read(self, body: bytes) -> Sitemap:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            # In steps, because expat holds the GIL for as long as one call takes.
            for offset in range(0, min(len(body), MAX_BYTES), _STEP_BYTES):
                parser.Parse(body[offset : offset + _STEP_BYTES], False)
                # An unfinished tag or comment is parsed again from its start at each step, so its length is limited.
                if offset - parser.CurrentByteIndex > _MAX_TOKEN:
                    self._cut = True
                    break
        except (expat.ExpatError, _StopParsing, ValueError, LookupError):
            pass
        return Sitemap(tuple(self._found["url"]), tuple(self._found["sitemap"]), self._cut)

    def _doctype(self, *_: object) -> None:
        self._found = {"url": [], "sitemap": []}
        raise _StopParsing

    def _start(self, tag: str, _: object) -> None:
        name = tag.rpartition(":")[2]
        if name in self._found:
            self._parent = name
        # The <image:loc> of an image is not the address of a page.
        elif name == "loc" and self._parent and not tag.startswith(("image:", "video:")):
            self._text, self._length = [], 0

    def _characters(self, data: str) -> None:
        if self._text is not None and self._length < _MAX_LOC:
            self._text.append(data)
            self._length += len(data)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "loc" and self._text is not None:
            self._found[self._parent].append("".join(self._text).strip())
            self._text = None
            if sum(map(len, self._found.values())) >= MAX_URLS:
                self._cut = True
                raise _StopParsing
        elif name in self._found:
            self._parent = ""
