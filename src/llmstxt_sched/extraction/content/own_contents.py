"""Finds a page's lists of its own contents where no class calls them so.

Halibut's and pod2html's are lists like others; beside the text of a page a label may say what its links are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import filterfalse, islice
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.tools.page_tools import is_label_of_contents
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, says_something, shown

_LISTS: Final = ("ol", "ul")
# What a label of contents may be.
_LABELS: Final = ("p", "div", "h2", "h3", "h4", "h5", "h6")
# Fewer links may be a sentence's.
_MIN_LINKS: Final = 2
# The share of a list's text that is links; the rest are numbers.
_MIN_LINK_SHARE: Final = 0.9
# A list has so much text at most, in characters, which is compared with headings.
_MAX_TEXT: Final = 50_000
# Elements around or after a place in a heading, or before one.
_MAX_AROUND: Final = 3
# A list after more parts is none, and to find each of thousands among them would take seconds.
_MAX_PARTS: Final = 1000
# So many parts without a text, one before the other, stand between a list and what is said before it.
_MAX_SILENT: Final = 50
# Elements in a label of contents.
_MAX_IN_LABEL: Final = 3
_COLONS: Final = (":", "\uff1a")
# What a sentence ends with, and what may stand after that.
_ENDS: Final = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")
_CLOSING: Final = ")]\"'\u201d\u2019\u00bb"
_NUMBER: Final = re.compile(r"^[\W\d]+")


def find_own_contents(tree: Tree, self_links: Set[Element]) -> list[Element]:
    """The lists of links that say nothing but what headings say to which these lead: at the top or below a label.

    `self_links` are links to the page by its own address.
    """
    places = _LinkTargets(tree, self_links)
    first = _find_first(tree, places)
    found = {*_find_labelled(tree, places), *_find_indexes(tree, places), *([first] if first is not None else [])}
    found.update(_find_index_of_manual(tree, places))
    return list(outermost(sorted(found, key=attrgetter("at"))))


def _find_first(tree: Tree, places: _LinkTargets) -> Element | None:
    """The list at the top of the page that leads to headings after it."""
    headings = filterfalse(is_label_of_contents, shown(tree.tagged(*selectors.HEADINGS), tree.body))
    # The page's title stands before it, but no other.
    second = next(islice(headings, 1, None), None)
    end = second.at if second is not None else 0
    listed = [node for node in outermost(shown(tree.tagged(*_LISTS), tree.body)) if node.at < end]
    for candidate in filter(_may_be_contents, listed):
        links = [node for node in tree.within(candidate) if node.tag == "a"]
        if len(links) >= _MIN_LINKS and places.say_same(links, candidate):
            return candidate
    return None


def _find_labelled(tree: Tree, places: _LinkTargets) -> Iterator[Element]:
    """What stands below a label of contents and is links to the page's headings, or both where nothing else is beside.

    Wherever they stand: a theme has them at the side.
    """
    for label in shown(tree.tagged(*_LABELS), tree.body):
        if label.end - label.at > _MAX_IN_LABEL + 1 or not is_label_of_contents(label):
            continue
        listed = _below(label)
        if listed is None or listed.chars > _MAX_TEXT:
            continue
        links = [node for node in tree.within(listed) if node.tag == "a" and node.chars]
        if links and places.say_same(links, listed, anywhere=True):
            yield listed


def _find_indexes(tree: Tree, places: _LinkTargets) -> Iterator[Element]:
    """TypeDoc's lists of the members that stand below them on the same page; those of a module lead to its pages."""
    for index in outermost(shown(tree.where(_is_index, ["class"]), tree.body)):
        links = [node for node in tree.within(index) if node.tag == "a" and node.chars]
        if links and index.chars <= _MAX_TEXT and places.say_same(links, index):
            yield index


def _find_index_of_manual(tree: Tree, places: _LinkTargets) -> list[Element]:
    """The list of the headings above that man2html writes at the end of a page, its own heading, and links to it."""
    for listed in outermost(shown(tree.tagged("dl"), tree.body)):
        # One heading may hold thousands without a text.
        if not listed.chars:
            continue
        # All parts of a long page may stand in its body.
        before = tree.order[listed.at - 1]
        label = before if before.tag in selectors.HEADINGS else before.ancestor(selectors.HEADINGS)
        if label is None or not _is_called_index(label) or not _may_be_contents(listed):
            continue
        links = [node for node in tree.within(listed) if node.tag == "a" and node.chars]
        if len(links) >= _MIN_LINKS and places.say_same(links, listed, anywhere=True):
            links = [link for link in tree.tagged("a") if link.get("href") == "#index" and _is_called_index(link)]
            return [label, listed, *links]
    return []


def _is_called_index(node: Element) -> bool:
    return node.chars == len("index") and node.words().casefold() == "index"


@Question
def _is_index(start: StartTag) -> bool:
    return not selectors.MEMBER_INDEXES.isdisjoint(start.classes)


