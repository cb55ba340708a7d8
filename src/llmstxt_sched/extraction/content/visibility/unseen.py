"""Drops what a reader of the page does not see, and shows what is hidden only until a script has laid out the page."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from operator import attrgetter
from typing import Final, TypeGuard

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.by_name.element_names import is_all_of_formula, lists_children
from llmstxt_sched.extraction.content.by_name.name_verdicts import NAVIGATION
from llmstxt_sched.extraction.content.images import source_of
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_TEXT
from llmstxt_sched.extraction.content.visibility.hidden import fades_in, is_closed, is_hidden, is_openable
from llmstxt_sched.extraction.content.visibility.seen_again import Looked, keep_seen_again
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, outermost, says_something, shown
from llmstxt_sched.extraction.unrendered import is_unrendered

HIDDEN: Final = "hidden text"
_NOSCRIPT: Final = "noscript"
_PLACEHOLDER: Final = "placeholder"
# A page with fewer characters than this between its head and its foot, and than its <noscript> has, has nothing else.
_NOTHING_ELSE: Final = 100
_HEAD_AND_FOOT: Final = ("header", "footer")
_WORDS: Final = re.compile(r"\w\w")
# Elements in a <noscript> that has one picture.
_MAX_AROUND_PICTURE: Final = 10
# What a picture consists of.
PICTURES: Final = frozenset(["figure", "img", "picture", "source"])
# So often a page's content may be hidden in what is hidden itself; it has so many times the text that is shown.
_MAX_WRAPPERS, _MIN_TIMES_SHOWN = 3, 10
# A single part that fades in may be a window.
_MIN_FADED: Final = 2
# The share of its text from which an element has nothing but links.
MOST_LINKS: Final = 0.9
# A block of more parts is no sentence, and to look at all for each of them would take seconds.
MAX_PARTS: Final = 1000
# Elements of a list of tabs among which the first panel is, and characters of a tab.
_MAX_TAB_LIST, _MAX_TAB = 1000, 40
# A <nav> with so many characters, and so many times those in its links, is a text if it has none of these.
_MIN_PROSE, _TIMES_LINKED = 20, 5
_SENTENCE_ENDS: Final = (".", "!", "?", "\u3002")
_LISTS: Final = frozenset(["ol", "ul"])
_IN_MENUS: Final = selectors.HEADINGS | {"button", "form", "input", "select"}


def drop_unseen(tree: Tree, root: Element, kept: set[Element]) -> list[Element]:
    """Drop what is not seen in `root`, and return what its style or attributes hide."""
    hidden: list[Element] = []
    looked: Looked = set()
    for node in shown(tree.where(_may_be_unseen, selectors.TELLING, selectors.UNSEEN_BY_TAG), root):
        kind = _kind_by_markup(tree, node)
        if kind and node not in kept:
            if kind == HIDDEN and keep_seen_again(tree, node, HIDDEN, looked):
                continue
            if kind == HIDDEN:
                hidden.append(node)
            if node.tag in selectors.UNREAD:
                node.dropped = kind
            else:
                node.drop(kind)
    return hidden


@Question
def _may_be_unseen(start: StartTag) -> bool:
    return not selectors.TELLING.isdisjoint(start.attrs)


def _kind_by_markup(tree: Tree, node: Element) -> str:
    """The kind of an element that its tag, role or style says is no content; else ''."""
    tag, attrs = node.tag, node.attrs
    kind = selectors.NEVER_CONTENT.get(tag, "")
    if kind:
        return "" if _is_read(tree, node) else kind
    if "role" in attrs and attrs["role"] in selectors.NEVER_CONTENT_ROLES:
        return "" if lists_children(tree, node) or _has_panels(tree, node) else NAVIGATION
    if "aria-modal" in attrs and attrs["aria-modal"] == "true":
        return NAVIGATION
    # MediaWiki hides the picture of a formula from screen readers, which have the formula.
    is_formula = tag == "img" and not selectors.FORMULA_NAMES.isdisjoint(node.classes)
    if is_formula or not (is_hidden(node) or is_closed(node)):
        return ""
    return "" if is_all_of_formula(node) else HIDDEN


def _has_panels(tree: Tree, node: Element) -> bool:
    """Whether a list of tabs holds what they show as well, as Bootstrap's accordions do, and is no list of links."""
    if node.get("role") != selectors.TAB_LIST:
        return False
    inside = tree.order[node.at + 1 : min(node.end, node.at + _MAX_TAB_LIST)]
    if any(part.get("role") == selectors.TAB_PANEL or _is_folded(part) for part in inside):
        return True
    tabs = outermost(filter(_is_tab, inside))
    return node.link_density <= MOST_LINKS and node.chars - sum(tab.chars for tab in tabs) > _MAX_TAB


