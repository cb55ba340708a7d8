"""Rejects large pages with thousands of attributes in one tag, before they are parsed.

lexbor compares each attribute with all before it: 15,000 take half a second, 110,000 half a minute.
"""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.nesting import SMALL_CHARS

MAX_ATTRIBUTES: Final = 2000
# Each takes at least a character for its name and one for what is before it.
_LONG_TAG: Final = re.compile(rf"<[a-zA-Z][^<>]{{{2 * MAX_ATTRIBUTES},}}")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")


def check_attributes(text: str) -> None:
    """Raise FetchFailed("parse_error") if the page is large and a tag in it has more than MAX_ATTRIBUTES."""
    if len(text) <= SMALL_CHARS:
        return
    for tag in _LONG_TAG.finditer(text):
        # What is quoted may be a picture, or data for a script.
        if len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES + 1:
            raise FetchFailed("parse_error", f"an element has more than {MAX_ATTRIBUTES} attributes")
