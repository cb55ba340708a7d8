"""The numbers of a list's items, or the letters that stand for them (HTML standard, sections 4.4.5 and 4.4.8)."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MAX_ROMAN: Final = 3999


def first_number(node: Element) -> int | None:
    """The number of a list's first item; None if the list is not numbered."""
    if node.tag != "ol":
        return None
    return _number(node.get("start"), sum(item.tag == "li" for item in node.elements()) if step_of(node) < 0 else 1)


def step_of(node: Element) -> int:
    """What is between the numbers of a list's items: those of a reversed list fall."""
    return -1 if "reversed" in node.attrs else 1


def number_of(item: Element, otherwise: int) -> int:
    """The number that the item gives itself, else `otherwise`."""
    return _number(item.get("value"), otherwise)


def label_of(number: int, kind: str) -> str:
    """What a list shows for a number: "3", or "c", "C", "iii", "III" by its `kind`."""
    if kind in ("i", "I") and 0 < number <= _MAX_ROMAN:
        label = _roman(number)
    else:
        label = _letters(number) if kind in ("a", "A") and number > 0 else str(number)
    return label.upper() if kind.isupper() else label


def kind_of_labels(node: Element) -> str:
    """The type of a list that is lettered, by its type, class or style; '' for one that is numbered with digits."""
    if node.get("type") in ("a", "A", "i", "I"):
        return node.get("type")
    style = selectors.LIST_STYLE.search(node.get("style").lower())
    names = [*node.classes, style[1].replace("-", "") if style else ""]
    return "".join([selectors.LETTERED_LISTS[name] for name in names if name in selectors.LETTERED_LISTS][:1])


def _letters(number: int) -> str:
    found = ""
    while number:
        number, at = divmod(number - 1, 26)
        found = chr(ord("a") + at) + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, digits in _ROMAN:
        found += digits * (number // value)
        number %= value
    return found


def _number(text: str, otherwise: int) -> int:
    # CommonMark 5.2: at most nine digits.
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else otherwise
