"""Decodes a page's bytes to text, in the order of precedence of the HTML standard (section 13.2.3)."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL = re.compile(r"charset\s*=\s*(?:[\"']\s*)?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
_PRESCAN_BYTES = 2048

# What encoding labels mean in web pages, by the Encoding standard: latin-1 and ASCII mean windows-1252, GB2312 means
# GB18030, and so on.
_WEB_MEANING = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-16-le",
}
# Only character encodings: Python also has codecs such as zlib, idna, punycode and utf-7, which a page must not be
# able to select.
_ALLOWED = frozenset(
    ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "euc_jp", "iso2022_jp", "cp932", "cp949"]
    + ["koi8-r", "koi8-u", "mac-roman", "cp866", "cp874"]
    + [f"cp{number}" for number in range(1250, 1259)]
    + [f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
)


def decode(body: bytes, content_type: str) -> str:
    """Decode `body`, without NULs; invalid bytes become U+FFFD.

    A byte order mark takes precedence over the charset of `content_type`, which takes precedence over the page's own
    <meta>.  Without any of them, the text is UTF-8 if it is valid as such, else windows-1252.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decode(body[len(mark) :], encoding)
    declared = _declared(content_type) or _from_meta(body)
    if declared:
        return _decode(body, declared)
    try:
        return body.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return _decode(body, "cp1252")


def _from_meta(body: bytes) -> str:
    head = body[:_PRESCAN_BYTES].decode("latin-1")
    found = _declared(head) or _declared(head.replace("encoding=", "charset=") if head[:5] == "<?xml" else "")
    # A page whose <meta> is readable as ASCII cannot be UTF-16, whatever it declares (section 13.2.3.2).
    return "utf-8" if found.startswith("utf-16") else found


def _declared(text: str) -> str:
    match = _LABEL.search(text)
    if not match:
        return ""
    try:
        name = codecs.lookup(match[1]).name
    except LookupError:
        return ""
    name = _WEB_MEANING.get(name, name)
    return name if name in _ALLOWED else ""


def _decode(body: bytes, encoding: str) -> str:
    return body.decode(encoding, "replace").replace("\0", "")
