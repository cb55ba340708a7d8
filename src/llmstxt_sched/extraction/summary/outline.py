"""Finds what a page lists that consists of its parts: a chapter's sections, a manual's chapters, a class's members."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Final

from llmstxt_sched.documents.model import LABEL_SEPARATOR
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.summary.width import width

# In columns; whole labels are left out beyond it.
_MAX_WIDTH: Final = 190
# A single link says where the page leads, not what it is about.
_MIN_LABELS: Final = 2
# Where the outermost lists hold fewer, the items of the lists below them are told as well.
_ENOUGH_LABELS: Final = 3
# To look at: with all that is below them, what a line can hold is among the first.
_MAX_LINKS: Final = 1000
_MAX_NODES: Final = 5000
# More do not fit into a line.
_MAX_LABELS: Final = 100
_LISTS: Final = frozenset(["ul", "ol", "dl"])
# Generated indexes have their entries, from A to Z, in tables.
_CELLS: Final = frozenset(["td", "th"])
# Links that lead to no page.
_TO_NO_PAGE: Final = re.compile(r"\s*(?:mailto|tel|javascript):", re.IGNORECASE)
# Pictures before the name on a card.
_PICTURES: Final = re.compile(r"^[^\w\s!-~]+\s*")


def read_outline(tree: Tree, main: Element) -> str:
    """The labels of the links in the outermost lists of `main` that hold enough, in the page's order, as one line of
    at most 190 columns; '' if there are none or only one.

    Where there are no lists, the headings of cards, else the names of the members of a class or a module, else the
    links on lines of their own.
    """
    links = islice(filter(_leads_to_page, tree.within(main)), _MAX_LINKS)
    levels: dict[str, int] = {}
    for link in links:
        around = [outer.tag for outer in link.ancestors() if main.holds(outer)]
        level, label = sum(tag in _LISTS for tag in around), link.words()
        if level and _CELLS.isdisjoint(around) and any(map(str.isalnum, label)):
            levels[label] = min(level, levels.get(label, level))
    if len(levels) < _MIN_LABELS:
        labels = _cards(tree, main) or _members(tree, main) or _lines(tree, main)
        return _joined(labels) if len(labels) >= _MIN_LABELS else ""
    deepest = sorted(levels.values())[:_ENOUGH_LABELS][-1]
    return _joined([label for label, level in levels.items() if level <= deepest])


def holds_members(node: Element) -> bool:
    """Whether an element holds the members of a class or a module."""
    return not selectors.MEMBERS.isdisjoint(node.classes) or _is_haddocks(node) or _is_listed_by_codox(node)


def _is_listed_by_codox(node: Element) -> bool:
    """Whether it is a namespace in Codox's list of them, or a function of one."""
    around = node.parent
    return around is not None and any(selectors.LISTS_OF_CODOX.get(name) in node.classes for name in around.classes)


def _is_haddocks(node: Element) -> bool:
    return node.get("id") == selectors.MEMBERS_ID and any(
        selectors.MEMBER_IN_ID in child.classes for child in node.elements()
    )


def _holds_names(node: Element) -> bool:
    """Whether the names of members stand in it, and no heading of several."""
    is_section = node.tag == "section" and selectors.MEMBER_SECTION in node.classes
    return is_section or not selectors.NAMED_MEMBERS.isdisjoint(node.classes) or _is_haddocks(node)


def _cards(tree: Tree, main: Element) -> list[str]:
    """The headings of the links to other pages that have one."""
    labels: dict[str, None] = {}
    end = 0
    for node in islice(tree.within(main), _MAX_NODES):
        if node.tag == "a" and node.get("href").partition("#")[0]:
            end = node.end
        if node.at < end and node.tag in selectors.HEADINGS and (label := _PICTURES.sub("", node.words())):
            labels[label] = None
        if len(labels) == _MAX_LABELS:
            break
    return list(labels)


def _members(tree: Tree, main: Element) -> list[str]:
    """The names of the members in what holds them: headings of one level, or what Haddock has instead."""
    labels: dict[str, str] = {}
    end = 0
    for node in islice(tree.within(main), _MAX_NODES):
        if _holds_names(node):
            end = max(end, node.end)
        if node.at < end and _is_name(node) and any(map(str.isalnum, node.words())):
            labels.setdefault(node.words(), node.tag)
        if len(labels) == _MAX_LABELS:
            break
    usual = Counter(labels.values()).most_common(1)
    return [label for label, tag in labels.items() if tag == usual[0][0]]


def _lines(tree: Tree, main: Element) -> list[str]:
    """The links that are all of a block, but for those to a place in a page: they are parts of what others lead to."""
    labels: dict[str, None] = {}
    for node in islice(tree.within(main), _MAX_NODES):
        if node.chars and _leads_to_page(node) and "#" not in node.get("href"):
            around = [outer for outer in node.ancestors() if main.holds(outer)]
            line = next(filter(lambda outer: outer.is_block, around), main)
            if line is not main and line.chars == node.chars and _CELLS.isdisjoint([outer.tag for outer in around]):
                labels[node.words()] = None
        if len(labels) == _MAX_LABELS:
            break
    return list(labels)


def _leads_to_page(node: Element) -> bool:
    return node.tag == "a" and bool(href := node.get("href")) and _TO_NO_PAGE.match(href) is None


def _is_name(node: Element) -> bool:
    """Whether the element has the name of a member, and not all of its signature."""
    if node.tag in selectors.HEADINGS:
        return selectors.CODE_HEADING not in node.classes
    if node.tag != "a" or selectors.MEMBER_NAMES.isdisjoint(node.classes):
        return False
    section = node.ancestor(["section"])
    return section is None or selectors.OF_TRAIT not in section.classes


def _joined(labels: list[str]) -> str:
    line = labels[0]
    for label in labels[1:]:
        if width(line) + len(LABEL_SEPARATOR) + width(label) > _MAX_WIDTH:
            return f"{line}{LABEL_SEPARATOR}\u2026"
        line = f"{line}{LABEL_SEPARATOR}{label}"
    return line
