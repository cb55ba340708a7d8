"""Compares texts by their words: whether two are nearly the same, and whether one holds the other.  Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

Words: TypeAlias = Counter[str]

# In characters: enough to tell two texts apart, and compared in a few milliseconds.
_MAX_CHARS = 50_000
_WORD = re.compile(r"\w+")
_LINK_TARGET = re.compile(r"\]\([^()\s]*")


def words_of(markdown: str) -> Words:
    """How often each word stands in `markdown`, but for the targets of links."""
    return Counter(_words(markdown))


def likeness(one: Words, other: Words) -> float:
    """The share of all words that both have, from 0 to 1; two texts without words are the same."""
    either = (one | other).total()
    return (one & other).total() / either if either else 1.0


def containment(part: Words, whole: Words) -> float:
    """The share of the words of `part` that stand in `whole`, from 0 to 1; no words are in any text."""
    return (part & whole).total() / part.total() if part else 1.0


def says(markdown: str, sentence: str) -> bool:
    """Whether the words of `sentence` stand in `markdown` one after the other."""
    return f" {' '.join(_words(sentence))} " in f" {' '.join(_words(markdown))} "


def _words(markdown: str) -> list[str]:
    return _WORD.findall(_LINK_TARGET.sub("](", markdown[:_MAX_CHARS]).casefold())
