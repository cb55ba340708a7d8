"""Reads what a button or a link unfolds: answers to questions, accordions, sections that a script opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile
from typing import Final

from llmstxt_sched.documents.selection.home_words import WORDS_OF_WHOLE
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.on_demand.panels import (
    MAX_TAB_DEPTH,
    MAX_TABS,
    MAX_TITLE,
    PANEL_TAGS,
    TAB_LABEL,
    TO_NOWHERE,
    following,
    pair,
    target_of,
)
from llmstxt_sched.extraction.content.tools.page_tools import is_page_tool
from llmstxt_sched.extraction.content.visibility.hidden import is_hidden
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something

# What a class says of a panel that a stylesheet hides.
_FOLDED_NAMES: Final = re.compile(
    r"(?:panel|content|body|details)[-_]{1,2}(?:hidden|closed|collapsed)|is-(?:hidden|closed|collapsed)"
)
# What a button draws after its words for opening and closing: plus, minus, a cross, an arrow or a triangle; and where
# it is a part of them.
_FOLD_SIGN: Final = re.compile(
    "[-+\u00bb\u00d7\u2010-\u2015\u203a\u2190-\u21ff\u2212\u2227\u2228\u2303\u2304\u25a0-\u25ff\u2715\u2716\u2795\u2796"
    "\u276f\u2b00-\u2bff]"
)
_HAVE_SIGNS: Final = selectors.CODE_SPANS | {"sub", "sup"}
# What nothing stands after.
_ROOTS: Final = frozenset(["html", "body"])
# What has a larger share of its text in links is a menu.
_MAX_LINKS: Final = 0.6
# What is folded may be folded in something else, but not so often: each is read for the tools in it.
_MAX_TIMES_LOOKED: Final = 6
_STOPS: Final = (".", "!", "?", "\u3002", "\u0964", "\u061f")
# Of one button and one box it cannot be told.
_MIN_PAIRS: Final = 2
# What nothing holds that is unfolded: tools, and the page with its title.
_NO_PANEL: Final = selectors.OF_WIDGETS | {"h1", "main"}

# A button and the box after it.
_Pair = tuple[Element, Element]


def label_folded(tree: Tree) -> set[Element]:
    """Label what a button unfolds with the button's text, and return what is to be read without a label.

    That is where the button is in a heading or a term, which is read anyway, or says only that it unfolds something.
    """
    buttons = tree.where(_may_unfold, selectors.UNFOLDING)[:MAX_TABS]
    buttons += tree.where(_is_of_accordion, ["class"])[:MAX_TABS]
    buttons += tree.where(_listens, selectors.LISTENING)[:MAX_TABS]
    _label_alternating(tree)
    opened, looked_at = set(_opened_by_links(tree)), 0
    if not buttons:
        return opened
    ids = {node.get("id"): node for node in tree.order if node.attrs.get("id")}
    for button in buttons:
        around = [button, *islice(button.ancestors(), MAX_TAB_DEPTH)]
        labelled = next(filter(lambda outer: outer.tag in selectors.LABELLED_BY_BUTTON, around), None)
        panel = _unfolded(tree, button, labelled, ids)
        if panel is None or panel in opened:
            continue
        looked_at += panel.end - panel.at
        if looked_at > _MAX_TIMES_LOOKED * len(tree.order):
            break
        if _is_widget(tree, button, panel, labelled):
            continue
        if labelled is not None:
            opened.add(panel)
        elif _is_before(tree, around, panel):
            if selectors.UNFOLDS.fullmatch(button.words()):
                opened.add(panel)
            else:
                _drop_sign(button)
                pair(button, panel)
    return opened


def _label_alternating(tree: Tree) -> None:
    """Label each of several boxes by the button before it, where nothing says that it opens the box.

    All buttons beside each other, or in elements that are called alike, stand before a box and have words of their own:
    a tool says the same wherever it stands.
    """
    holders = {button.parent: None for button in islice(tree.tagged("button"), MAX_TABS) if button.parent is not None}
    alike: dict[tuple[Element, frozenset[str]], list[_Pair]] = {}
    for holder in holders:
        parts = list(filter(says_something, holder.children)) if len(holder.children) <= 2 * MAX_TABS else []
        buttons = [part for part in parts if isinstance(part, Element) and part.tag == "button"]
        pairs: list[_Pair] = []
        for one, other in pairwise(parts):
            if isinstance(one, Element) and isinstance(other, Element) and one.tag == "button" and _may_be_panel(other):
                pairs.append((one, other))
        if not pairs or len(pairs) != len(buttons) or holder.tag == "form":
            continue
        if len(pairs) == 1 and holder.parent is not None and pairs[0][0] is parts[0]:
            alike.setdefault((holder.parent, holder.classes), []).extend(pairs)
        else:
            _label_by_buttons(tree, pairs)
    for together in alike.values():
        _label_by_buttons(tree, together)


def _may_be_panel(part: Element) -> bool:
    return part.tag in PANEL_TAGS and not part.label


def _label_by_buttons(tree: Tree, pairs: list[_Pair]) -> None:
    names = {button.words() for button, _ in pairs}
    if len(pairs) < _MIN_PAIRS or len(names) < len(pairs) or any(map(selectors.UNFOLDS.fullmatch, names)):
        return
    if any(is_page_tool(button) for button, _ in pairs):
        return
    if not any(_is_widget(tree, button, panel, None) for button, panel in pairs):
        for button, panel in pairs:
            pair(button, panel)


def _drop_sign(button: Element) -> None:
    """Drop a sign such as + after the words of a button."""
    last = next(filter(says_something, reversed(button.children)), "")
    if isinstance(last, str) or last.tag in _HAVE_SIGNS or not last.chars == 1 < button.chars:
        return
    if _FOLD_SIGN.fullmatch(last.words()):
        last.drop(TAB_LABEL)


def _opened_by_links(tree: Tree) -> Iterator[Element]:
    """What is hidden after a line that is nothing but a link to nowhere, whose script opens it.

    Help+Manual has such sections, and so have RoboHelp and Flare in their older outputs.
    """
    for link in tree.where(_may_open, ["onclick", "class"])[:MAX_TABS]:
        if not link.chars or TO_NOWHERE.match(link.get("href")) is None:
            continue
        panel = _behind(tree, link)
        is_folded = panel is not None and panel.tag in PANEL_TAGS and is_hidden(panel)
        if panel is not None and is_folded and not _is_widget(tree, link, panel, None):
            yield panel


def _unfolded(tree: Tree, button: Element, labelled: Element | None, ids: dict[str, Element]) -> Element | None:
    """What the button unfolds, by its id or, where it names none, after what the button labels."""
    is_said = _unfolds(button.start)
    panel = target_of(button, ids) if is_said or labelled is not None else None
    if panel is None and is_said and labelled is not None and "aria-controls" not in button.attrs:
        panel = next(following(tree, labelled), None)
    elif panel is None and labelled is None:
        panel = _unfolded_next(tree, button)
    return None if panel is None or panel.label or panel.holds(button) else panel


def _unfolded_next(tree: Tree, button: Element) -> Element | None:
    """What follows a button that does not name what it unfolds, if it may be that."""
    is_told = _is_of_accordion(button.start) or _may_unfold_next(button.start)
    # Other buttons copy or send something, and tell so.
    if not is_told and (is_page_tool(button) or button.ancestor(["form"]) is not None):
        return None
    behind = _behind(tree, button)
    if behind is None or behind.tag not in PANEL_TAGS or not (is_told or _is_folded(behind)):
        return None
    # What says the same is a tooltip.
    is_same = behind.chars == button.chars <= MAX_TITLE and behind.words() == button.words()
    return None if is_same else behind


def _is_folded(node: Element) -> bool:
    """Whether an element is shown once a script is asked for it."""
    if not node.chars:
        return False
    if is_hidden(node) or not selectors.SHOWN_BY_SCRIPT.isdisjoint(node.attrs):
        return True
    # A stylesheet may do that.
    return not selectors.FOLDED.isdisjoint(node.classes) or any(map(_FOLDED_NAMES.search, node.classes))


def _behind(tree: Tree, button: Element) -> Element | None:
    """The element after the button or link, or after what holds nothing but that."""
    for node in (button, *islice(button.ancestors(), MAX_TAB_DEPTH)):
        if node.chars > button.chars or node.tag in _ROOTS:
            break
        behind = next(following(tree, node), None)
        if behind is not None:
            return behind
    return None


def _is_widget(tree: Tree, button: Element, panel: Element, labelled: Element | None) -> bool:
    """Whether the panel is a tool of the site or a menu, and no text, or else the page itself."""
    if tree.has(panel, _NO_PANEL):
        return True
    tools = panel.link_chars + sum(inner.chars for inner in tree.within(panel) if inner.tag == "button")
    # An answer may be a link.
    if tools > _MAX_LINKS * panel.chars and (labelled is None or labelled.tag != "dt"):
        return True
    words = button.words()
    return (
        labelled is None
        and not tree.has(panel, selectors.OF_TEXTS)
        # What has no link is no menu, whatever it is called, and a sentence may be about a language or a version.
        and (selectors.WIDGETS.fullmatch(words) is not None or (tools > 0 and words.lower() in WORDS_OF_WHOLE))
        and (tools > 0 or not panel.words().endswith(_STOPS))
    )


def _is_before(tree: Tree, around: list[Element], panel: Element) -> bool:
    """Whether the panel follows the button, which is the first of `around`, or what holds nothing but the button."""
    button = around[0]
    alone = takewhile(lambda outer: outer.chars == button.chars and not outer.holds(panel), around)
    return button.chars > 0 and any(panel is next(following(tree, outer), None) for outer in alone)


@Question
def _may_unfold(start: StartTag) -> bool:
    """Whether an element that begins so may be a button that unfolds something, or a heading that does."""
    if start.get("aria-haspopup") not in ("", "false"):
        return False
    if start.name != "button" and start.get("role") != "button":
        return start.name in selectors.LABELLED_BY_BUTTON and "aria-controls" in start.attrs
    is_other = any(start.get(name) not in ("", selectors.COLLAPSE) for name in selectors.TOGGLES_OF_BOOTSTRAP)
    return start.get("role") != "tab" and (_unfolds(start) or not is_other)


@Question
def _may_open(start: StartTag) -> bool:
    """Whether it is a link that has a script of its own, or says in its class that it opens something."""
    if start.name != "a":
        return False
    return "onclick" in start.attrs or any(map(selectors.OPENS_TEXT.search, start.classes))


@Question
def _is_of_accordion(start: StartTag) -> bool:
    """Whether it is a button that only its class says to unfold what follows it."""
    return start.name == "button" and any(map(selectors.ACCORDIONS.fullmatch, start.classes))


def _unfolds(start: StartTag) -> bool:
    """Whether an element that begins so says itself that it unfolds something."""
    toggles = map(start.get, selectors.TOGGLES_OF_BOOTSTRAP)
    return "aria-expanded" in start.attrs or selectors.COLLAPSE in toggles


@Question
def _listens(start: StartTag) -> bool:
    """Whether it is a button that a script of the page's own listens to."""
    return start.name == "button" and any(name in start.attrs for name in selectors.LISTENING)


@Question
def _may_unfold_next(start: StartTag) -> bool:
    """Whether it is a button that says to unfold something, but not what."""
    return start.name == "button" and "aria-expanded" in start.attrs and "aria-controls" not in start.attrs
