"""Drops the names of icons that a font draws in their place, as Google's do."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.note_icons import ICON
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Tree, shown

_NAME: Final = re.compile(r"[a-z\d]+(?:_[a-z\d]+)*")
# In characters.
_MAX_NAME: Final = 40


def drop_icon_names(tree: Tree) -> None:
    """Drop them; a page about such icons has them in its code."""
    for node in shown(tree.where(_is_of_font, ["class"]), tree.body):
        if 0 < node.chars <= _MAX_NAME and _NAME.fullmatch(node.words()):
            node.drop(ICON)


@Question
def _is_of_font(start: StartTag) -> bool:
    return not start.classes.isdisjoint(selectors.FONTS_OF_NAMES)
