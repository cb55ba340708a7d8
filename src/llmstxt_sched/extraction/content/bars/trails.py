"""Finds the way from the site's home to the page above its title, where no class calls that breadcrumbs."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.own_contents import said_before
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something, shown

_HOLDERS: Final = selectors.CONTAINERS - {"table"}
# In characters, of one label and of all; and how many parts there are.
_MAX_LABEL, _MAX_TRAIL, _MAX_PARTS = 80, 400, 20
# What is more than a label.
_PICTURES: Final = frozenset(["img", "picture", "video"])
_ENDS: Final = (".", "!")
_WORD: Final = re.compile(r"\w")


def find_trail(tree: Tree) -> Element | None:
    """What stands right above the page's first title, and is short labels, of which the last says the title too."""
    title = next(shown(tree.tagged("h1"), tree.body), None)
    before = said_before(title) if title is not None else None
    if title is None or not isinstance(before, Element) or before.tag not in _HOLDERS or before.chars > _MAX_TRAIL:
        return None
    holder: Element | None = before
    parts: list[Element | str] = []
    while holder is not None and len(holder.children) <= _MAX_PARTS:
        parts = [part for part in holder.children if says_something(part)]
        only = parts[0] if len(parts) == 1 else None
        holder = only if isinstance(only, Element) else None
    labels = [part for part in parts if isinstance(part, Element) and _WORD.search(part.words())]
    texts = [part for part in parts if isinstance(part, str) and _WORD.search(part)]
    is_way = len(labels) > 1 and not texts and labels[-1].words() == title.words()
    if not is_way or tree.has(before, _PICTURES) or any(map(_is_sentence, labels[:-1])):
        return None
    return (
        before if all(label.chars <= _MAX_LABEL and label.tag not in selectors.HEADINGS for label in labels) else None
    )


def _is_sentence(label: Element) -> bool:
    return label.link_chars == 0 and label.words().endswith(_ENDS)
