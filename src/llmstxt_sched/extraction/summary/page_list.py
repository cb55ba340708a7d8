"""Tells pages that list others: posts, results, the entries of a catalogue.  Pure: takes Markdown."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from llmstxt_sched.domain.urls import SPELLINGS

_HEADING: Final = re.compile(r"^#{1,6} (?!#)(.+)$", re.MULTILINE)
_LINKED: Final = re.compile(r"\[[^\]\n]*\]\(([^\s()#]*(?:\([^\s()]*\)[^\s()#]*)*)(?:#\S*)?\)")
# The links of a line to other pages, but for those of numbers, which lead to further pages of the list.
_LINK: Final = re.compile(r"\[[^\[\]\n]{0,100}?[^\W\d_][^\[\]\n]{0,200}\]\(([^\s()#]{1,500})\)")
_DIGIT: Final = re.compile(r"\d")
# So much of a page's Markdown is looked at.
_MAX_CHARS: Final = 20_000
# So many entries are a list: a line that begins with a link, or has one and hardly more, in characters, and so many
# lines that say what it leads to.
_MIN_ENTRIES: Final = 3
_MAX_BESIDE: Final = 40
_MAX_BETWEEN: Final = 4
# In characters: what goes on for longer counts as several lines.
_LONG: Final = 150
_CODE: Final = "\n```"
_BEGINS: Final = re.compile(r"[\s|>*\-\d.]*\[")
# One without a text, what it links to, which may be the picture itself in full, and the numbers of the list's pages.
_PICTURE: Final = re.compile(r"!?\[\d{0,4}\]\([^\s()]{0,500}\)|\]\([^\s()]{0,500}\)")
_WORD: Final = re.compile(r"[^\W_]")


def may_go_on(url: str) -> bool:
    """Whether a page's address has a number, as those of the further pages of a list have."""
    address = urlsplit(url)
    return _DIGIT.search(f"{address.path}?{address.query}") is not None


def is_list(markdown: str, own: str) -> bool:
    """Whether the page at `own` consists of links to other pages and of what those say, or has pictures alone."""
    if headings_lead_on(markdown, own) or _has_no_words(markdown):
        return True
    if _CODE in markdown:
        return False
    targets, since = set[str](), 0
    for line in filter(None, markdown[:_MAX_CHARS].splitlines()):
        found = _LINK.search(line)
        is_entry = found and (len(line) - len(found[0]) <= _MAX_BESIDE or _BEGINS.match(line))
        if found and is_entry and _is_another(found[1], own):
            targets.add(found[1])
            since = 0
        elif not line.startswith("#"):
            since += 1 + len(line) // _LONG
            if since > _MAX_BETWEEN:
                return False
    return len(targets) >= _MIN_ENTRIES


def _has_no_words(markdown: str) -> bool:
    """Whether there is nothing but the page's heading and pictures of which nothing is said, as on one of a gallery."""
    if len(markdown) > _MAX_CHARS:
        return False
    # For most pages the first of these lines decides.
    others = filter(lambda line: not line.startswith("# "), markdown.splitlines())
    return not any(_WORD.search(_PICTURE.sub("", line)) for line in others)


def headings_lead_on(markdown: str, own: str) -> bool:
    """Whether all headings link to other pages of the site, but for one that may be the list's own."""
    elsewhere = others = 0
    for heading in _HEADING.finditer(markdown):
        link = _LINKED.fullmatch(heading[1].strip())
        if link is not None and _is_another(link[1], own):
            elsewhere += 1
        else:
            others += 1
            # Most pages have two of them near their top.
            if others > 1:
                return False
    return elsewhere > 0


def _is_another(url: str, own: str) -> bool:
    """Whether an address is that of another page of the site."""
    # Parsed by hand, since what stands in a text need be no address.
    origin = "/".join(own.split("/")[:3])
    return url.startswith(f"{origin}/") and _spelt(url) != _spelt(own)


def _spelt(url: str) -> tuple[str, str]:
    path, _, query = url.partition("#")[0].partition("?")
    return SPELLINGS.sub("", path, count=1), query
