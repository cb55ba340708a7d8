"""Parses one sitemap file: XML, a sitemap index, a feed or plain text, each possibly gzipped (sitemaps.org).

Pure: no I/O.  XML is read leniently, as search engines do: what stands before it (white space, a warning of PHP's) is
skipped, an `&` that begins no reference stands for itself, and bytes that are no character of XML are left out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from msgspec import Struct

from llmstxt_sched.crawler.sitemaps.sitemap_xml import MAX_URLS, read_xml
from llmstxt_sched.documents.model import Translations
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.outbound.content_encoding import GZIP_MAGIC, gunzip

MAX_BYTES = 50 * 1024 * 1024
# The beginnings of UTF-16: its mark, or the first character of XML.
_WIDE = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_SAYS_OTHERWISE = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)
# Control characters (XML 1.0, section 2.2).
_NO_CHARACTERS = bytes(set(range(32)).difference(b"\t\n\r"))
# With the byte order mark of UTF-8, which may follow white space.
_SPACE = b" \t\r\n" + codecs.BOM_UTF8
# Looked for in the beginning of a file, which is text if there is neither.
_XML_START = re.compile(rb"<\?xml\s|<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_BEGINNING = 64 * 1024
# Without a DOCTYPE, which is refused, XML has only these five names (XML 1.0, section 4.6), and no number stands for a
# control character.
_NUMBER = rb"#0*(?:9|1[03]|3[2-9]|[4-9][0-9]|[1-9][0-9]{2,5})"
_HEX_NUMBER = rb"#x(?i:0*(?:[9AD]|[2-9A-F][0-9A-F]|[1-9A-F][0-9A-F]{2,4}))"
_LONE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|%b|%b);)" % (_HEX_NUMBER, _NUMBER))
_DOCTYPE = b"<!DOCTYPE"
_LINE_END = re.compile(r"\r\n|\r|\n")
# A line of a text file: an address, or a path of this site that no sentence and no other scheme could be.
_ADDRESS_LINE = re.compile(
    r"https?://\S+|\.{0,2}/[^\s<>\"]+|[^\s<>\"/:?#,;{}]+(?:/|\.html?$)[^\s<>\":]*", re.IGNORECASE
)


class Sitemap(Struct, frozen=True):
    """The addresses of pages and of further sitemaps that one file lists, as written; they may be relative to it.

    `translations` are those that it lists of a page, by its address; `link_size` is about what they take in memory.
    `cut` is true if the file was not read to its end because of a limit, `is_missing` if it could not be fetched, but
    may be there, or is not whole; `is_empty` if it is a sitemap and lists nothing.
    """

    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    translations: Mapping[str, Translations] = {}
    link_size: int = 0
    cut: bool = False
    is_missing: bool = False
    is_empty: bool = False

    @property
    def is_none(self) -> bool:
        """Whether the file is no sitemap at all, but a page, for one, or without a byte."""
        return not (self.pages or self.files or self.cut or self.is_missing or self.is_empty)


# Ten for each address that a sitemap may list; to look at each of 50 million takes seconds and much memory.
_MAX_ESCAPES = 10 * MAX_URLS


def parse(body: bytes) -> Sitemap:
    """Parse a sitemap; a damaged file yields its entries that are sound, a file with a DOCTYPE yields nothing.

    Takes up to a second for the largest files, so it must not run on the event loop.
    """
    if body.startswith(GZIP_MAGIC):
        try:
            body = gunzip(body, MAX_BYTES)
        except FetchFailed:
            return Sitemap(is_missing=True)
    wide = next((encoding for start, encoding in _WIDE if body.startswith(start)), "")
    text = (body.decode(wide, "replace").encode("utf-8", "replace") if wide else body).lstrip(_SPACE)
    begin = _XML_START.search(text, 0, _BEGINNING)
    if begin:
        if _DOCTYPE in text[: begin.start()]:
            return Sitemap()
        text = text[begin.start() :]
    if not text.startswith(b"<"):
        return _text(text)
    if not wide and _SAYS_OTHERWISE.match(text):
        text = decode(text, "").encode("utf-8", "replace")
    found = read_xml(_with_escaped_ampersands(_readable(text[:MAX_BYTES])))
    return Sitemap(
        pages=tuple(found.pages),
        files=tuple(found.files),
        translations=found.translations,
        link_size=found.link_size,
        cut=found.cut,
        is_missing=found.breaks_off,
        is_empty=found.has_ended and not found.pages and not found.files,
    )


def _readable(text: bytes) -> bytes:
    """Leave out what XML has no characters for, which would end the reading there."""
    text = text.translate(None, _NO_CHARACTERS)
    try:
        text.decode()
    except UnicodeDecodeError:
        return text.decode("utf-8", "replace").encode()
    return text


def _with_escaped_ampersands(body: bytes) -> bytes:
    """Escape the `&`s that stand for themselves; within CDATA all do so already."""
    if body.count(b"&") + body.count(b"<![CDATA[") > _MAX_ESCAPES:
        return body
    head, *sections = body.split(b"<![CDATA[")
    fixed = [_LONE_AMPERSAND.sub(b"&amp;", head)]
    for section in sections:
        inside, end, outside = section.partition(b"]]>")
        fixed += [b"<![CDATA[", inside, end, _LONE_AMPERSAND.sub(b"&amp;", outside)]
    return b"".join(fixed)


def _text(body: bytes) -> Sitemap:
    lines = _LINE_END.split(body.decode("utf-8", "replace"), MAX_URLS)
    pages = [line.strip() for line in lines[:MAX_URLS] if _ADDRESS_LINE.fullmatch(line.strip())]
    return Sitemap(tuple(pages), cut=len(lines) > MAX_URLS)
