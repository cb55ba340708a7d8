"""Patterns with `*`, matched in linear time: what robots.txt rules and include and exclude lists share.

A regular expression made from `/*a*a*a*a` backtracks for hours; here every part between two stars is
looked for once, from left to right, which is right because the leftmost place leaves most to the rest.
"""

from __future__ import annotations

from msgspec import Struct


class Glob(Struct, frozen=True):
    """A pattern cut at its stars; `whole` asks for the end of the text after the last part."""

    parts: tuple[str, ...]
    whole: bool

    def matches(self, text: str) -> bool:
        """Whether `text` fits from its first character on."""
        head, *rest = self.parts
        if not text.startswith(head):
            return False
        if not rest:
            return not self.whole or len(text) == len(head)
        *middle, tail = rest
        place = len(head)
        for part in middle:
            found = text.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
        if self.whole:
            return len(text) - place >= len(tail) and text.endswith(tail)
        return text.find(tail, place) >= 0


def glob(pattern: str, *, whole: bool = True) -> Glob:
    """The glob of `pattern`: `*` is any run of characters, a slash too; any other character is itself.

    `?` is itself as well, because it is where a URL's query begins.
    """
    head, *rest = pattern.split("*")
    middle = [part for part in rest[:-1] if part]
    return Glob((head, *middle, *rest[-1:]), whole)
