"""Drops what a stylesheet shows while the pointer is over a link, where the link says it in short as well."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, shown

_TOOLTIP: Final = "page tool"
# A link with more parts is more than a name.
_MAX_PARTS: Final = 10


def drop_tooltips(tree: Tree, kept: set[Element]) -> None:
    """Drop the words over a link's name, such as the signatures in Crystal's lists of inherited methods."""
    for link in shown(tree.where(_may_have_tooltip, ["class"]), tree.body):
        parts = link.children if len(link.children) <= _MAX_PARTS else []
        spans = [part for part in elements_among(parts) if part.tag == "span" and part.chars and not part.dropped]
        name = "".join(part if isinstance(part, str) else "" for part in parts).strip()
        if len(spans) == 1 and name and name in spans[0].words() and not kept.intersection([link, spans[0]]):
            spans[0].drop(_TOOLTIP)


@Question
def _may_have_tooltip(start: StartTag) -> bool:
    return start.name == "a" and selectors.TOOLTIP in start.classes
