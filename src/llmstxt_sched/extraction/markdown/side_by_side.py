"""Words that a box lays out side by side: the page has no space between them, and their texts would be one word."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element, elements_among
from llmstxt_sched.extraction.lazy_pattern import LazyPattern
from llmstxt_sched.extraction.markdown.inline.exponents import SCRIPTS

# What may lay out the elements in it.
_BOXES: Final = frozenset(["article", "div", "figcaption", "footer", "header", "main", "section", "summary"])
# So many elements at most, and so many characters in each.
_MAX_IN_BOX, _MAX_LABEL = 50, 300
# Two characters of words in scripts with spaces between words.
_TWO_LETTERS: Final = LazyPattern(r"[^\W_\u2e80-\U0010ffff]{2}")
# Where two ways to call a function meet, as Codox writes them.
_BETWEEN_CALLS: Final = frozenset([")(", "]["])
# What stands before the path of an operation.
_METHOD: Final = re.compile(r"get|post|put|patch|delete|head|options|trace", re.IGNORECASE)
# What may stand between two parts of one word.
_TOUCHING: Final = frozenset(["br", "wbr", "img", *SCRIPTS])


def set_apart(run: list[Element | str]) -> list[Element | str]:
    """`run` with spaces between its elements if it is nothing but elements in a box; else as it is.

    A letter alone is not set apart from the word that it begins.
    """
    if not 1 < len(run) <= _MAX_IN_BOX or any(isinstance(part, str) for part in run):
        return run
    parts, before = list[Element | str](), ""
    for part in elements_among(run):
        is_label = part.chars <= _MAX_LABEL and not part.dropped and part.tag not in SCRIPTS
        text = part.text() if is_label else ""
        if part is run[0] and (part.parent is None or part.parent.tag not in _BOXES):
            return run
        if len(before) > 1 and len(text) > 1 and _are_apart(before, text):
            parts.append(" ")
        parts.append(part)
        before = text or ("" if part.tag in _TOUCHING else before)
    return parts


def _are_apart(before: str, text: str) -> bool:
    """Whether two texts without a space between them are none that belong together, as a name and its sign do."""
    meeting = before[-1] + text[0]
    if text[0] == "/":
        return _METHOD.fullmatch(before.strip()) is not None
    return meeting in _BETWEEN_CALLS or _TWO_LETTERS.fullmatch(meeting) is not None
