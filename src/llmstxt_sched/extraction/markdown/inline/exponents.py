"""Exponents and indices, for which Markdown has nothing: they are written as in TeX, x^2 and x_i.  And fractions."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, elements_in
from llmstxt_sched.extraction.dom.white_space import BREAK

# What an exponent and an index are written with.
SCRIPTS: Final = {"sup": "^", "sub": "_"}
# Longer ones, in characters, are small print.
MAX_SCRIPT: Final = 20
_MARKS: Final = frozenset(SCRIPTS.values())
# Elements in KaTeX's box of exponents and indices among which the one that holds these is.
_MAX_LOOKED_AT: Final = 4
# Superscripts that are no exponents: ordinals, signs, and numbers of notes.
_NO_EXPONENT: Final = re.compile(r"st|nd|rd|th|er|re|ère|ème|TM|SM|\W*|(?:\\?\[\d{1,3}\\?\])+", re.IGNORECASE)
# One that needs no braces.
_ONE_TOKEN: Final = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|[^\W\d_]+)")
_OPENING: Final = frozenset("([{")
# Between the parts of a fraction, and the digits of one.
_SIGNS_OF_FRACTIONS, _MAX_DIGITS = frozenset("/\u2044"), 4


def script_mark(node: Element) -> str:
    """The mark of an element that only its class or style makes an exponent or an index; '' if nothing does."""
    for name, mark in selectors.SCRIPT_NAMES.items():
        if name in node.classes:
            return mark
    if selectors.SCRIPTS_OF_KATEX in node.classes:
        return _mark_of_katex(node)
    style = selectors.SCRIPT_STYLE.search(node.get("style"))
    return SCRIPTS[style[1].lower()] if style else ""


def _mark_of_katex(node: Element) -> str:
    """The mark of what KaTeX draws beside a letter; '' for an exponent and an index at once."""
    inside = [*islice(elements_in(node), _MAX_LOOKED_AT)]
    rows = [part for part in inside if selectors.ROWS_OF_KATEX in part.classes]
    if not rows or len([*rows[0].elements()]) != 1:
        return ""
    return "_" if any(selectors.WITH_INDEX_OF_KATEX in part.classes for part in inside) else "^"


def mark_in_code(node: Element, before: list[str]) -> str:
    """The mark of an exponent or an index in code, after the texts `before`; '' for others and for a note's number."""
    if node.tag not in SCRIPTS or not node.chars or not before or not before[-1][-1:].strip():
        return ""
    is_note = node.link_chars == node.chars and any(link.get("href")[:1] == "#" for link in node.elements())
    return "" if is_note else SCRIPTS[node.tag]


def with_mark(mark: str, text: str, before: str, following: str) -> str:
    """`text` as an exponent or an index between these characters; '' if it is none, but an ordinal or small print.

    `following` is a space where white space ends the element.
    """
    has_base = not _stands_apart(before) or following.isalnum() or following in _MARKS
    if not has_base or len(text) > MAX_SCRIPT or "](" in text or _NO_EXPONENT.fullmatch(text):
        return ""
    is_one = not following.isalnum() and _ONE_TOKEN.fullmatch(text)
    return f"{mark}{text}" if is_one else f"{mark}{{{text}}}"


def _stands_apart(before: str) -> bool:
    """Whether what follows this character is no exponent or index of what is before it."""
    return not before or before.isspace() or before == BREAK or before in _OPENING


def fraction(above: Element, sign: Element | str, below: Element | str) -> str:
    """The fraction whose parts stand above and below its sign, as "1/2"; '' if these are none."""
    said = sign.strip() if isinstance(sign, str) else sign.words() if sign.chars == 1 else ""
    if said not in _SIGNS_OF_FRACTIONS or isinstance(below, str) or below.tag != "sub":
        return ""
    parts = [part.words() for part in (above, below) if 0 < part.chars <= _MAX_DIGITS]
    return f"{parts[0]}/{parts[1]}" if len(parts) == 2 and all(map(str.isdecimal, parts)) else ""
