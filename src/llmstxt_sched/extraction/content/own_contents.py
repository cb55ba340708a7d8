"""Finds a page's list of its own contents where nothing calls it so: Halibut's and pod2html's are lists like others."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.page_tools import is_label_of_contents
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, shown

_LISTS: Final = ("ol", "ul")
# Fewer links may be a sentence's.
_MIN_LINKS: Final = 2
# The share of a list's text that is links; the rest are numbers.
_MIN_LINK_SHARE: Final = 0.9
# A list has so much text at most, in characters, which is compared with headings.
_MAX_TEXT: Final = 50_000
# Elements around or behind a place in a heading, or before one.
_MAX_AROUND: Final = 3
# A list among more parts is none, and to find each of thousands among them would take seconds.
_MAX_PARTS: Final = 1000
_COLONS: Final = (":", "\uff1a")
# What a sentence ends with, and what may stand behind that.
_ENDS: Final = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")
_CLOSING: Final = ")]\"'\u201d\u2019\u00bb"
_NUMBER: Final = re.compile(r"^[\W\d]+")


def find_own_contents(tree: Tree) -> Element | None:
    """The list at the top of the page that says nothing but what headings behind it say, to which its links lead."""
    headings = [node for node in shown(tree.tagged(*selectors.HEADINGS), tree.body) if not is_label_of_contents(node)]
    # The page's title stands before it, but no other.
    end = headings[1].at if len(headings) > 1 else 0
    listed = [node for node in outermost(shown(tree.tagged(*_LISTS), tree.body)) if node.at < end]
    candidates = list(filter(_may_be_contents, listed))
    places = _Places(tree) if candidates else None
    for candidate in candidates:
        links = [node for node in tree.within(candidate) if node.tag == "a"]
        if places and len(links) >= _MIN_LINKS and all(places.say_same(link, candidate.end) for link in links):
            return candidate
    return None


def _may_be_contents(listed: Element) -> bool:
    is_links = 0 < listed.chars <= _MAX_TEXT and listed.link_density >= _MIN_LINK_SHARE
    return is_links and not _is_announced(listed)


def _is_announced(listed: Element) -> bool:
    """Whether the text before the list, or before a box that begins with it, is a sentence that the list goes on."""
    for _ in range(_MAX_AROUND):
        around = listed.parent
        if around is None or len(around.children) > _MAX_PARTS:
            return around is not None
        before = list(filter(_says_something, around.children[: around.children.index(listed)]))
        if before or around.tag == "body":
            return any(map(_announces, before[-1:]))
        listed = around
    return False


def _says_something(part: Element | str) -> bool:
    return bool(part.strip()) if isinstance(part, str) else part.chars > 0 and not part.dropped


def _announces(part: Element | str) -> bool:
    """Whether a text ends with a colon, or is a paragraph that does not end as a sentence does."""
    if isinstance(part, str):
        return part.rstrip().endswith(_COLONS)
    words = part.words()
    is_open = words.endswith(_COLONS) or (part.tag == "p" and not words.rstrip(_CLOSING).endswith(_ENDS))
    return is_open and not is_label_of_contents(part)


class _Places:
    """What the page's links can lead to."""

    def __init__(self, tree: Tree) -> None:
        self._order = tree.order
        self._named: dict[str, Element] = {}
        self._said: dict[Element, str] = {}
        for node in tree.order:
            for name in ("id", "name"):
                if name in node.attrs:
                    self._named.setdefault(node.get(name), node)

    def say_same(self, link: Element, first: int) -> bool:
        """Whether a link leads to a heading that says the same, from the place `first` in the page's order."""
        href = link.get("href")
        place = self._named.get(href[1:]) if href[:1] == "#" else None
        heading = self._heading_at(place) if place is not None and place.at >= first else None
        if heading is None:
            return False
        if heading not in self._said:
            self._said[heading] = _said(heading)
        return self._said[heading] == _said(link)

    def _heading_at(self, place: Element) -> Element | None:
        """The heading that the place is, is in, begins with or stands before."""
        around = [place, *islice(place.ancestors(), _MAX_AROUND)]
        behind = self._order[place.at + 1 : place.at + 1 + _MAX_AROUND]
        found = [node for node in (*around, *behind) if node.tag in selectors.HEADINGS and not node.dropped]
        return found[0] if found else None


def _said(node: Element) -> str:
    words = node.words()
    return (_NUMBER.sub("", words) or words).casefold()
