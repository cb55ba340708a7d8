"""Makes titles and items of what Word exports as paragraphs."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in

# What the classes of Word begin with.
_WORD: Final = "Mso"
# In characters, a title is no longer, and so many elements the mark of an item is in.
_MAX_TITLE, _MAX_MARK = 300, 4
# The signs before items, some of which fonts for symbols draw in place of letters.
_BULLETS: Final = frozenset("\u00b7\u2022\u25aa\u25cf\u25e6\u00a7\u00d8\u00fco-\u2013\u2014\u00a8\u00fe\u0076")


def name_as_word_means(tree: Tree) -> None:
    """Rename the title and the items of lists in a page that Word has written."""
    if not any(_WORD in start.get("class") for start in tree.having("class")):
        return
    first = next(iter(tree.tagged("h1")), None)
    titles = [node for node in tree.tagged("p") if selectors.TITLE_OF_WORD in node.classes and node.chars]
    for title in titles[:1]:
        if title.chars <= _MAX_TITLE and (first is None or title.at < first.at):
            _rename(title, "h1")
            tree.add_tagged(title)
    for node in tree.tagged("p"):
        mark = _mark_of(node) if node.attrs else None
        if mark is not None and mark.words() in _BULLETS:
            mark.children = []
            _rename(node, "li")


def _mark_of(node: Element) -> Element | None:
    """What holds nothing but the sign that a paragraph begins with, and the space that Word sets after it."""
    mark = next(node.elements(), None)
    if mark is None or any(isinstance(part, str) and part.strip() for part in node.children[:1]):
        return None
    inside = [mark, *islice(elements_in(mark), _MAX_MARK)]
    is_mark = any(not each.chars and selectors.AFTER_MARK_OF_WORD.search(each.get("style")) for each in inside)
    return mark if is_mark and mark.chars == 1 else None


def _rename(node: Element, tag: str) -> None:
    node.start = StartTag(tag, node.start.attrs)
    node.tag = tag
