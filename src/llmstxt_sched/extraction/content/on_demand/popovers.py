"""Popovers that a reader of the page can open (HTML standard, sections 4.10.18.5, 4.10.18.6 and 6.12)."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY
from llmstxt_sched.extraction.content.visibility.hidden import is_closed, is_hidden
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost

_OPENS: Final = frozenset(["show-popover", "toggle-popover"])
# More characters beside a button are no label of it; a block of more parts is no sentence.
_MIN_BESIDE: Final = 12
_MAX_PARTS: Final = 100
_WORD: Final = re.compile(r"\w\w")
# What has a choice of things to do, and is no part of the text.
_MENUS: Final = selectors.NEVER_CONTENT_ROLES | {"listbox"}
# The name of a language has no more, in characters.
_MAX_NAME: Final = 40
# The head and the foot of a page, in which are the buttons of the site.
_OF_PAGE: Final = frozenset(["header", "footer"])


def open_popovers(tree: Tree) -> set[Element]:
    """The popovers that a button in the content opens, apart from menus and tools; set apart from the words beside."""
    popovers: dict[str, Element] = {}
    for node in tree.where(_is_popover, ["popover"]):
        popovers.setdefault(node.get("id"), node)
    if not popovers:
        return set()
    known: dict[Element, bool] = {}
    buttons = [button for button in tree.tagged("button", "input") if _is_seen(tree, button, known)]
    opened = {popovers.get(_opened_by(button)) for button in buttons}
    found = {node for node in opened if node is not None and not _is_menu(tree, node)}
    for node in found:
        if not node.is_block:
            node.children = [" ", *node.children, " "]
    return found


@Question
def _is_popover(start: StartTag) -> bool:
    return "popover" in start.attrs and start.get("id") != ""


def _opened_by(button: Element) -> str:
    """The id of what the button opens; '' if it opens nothing."""
    if button.tag == "input" and button.get("type").lower() != "button":
        return ""
    target = button.get("commandfor") if button.tag == "button" else ""
    # A command goes before a target.
    if target:
        return target if button.get("command").lower() in _OPENS else ""
    return button.get("popovertarget") if button.get("popovertargetaction").lower() != "hide" else ""


def _is_seen(tree: Tree, button: Element, known: dict[Element, bool]) -> bool:
    """Whether nothing hides the button, and it is in no navigation and none of the site's tools.

    `known` are the answers for what is around it.
    """
    if not _opened_by(button) or is_hidden(button) or (_opens_widget(button) and not _is_in_sentence(button)):
        return False
    path = list[Element]()
    outer = button.parent
    while outer is not None and outer not in known:
        path.append(outer)
        outer = outer.parent
    is_seen = known[outer] if outer is not None else True
    for node in reversed(path):
        is_of_page = node.tag in _OF_PAGE and node.parent is tree.body
        is_seen = is_seen and not (is_of_page or _is_no_content(node) or is_closed(node))
        known[node] = is_seen
    return is_seen


def _opens_widget(button: Element) -> bool:
    words = button.words() if button.tag == "button" else button.get("value")
    return selectors.WIDGETS.fullmatch(words) is not None


def _is_in_sentence(button: Element) -> bool:
    """Whether words stand beside the button, and not only its label: a text may be about filters or a version."""
    block = next(filter(lambda outer: outer.is_block, button.ancestors()), None)
    if block is None or len(block.children) > _MAX_PARTS or block.chars - button.chars < _MIN_BESIDE:
        return False
    return any(isinstance(part, str) and _WORD.search(part) for part in block.children)


def _is_menu(tree: Tree, popover: Element) -> bool:
    return (
        popover.tag == "menu"
        or tree.has(popover, selectors.OF_WIDGETS)
        or popover.get("role") in _MENUS
        or popover.link_density > NAVIGATION_LINK_DENSITY
        or _is_no_content(popover)
        or _lists_languages(tree, popover)
    )


def _lists_languages(tree: Tree, popover: Element) -> bool:
    """Whether all of its text is names of languages, each marked as being in that language."""
    named = list(outermost([node for node in tree.within(popover) if node.chars and "lang" in node.attrs]))
    languages = {node.get("lang") for node in named if node.chars <= _MAX_NAME}
    return len(languages) == len(named) > 1 and sum(node.chars for node in named) == popover.chars


def _is_no_content(node: Element) -> bool:
    return (
        bool(node.dropped)
        or node.tag in selectors.NEVER_CONTENT
        or node.get("role") in selectors.NEVER_CONTENT_ROLES
        or node.get("aria-modal") == "true"
        or is_hidden(node)
    )
