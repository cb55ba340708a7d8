"""What stands beside an element, found out once for all that stand there: a paragraph may hold thousands of buttons."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element, elements_among

# Elements between a picture and its figure, such as a link.
_MAX_AROUND_PICTURE: Final = 4
# Levels from a list's item to a radio button in it, such as of a paragraph and a label.
_MAX_AROUND_BUTTON: Final = 3
_WORD: Final = re.compile(r"\w")


class Around:
    """Remembers of the elements of a page what they hold."""

    def __init__(self) -> None:
        self._words: dict[Element, bool] = {}
        self._brackets: dict[Element, bool] = {}
        self._captions: dict[Element, bool] = {}
        self._tabs: dict[Element, bool] = {}
        self._choices: dict[Element, Counter[str]] = {}
        self._places: dict[Element, dict[Element, int]] = {}

    def has_words(self, node: Element) -> bool:
        """Whether the element stands among words."""
        holder = node.parent
        if holder is None:
            return False
        if holder not in self._words:
            self._words[holder] = any(map(_is_words, holder.children))
        return self._words[holder]

    def is_beside_words(self, node: Element) -> bool:
        """Whether there are words directly before or after the element."""
        holder = node.parent
        if holder is None:
            return False
        if holder not in self._places:
            self._places[holder] = {child: at for at, child in enumerate(holder.children) if isinstance(child, Element)}
        at = self._places[holder].get(node, 0)
        return any(map(_is_words, holder.children[max(at - 1, 0) : at + 2]))

    def has_caption(self, image: Element) -> bool:
        """Whether a picture is in a figure that says in its caption what it shows."""
        for holder in islice(image.ancestors(), _MAX_AROUND_PICTURE):
            if holder.tag == "figure":
                if holder not in self._captions:
                    self._captions[holder] = any(_is_caption(child) for child in holder.elements())
                return self._captions[holder]
        return False

    def has_tabs(self, button: Element) -> bool:
        """Whether a button stands beside a label that was the name of a tab, and is dropped."""
        holder = button.parent
        if holder is None:
            return False
        if holder not in self._tabs:
            self._tabs[holder] = any(
                child.tag == "label" and child.dropped for child in elements_among(holder.children)
            )
        return self._tabs[holder]

    def has_choice(self, group: Element, name: str) -> bool:
        """Whether several radio buttons of this name are in a paragraph, or in the items of a list that hold no more.

        Another one may be what folds or shows a part of the page.
        """
        if group not in self._choices:
            parts = [group] if group.tag == "p" else [item for item in group.elements() if not _has_panel(item)]
            self._choices[group] = Counter([name for part in parts for name in _radio_buttons(part)])
        return self._choices[group][name] > 1

    def has_brackets(self, node: Element) -> bool:
        """Whether the reading of a word brings the brackets around it (HTML standard, section 4.5.12)."""
        holder = node.parent
        if holder is None:
            return False
        if holder not in self._brackets:
            self._brackets[holder] = any(child.tag == "rp" for child in holder.elements())
        return self._brackets[holder]


def _is_caption(node: Element) -> bool:
    return node.tag == "figcaption" and node.chars > 0


def _has_panel(item: Element) -> bool:
    """Whether an item holds a block, other than the paragraph that a loose list's begins with."""
    blocks = [(at, child.tag) for at, child in enumerate(item.elements()) if child.is_block]
    return blocks not in ([], [(0, "p")])


def _radio_buttons(part: Element) -> list[str]:
    """The names of the radio buttons in an element, or in the elements in it."""
    names, level = [], [part]
    for _ in range(_MAX_AROUND_BUTTON):
        level = [child for node in level for child in node.elements()]
        names += [node.get("name") for node in level if node.tag == "input" and node.get("type").lower() == "radio"]
    return names


def _is_words(node: Element | str) -> bool:
    return isinstance(node, str) and _WORD.search(node) is not None