def _is_folded(part: Element) -> bool:
    """Whether it is a box of text that a heading before it opens, as its class says, and no menu."""
    return part.tag == "div" and 0 < part.chars > 2 * part.link_chars and is_openable(part)


def _is_tab(node: Element) -> bool:
    is_item = node.tag in selectors.TAB_TAGS and node.chars <= _MAX_TAB
    return is_item or node.get("role") == selectors.TAB


def _is_read(tree: Tree, node: Element) -> bool:
    """Whether an element whose tag is mostly none of the content belongs to it."""
    if node.tag == "script":
        return node.get("type").startswith(selectors.TEX_TYPE)
    if node.tag == "button":
        return _is_in_sentence(node)
    if node.tag == "nav":
        return lists_children(tree, node) or _is_prose(tree, node)
    return node.tag == _NOSCRIPT and _is_late_picture(tree, node)


def _is_prose(tree: Tree, nav: Element) -> bool:
    """Whether it is paragraphs and no menu: Webflow makes such elements of the answers to questions."""
    # What has links or a tool is a menu, and what stands in the head of the page the site's.
    if nav.chars < _MIN_PROSE or nav.link_chars * _TIMES_LINKED > nav.chars or nav.ancestor(["header"]) is not None:
        return False
    return tree.has(nav, ["p"]) and not tree.has(nav, _IN_MENUS) and nav.words().endswith(_SENTENCE_ENDS)


def _is_in_sentence(button: Element) -> bool:
    """Whether the button's words are part of a heading or a sentence, or name a list."""
    if not button.chars:
        return False
    for around in button.ancestors():
        if around.tag in selectors.LABELLED_BY_BUTTON or (around.tag == "td" and around.chars == button.chars):
            return True
        if around.tag == "li" and _names_list(around, button):
            return True
        if around.is_block and around.tag not in ("button", "span"):
            parts = around.children
            return len(parts) <= MAX_PARTS and any(isinstance(part, str) and _WORDS.search(part) for part in parts)
    return False


def _names_list(item: Element, button: Element) -> bool:
    """Whether the button is all of an item but the list below it, as a folder is in a tree of files."""
    said = [*islice(filter(says_something, item.children), 3)] if len(item.children) <= MAX_PARTS else []
    listed = said[1] if len(said) == 2 and said[0] is button else ""
    return not isinstance(listed, str) and listed.tag in _LISTS and listed.link_density <= MOST_LINKS


def show_page(tree: Tree, hidden: list[Element], kept: set[Element]) -> None:
    """Take back what holds nearly all of the page, which is hidden only until a script has laid it out.

    What is hidden beside the place in which scripts will put the page is for those whose browser runs none.
    """
    if not hidden or is_unrendered(tree):
        return
    hidden = _show_faded(tree, hidden, kept)
    for _ in range(_MAX_WRAPPERS):
        node = max(hidden, key=attrgetter("chars"), default=tree.body)
        is_page = node.chars > max(_NOTHING_ELSE, _MIN_TIMES_SHOWN * tree.body.chars)
        if not node.dropped or not is_page or not (node.tag == "main" or tree.has(node, selectors.MARKS_OF_PAGES)):
            return
        node.show()
        hidden = drop_unseen(tree, node, kept)


