"""Patterns with `*`, as used by robots.txt rules and by include and exclude lists, matched in linear time.

A regular expression made from `/*a*a*a*a` can backtrack for hours.  Here each part between two stars is searched for
once, from left to right; the leftmost match is always correct, because it leaves the most text to the other parts.
"""

from __future__ import annotations

from msgspec import Struct


class Glob(Struct, frozen=True):
    """A pattern split at its stars; with `whole` the last part must match at the end of the text."""

    parts: tuple[str, ...]
    whole: bool

    def matches(self, text: str) -> bool:
        """Whether the pattern matches `text` from its beginning."""
        head, *rest = self.parts
        if not text.startswith(head):
            return False
        if not rest:
            return not self.whole or len(text) == len(head)
        *middle, tail = rest
        position = len(head)
        for part in middle:
            found = text.find(part, position)
            if found < 0:
                return False
            position = found + len(part)
        if self.whole:
            return len(text) - position >= len(tail) and text.endswith(tail)
        return text.find(tail, position) >= 0


def glob(pattern: str, *, whole: bool = True) -> Glob:
    """Parse `pattern`: `*` matches any run of characters, slashes included; any other character matches itself.

    So does `?`, because it begins the query of a URL.  Without `whole`, the pattern need only match a prefix.
    """
    head, *rest = pattern.split("*")
    middle = [part for part in rest[:-1] if part]
    return Glob((head, *middle, *rest[-1:]), whole)
