"""Measures text in columns, of which a wide character takes two (Unicode Standard Annex 11): it says about twice as
much.
"""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The number of columns that `text` takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def index_at(text: str, columns: int) -> int:
    """The number of characters of `text` that take at most so many columns."""
    # Where no character is wide, none needs to be looked at.
    if text[: columns + 1].isascii():
        return min(len(text), columns)
    for at, character in enumerate(text):
        columns -= width(character)
        if columns < 0:
            return at
    return len(text)
