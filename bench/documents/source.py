"""What a page is made of.  What a reader should find on the built page follows from it.

In texts, code stands between backticks and what is strong between two asterisks, as Markdown has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile(r"`|\*\*")


@dataclass(frozen=True)
class Heading:
    """A heading below the page's title; its level is 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Code:
    """A block of code, without a line break at its end."""

    language: str
    code: str


@dataclass(frozen=True)
class Items:
    """A list; each item has a text and the items of a list in it."""

    items: tuple[tuple[str, tuple[str, ...]], ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a row of headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Note:
    """An admonition; its kind is also its title."""

    kind: str
    text: str


@dataclass(frozen=True)
class Terms:
    """A list of terms, each with its definition."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Formula:
    """A formula that stands on its own, in TeX."""

    tex: str


@dataclass(frozen=True)
class Tabs:
    """Blocks of code of which a reader sees one, by its label."""

    tabs: tuple[tuple[str, Code], ...]


Block = Heading | Text | Code | Items | Table | Note | Terms | Formula | Tabs


@dataclass(frozen=True)
class Page:
    """A page; `name` is its address without the ending."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> list[str]:
        """Its title and its headings."""
        return [self.title, *(plain(block.text) for block in self.blocks if isinstance(block, Heading))]

    @property
    def code(self) -> list[str]:
        """Its blocks of code."""
        return [text for block in self.blocks for text in _code(block)]

    @property
    def text(self) -> str:
        """All that a reader should find, in order."""
        return "\n".join([self.title, *(plain(text) for block in self.blocks for text in _texts(block))])


def plain(text: str) -> str:
    """`text` without its marks."""
    return _MARKS.sub("", text)


def _code(block: Block) -> list[str]:
    if isinstance(block, Code):
        return [block.code]
    return [code.code for _, code in block.tabs] if isinstance(block, Tabs) else []


def _texts(block: Block) -> Iterator[str]:  # noqa: C901 - a case for each kind of block
    match block:
        case Heading() | Text():
            yield block.text
        case Code():
            yield block.code
        case Items():
            for text, inner in block.items:
                yield from (text, *inner)
        case Table():
            for row in (block.head, *block.rows):
                yield from row
        case Note():
            yield from (block.kind, block.text)
        case Terms():
            for pair in block.pairs:
                yield from pair
        case Formula():
            yield block.tex
        case Tabs():
            for label, code in block.tabs:
                yield from (label, code.code)