def _show_faded(tree: Tree, hidden: list[Element], kept: set[Element]) -> list[Element]:
    """Take back the parts of the page that fade in, if they hold most of it; returns what is hidden then.

    An order to a model may be hidden so as well, but holds less than what is shown.
    """
    faded = [node for node in hidden if fades_in(node)]
    if len(faded) < _MIN_FADED or sum(node.chars for node in faded) <= max(_NOTHING_ELSE, tree.body.chars):
        return hidden
    taken = set[Element]()
    for _ in range(_MAX_WRAPPERS):
        taken.update(faded)
        for node in faded:
            node.show()
        hidden = [node for node in hidden if node.dropped] + drop_unseen(tree, tree.body, kept | taken)
        faded = [node for node in hidden if fades_in(node)]
    return hidden


def show_noscripts(tree: Tree, kept: set[Element]) -> None:
    """Take back what is for browsers without scripts, on a page that has nothing else."""
    parts = [part for part in tree.body.elements() if part.tag in _HEAD_AND_FOOT]
    # Some have all of the page in its header.
    is_page = {part for part in parts if part.tag == "header" and any(inner.tag == "p" for inner in tree.within(part))}
    around = sum(part.chars for part in parts if part not in is_page)
    if tree.body.chars - around >= _NOTHING_ELSE:
        return
    for node in outermost(tree.tagged(_NOSCRIPT)):
        text = node.words(selectors.UNREAD)
        is_request = selectors.ENABLE_SCRIPTS.search(text) and len(text) < 3 * MAX_TOOL_TEXT
        if node.dropped == _NOSCRIPT and len(text) > tree.body.chars - around and not is_request:
            node.show()
            drop_unseen(tree, node, kept)


def _is_late_picture(tree: Tree, noscript: Element) -> bool:
    """Whether it holds only the picture that an <img> beside it, with a placeholder, gets by a script."""
    inner = tree.order[noscript.at + 1 : min(noscript.end, noscript.at + _MAX_AROUND_PICTURE + 2)]
    pictures = [node for node in inner if node.tag == "img"]
    captions = sum(node.chars for node in inner if node.tag == "figcaption")
    is_only = len(inner) <= _MAX_AROUND_PICTURE and {node.tag for node in inner} <= selectors.AROUND_PICTURES
    if not is_only or len(pictures) != 1 or noscript.chars > captions:
        return False
    alt = pictures[0].get("alt")
    if not alt and not captions:
        return False
    before = tree.order[noscript.at - 1]
    behind = [late for late in tree.order[noscript.end : noscript.end + 1] if _is_for(late, alt)]
    around = before.parent.parent if before.parent is not None and before.parent.tag == "picture" else before.parent
    is_before = _is_for(before, alt) or (around is noscript.parent and before.tag == "img")
    if not behind and not is_before:
        # With nothing in its place, one in a link, a box or a paragraph of its own may count who was here.
        return captions > 0 or all(node.tag in PICTURES for node in inner)
    # Pictures in a row may have one description.
    is_last = before.dropped == _PLACEHOLDER or not _is_for(before, alt)
    late = behind[0] if behind and is_last else before
    if source_of(late):
        # Cloudflare hides it until then.
        return late.dropped == HIDDEN
    late.dropped = _PLACEHOLDER
    return True


def _is_for(image: Element, alt: str) -> bool:
    """Whether the element is an <img> for a picture that is described so."""
    return image.tag == "img" and bool(alt) and image.get("alt") == alt


def drop_pictures_of_formulas(tree: Tree) -> None:
    """Drop what MathJax 2 has drawn of the formulas whose source is in a script after, or in MathML."""
    scripts = [node for node in tree.tagged("script") if node.get("type").startswith(selectors.TEX_TYPE)]
    for around in {node.parent: None for node in scripts + tree.tagged("math")}:
        children = around.children if around is not None else []
        for drawn, source in pairwise(children):
            if _is_drawn_formula(drawn) and isinstance(source, Element) and source.tag in ("script", "math"):
                drawn.drop(HIDDEN)


def _is_drawn_formula(node: Element | str) -> TypeGuard[Element]:
    return isinstance(node, Element) and not selectors.DRAWN_FORMULAS.isdisjoint(node.classes)
