"""The declarations of a style attribute that count, as a browser reads them (CSS Syntax, CSS Cascade)."""

from __future__ import annotations

import re
import string
import sys
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMENT_OR_SPACE: Final = re.compile(rf"{_COMMENT.pattern}|\s+", re.DOTALL)
# Begins a string, bracket, escape or comment, in which semicolons end no declaration (CSS Syntax, section 5.4.8).
_HOLDS_ENDS: Final = re.compile(r"[\"'(\[{\\]|/\*")
_TOKEN: Final = re.compile(r"\"[^\"\\\n]*\"|'[^'\\\n]*'|[\"'\\(){}\[\];]|/\*")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
# CSS ignores the case of ASCII letters alone.
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
# Stands for a comment, which separates words; no page has this character.
_WAS_COMMENT: Final = "\x1e"
_BESIDE_WORDS: Final = f" \t\n\r\f{_WAS_COMMENT}"
# CSS Syntax, section 4.3.7.
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))", re.IGNORECASE)
# Values with which a later declaration replaces an earlier one of its name: a browser ignores invalid ones.
_VALID: Final = {
    "display": re.compile(
        r"block|contents|flow-root|(?:inline-)?(?:flex|grid|table)|inline(?:-block)?|list-item|none|"
        r"table-(?:caption|cell|(?:column|row)(?:-group)?|(?:header|footer)-group)"
    ),
    "visibility": re.compile(r"visible|hidden|collapse"),
    "opacity": re.compile(r"\d+(?:\.\d+)?|\.\d+|(?:[1-9]\d*|0)(?:\.0+)?%|[1-9]\d*(?:\.\d+)?%"),
    "font-size": re.compile(r"(?:0|(?:\d+(?:\.\d+)?|\.\d+)(?:px|pt|r?em|%)|(?:x{1,2}-)?(?:small|large)|medium)"),
}
IMPORTANT: Final = "!important"


def declared(style: str) -> str:
    """A style without spaces and comments, in lower case, and without what a later declaration of it replaces.

    Nothing is replaced where brackets or quotes are open, or an escape makes another word of one.
    """
    parts = _split(_COMMENT.sub(_WAS_COMMENT, style).translate(_LOWER))
    if not parts:
        return _COMMENT_OR_SPACE.sub("", _ESCAPE.sub(_unescaped, style)).translate(_LOWER)
    declarations, replaced, last = list[str](), set[int](), dict[str, int]()
    for at, written in enumerate(parts):
        declaration = "".join(written.replace(_WAS_COMMENT, "").split())
        declarations.append(declaration)
        name, _, value = written.partition(":")
        name = name.strip(_BESIDE_WORDS)
        # With its inner spaces: a value with one is invalid.
        if name in _VALID and _VALID[name].fullmatch(_without_importance(value.strip(_BESIDE_WORDS))):
            before = last.setdefault(name, at)
            wins = declarations[before].endswith(IMPORTANT) <= declaration.endswith(IMPORTANT)
            if before != at:
                replaced.add(before if wins else at)
            last[name] = at if wins else before
    return ";".join(declaration for at, declaration in enumerate(declarations) if at not in replaced)


def _split(style: str) -> list[str]:
    """The declarations of a style, with commas for the semicolons in them; none if brackets or quotes do not match."""
    if not _HOLDS_ENDS.search(style):
        return style.split(";")
    parts, ends, begin = list[str](), list[str](), 0
    for token in _TOKEN.finditer(style):
        mark = token[0]
        if mark in _BRACKETS:
            ends.append(_BRACKETS[mark])
        elif mark == ";":
            if not ends:
                parts.append(style[begin : token.start()].replace(";", ","))
                begin = token.end()
        elif (len(mark) == 1 or mark == "/*") and (not ends or ends.pop() != mark):
            return []
    return [] if ends else [*parts, style[begin:].replace(";", ",")]


def _without_importance(value: str) -> str:
    rest = value.removesuffix("important").rstrip(_BESIDE_WORDS)
    return rest.removesuffix("!").rstrip(_BESIDE_WORDS) if rest.endswith("!") else value


def sets_display(style: str) -> bool:
    """Whether a style sets `display` to something other than `none`."""
    said = [declaration.partition(":") for declaration in declared(style).split(";")]
    values = [value.removesuffix(IMPORTANT) for name, _, value in said if name == "display"]
    return bool(values) and all(value != "none" and _VALID["display"].fullmatch(value) for value in values)


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16) if escape[1] else 0
    return escape[2] or (chr(number) if number <= sys.maxunicode else "")
