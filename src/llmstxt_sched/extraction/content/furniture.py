"""Tells the head, foot and side of a page, and of a section, from those that are content."""

from __future__ import annotations

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree

# An element with a larger share of its text in links is navigation.
NAVIGATION_LINK_DENSITY = 0.6


def is_furniture(tree: Tree, node: Element, total: int) -> bool:
    """Whether an element that belongs to the page as a whole is no content."""
    tag, is_small = node.tag, node.chars * 2 <= total
    if tag == "form":
        return node.chars * 4 <= total
    if tag == "aside":
        is_note = selectors.NOTE_NAMES.search(node.get("class")) or node.get("role") in selectors.NOTE_ROLES
        return not is_note and node.link_density > NAVIGATION_LINK_DENSITY / 2
    if tag == "footer":
        return is_small and not _is_note(tree, node)
    if node.get("role") == "banner" or (tag == "header" and _is_page_header(node)):
        is_title = tree.has(node, ("h1",)) and not _has_navigation(tree, node)
        return is_small and not (tag == "header" and is_title)
    return False


def _is_page_header(header: Element) -> bool:
    around = list(header.ancestors())[:2]
    return around[0].tag == "body" or (around[0].tag == "div" and around[1].tag == "body")


def _has_navigation(tree: Tree, header: Element) -> bool:
    elements = tree.order[header.at + 1 : header.end]
    return any(node.tag in ("nav", "ul") or node.get("role") == "search" for node in elements)


def _is_note(tree: Tree, footer: Element) -> bool:
    """Whether the footer is that of a quotation or of a section, or holds footnotes (HTML standard, section 4.3.8)."""
    around = footer.ancestor(selectors.HAVE_FOOTERS)
    if around is None:
        return False
    if around.tag in ("blockquote", "figure") or not selectors.FOOTNOTES.isdisjoint(footer.classes):
        return True
    ids = [inner.get("id") for inner in tree.within(footer) if "id" in inner.attrs]
    if any(name in tree.fragments or selectors.FOOTNOTE_IDS.fullmatch(name) for name in ids):
        return True
    heading = tree.first(around, selectors.HEADINGS)
    is_below_title = heading is not None and heading.tag != "h1"
    return around.tag in ("section", "article") and is_below_title and footer.link_density < 0.3
