"""Text from elsewhere as it may stand in a mail: in one line, without what breaks or turns it or is no character."""

from __future__ import annotations

import re
import unicodedata

# Cc, Cs, Zl and Zp of Unicode, and what has its property Bidi_Control (UAX 9).
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\s]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def one_line(text: str, most: int) -> str:
    """`text` in one line of at most `most` characters."""
    plain = _UNSEEN.sub(" ", _SURROGATES.sub("\ufffd", text)).strip()
    if len(plain) <= most:
        return plain
    end = most - 1
    # A letter and its accents stay together.
    while end and unicodedata.combining(plain[end]):
        end -= 1
    return f"{plain[:end].rstrip()}…"
