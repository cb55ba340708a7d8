"""Yes or no, where a table or a list says it by an icon that a stylesheet or a script draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.visibility.unseen_styles import hides
from llmstxt_sched.extraction.dom.tree import Element, elements_among

YES, NO = "\u2713", "\u2717"
# Elements that draw an icon, and those of a cell that are looked at.
_ICONS: Final = frozenset(["b", "div", "em", "i", "mat-icon", "span", "svg", "use"])
_MAX_ELEMENTS: Final = 8
# What icons are called, with the name of their font before and of their looks after.
_BEFORE: Final = r"(?:[a-z\d]+[-_]){0,4}?"
_BEHIND: Final = r"(?:[-_]?(?:mark|circle|square|lg|large|bold|fill|filled|solid|outlined?|alt|box|thick|o|icon|\d))*"
_SIGNS: Final = re.compile(
    rf"{_BEFORE}(?:(?P<yes>check|tick|yes|ok|done)|(?P<no>times|xmark|cross|close|remove|cancel|clear|ban|no|x)){_BEHIND}"
)
# Classes that are no icon's: of what ends floating boxes, of a box whose tick is drawn by its state, and of no icon.
_NO_SIGNS: Final = frozenset(["checkbox", "check-box", "clear", "no-icon"])
# No icon has a longer name, in characters, and no longer list has signs.
_MAX_NAME, _MAX_ITEMS = 40, 500


def sign_of(holder: Element) -> str:
    """The sign that the only icon in a cell or an item stands for; '' if it has none, or one that says something else.

    `holder` has no other text.
    """
    return next(filter(None, map(_sign, islice(_seen_in(holder), _MAX_ELEMENTS))), "")


def _seen_in(holder: Element) -> Iterator[Element]:
    """The elements in a cell or an item, without what is hidden, and what a button does."""
    ahead = [*elements_among(holder.children)][::-1]
    while ahead:
        node = ahead.pop()
        if not _is_unseen(node) and node.tag != "button":
            yield node
            ahead += [*elements_among(node.children)][::-1]


def _is_unseen(node: Element) -> bool:
    # What is dropped is no measure: icons are, which no screen reader says.
    return "hidden" in node.attrs or hides(node.get("style"))


def _sign(node: Element) -> str:
    if node.tag not in _ICONS or _is_unseen(node):
        return ""
    names = [name for name in _names_of(node) if len(name) <= _MAX_NAME]
    found = next(filter(None, map(_SIGNS.fullmatch, names)), None)
    return (YES if found["yes"] else NO) if found is not None else ""


def signs_of_items(items: list[Element]) -> dict[Element, str]:
    """By item, the sign for the icon that it begins with, where each of a list's does, and some say yes and some no.

    Where all say the same they are no more than the list's bullets.
    """
    signs: dict[Element, str] = {}
    for item in islice(items, _MAX_ITEMS):
        first = next(filter(_may_be_first, item.children), "")
        is_text = isinstance(first, str) or (first.chars > 0 and not first.dropped)
        sign = "" if isinstance(first, str) or is_text else sign_of(first) or _sign(first)
        if not sign:
            return {}
        signs[item] = f"{sign} "
    return signs if len(set(signs.values())) > 1 else {}


def _may_be_first(part: Element | str) -> bool:
    return not (isinstance(part, str) and part.isspace())


def _names_of(icon: Element) -> list[str]:
    """An icon's name: in its class, in the address of its picture, or as the text that a font draws as the icon."""
    names = sorted(icon.classes - _NO_SIGNS)
    if icon.tag == "use":
        names.append((icon.get("href") or icon.get("xlink:href")).rpartition("#")[2].lower())
    if not selectors.FONTS_OF_NAMES.isdisjoint(icon.classes):
        names.append(icon.words())
    return names
