"""Panels that a page shows once its reader asks for them, and what labels them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

TAB_LABEL: Final = "tab label"
_WORD: Final = re.compile(r"\w")
# More than any real page has, so that a hostile page cannot make the search quadratic.
MAX_TABS: Final = 500
# What a panel is that follows the labels of radio buttons without being called one.
PANEL_TAGS: Final = frozenset(["div", "section", "pre"])
# In characters, a title that says the name of a panel in it.
MAX_TITLE: Final = 1000
# The address of a link that only a script follows.
TO_NOWHERE: Final = re.compile(r"\s*(?:#?\s*\Z|javascript:)", re.IGNORECASE)
# Elements between a tab and what holds its panel too.
MAX_TAB_DEPTH: Final = 5


def name_of(start: StartTag) -> str:
    """The name of a panel or a tab by its attributes; '' if it has none."""
    return " ".join(next(filter(None, map(start.get, selectors.TAB_NAMES)), "").split())


def target_of(tab: Element, ids: dict[str, Element]) -> Element | None:
    """What a tab or a button names as what it shows, by its id; None if it names nothing that is there."""
    if tab.tag == "label":
        return None
    names = [tab.get("aria-controls"), *(tab.get(name) for name in (*selectors.TARGETS, "href"))]
    named = [ids[name.removeprefix("#")] for name in names if name and name.removeprefix("#") in ids]
    return named[0] if named else None


def pair(tab: Element, panel: Element) -> None:
    """Label the panel by its tab; of several tabs that show parts of one panel, by the one that is selected."""
    if panel.holds(tab):
        return
    if not panel.label or is_selected(tab):
        label = _words_of(tab)
        panel.label = label if _WORD.search(label) else name_of(tab.start) or label
        _drop_title_for_print(panel)
    tab.dropped = TAB_LABEL


def _words_of(tab: Element) -> str:
    """What a tab says, with spaces between its elements where it has nothing else: a style sets them apart."""
    parts = [part for part in tab.elements() if part.chars]
    if len(parts) < 2 or any(isinstance(part, str) and part.strip() for part in tab.children):
        return tab.words()
    return " ".join(part.words() for part in parts)


def is_selected(tab: Element) -> bool:
    """Whether it is the tab of the panel that is shown first."""
    return tab.get("aria-selected") == "true"


def _drop_title_for_print(panel: Element) -> None:
    """Drop what a panel begins with where that is its label again, which VuePress shows in print alone."""
    first = next(filter(lambda child: child.chars > 0, islice(panel.elements(), MAX_TAB_DEPTH)), None)
    if first is not None and first.tag == "div" and first.chars < panel.chars and first.words() == panel.label:
        first.drop(TAB_LABEL)


def following(tree: Tree, node: Element) -> Iterator[Element]:
    """The elements after `node` in what holds it; found by their places, for it may hold very many."""
    at, end = node.end, node.parent.end if node.parent is not None else 0
    while at < end:
        sibling = tree.order[at]
        at = sibling.end
        if sibling.tag not in selectors.NO_TEXT:
            yield sibling
