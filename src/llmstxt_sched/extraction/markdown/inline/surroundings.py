"""What stands beside an element, found out once for all that stand there: a paragraph may hold thousands of buttons."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, pairwise
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element, elements_among

# Elements between a picture and its figure, such as a link.
_MAX_AROUND_PICTURE: Final = 4
# Levels from a question to a radio button in it, such as of a list, an item, a paragraph and a label.
_MAX_AROUND_BUTTON: Final = 4
_WORD: Final = re.compile(r"\w")


class Around:
    """Remembers of the elements of a page what they hold."""

    def __init__(self) -> None:
        self._words: dict[Element, bool] = {}
        self._brackets: dict[Element, bool] = {}
        self._captions: dict[Element, bool] = {}
        self._tabs: dict[Element, bool] = {}
        self._choices: dict[Element, _Choices] = {}
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

    def is_answer(self, button: Element) -> bool:
        """Whether others of a radio button's name are beside it, and none is followed by what it folds or shows."""
        name = button.get("name")
        for group in islice(button.ancestors(), _MAX_AROUND_BUTTON):
            if group not in self._choices:
                self._choices[group] = _Choices(group)
            choices = self._choices[group]
            if choices.has_several(name):
                return choices.are_answers(name)
        return False

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


class _Choices:
    """The radio buttons in an element, by their names."""

    def __init__(self, group: Element) -> None:
        self._parts = group.children
        # The places of what each of them is in, and of all that has a text, and those of blocks among them.
        self._places: dict[str, list[int]] = {}
        self._texts: list[int] = []
        self._blocks: list[int] = []
        self._panels: dict[Element, bool] = {}
        self._answers: dict[str, bool] = {}
        for at, part in enumerate(self._parts):
            if isinstance(part, str):
                if part.strip():
                    self._texts.append(at)
            elif not part.dropped:
                for name in _radio_buttons(part):
                    self._places.setdefault(name, []).append(at)
                if part.chars:
                    self._texts.append(at)
                    if part.is_block:
                        self._blocks.append(at)

    def has_several(self, name: str) -> bool:
        """Whether there are several of this name."""
        return len(self._places.get(name, ())) > 1

    def are_answers(self, name: str) -> bool:
        """Whether those of this name fold and show no part of the page."""
        if name not in self._answers:
            self._answers[name] = self._are_answers(list(dict.fromkeys(self._places[name])))
        return self._answers[name]

    def _are_answers(self, places: list[int]) -> bool:
        # Those that stand before all labels are the tabs'.
        if any(not _between(self._texts, at, end) for at, end in pairwise(places)):
            return False
        parts = [part for part in map(self._parts.__getitem__, places) if isinstance(part, Element)]
        blocks = sum(part.is_block and part.chars > 0 for part in parts)
        end = places[-1] + 1 if parts[-1].is_block else len(self._parts)
        return _between(self._blocks, places[0], end) == blocks and not any(map(self._has_panel, parts))

    def _has_panel(self, part: Element) -> bool:
        if part not in self._panels:
            self._panels[part] = _has_panel(part)
        return self._panels[part]


def _between(places: list[int], first: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, first)


def _has_panel(part: Element) -> bool:
    """Whether what a radio button is in holds a block beside the one that the button itself is in."""
    while True:
        blocks = [(at, inner) for at, inner in enumerate(part.elements()) if inner.is_block]
        if not blocks:
            return False
        at, part = blocks[0]
        if at or len(blocks) > 1:
            return True


def _radio_buttons(part: Element) -> list[str]:
    """The names of the radio buttons that an element is, or that are in it."""
    names, level = [], [part]
    for _ in range(_MAX_AROUND_BUTTON):
        names += [node.get("name") for node in level if node.tag == "input" and node.get("type").lower() == "radio"]
        level = [child for node in level for child in node.elements()]
    return names


def _is_words(node: Element | str) -> bool:
    return isinstance(node, str) and _WORD.search(node) is not None
