"""Moves the headings in quotations and lists one level down, as those around them are (CommonMark 5.1 and 5.2).

Few pages have such, which one search tells; the others are not read line by line.
"""

from __future__ import annotations

import re

_MAY_HAVE = re.compile(r"\n(?=[ >*+\d-])[ >*+\d.)-]{1,80}#{1,6}[ \t]")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?: {1,4}(?=\S)|$)")
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*$|(~{3,}))")
_HEADING = re.compile(r" {0,3}(?=#{1,5}(?:[ \t]|$))")
# Among the blocks around a line this stands for a quotation; an item is its indent, in characters.
_QUOTATION = 0
# Deeper ones are left alone: each line would be compared with thousands.
_MAX_DEPTH = 100


class _Surroundings:
    """The blocks around a line, from the outside in, and the beginning of the fence around it, or ''."""

    def __init__(self) -> None:
        self.around: list[int] = []
        self.fence = ""

    def heading_at(self, line: str) -> int:
        """Where a heading begins in a line that is in a quotation or a list; -1 if none does."""
        at, depth = self._continued(line)
        if self.fence:
            if depth == len(self.around):
                self.fence = "" if _closes(self.fence, line[at:]) else self.fence
                return -1
            self.fence = ""
        del self.around[depth:]
        at = self._begun(line, at)
        fence = _FENCE.match(line, at)
        if fence:
            self.fence = fence[1] or fence[2]
        heading = _HEADING.match(line, at) if self.around else None
        return heading.end() if heading else -1

    def _continued(self, line: str) -> tuple[int, int]:
        """How far the line continues what is around the one before, in characters and in levels."""
        at = depth = 0
        for indent in self.around:
            if indent == _QUOTATION:
                mark = _QUOTE.match(line, at)
                if mark is None:
                    break
                at = mark.end()
            elif line[at : at + indent].isspace() and len(line) >= at + indent:
                at += indent
            elif line[at:].strip():
                break
            depth += 1
        return at, depth

    def _begun(self, line: str, at: int) -> int:
        """Where the text of a line begins, after the quotations and items that begin in it."""
        while len(self.around) < _MAX_DEPTH:
            quote, item = _QUOTE.match(line, at), _ITEM.match(line, at)
            begun = quote or item
            if begun is None:
                break
            self.around.append(_QUOTATION if quote else begun.end() - at + (begun.end() == len(line)))
            at = begun.end()
        return at


def _closes(fence: str, text: str) -> bool:
    run = text.strip()
    return len(run) >= len(fence) and not run.strip(fence[0]) and len(text) - len(text.lstrip(" ")) <= 3


def demote_inner_headings(markdown: str) -> str:
    """`markdown` with the headings in its quotations and lists one level down; level 6 stays."""
    if not _MAY_HAVE.search(f"\n{markdown}"):
        return markdown
    place, lines = _Surroundings(), markdown.split("\n")
    for number, line in enumerate(lines):
        at = place.heading_at(line)
        if at >= 0:
            lines[number] = f"{line[:at]}#{line[at:]}"
    return "\n".join(lines)
