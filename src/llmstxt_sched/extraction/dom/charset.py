"""Decodes a page's bytes to text, in the order of precedence of the HTML standard (section 13.2.3)."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

import webencodings

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL: Final = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]{1,40})", re.IGNORECASE)
_XML_LABEL: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# A browser looks for a <meta> in as many bytes, and reads the page again where one comes later in its head.
_PRESCAN_BYTES, _MAX_HEAD_BYTES = 1024, 100_000
# What has no end goes to that of the page, and nothing is tried twice: a search takes linear time.
_ATTRIBUTES: Final = rb"(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+"
# Comments, scripts and the like, and other tags are passed over, since any of them may hold such a text.
_META: Final = re.compile(
    rb"<!--(?:-?>|.*?-->|.*)|<(script|style|title|textarea|iframe|xmp|noembed|noframes)\b(?:.*?</\1|.*)|"
    rb"<(?:meta(?=[\s/])(" + _ATTRIBUTES + rb")|/?[a-z]" + _ATTRIBUTES + rb"|[!/?][^>]*+)",
    re.IGNORECASE | re.DOTALL,
)
# A name is read from its beginning alone: a value may have no end, and be as long as the head.
_ATTRIBUTE: Final = re.compile(rb"(?<![^\s=/>\"'])([^\s=/>\"']++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
# Decoders of the Encoding standard that Python has under other names, or lacks: what is labelled "replacement" is not
# decoded there at all, and "x-user-defined" in a <meta> is windows-1252.
_DECODERS: Final = {"gbk": "gb18030", "replacement": "", "x-user-defined": "cp1252"}

# What pages that declare nothing are in by their language, as browsers take it by their reader's (section 13.2.3.2).
_LANGUAGE: Final = re.compile(
    rb"<html\b[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2,3})(?:[-_]([a-z]{2,4}))?", re.IGNORECASE
)
_USUAL: Final = {
    "ja": ("euc_jp", "cp932"),
    "ko": ("cp949",),
    "zh": ("gb18030",),
    **dict.fromkeys(["ru", "uk", "bg", "be", "mk", "sr", "kk"], ("cp1251",)),
    **dict.fromkeys(["pl", "cs", "sk", "sl", "hu", "hr", "ro", "bs"], ("cp1250",)),
    **dict.fromkeys(["ar", "fa"], ("cp1256",)),
    **dict.fromkeys(["lt", "lv", "et"], ("cp1257",)),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "az": ("cp1254",),
    "he": ("cp1255",),
    "th": ("cp874",),
    "vi": ("cp1258",),
}
# Serbian is written in both, and others may be.
_LATIN: Final = b"latn"
_TRADITIONAL: Final = frozenset(["tw", "hk", "mo", "hant"])
# Most letters of a Russian text are small, and these have their bytes at other places in KOI8-R.
_SMALL, _SMALL_OF_KOI8 = bytes(range(0xE0, 0x100)), bytes(range(0xC0, 0xE0))


def decode(body: bytes, content_type: str) -> str:
    """Decode `body`, without NULs; invalid bytes become U+FFFD.

    A byte order mark takes precedence over the charset of `content_type`, which takes precedence over the page's own
    <meta>.  Without any of them, the text is UTF-8 if it is valid as such, else what pages in the language that it
    declares are usually in, else windows-1252.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decode(body[len(mark) :], encoding)
    header = _LABEL.search(content_type)
    declared = (_decoder(header[1]) if header else "") or _from_page(body)
    if declared:
        return _decode(body, declared)
    try:
        return _without_nuls(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _in_usual(body) or _decode(body, "cp1252")


def _in_usual(body: bytes) -> str:
    """The page decoded as those in its language usually are; '' where it declares none, or is in something else."""
    found = _LANGUAGE.search(body[:_PRESCAN_BYTES])
    language = found[1].decode().lower() if found else ""
    is_traditional = found is not None and found[2] is not None and found[2].decode().lower() in _TRADITIONAL
    encodings = ("big5hkscs",) if language == "zh" and is_traditional else _USUAL.get(language, ())
    if encodings == ("cp1251",) and found is not None and (found[2] or b"").lower() == _LATIN:
        encodings = ("cp1250",)
    # Without more of those, less is left of it.
    if encodings == ("cp1251",) and len(body.translate(None, _SMALL_OF_KOI8)) < len(body.translate(None, _SMALL)):
        encodings = ("koi8_u",)
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            return _without_nuls(body.decode(encoding))
    return ""


def _from_page(body: bytes) -> str:
    end = body.find(b"<body", _PRESCAN_BYTES, _MAX_HEAD_BYTES)
    head = body[: end if end > 0 else _MAX_HEAD_BYTES]
    xml = _XML_LABEL.match(head)
    # Only as far as the first label: what looks for another goes through the whole head.
    found = next(filter(None, map(_decoder, chain([xml[1].decode()] if xml else [], _labels(head)))), "")
    # A page whose <meta> is readable as ASCII cannot be UTF-16, whatever it declares (section 13.2.3.2).
    return "utf-8" if found.startswith("utf-16") else found


def _labels(head: bytes) -> Iterator[str]:
    for match in _META.finditer(head):
        if match[2] is not None:
            yield _label_of(match[2])


def _label_of(attributes: bytes) -> str:
    """The label in the attributes of a <meta>; '' if it declares none."""
    values: dict[str, str] = {}
    for name, *quoted in _ATTRIBUTE.findall(attributes):
        values.setdefault(name.decode("latin-1").lower(), b"".join(quoted).decode("latin-1").strip())
    if "charset" in values:
        return values["charset"]
    label = _LABEL.search(values.get("content", ""))
    return label[1] if label and values.get("http-equiv", "").lower() == "content-type" else ""


@lru_cache(maxsize=256)
def _decoder(label: str) -> str:
    """The name of Python's decoder for a label of the Encoding standard (section 4.2); '' if it is none."""
    encoding = webencodings.lookup(label)
    return _DECODERS.get(encoding.name, encoding.codec_info.name) if encoding else ""


def _decode(body: bytes, encoding: str) -> str:
    return _without_nuls(body.decode(encoding, "replace"))


def _without_nuls(text: str) -> str:
    # To see that there are none takes a tenth of the time that it takes to replace none.
    return text.replace("\0", "") if "\0" in text else text
