"""Drops the picture beside the label of a note that says nothing but that label once more."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import islice
from typing import Final

from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something, shown

ICON: Final = "icon"
_ALT: Final = re.compile(
    r"\W*(note|tip|info(?:rmation)?|important|warning|caution|hint|danger|attention|success|error)"
    r"(?: (?:icon|sign|symbol))?\W*",
    re.IGNORECASE,
)
# Elements around a picture and its label apart, and levels in which the label begins.
_MAX_LEVELS: Final = 3
# The rows of a list of pictures, in which each is explained.
_ROWS: Final = frozenset(["td", "th", "li", "dt", "dd", "figure"])
# Parts that are looked at for the label.
_MAX_PARTS: Final = 20


def drop_note_icons(tree: Tree, kept: Set[Element]) -> None:
    """Drop the icons of notes whose label follows, but none of what is `kept`."""
    for image in shown(tree.where(_may_be_icon, ["alt"]), tree.body):
        named = _ALT.fullmatch(image.get("alt"))
        if named is not None and image not in kept and _begins(_text_behind(image), named[1].casefold()):
            image.drop(ICON)


@Question
def _may_be_icon(start: StartTag) -> bool:
    return start.name == "img" and len(start.get("alt")) < _MAX_PARTS and _ALT.fullmatch(start.get("alt")) is not None


def _begins(text: str, label: str) -> bool:
    """Whether a text is the label, or begins with it, set apart by a colon or the like."""
    words = text[: len(label) + 1].casefold()
    return words.startswith(label) and not words[len(label) :].replace(" ", "x").isalnum()


def _text_behind(image: Element) -> str:
    """The first text after the picture, in the boxes around it; '' where it begins a row, which may be about it."""
    node, text, is_first = image, "", True
    for _ in range(_MAX_LEVELS):
        around = node.parent
        if around is None or node.tag in _ROWS or len(around.children) > _MAX_PARTS:
            break
        at = around.children.index(node)
        is_first = is_first and not any(map(_first_text, around.children[:at]))
        if is_first and around.tag in _ROWS:
            return ""
        text = text or next(filter(None, map(_first_text, around.children[at + 1 :])), "")
        node = around
    return text


def _first_text(part: Element | str) -> str:
    for _ in range(_MAX_LEVELS):
        if isinstance(part, str):
            break
        part = next(filter(says_something, islice(part.children, _MAX_PARTS)), "")
    return part.strip() if isinstance(part, str) else ""
