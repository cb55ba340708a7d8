"""Tells by its first bytes what is no page although it was sent as one: pictures, archives, programs (MIME Sniffing).

The signatures are those of the MIME Sniffing standard, section 6, and of the formats that sites most often send with a
wrong type.
"""

from __future__ import annotations

import re

# In bytes: the resource header that the standard looks at.
_HEADER = 1445
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"%PDF-", "a PDF"),
    (rb"%!PS-Adobe-", "PostScript"),
    (rb"\{\\rtf", "a text document"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "a ZIP archive"),
    (rb"\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|\x1f[\x9d\xa0]|\x04\x22\x4d\x18", "a compressed file"),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|!<arch>\n|MSCF\0|\xed\xab\xee\xdb|.{257}ustar(?:\0|  \0)", "an archive"),
    (rb"\x89PNG\r\n\x1a\n|GIF8[79]a|\xff\xd8\xff|RIFF.{4}WEBPVP|BM.{4}\0\0\0\0", "a picture"),
    (rb"\0\0[\x01\x02]\0.\0|II\*\0|MM\0\*|AT&TFORM|8BPS\0|\xff\x0a|\0\0\0\x0cJXL ", "a picture"),
    (rb"\0\0..ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI |FLV\x01|\0\0\x01[\xba\xb3]", "a video"),
    (rb"ID3[\x02-\x04]|\xff[\xf2\xf3\xfa\xfb]|OggS\0|fLaC|RIFF.{4}WAVE|MThd\0\0\0\x06|FORM.{4}AIFF", "a sound"),
    (rb"wOF[F2]|\0\x01\0\0\0|OTTO\0|ttcf\0", "a font"),
    (rb"\x7fELF|MZ(?=.{0,60}\0)|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\0asm", "a program"),
    (rb"SQLite format 3\0|\x89HDF\r\n|\x93NUMPY|\x80[\x02-\x05][\x63\x7d\x5d\x95]", "data"),
)
_KINDS = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _SIGNATURES)
# In what is sent as HTML (the first is that of section 7.2).
_DATA = (
    (re.compile(rb"(?:<\?xml[^<>]*>\s*)?(?:<!--.{0,200}?-->\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL), "a feed"),
    (re.compile(rb"(?:<\?xml[^<>]*>\s*){0,2}<(?:urlset|sitemapindex|opml)[\s>]"), "a list of addresses"),
    (re.compile(rb"\{\s*\"[^\"<>]*\"\s*:|\[\s*\{\s*\""), "JSON"),
)
# MIME Sniffing, section 3: no text has these; ESC is left out for ISO-2022-JP.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"<[!?/a-zA-Z]")
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|\s*(?:<\0|\0<)")
# The share of bytes of random data that no text has is a tenth; of a damaged page it is a few bytes.
_MAX_BINARY_SHARE = 0.05


def binary_kind(body: bytes, *, is_html: bool = False) -> str:
    """What `body` is, in words, if it is nothing to read; '' if it may be a page.  `is_html`: it was sent as HTML."""
    header = body[:_HEADER]
    start = header.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    for pattern, kind in (*_KINDS, *_DATA) if is_html else _KINDS:
        if pattern.match(start):
            return kind
    if _UTF_16.match(header):
        return ""
    # Zero bytes do not count where there is markup: some editors leave them, and readers skip them.
    header = header.replace(b"\0", b"") if _MARKUP.search(header.replace(b"\0", b"")) else header
    odd = len(_BINARY.findall(header))
    return "binary data" if odd > _MAX_BINARY_SHARE * len(header) else ""
