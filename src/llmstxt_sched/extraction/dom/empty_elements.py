"""Ends links and frames that are written as empty elements, which HTML does not know: `<a id="place"/>`.

A browser reads such a link as one that goes on to the next, and all of the page that is in it as a link's text, and
such a frame as one that holds the rest of the page.  Whoever writes it means a place to link to, or wrote XML.
"""

from __future__ import annotations

import re
from typing import Final

# In small letters, as what writes XML does.  A slash after anything else is the end of a value: <a href=/docs/>.
_EMPTY: Final = re.compile(r"<(?:a|iframe)\s[^<>]*[\"'\s]/>")
# Two characters are found in half the time in which `find` does.
_END: Final = re.compile("/>")
_TAGS: Final = {
    "a": re.compile(r"<(?P<slash>/?)a(?=[\s/>])[^<>]*>", re.IGNORECASE),
    "iframe": re.compile(r"<(?P<slash>/?)iframe(?=[\s/>])[^<>]*>", re.IGNORECASE),
}
# In characters: longer tags are not looked at.
_MAX_TAG: Final = 2000


def end_empty_elements(text: str) -> str:
    """`text`, the source of a page in HTML, with an end after each of these, unless its own end follows."""
    if not _has_empty(text):
        return text
    for name, tag in _TAGS.items():
        text = _with_ends(text, name, tag)
    return text


def _has_empty(text: str) -> bool:
    """Whether there is any: few tags end so, and to find them by their ends is the fastest way to see it."""
    for end in _END.finditer(text):
        at = end.start()
        begin = text.rfind("<", max(0, at - _MAX_TAG), at)
        if begin >= 0 and _EMPTY.match(text, begin):
            return True
    return False


def _with_ends(text: str, name: str, tag: re.Pattern[str]) -> str:
    pieces: list[str] = []
    copied, begun = 0, -1
    for found in tag.finditer(text):
        if begun >= 0 and not found["slash"]:
            pieces += text[copied:begun], f"</{name}>"
            copied = begun
        begun = found.end() if _EMPTY.fullmatch(found[0]) else -1
    if begun >= 0:
        pieces += text[copied:begun], f"</{name}>"
        copied = begun
    return "".join([*pieces, text[copied:]])
