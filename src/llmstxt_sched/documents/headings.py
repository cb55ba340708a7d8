"""Finds the headings and fences of a page's Markdown line by line (CommonMark 4.2, 4.3, 4.5 and 5.2).

This is not a full CommonMark parser: it is made for the Markdown that `extraction.markdown` writes, in which ordinary
text cannot begin a fence, a list or a heading.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
# A heading, a fence or an underline; the end of the line before is part of it because a search for a character is fast.
# Most lines begin with none of these characters.
_MARKED = re.compile(
    r"\n(?=[ #`~=-])( {0,3}+)"
    r"(?:(#{1,6}+)(?=[ \t\n]|\Z)|(`{3,}+)(?=[^`\n]*+(?:\n|\Z))|(~{3,}+)|(?:=++|-++)[ \t]*+(?=\n|\Z))"
)
_BULLET = re.compile(r"\n( {0,3})(?=[*+\d-])")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)")
# The fewest characters of an item before its content, "- ".
_LEAST_ITEM = 2


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
    return Heading(len(match[1]), strip_closing_sequence(line[match.end() :]))


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
    item by their indentation are left alone: `inner_headings` reads those.

    Items are looked for only before a line that is indented enough to be in one, because most lines are not.
    """
    text, pieces, copied = f"\n{markdown}", list[str](), 1
    item, end = 0, 0
    while marked := _MARKED.search(text, end):
        before, start, content = end + 1, marked.start() + 1, marked.end(1)
        end = _end_of_line(text, content)
        item = _open_item(text, before, start, item) if content - start >= _LEAST_ITEM else 0
        if item and content - start >= item:
            continue
        item = 0
        if fence := marked[3] or marked[4]:
            closed = _closing(fence[0], len(fence)).search(text, end)
            if closed is None:
                return "".join([*pieces, text[copied:], "\n", fence])
            end = closed.end()
        elif marked[2]:
            if len(marked[2]) < 6:
                pieces += text[copied:start], "#"
                copied = content
        elif text[text.rfind("\n", 0, start - 1) + 1 : start - 1].strip():
            pieces += text[copied:start], "\\"
            copied = content
    return "".join([*pieces, text[copied:]])


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _open_item(text: str, start: int, end: int, item: int) -> int:
    """How far the content of the list item is indented that is open where the line at `end` begins; 0 if none is.

    `item` is the same for the line at `start`.
    """
    for bullet in _BULLET.finditer(text, start - 1, end - 1):
        line = bullet.start() + 1
        if not item or len(bullet[1]) < item or _leaves_item(text[start:line], item):
            marker = _ITEM.match(text, line)
            item = marker.end() - line if marker else 0
        start = _end_of_line(text, line) + 1
    return 0 if item and _leaves_item(text[start:end], item) else item


def _leaves_item(lines: str, item: int) -> bool:
    """Whether one of the lines is indented less than the content of the item that they follow."""
    return any(line and len(line) - len(line.lstrip(" ")) < item for line in lines.split("\n"))


@lru_cache(maxsize=16)
def _closing(character: str, length: int) -> re.Pattern[str]:
    """Finds the line that closes a fence so long."""
    return re.compile(rf"\n {{0,3}}{character}{{{length},}}[^\S\n]*(?=\n|\Z)")
