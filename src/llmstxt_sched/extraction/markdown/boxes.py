"""Checkboxes, which a list's items begin with (GitHub Flavored Markdown, section 5.3), and radio buttons."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element

# An empty checkbox, and one with a tick.
BOXES: Final = ("[ ] ", "[x] ")
# The same of a radio button, for which Markdown has nothing.
RADIO_BUTTONS: Final = ("( ) ", "(x) ")
_BY_ROLE: Final = {"checkbox": BOXES, "switch": BOXES, "radio": RADIO_BUTTONS}
# By the type of an <input>.
BY_TYPE: Final = {"checkbox": BOXES, "radio": RADIO_BUTTONS}


def box_of(node: Element) -> str:
    """The checkbox that the element draws without being one; '' if it is none, or has a text of its own."""
    if node.chars:
        return ""
    if node.get("role") in _BY_ROLE:
        return _BY_ROLE[node.get("role")][node.get("aria-checked") == "true"]
    for name, is_checked in selectors.BOX_ICONS.items():
        if name in node.classes:
            return BOXES[is_checked]
    return ""


def box_of_item(item: Element, holder: Element) -> str:
    """The checkbox that the class of a list's item stands for; '' if the list is none of tasks."""
    return BOXES["checked" in item.classes] if selectors.TASKS_BY_CLASS in holder.classes else ""
