"""The lines of a text, and the rows of a table that lays some out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

_FEED: Final = re.compile(r"[\t\n\r\f]+")


def lines_in(node: Element) -> str:
    """The lines of a text, in which a line feed is no more than a space."""
    lines = [""]
    ahead: list[Element | str] = [*reversed(node.children)]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            said = _FEED.split(part)
            lines[-1] += said[0]
            for text in said[1:]:
                # Where a line begins, spaces behind a feed are those that are kept, or how the source is indented.
                lines[-1] = f"{lines[-1].rstrip()} {text.lstrip()}" if lines[-1].strip() else text
        elif part.tag == "br":
            lines.append("")
        else:
            ahead += part.children[::-1]
    return "\n".join(map(str.rstrip, lines))


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table without a head."""
    for part in table.elements():
        if part.tag == "tr":
            yield part
        elif part.tag == "tbody":
            yield from part.elements()
