"""Puts the links that cover a card, and have no words, around the card's first text."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.markdown.lists.definitions import has_blocks

# The class of such a link in Bootstrap and sphinx-design, whose newer versions hide its words, and those of cards.
_STRETCHED, _HIDDEN_WORDS = "stretched-link", "sd-hide-link-text"
_CARDS: Final = frozenset(["card", "sd-card"])
# Elements around a link up to its card, and those of the card before its first text.
_MAX_AROUND, _MAX_BEFORE = 5, 20
# In characters, what stands above a card's title, such as its kind.
_MAX_LABEL: Final = 40


def put_around_texts(tree: Tree, main: Element) -> None:
    """Put each such link in the main content around the first text of its card, which says where it leads."""
    for link in tree.tagged("a"):
        if _STRETCHED not in link.get("class") or link.dropped or not main.holds(link):
            continue
        if link.chars and _HIDDEN_WORDS not in link.classes:
            continue
        around = islice(link.ancestors(), _MAX_AROUND)
        card = next(filter(lambda outer: not _CARDS.isdisjoint(outer.classes), around), None)
        text = _first_text(tree, card) if card is not None else None
        if text is not None and text.at < link.at:
            inner = Element(link.start, link.attrs, text)
            inner.children, text.children = text.children, [inner]
            for child in inner.elements():
                child.parent = inner
            link.children = []


def title_below_label(tree: Tree, card: Element) -> Element | None:
    """The heading of a card, or of a link that is one, if a label stands above it and nothing else."""
    end = 0
    for node in islice(tree.within(card), _MAX_BEFORE):
        if not node.chars or node.at < end or has_blocks(node):
            continue
        if node.tag in selectors.HEADINGS or end or node.chars > _MAX_LABEL:
            return node if node.tag in selectors.HEADINGS and end else None
        end = node.end
    return None


def _first_text(tree: Tree, card: Element) -> Element | None:
    """The first block of a card with words, or its title below a label, unless there are links in it."""
    inside = islice(tree.within(card), _MAX_BEFORE)
    first = next(filter(lambda node: node.is_block and node.chars > 0 and not has_blocks(node), inside), None)
    first = title_below_label(tree, card) or first
    return first if first is not None and first.link_chars == 0 else None
