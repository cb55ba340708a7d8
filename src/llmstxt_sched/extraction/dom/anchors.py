"""Ends anchors that are written as empty elements, which HTML does not know: `<a id="place"/>`.

A browser reads such a one as the begin of a link that goes on to the next one, and all of the page that is in it as a
link's text.  Whoever writes it means a place to link to.
"""

from __future__ import annotations

import re
from typing import Final

# A slash behind anything else is the end of a value: <a href=/docs/>.
_EMPTY: Final = re.compile(r"<[aA]\s[^<>]*[\"'\s]/>")
_ANCHOR: Final = re.compile(r"<(?P<slash>/?)[aA](?=[\s/>])[^<>]*>")


def end_anchors(text: str) -> str:
    """`text`, the source of a page in HTML, with an end behind each such anchor, unless its own end follows."""
    if "/>" not in text or _EMPTY.search(text) is None:
        return text
    pieces: list[str] = []
    copied, begun = 0, -1
    for anchor in _ANCHOR.finditer(text):
        if begun >= 0 and not anchor["slash"]:
            pieces += text[copied:begun], "</a>"
            copied = begun
        begun = anchor.end() if _EMPTY.fullmatch(anchor[0]) else -1
    if begun >= 0:
        pieces += text[copied:begun], "</a>"
        copied = begun
    return "".join([*pieces, text[copied:]])
