"""Patterns with `*`, as used by robots.txt rules and by include and exclude lists, matched in linear time.

A regular expression made from `/*a*a*a*a` can backtrack for hours.  Here each part between two stars is searched for
once, from left to right; the leftmost match is always correct, because it leaves the most text to the other parts.
"""

from __future__ import annotations

from msgspec import Struct

_LONG_PART, _LONG_TEXT = 100, 2500


class Glob(Struct, frozen=True):
    """A pattern split at its stars; with `whole` the last part must match at the end of the text.

    `least` is the length of the shortest text that it matches.
    """

    parts: tuple[str, ...]
    whole: bool
    least: int

    def matches(self, text: str) -> bool:
        """Whether the pattern matches `text` from its beginning."""
        parts = self.parts
        # Cheap checks come first: a hundred long patterns are tried on each of 100,000 addresses.
        if len(text) < self.least or not text.startswith(parts[0]) or (self.whole and not text.endswith(parts[-1])):
            return False
        if len(parts) == 1:
            return not self.whole or len(text) == self.least
        position = len(parts[0])
        # To look for a long part, CPython takes the product of both lengths if the text is short, else their sum.
        searched = text.ljust(_LONG_TEXT, "\0") if self.least >= _LONG_PART else text
        for part in parts[1:-1]:
            found = searched.find(part, position)
            if found < 0:
                return False
            position = found + len(part)
        if self.whole:
            return len(text) - position >= len(parts[-1])
        return searched.find(parts[-1], position) >= 0


def glob(pattern: str, *, whole: bool = True) -> Glob:
    """Parse `pattern`: `*` matches any run of characters, slashes included; any other character matches itself.

    So does `?`, because it begins the query of a URL.  Without `whole`, the pattern need only match a prefix.
    """
    head, *rest = pattern.split("*")
    middle = [part for part in rest[:-1] if part]
    parts = (head, *middle, *rest[-1:])
    return Glob(parts, whole, sum(map(len, parts)))
