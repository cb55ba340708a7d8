"""The lines of a text, and the rows of a table that lays some out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

# What ends a line of the source, and indents by tabs.
FEED: Final = re.compile(r"[\t\n\r\f]+")


def lines_in(node: Element) -> str:
    """The lines of a text, in which a line feed is no more than a space."""
    lines: list[list[str]] = [[]]
    ahead: list[Element | str] = [*reversed(node.children)]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            lines[-1].append(part)
        elif part.tag == "br":
            lines.append([])
        else:
            ahead += part.children[::-1]
    return "\n".join(map(_line, lines))


def _line(texts: list[str]) -> str:
    said = [text for text in FEED.split("".join(texts)) if text.strip()]
    # Where a line begins, spaces after a feed are those that are kept, or how the source is indented.
    return " ".join([*map(str.rstrip, said[:1]), *map(str.strip, said[1:])])


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table without a head."""
    for part in table.elements():
        if part.tag == "tr":
            yield part
        elif part.tag == "tbody":
            yield from part.elements()
