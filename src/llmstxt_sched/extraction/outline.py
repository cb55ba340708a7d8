"""Finds what a page lists that consists of links to its parts: a chapter's sections, a manual's chapters."""

from __future__ import annotations

from itertools import islice

from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.width import width

_SEPARATOR = " \u00b7 "
# In columns; whole labels are left out beyond it.
_MAX_WIDTH = 190
# A single link says where the page leads, not what it is about.
_MIN_LABELS = 2
# Where the outermost lists hold fewer, what is in the lists below them is told as well.
_ENOUGH_LABELS = 3
# To look at: with all that is below them, what a line can hold is among the first.
_MAX_LINKS = 1000
_LISTS = frozenset(["ul", "ol", "dl"])
# Of a table are the entries of generated indexes, from A to Z.
_CELLS = frozenset(["td", "th"])


def read_outline(tree: Tree, main: Element) -> str:
    """The labels of the links in the outermost lists of `main` that hold enough, in the page's order, as one line of
    at most 190 columns; '' if there are none or only one.
    """
    links = islice(filter(lambda node: node.tag == "a" and node.get("href"), tree.within(main)), _MAX_LINKS)
    levels: dict[str, int] = {}
    for link in links:
        around = [outer.tag for outer in link.ancestors() if main.holds(outer)]
        level, label = sum(tag in _LISTS for tag in around), link.words()
        if level and _CELLS.isdisjoint(around) and any(map(str.isalnum, label)):
            levels[label] = min(level, levels.get(label, level))
    if len(levels) < _MIN_LABELS:
        return ""
    deepest = sorted(levels.values())[:_ENOUGH_LABELS][-1]
    return _joined([label for label, level in levels.items() if level <= deepest])


def _joined(labels: list[str]) -> str:
    line = labels[0]
    for label in labels[1:]:
        if width(line) + len(_SEPARATOR) + width(label) > _MAX_WIDTH:
            return f"{line}{_SEPARATOR}\u2026"
        line = f"{line}{_SEPARATOR}{label}"
    return line
