"""Tells the head, foot and side of a page, and of a section, from those that are content."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree

# An element with a larger share of its text in links is navigation.
NAVIGATION_LINK_DENSITY: Final = 0.6
# Fewer links are no menu, and of one so many elements are looked at.
_MIN_MENU, _MAX_OF_MENU = 5, 200
# The footer of a section, which only its place tells, has a smaller one.
_MAX_LINKS_OF_NOTE: Final = 0.3
# More characters are more than the heading of footnotes, and than a few of them.
_MAX_HEADING, _MAX_NOTE = 50, 5000
# The most characters of an element that is the page's foot by its class alone.
_MAX_FOOT: Final = 400
# The same if it says whose the site is.
_MAX_FOOT_OF_SITE: Final = 2000
# Elements that no such foot holds.
_NO_FOOT: Final = selectors.HEADINGS | selectors.CODE_BLOCKS | {"ol", "table"}
# Elements after a foot, such as scripts, that are looked at, and the most feet.
_MAX_BEHIND, _MAX_FEET = 50, 4


def is_furniture(tree: Tree, node: Element, total: int) -> bool:
    """Whether an element that belongs to the page as a whole is no content."""
    tag, is_small = node.tag, node.chars * 2 <= total
    if tag == "form":
        return node.chars * 4 <= total
    if tag == "aside":
        is_note = selectors.NOTE_NAMES.search(node.get("class")) or node.get("role") in selectors.NOTE_ROLES
        return node.link_density > NAVIGATION_LINK_DENSITY / 2 and (not is_note or _is_menu_beside(tree, node))
    if tag == "footer":
        # That of a page that says nothing is most of it.
        return (is_small or _is_foot_of_empty_page(tree, node)) and not _is_note(tree, node, total)
    if node.get("role") == "banner" or (tag == "header" and _is_page_header(node)):
        # What is large is not walked: others may be around it by the hundreds.
        may_be_title = is_small and tag == "header"
        return is_small and not (may_be_title and tree.has(node, ("h1",)) and not _has_navigation(tree, node))
    return False


def _is_foot_of_empty_page(tree: Tree, footer: Element) -> bool:
    """Whether it says whose the site is or what made it, and no part of it may be the page's text."""
    return _is_brief_foot(tree, footer) and _is_of_site(footer)


def _is_menu_beside(tree: Tree, node: Element) -> bool:
    """Whether an element that is called a sidebar is the site's menu, and not docutils' box with a title."""
    if node.link_density <= NAVIGATION_LINK_DENSITY or selectors.SIDEBAR not in node.get("class"):
        return False
    inside = list(islice(tree.within(node), _MAX_OF_MENU))
    is_titled = any(selectors.SIDEBAR_TITLE in part.classes for part in inside)
    return not is_titled and sum(part.tag == "a" and part.chars > 0 for part in inside) >= _MIN_MENU


def is_foot_of_page(tree: Tree, node: Element) -> bool:
    """Whether an element that is called a foot is brief, and nothing but others so called is after it.

    It is none of a card or with notes.  What says who made the page may stand deeper in what holds most of it, and be
    all that a page has.
    """
    if node.chars * 2 > tree.body.chars:
        return _is_foot_of_empty_page(tree, node)
    last = node
    while last.parent not in (None, tree.body) and last.parent.chars == node.chars:
        last = last.parent
    around = last.parent
    if around is None or node.chars * 2 > around.chars:
        return False
    if not (_is_brief_foot(tree, node) or _is_foot_of_site(tree, node)):
        return False
    is_of_page = around is tree.body or (around.parent is tree.body and _is_most(around, tree.body))
    is_of_page = is_of_page or (_is_most(around, tree.body) and _is_of_site(node))
    return is_of_page and _is_last(last, around) and selectors.NOTE_TEXT.match(node.words()) is None


def _is_most(part: Element, body: Element) -> bool:
    """Whether it has most of the page's text, or of the text outside links: a column may list all pages of a manual."""
    return part.chars * 2 > body.chars or (part.chars - part.link_chars) * 2 > body.chars - body.link_chars


def _is_brief_foot(tree: Tree, node: Element) -> bool:
    return node.chars <= _MAX_FOOT and not tree.has(node, _NO_FOOT)


