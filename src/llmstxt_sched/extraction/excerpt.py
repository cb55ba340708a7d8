"""Finds the sentence that a page's main content begins with."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.boilerplate import link_density
from llmstxt_sched.extraction.metadata import fold
from llmstxt_sched.extraction.normalise import normalise

_MIN_CHARS, _MAX_CHARS = 40, 200
_END = re.compile(r"[.!?][\"')\]\u201d\u2019]?(?=\s+[^\sa-z]|$)|[\u3002\uff01\uff1f]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|Ltd|Inc|Corp|Dr|Mr|Mrs|Ms|St|No|Fig|Sec|resp|incl|ver|v)|\b[A-Z])\.$"
)
# Elements to look at: a page without prose must not take longer than one with it.
_MAX_ELEMENTS = 300


def read_excerpt(main: LexborNode) -> str:
    """The first sentence or sentences of the prose in `main`, 40 to 200 characters; '' if it has none."""
    for node in main.css(selectors.PROSE)[:_MAX_ELEMENTS]:
        text = node.text()
        if len(text) < _MIN_CHARS or any(inner != node for inner in node.css(selectors.BLOCKS)[:2]):
            continue
        text = normalise(fold(text))
        if len(text) >= _MIN_CHARS and " " in text and link_density(node) < 0.5 and not _is_aside(node, main):
            return _sentence(text)
    return ""


def _is_aside(node: LexborNode, main: LexborNode) -> bool:
    current: LexborNode | None = node
    while current is not None and current != main:
        if current.tag == "aside" or selectors.ASIDE_NAMES.search((current.attrs.sget("class") or "").lower()):
            return True
        current = current.parent
    return False


def _sentence(text: str) -> str:
    """The sentence that `text` begins with, and further ones while it is shorter than _MIN_CHARS."""
    for end in _END.finditer(text, 0, _MAX_CHARS):
        if end.end() >= _MIN_CHARS and not _ABBREVIATION.search(text[: end.end()]):
            return text[: end.end()]
    if len(text) <= _MAX_CHARS:
        return text
    return text[: _MAX_CHARS - 1].rpartition(" ")[0].rstrip(",;:\u2013\u2014 ") + "…"
