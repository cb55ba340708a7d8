"""Tells which icons stand for a word, and drops the names of others that a font draws, and signs of what is folded."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.icons.note_icons import ICON
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something, shown

_NAME: Final = re.compile(r"[a-z\d]+(?:_[a-z\d]+)*")
# Signs of what is folded or open, and what they stand in; in a cell or in code one may be a fact or an operator.
_SIGNS: Final = frozenset("+-\u2212\u2013\u25b6\u25b8\u25ba\u25bc\u25be\u2304\u203a\u00d7\u2715")
_HOLDERS: Final = frozenset(["b", "div", "i", "span"])
_CELLS, _CODE, _MAX_AROUND = frozenset(["td", "th"]), selectors.CODE_SPANS | selectors.CODE_BLOCKS, 8
# More parts are no line of words with signs between them.
_MAX_PARTS: Final = 20
# In characters.
_MAX_NAME: Final = 40
# What an icon says of the link that it is beside, or draws between two words, and that it is one.
_OF_LINK: Final = re.compile(r"external|open|\bnew (?:tab|window)|\blink\b|arrow|chevron", re.IGNORECASE)
_ICON: Final = re.compile(r"\W*\bicon\b\W*")
_WORD: Final = re.compile(r"\w")

_Places = dict[Element, dict[Element, int]]


def stands_for_word(name: str, before: Element | str, after: Element | str) -> bool:
    """Whether a sentence has an icon of that name for a word, as in "Press … to go on", by what is on its sides.

    Beside the word that it is a picture of, it stands for nothing else.
    """
    if isinstance(before, Element) or isinstance(after, Element) or not _WORD.search(before) or not after.strip():
        return False
    if not 0 < len(name) <= _MAX_NAME or _OF_LINK.search(name):
        return False
    word = _ICON.sub("", name.casefold())
    return not (before.casefold().rstrip().endswith(word) or after.casefold().lstrip().startswith(word))


def drop_icon_names(tree: Tree, kept: Set[Element]) -> None:
    """Drop the names of icons that stand for no word, but none of what is `kept`.

    A page about such icons has them in its code.
    """
    places: _Places = {}
    for node in shown(tree.where(_is_of_font, ["class"]), tree.body):
        name = node.words() if 0 < node.chars <= _MAX_NAME else ""
        if node in kept or _NAME.fullmatch(name) is None:
            continue
        if not stands_for_word(name.replace("_", " "), *_sides(node, places)):
            node.drop(ICON)


def drop_folding_signs(tree: Tree, kept: Set[Element]) -> None:
    """Drop the signs beside what can be unfolded, and the pictures of them."""
    for node in shown(tree.where(_is_folding_sign, ["alt", "class"]), tree.body):
        if node not in kept and (_is_in_listener(node) if node.tag == "img" else _is_sign_alone(node)):
            node.drop(ICON)


def _is_in_listener(image: Element) -> bool:
    """Whether a script listens to clicks on what the picture is in; elsewhere a text may say what it stands for."""
    return image.parent is not None and any(name in image.parent.attrs for name in selectors.LISTENING)


def _is_sign_alone(node: Element) -> bool:
    if node.chars != 1 or node.words() not in _SIGNS or _joins_words(node):
        return False
    around = [*islice(node.ancestors(), _MAX_AROUND)]
    is_cell = any(outer.tag in _CELLS and outer.chars == 1 for outer in around)
    return not is_cell and all(outer.tag not in _CODE for outer in around)


def _joins_words(sign: Element) -> bool:
    """Whether it stands between two words on its line, as between the steps through a menu in Asciidoctor's."""
    parts = sign.parent.children if sign.parent is not None else []
    said = [*filter(says_something, parts)] if len(parts) <= _MAX_PARTS else []
    at = said.index(sign) if sign in said else 0
    sides = [*said[at - 1 : at], *said[at + 1 : at + 2]] if at else []
    return len(sides) > 1 and all(isinstance(part, str) or not part.is_block for part in sides)


@Question
def _is_folding_sign(start: StartTag) -> bool:
    if start.name == "img":
        return start.get("alt") in _SIGNS
    return start.name in _HOLDERS and any(map(selectors.FOLDING_SIGNS.fullmatch, start.classes))


def _sides(node: Element, places: _Places) -> tuple[Element | str, Element | str]:
    """What stands directly before and after an element; `places` are those of the elements in each holder so far."""
    holder = node.parent
    if holder is None:
        return "", ""
    if holder not in places:
        places[holder] = {child: at for at, child in enumerate(holder.children) if isinstance(child, Element)}
    at = places[holder][node]
    before, after = holder.children[max(at - 1, 0) : at], holder.children[at + 1 : at + 2]
    return (*before, "")[0], (*after, "")[0]


@Question
def _is_of_font(start: StartTag) -> bool:
    return not start.classes.isdisjoint(selectors.FONTS_OF_NAMES)
