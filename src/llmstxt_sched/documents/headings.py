"""Headings and fences of a page's Markdown, read line by line (CommonMark 4.2, 4.3, 4.5 and 5.2).

Made for the Markdown that `crawler.markdown` writes, whose text cannot open a fence, a list or a heading:
no parser of all of CommonMark.
"""

from __future__ import annotations

import re

from msgspec import Struct

_HEADING = re.compile(r"( {0,3})(#{1,6})(?=[ \t]|$)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)")


class Heading(Struct, frozen=True):
    """An ATX heading, its text as written."""

    level: int
    text: str


def top_heading(markdown: str) -> Heading | None:
    """The heading that `markdown` begins with, if it begins with one."""
    line = markdown.lstrip("\n").partition("\n")[0]
    match = _HEADING.match(line)
    if match is None:
        return None
    return Heading(len(match[2]), unclosed(line[match.end() :]))


def unclosed(text: str) -> str:
    """What stands behind a heading's opening sequence, without its closing one and the space around (CommonMark 4.2).

    By steps that look at each character once: an expression for it takes minutes for a long line of spaces.
    """
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text


def without_top(markdown: str) -> str:
    """`markdown` without its first line of text."""
    return markdown.lstrip("\n").partition("\n")[2]


def lowered(markdown: str) -> str:
    """`markdown` with its headings one level down (the sixth stays) and no fence left open.

    A line that would make the one above it a heading (`===`, `---`) is escaped.  What is indented into a
    list's item is left alone: nothing in there is a heading of the page.
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
            line = line if opened or marker else _down(line, lines)
        lines.append(line)
    return "\n".join([*lines, fence] if fence else lines)


def _closes(line: str, fence: str) -> bool:
    opened = _FENCE.match(line)
    return opened is not None and opened[1].startswith(fence) and not line.strip().strip(fence[0])


def _down(line: str, before: list[str]) -> str:
    heading = _HEADING.match(line)
    if heading is not None:
        return f"#{line.lstrip(' ')}" if len(heading[2]) < 6 else line
    if _UNDERLINE.match(line) and before and before[-1].strip():
        return f"\\{line.lstrip(' ')}"
    return line
