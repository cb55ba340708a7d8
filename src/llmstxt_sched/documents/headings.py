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
    """
    lines: list[str] = []
    fence = ""
    item = 0
    for line in markdown.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if fence:
            fence = "" if _closes(line, fence) else fence
        elif line and (not item or indent < item):
            opened = _FENCE.match(line)
            marker = _ITEM.match(line)
            fence = opened[1] if opened else ""
            item = marker.end() if marker and not opened else 0
            line = line if opened or marker else _demote(line, lines)
        lines.append(line)
    return "\n".join([*lines, fence] if fence else lines)


def _closes(line: str, fence: str) -> bool:
    opened = _FENCE.match(line)
    return opened is not None and opened[1].startswith(fence) and not line.strip().strip(fence[0])


def _demote(line: str, before: list[str]) -> str:
    heading = _HEADING.match(line)
    if heading is not None:
        return f"#{line.lstrip(' ')}" if len(heading[2]) < 6 else line
    if _UNDERLINE.match(line) and before and before[-1].strip():
        return f"\\{line.lstrip(' ')}"
    return line
