"""Names as code what coqdoc, for Rocq, writes line by line, and what it sets as code within a text."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.retagging.lines import FEED
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

# The attributes that tell the kind of a word; books by its authors have the second.
_KINDS: Final = ("title", "type")
_LANGUAGE: Final = "language-coq"


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
            _set_lines(node)
            classes = f"{node.get('class')} {_LANGUAGE}"
            # What hides it still does.
            node.start = StartTag("pre", {**node.start.attrs, "class": classes})
            node.tag = "pre"
            tree.add_tagged(node)


def _set_lines(node: Element) -> None:
    """Make each line feed in the texts of its lines, which a <br> ends, what it is there: no more than a space."""
    is_begun, ahead = False, [(node, at) for at in reversed(range(len(node.children)))]
    while ahead:
        holder, at = ahead.pop()
        part = holder.children[at]
        if isinstance(part, str):
            holder.children[at] = FEED.sub(" " if is_begun else "", part).replace("\xa0", " ")
            is_begun = is_begun or not part.isspace()
        elif part.tag == "br":
            is_begun = False
        else:
            ahead += [(part, inner) for inner in reversed(range(len(part.children)))]


def _has_blocks(node: Element) -> bool:
    return any(child.is_block for child in node.elements())
