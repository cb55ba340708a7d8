"""The sentence that a page's own content begins with."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.boilerplate import link_density
from llmstxt_sched.extraction.metadata import fold
from llmstxt_sched.extraction.normalise import normalise

_LEAST, _MOST = 40, 200
_END = re.compile(r"[.!?][\"')\]\u201d\u2019]?(?=\s+[^\sa-z]|$)|[\u3002\uff01\uff1f]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|Ltd|Inc|Corp|Dr|Mr|Mrs|Ms|St|No|Fig|Sec|resp|incl|ver|v)|\b[A-Z])\.$"
)
# Only so many elements are looked at: a page without prose must not cost more than one with it.
_MOST_LOOKED_AT = 300


def read_excerpt(main: LexborNode) -> str:
    """The first sentence or sentences of the prose in `main`, 40 to 200 characters; '' where it has none."""
    for node in main.css(selectors.PROSE)[:_MOST_LOOKED_AT]:
        text = node.text()
        if len(text) < _LEAST or any(inner != node for inner in node.css(selectors.BLOCKS)[:2]):
            continue
        text = normalise(fold(text))
        if len(text) >= _LEAST and " " in text and link_density(node) < 0.5 and not _stands_aside(node, main):
            return _sentence(text)
    return ""


def _stands_aside(node: LexborNode, main: LexborNode) -> bool:
    current: LexborNode | None = node
    while current is not None and current != main:
        if current.tag == "aside" or selectors.ASIDE_NAMES.search((current.attrs.sget("class") or "").lower()):
            return True
        current = current.parent
    return False


def _sentence(text: str) -> str:
    """The sentence that `text` begins with, and the next ones while it is too short."""
    for end in _END.finditer(text, 0, _MOST):
        if end.end() >= _LEAST and not _ABBREVIATION.search(text[: end.end()]):
            return text[: end.end()]
    if len(text) <= _MOST:
        return text
    return text[: _MOST - 1].rpartition(" ")[0].rstrip(",;:\u2013\u2014 ") + "…"