def _is_foot_of_site(tree: Tree, node: Element) -> bool:
    """Whether it has links and says whose the site is: lists of links may have headings."""
    is_small = node.chars <= _MAX_FOOT_OF_SITE and node.link_density > _MAX_LINKS_OF_NOTE
    if not is_small or tree.has(node, selectors.CODE_BLOCKS | {"table"}):
        return False
    return _is_of_site(node) and not _is_named_by_heading(tree, node)


def _is_named_by_heading(tree: Tree, node: Element) -> bool:
    """Whether a generator made the element's id of its heading: docutils' section that is called "Footer"."""
    name, heading = node.get("id").lower(), tree.first(node, selectors.HEADINGS)
    return bool(name) and heading is not None and heading.words().lower().startswith(name)


def _is_last(node: Element, around: Element) -> bool:
    with_text = filter(_has_text, islice(reversed(around.children), _MAX_BEHIND))
    for part in islice(with_text, _MAX_FEET):
        if part is node:
            return True
        if isinstance(part, str) or selectors.FOOT_NAMES.isdisjoint(part.classes):
            break
    return False


def _has_text(part: Element | str) -> bool:
    if isinstance(part, str):
        return bool(part.strip())
    return part.chars > 0 and not (part.dropped or part.start.is_unread)


def _is_page_header(header: Element) -> bool:
    around = list(header.ancestors())[:2]
    return around[0].tag == "body" or (around[0].tag == "div" and around[1].tag == "body")


def _has_navigation(tree: Tree, header: Element) -> bool:
    """Whether the header holds a menu; a list that is not mostly links, such as odoc's of versions, is none."""
    elements = tree.order[header.at + 1 : header.end]
    return any(
        node.tag == "nav"
        or node.get("role") == "search"
        or (node.tag == "ul" and node.link_density > NAVIGATION_LINK_DENSITY)
        for node in elements
    )


def _is_note(tree: Tree, footer: Element, total: int) -> bool:
    """Whether the footer is that of a part of the page, or holds footnotes (HTML standard, section 4.3.8)."""
    around = footer.ancestor(selectors.HAVE_FOOTERS)
    if around is None:
        return False
    if around.tag in ("blockquote", "figure") or _is_called_footnotes(footer):
        return True
    ids = [inner.get("id") for inner in tree.within(footer) if "id" in inner.attrs]
    if any(name in tree.fragments or selectors.FOOTNOTE_IDS.fullmatch(name) for name in ids):
        return True
    if around.tag in selectors.SMALL_PARTS:
        return _is_of_part(footer, around, total)
    if around.tag != "body" and _says_footnotes(tree, footer):
        return True
    heading = tree.first(around, selectors.HEADINGS)
    is_below_title = heading is not None and heading.tag != "h1"
    return around.tag in ("section", "article") and is_below_title and footer.link_density < _MAX_LINKS_OF_NOTE


def _is_called_footnotes(footer: Element) -> bool:
    return (
        not selectors.FOOTNOTES.isdisjoint(footer.classes)
        or not selectors.NOTES_OF_FOOTERS.isdisjoint(footer.classes)
        or footer.get("role") in selectors.FOOTNOTE_ROLES
    )


def _is_of_part(footer: Element, part: Element, total: int) -> bool:
    """Whether the footer belongs to a cell, an item or the like, which neither lays out the page nor is its foot."""
    is_layout = part.tag in ("td", "th") and part.chars * 2 > total
    is_brief = footer.chars <= _MAX_NOTE
    return not is_layout and is_brief and footer.link_density < NAVIGATION_LINK_DENSITY and not _is_of_site(footer)


def _is_of_site(footer: Element) -> bool:
    return selectors.FOOT_TEXT.search(footer.words()) is not None


def _says_footnotes(tree: Tree, footer: Element) -> bool:
    """Whether the heading of the footer says that it holds footnotes, or its first words that they are one."""
    heading = tree.first(footer, selectors.HEADINGS)
    if heading is not None:
        return heading.chars <= _MAX_HEADING and selectors.NOTES_HEADING.fullmatch(heading.words()) is not None
    if footer.chars > _MAX_NOTE or footer.link_density >= NAVIGATION_LINK_DENSITY:
        return False
    return selectors.NOTE_TEXT.match(footer.words()) is not None
