"""Reads what a stylesheet shows while the pointer is over a link.

Where the link says it in short as well, it is dropped; where a mere sign is shown instead, it is what is said.
"""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, shown

_TOOLTIP: Final = "page tool"
# A link with more parts is more than a name.
_MAX_PARTS: Final = 10
# A sign that more is said, and what may be one, such as rustdoc's beside an example that panics.
_SIGNS, _HOLDERS = ("\u24d8", "\u2139", "\u2139\ufe0f"), frozenset(["a", "div"])


def drop_tooltips(tree: Tree, kept: set[Element]) -> None:
    """Drop the words over a link's name, such as the signatures in Crystal's lists of inherited methods.

    A sign makes place for its title, and goes without one, but for a link to another page.
    """
    for link in shown(tree.where(_may_have_tooltip, ["class"]), tree.body):
        if 0 < link.chars <= len(_SIGNS[-1]) and link not in kept and link.words() in _SIGNS:
            if link.get("title"):
                link.children = [link.get("title")]
            elif link.get("href")[:1] in ("", "#"):
                link.drop(_TOOLTIP)
            continue
        if link.tag != "a":
            continue
        parts = link.children if len(link.children) <= _MAX_PARTS else []
        spans = [part for part in elements_among(parts) if part.tag == "span" and part.chars and not part.dropped]
        name = "".join(part if isinstance(part, str) else "" for part in parts).strip()
        if len(spans) == 1 and name and name in spans[0].words() and not kept.intersection([link, spans[0]]):
            spans[0].drop(_TOOLTIP)


@Question
def _may_have_tooltip(start: StartTag) -> bool:
    return start.name in _HOLDERS and selectors.TOOLTIP in start.classes