def _below(label: Element) -> Element | None:
    """The links below a label of contents, or what holds nothing but both."""
    node = label
    while (around := node.parent) is not None and around.chars == label.chars:
        node = around
    if around is None:
        return None
    if around.link_chars and around.chars - around.link_chars == label.chars and around.tag != "body":
        return around
    parts = around.children[: _MAX_PARTS + 1]
    at = parts.index(node) if node in parts else len(parts)
    after = [part for part in parts[at + 1 : at + 1 + _MAX_AROUND] if not isinstance(part, str) or part.strip()]
    listed = after[0] if after else ""
    if isinstance(listed, str) or listed.dropped or not listed.link_chars:
        return None
    return listed if listed.link_density >= _MIN_LINK_SHARE else None


def _may_be_contents(listed: Element) -> bool:
    is_links = 0 < listed.chars <= _MAX_TEXT and listed.link_density >= _MIN_LINK_SHARE
    return is_links and not _is_announced(listed)


def part_before(node: Element) -> Element | str | None:
    """What stands before the element in what holds it, None for the first; '' where so much does that none looks."""
    parts = node.parent.children[:_MAX_PARTS] if node.parent is not None else []
    if node not in parts:
        return ""
    before = reversed(parts[: parts.index(node)])
    return next(filter(lambda part: not isinstance(part, str) or bool(part.strip()), before), None)


def _is_announced(listed: Element) -> bool:
    """Whether the text before the list, or before a box that begins with it, is a sentence that the list goes on."""
    before = said_before(listed)
    return before is None or _announces(before)


def said_before(node: Element) -> Element | str | None:
    """What stands before the element, or before a box that begins with it; None where so much does that none looks."""
    for _ in range(_MAX_AROUND):
        around = node.parent
        if around is None:
            return ""
        parts = around.children[:_MAX_PARTS]
        if node not in parts:
            return None
        near = islice(reversed(parts[: parts.index(node)]), _MAX_SILENT)
        before = next(filter(says_something, near), "")
        if before or around.tag == "body":
            return before
        node = around
    return ""


def _announces(part: Element | str) -> bool:
    """Whether a text ends with a colon, or is a paragraph that does not end as a sentence does."""
    if isinstance(part, str):
        return ends_with_colon(part)
    is_open = ends_with_colon(part) or (part.tag == "p" and not part.words().rstrip(_CLOSING).endswith(_ENDS))
    return is_open and not is_label_of_contents(part)


def ends_with_colon(part: Element | str) -> bool:
    """Whether a text says that something follows."""
    return (part if isinstance(part, str) else part.words()).rstrip().endswith(_COLONS)


class _LinkTargets:
    """What the page's links can lead to."""

    def __init__(self, tree: Tree, self_links: Set[Element]) -> None:
        self._order = tree.order
        self._self_links = self_links
        self._named: dict[str, Element] | None = None
        self._said: dict[Element, str] = {}

    def say_same(self, links: list[Element], listed: Element, *, anywhere: bool = False) -> bool:
        """Whether each link leads to a heading that says the same, after the list or else outside of it."""
        for link in links:
            heading = self._heading_of(link)
            if heading is None or (heading.at < listed.end and not (anywhere and heading.at < listed.at)):
                return False
            if heading not in self._said:
                self._said[heading] = _said(heading)
            if self._said[heading] != _said(link):
                return False
        return True

    def _heading_of(self, link: Element) -> Element | None:
        href = link.get("href").strip()
        path, _, name = href.partition("#")
        place = self._place(name) if name and (not path or link in self._self_links) else None
        if place is None or (place.tag == "a" and place.link_chars and "href" in place.attrs and not place.dropped):
            # Texinfo's short contents lead to the entries of those in full.
            return place
        return self._heading_at(place)

    def _place(self, name: str) -> Element | None:
        if self._named is None:
            self._named = {}
            for node in self._order:
                for key in ("id", "name"):
                    if key in node.attrs:
                        self._named.setdefault(node.get(key), node)
        return self._named.get(name)

    def _heading_at(self, place: Element) -> Element | None:
        """The heading that the place is, is in, begins with or stands before."""
        around = [place, *islice(place.ancestors(), _MAX_AROUND)]
        near = (*around, *self._behind(place))
        found = [node for node in near if node.tag in selectors.HEADINGS and not node.dropped]
        return found[0] if found else None

    def _behind(self, place: Element) -> list[Element]:
        """The first elements after the place's start, without those that are dropped, such as Texinfo's menus."""
        order, at = self._order, place.at + 1
        behind: list[Element] = []
        while at < len(order) and len(behind) < _MAX_AROUND:
            if not order[at].dropped:
                behind.append(order[at])
            at = order[at].end if order[at].dropped else at + 1
        return behind


def _said(node: Element) -> str:
    words = node.words()
    return (_NUMBER.sub("", words) or words).casefold()
