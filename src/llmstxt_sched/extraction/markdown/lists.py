"""The numbers of a list's items (HTML standard, sections 4.4.5 and 4.4.8)."""

from __future__ import annotations

from llmstxt_sched.extraction.dom.tree import Element


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


def _number(text: str, otherwise: int) -> int:
    # CommonMark 5.2: at most nine digits, and no sign.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise
