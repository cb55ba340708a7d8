"""Names of hosts as people write them, where these cannot be taken for others.  Pure."""

from __future__ import annotations

import unicodedata
from string import ascii_lowercase

import idna

_LATIN = "\u0131\u0251\u0261\u0269"
_CYRILLIC = (
    "\u0430\u0433\u0435\u043e\u043f\u0440\u0441\u0443\u0445\u044a\u044c\u0455\u0456\u0458\u0461\u0475\u04bb\u04bd"
    "\u04cf\u0501\u051b\u051d"
)
_GREEK = "\u03b1\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c3\u03c4\u03c5\u03c7\u03c9"
_ARMENIAN = "\u0563\u0566\u0570\u0578\u057d\u0581\u0582\u0585"
_LIKE_ASCII = frozenset(ascii_lowercase + _LATIN + _CYRILLIC + _GREEK + _ARMENIAN)
# Those that are written together; the first word of a letter's name says what it belongs to.
_EAST_ASIAN = frozenset({"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"})
_BESIDE_LETTERS = frozenset("0123456789-")


def readable_name(host: str) -> str:
    """The name of a host as people write it, if it is one by IDNA 2008; else as it is looked up.

    So is one with a part that may be taken for another name: of letters of several scripts, or of none but such as
    look like those of ASCII.
    """
    try:
        name = idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host
    return name if all(map(_is_clear, name.split("."))) else host


def _is_clear(label: str) -> bool:
    letters = set(label) - _BESIDE_LETTERS
    return label.isascii() or (len(set(map(_script, letters))) == 1 and not letters <= _LIKE_ASCII)


def _script(letter: str) -> str:
    word = unicodedata.name(letter, "").partition(" ")[0]
    return "EAST ASIAN" if word in _EAST_ASIAN else word
