"""Finds the headings and fences of a page's Markdown line by line (CommonMark 4.2, 4.3, 4.5 and 5.2).

This is not a full CommonMark parser: it is made for the Markdown that `extraction.markdown` writes, in which ordinary
text cannot begin a fence, a list or a heading.
"""

from __future__ import annotations

import re

from msgspec import Struct

_HEADING = re.compile(r"( {0,3})(#{1,6})(?=[ \t]|$)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
# A line of one of these kinds; the line's end is part of it because a search for a character is fast.
_MARKED = re.compile(r"\n( {0,3})(?=[#`~=*+\d-])")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)")


class Heading(Struct, frozen=True):
    """An ATX heading; `text` is as written, with its escapes."""

    level: int
    text: str


def top_heading(markdown: str) -> Heading | None:
    """The heading that `markdown` begins with, if it begins with one."""
    line = markdown.lstrip("\n").partition("\n")[0]
    match = _HEADING.match(line)
    if match is None:
        return None
    return Heading(len(match[2]), strip_closing_sequence(line[match.end() :]))


def strip_closing_sequence(text: str) -> str:
    """The text of a heading, given what follows its opening sequence (CommonMark 4.2).

    The closing sequence of `#` and the surrounding white space are removed.  Each step takes linear time; a regular
    expression would take minutes for a long line of spaces.
    """
    text = text.strip()
    without_hashes = text.rstrip("#")
    return without_hashes.rstrip(" \t") if not without_hashes or without_hashes[-1] in " \t" else text


def without_first_line(markdown: str) -> str:
    """`markdown` without its first line that is not empty."""
    return markdown.lstrip("\n").partition("\n")[2]


def demote_headings(markdown: str) -> str:
    """`markdown` with its headings moved one level down (level 6 stays) and an unclosed fence closed.

    An underline (`===`, `---`) that would make the line above it a heading is escaped.  Lines that belong to a list
    item by their indentation are left alone, because no heading of the page is in there.

    Only lines whose first character may mean something are looked at, because most lines are others.
    """
    text, pieces, copied = f"\n{markdown}", list[str](), 1
    item, end = 0, 0
    while marked := _MARKED.search(text, end):
        before, start = end + 1, marked.start() + 1
        end = _end_of_line(text, start)
        if item and len(marked[1]) >= item and not _leaves_item(text[before:start], item):
            continue
        line, first = text[start:end], text[marked.end()]
        opened = _FENCE.match(line) if first in "`~" else None
        marker = _ITEM.match(line) if first not in "#`~=" else None
        item = marker.end() if marker else 0
        if opened:
            closed = _closing(opened[1]).search(text, end)
            if closed is None:
                return "".join([*pieces, text[copied:], "\n", opened[1]])
            end = closed.end()
        elif not marker:
            above = text[text.rfind("\n", 0, start - 1) + 1 : start - 1] if start > 1 else ""
            pieces += text[copied:start], _demote(line, above)
            copied = end
    return "".join([*pieces, text[copied:]])


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _leaves_item(lines: str, item: int) -> bool:
    """Whether one of the lines is indented less than the content of the item that they follow."""
    return any(line and len(line) - len(line.lstrip(" ")) < item for line in lines.split("\n"))


def _closing(fence: str) -> re.Pattern[str]:
    """Finds the line that closes a fence."""
    return re.compile(rf"\n {{0,3}}{fence[0]}{{{len(fence)},}}[^\S\n]*(?=\n|\Z)")


def _demote(line: str, above: str) -> str:
    heading = _HEADING.match(line)
    if heading is not None:
        return f"#{line.lstrip(' ')}" if len(heading[2]) < 6 else line
    if _UNDERLINE.match(line) and above.strip():
        return f"\\{line.lstrip(' ')}"
    return line
