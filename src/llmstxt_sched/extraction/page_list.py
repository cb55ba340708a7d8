"""Tells pages that list others: posts, results, the entries of a catalogue.  Pure: takes Markdown."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_HEADING: Final = re.compile(r"^#{1,6} (?!#)(.+)$", re.MULTILINE)
_LINKED: Final = re.compile(r"\[[^\]\n]*\]\(([^\s()#]*(?:\([^\s()]*\)[^\s()#]*)*)(?:#\S*)?\)")
# The links of a line to other pages, but for those of numbers, which lead to further pages of the list.
_LINK: Final = re.compile(r"\[[^\[\]\n]{0,100}?[^\W\d_][^\[\]\n]{0,200}\]\(([^\s()#]{1,500})\)")
_DIGIT: Final = re.compile(r"\d")
# Of a page's Markdown, the part that is looked at.
_MAX_CHARS: Final = 20_000
# So many entries are a list, each of so many lines: one with its link and hardly more, in characters, and what the page
# behind it says.
_MIN_ENTRIES: Final = 3
_MAX_LINES: Final = 4
_MAX_BESIDE: Final = 40


def may_go_on(url: str) -> bool:
    """Whether a page's address has a number, as those of the further pages of a list have."""
    address = urlsplit(url)
    return _DIGIT.search(f"{address.path}?{address.query}") is not None


def is_list(markdown: str, own: str) -> bool:
    """Whether the page at `own` consists of links to other pages and of what those say."""
    if headings_lead_on(markdown, own):
        return True
    targets, lines = set[str](), 0
    for line in markdown[:_MAX_CHARS].splitlines():
        lines += bool(line) and not line.startswith("#")
        found = _LINK.search(line)
        if found and found[1] != own and len(line) - len(found[0]) <= _MAX_BESIDE:
            targets.add(found[1])
    return len(targets) >= _MIN_ENTRIES and lines <= _MAX_LINES * len(targets)


def headings_lead_on(markdown: str, own: str) -> bool:
    """Whether all headings link to other pages, but for one that may be the list's own."""
    headings = [_LINKED.fullmatch(heading.strip()) for heading in _HEADING.findall(markdown)]
    elsewhere = sum(link is not None and link[1] not in ("", own) for link in headings)
    return elsewhere > 0 and elsewhere >= len(headings) - 1
