"""Names as code what coqdoc, for Rocq, writes line by line, and what it sets as code within a text."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.meant.lines import lines_in
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

# The attributes that tell the kind of a word; books by its authors have the second.
_KINDS: Final = ("title", "type")
_CODE: Final = StartTag("pre", {"class": "language-coq"})


def name_code_of_coqdoc(tree: Tree) -> None:
    """Name the code of a page in which each word of it has a class, and says in a title what it is."""
    telling = [start for name in _KINDS for start in tree.having(name)]
    if not any(start.name == "span" and selectors.WORD_OF_COQDOC in start.classes for start in telling):
        return
    for node in tree.tagged("span"):
        if selectors.CODE_SPAN_OF_COQDOC in node.classes:
            node.start, node.tag = StartTag("code", node.start.attrs), "code"
            tree.add_tagged(node)
    for node in tree.tagged("div"):
        if selectors.CODE_OF_COQDOC in node.classes and not _has_blocks(node):
            node.children = [lines_in(node).replace("\xa0", " ")]
            node.start, node.attrs, node.tag = _CODE, _CODE.attrs, "pre"
            tree.add_tagged(node)


def _has_blocks(node: Element) -> bool:
    return any(child.is_block for child in node.elements())
