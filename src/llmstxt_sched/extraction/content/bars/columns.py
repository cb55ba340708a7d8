"""Drops a column of links to the site's pages, this one among them, that no name tells from the content beside it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, takewhile
from typing import Final

from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something

_COLUMN: Final = "navigation"
_TAGS: Final = frozenset(["aside", "div", "ol", "section", "td", "ul"])
# Fewer links are a bar's, or a sentence's.
_MIN_LINKS: Final = 8
# So many characters beside links are a page's own text.
_MIN_PROSE: Final = 200
# Links to the page itself that are looked at: others are in its text.
_MAX_SELF_LINKS: Final = 20


def drop_columns(tree: Tree, main: Element, self_links: Iterable[Element]) -> None:
    """Drop the column that `main` begins with, never what has the page's title or next to all of its text.

    `self_links` are links to the page by its own address.
    """
    for link in islice(filter(main.holds, self_links), _MAX_SELF_LINKS):
        column = _column_of(link, main)
        if column is not None and _is_of_site(tree, column, main):
            column.drop(_COLUMN)


def _column_of(link: Element, main: Element) -> Element | None:
    """The outermost element around the link that is nothing but links."""
    around = takewhile(main.holds, link.ancestors())
    columns = [node for node in takewhile(_is_links, around) if node.tag in _TAGS]
    return columns[-1] if columns else None


def _is_links(node: Element) -> bool:
    return not node.dropped and node.link_density > NAVIGATION_LINK_DENSITY


def _is_of_site(tree: Tree, column: Element, main: Element) -> bool:
    inside = [*tree.within(column)]
    links = {node.get("href").partition("#")[0] for node in inside if node.tag == "a"} - {""}
    prose = (main.chars - main.link_chars) - (column.chars - column.link_chars)
    if len(links) < _MIN_LINKS or prose < _MIN_PROSE or any(node.tag == "h1" for node in inside):
        return False
    return _is_first(column, main)


def _is_first(column: Element, main: Element) -> bool:
    """Whether nothing but links stands before the column in `main`: after a text or a heading it belongs to that."""
    node = column
    for around in takewhile(lambda outer: outer is not main.parent, column.ancestors()):
        before = filter(says_something, islice(around.children, around.children.index(node)))
        if not all(isinstance(part, Element) and _is_links(part) for part in before):
            return False
        node = around
    return True
