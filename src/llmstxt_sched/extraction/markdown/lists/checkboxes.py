"""Checkboxes, which a list's items begin with (GitHub Flavored Markdown, section 5.3), and radio buttons."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, elements_among, elements_in
from llmstxt_sched.extraction.markdown.inline.surroundings import Around

# An empty checkbox, and one with a tick.
BOXES: Final = ("[ ] ", "[x] ")
# The same of a radio button, for which Markdown has nothing.
RADIO_BUTTONS: Final = ("( ) ", "(x) ")
_BY_ROLE: Final = {"checkbox": BOXES, "switch": BOXES, "radio": RADIO_BUTTONS}
# By the type of an <input>.
BY_TYPE: Final = {"checkbox": BOXES, "radio": RADIO_BUTTONS}
# What is dropped since Markdown writes it before the item.
_BOX: Final = "checkbox or bullet"
_BULLETS: Final = frozenset("\u2022\u2023\u25aa\u25e6\u2043\u00b7")
_MARKERS: Final = frozenset(["b", "div", "span", "strong"])
# In these, the sign is what the item is about.
_NO_BULLETS: Final = selectors.CODE_SPANS | {"b", "em", "strong", "var"}
_LISTS, _PICTURED = frozenset(["ul", "ol", "menu", "dl"]), frozenset(["img", "input", "picture"])
# Elements around the checkbox that an item begins with, and parts of each that are looked at for it.
_MAX_AROUND, _MAX_BEFORE = 4, 8
# The attribute of an item that says whether it is done, as Tiptap and other editors write it.
_DONE: Final = "data-checked"
_STATES: Final = frozenset(["true", "false"])
_OUTLINED: Final = frozenset(["far", "fa-regular"])
_SQUARE: Final = "fa-square"


def box_of(node: Element) -> str:
    """The checkbox that the element draws without being one; '' if it is none, or has a text of its own."""
    if node.chars:
        return ""
    if node.get("role") in _BY_ROLE:
        return _BY_ROLE[node.get("role")][node.get("aria-checked") == "true"]
    for name, is_checked in selectors.BOX_ICONS.items():
        if name in node.classes:
            return BOXES[is_checked]
    # A square that is filled is a colour or a bullet.
    return BOXES[0] if _SQUARE in node.classes and not _OUTLINED.isdisjoint(node.classes) else ""


def shows_state(box: Element, kind: str, around: Around) -> bool:
    """Whether it says something that an <input> of this type is checked.

    A checkbox may open a menu instead, and a radio button fold or show a part of the page.
    """
    if around.has_tabs(box):
        return False
    holder = box.parent
    # GitBook's items of a list have a column for it.
    if holder is not None and holder.tag == "div" and holder.parent is not None and holder.chars == 0:
        holder = holder.parent
    if kind == "checkbox":
        if holder is not None and holder.tag == "label" and holder.chars == 0:
            # It opens a menu, unless words stand beside its label.
            holder = holder.parent
        return holder is not None and (
            holder.tag in selectors.HAVE_CHECKBOXES or (holder is box.parent and around.is_beside_words(box))
        )
    item = holder.parent if holder is not None and holder.tag == "label" else holder
    tag = item.tag if item is not None else ""
    is_answer = around.is_answer(box) if box.get("name") else tag in selectors.HAVE_CHECKBOXES
    return is_answer or tag == "td"


def box_of_item(item: Element, holder: Element, label: str = "") -> str:
    """The checkbox of a list's item, by its class or what it begins with, which then is not written again; else ''.

    Neither is the bullet or the `label` of the item itself, such as its number, where the page writes it too.

    Most are written where they stand.  Others are in a box of their own, or what they are for is, and no text of the
    item's would be beside them.
    """
    if selectors.TASKS_BY_CLASS in holder.classes:
        return BOXES["checked" in item.classes]
    said = BOXES[item.get(_DONE) == "true"] if item.get(_DONE) in _STATES else ""
    node = item
    for _ in range(_MAX_AROUND if item.end - item.at > 1 else 0):
        first = next(filter(_may_be_first, islice(node.children, _MAX_BEFORE)), "")
        if not isinstance(first, str) and (_is_bullet(first, item) or _is_label(first, label)):
            first.drop(_BOX)
            continue
        if isinstance(first, str) or first.tag in _LISTS:
            break
        box = _box(first)
        if box:
            first.drop(_BOX)
            return box
        node = first
    return said


def _is_bullet(node: Element, item: Element) -> bool:
    """Whether it is one that the page writes itself before the words of an item, which has one of its list already."""
    is_sign = node.chars == 1 < item.chars and node.tag not in _NO_BULLETS and node.words() in _BULLETS
    return is_sign and not any(inner.tag in _NO_BULLETS for inner in elements_in(node))


def _is_label(node: Element, label: str) -> bool:
    """Whether it is the label that the item has anyway."""
    if not label or not len(label) <= node.chars <= len(label) + 2 or node.tag not in _MARKERS:
        return False
    said = node.words()
    # A number alone may be what the item is about, or all that it says.
    is_label = said.strip("().") == label and (said != label or node.tag == "div")
    return is_label and node.parent is not None and node.parent.chars > node.chars


def _box(node: Element) -> str:
    """The checkbox that an element is or draws; '' if it is none."""
    if node.tag != "input":
        return box_of(node)
    is_box = node.get("type").lower() == "checkbox" and selectors.TOGGLES.isdisjoint(node.classes)
    return BOXES["checked" in node.attrs] if is_box and not _opens(node) else ""


def _opens(box: Element) -> bool:
    """Whether a checkbox stands beside a label that was the name of a tab, or that is all there is to it."""
    beside = box.parent.children if box.parent is not None else []
    labels = [part for part in elements_among(islice(beside, _MAX_BEFORE)) if part.tag == "label"]
    return any(label.dropped for label in labels)


def _may_be_first(part: Element | str) -> bool:
    """Whether it is a text, or an element that has one or may be a checkbox; a button is dropped, and may be one."""
    if isinstance(part, str):
        return not part.isspace()
    if part.dropped:
        return part.get("role") in _BY_ROLE and part.tag == "button"
    return part.chars > 0 or part.tag in _PICTURED or part.end - part.at > 1 or _box(part) != ""
