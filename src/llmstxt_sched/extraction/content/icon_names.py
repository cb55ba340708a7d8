"""Drops the names of icons that a font draws in their place, as Google's do, and signs that say no more than icons."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.note_icons import ICON
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Tree, shown

_NAME: Final = re.compile(r"[a-z\d]+(?:_[a-z\d]+)*")
# Signs of what is folded or open, and what they stand in; in a cell or in code one may be a fact or an operator.
_SIGNS: Final = frozenset("+-\u2212\u2013\u25b6\u25b8\u25ba\u25bc\u25be\u2304\u203a\u00d7\u2715")
_HOLDERS: Final = frozenset(["b", "div", "i", "span"])
_CELLS, _CODE, _MAX_AROUND = frozenset(["td", "th"]), selectors.CODE_SPANS | selectors.CODE_BLOCKS, 8
# In characters.
_MAX_NAME: Final = 40


def drop_icon_names(tree: Tree) -> None:
    """Drop them; a page about such icons has them in its code."""
    for node in shown(tree.where(_is_of_font, ["class"]), tree.body):
        if 0 < node.chars <= _MAX_NAME and _NAME.fullmatch(node.words()):
            node.drop(ICON)


def drop_folding_signs(tree: Tree) -> None:
    """Drop the signs beside what can be unfolded."""
    for node in shown(tree.where(_is_folding_sign, ["class"]), tree.body):
        if node.chars == 1 and node.words() in _SIGNS:
            around = [*islice(node.ancestors(), _MAX_AROUND)]
            is_cell = any(outer.tag in _CELLS and outer.chars == 1 for outer in around)
            if not is_cell and all(outer.tag not in _CODE for outer in around):
                node.drop(ICON)


@Question
def _is_folding_sign(start: StartTag) -> bool:
    return start.name in _HOLDERS and any(map(selectors.FOLDING_SIGNS.fullmatch, start.classes))


@Question
def _is_of_font(start: StartTag) -> bool:
    return not start.classes.isdisjoint(selectors.FONTS_OF_NAMES)
