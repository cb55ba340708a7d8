"""Gives parts of the pages that LaTeXML makes, such as arXiv's, the tags that they mean."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

_PREFIX: Final = "ltx_"
_LISTING, _EQUATIONS = "ltx_lstlisting", frozenset(["ltx_equation", "ltx_equationgroup", "ltx_eqn_table"])
_NOTE, _BLOCK_OF_SOURCE, _TAG_OF_ITEM = "ltx_note_content", "ltx_bibblock", "ltx_tag_item"
# The parts of a table that lays out formulas, and what each is in a text.
_PARTS_OF_TABLE: Final = {"tbody": "div", "tr": "div", "td": "span", "th": "span"}
# More elements have no formulas of one number.
_MAX_PARTS: Final = 10_000
# What a list draws by itself.
_MARK: Final = re.compile(r"[^\w(\[]|\d{1,4}[.)]")


def name_as_latexml_means(tree: Tree) -> None:
    """Rename its listings and formulas, set its notes in brackets, and drop the marks of its items."""
    for node in tree.where(_is_of_latexml, ["class"]):
        if _LISTING in node.classes:
            _rename(node, "pre", is_block=True)
        elif node.tag == "table":
            parts = [inner for inner in islice(tree.within(node), _MAX_PARTS) if inner.tag in _PARTS_OF_TABLE]
            if sum(part.tag == "tr" for part in parts) == 1:
                # One formula is told from a table of data by what it is.
                continue
            for part in parts:
                # The number of a formula stands apart from it.
                part.children = [*part.children, " "]
                _rename(part, _PARTS_OF_TABLE[part.tag], is_block=part.tag in ("tbody", "tr"))
            _rename(node, "div", is_block=True)
        elif _NOTE in node.classes:
            node.children = [" (", *node.children, ")"]
        elif _BLOCK_OF_SOURCE in node.classes:
            node.children = [" ", *node.children]
        elif _is_mark(node):
            node.drop("list mark")


@Question
def _is_of_latexml(start: StartTag) -> bool:
    if _PREFIX not in start.get("class"):
        return False
    if start.name == "table":
        return not _EQUATIONS.isdisjoint(start.classes)
    return not start.classes.isdisjoint([_LISTING, _NOTE, _BLOCK_OF_SOURCE, _TAG_OF_ITEM])


def _is_mark(tag: Element) -> bool:
    """Whether it is the dot or the number of an item of a list that has the same by itself."""
    found = _MARK.fullmatch(tag.words()) if tag.parent is not None and tag.parent.tag == "li" else None
    around = tag.parent.parent if tag.parent is not None else None
    return found is not None and (not found[0][0].isdigit() or (around is not None and around.tag == "ol"))


def _rename(node: Element, tag: str, *, is_block: bool) -> None:
    node.start = StartTag(tag, node.start.attrs)
    node.tag, node.is_block = tag, is_block
