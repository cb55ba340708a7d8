"""Drops the cells around the one that holds a page's text, where a table lays out the page, as it was done in 1999.

They hold the site's name, a menu, and who made the page.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.main_element.page_title import only_h1
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something

_CELLS: Final = frozenset(["td", "th"])
_ABOVE, _BELOW = "navigation", "footer"
# Tables in each other, the outermost of which lays out the page, and the cells of one.
_MAX_TABLES, _MAX_CELLS = 4, 20
# The table has nearly all of the page, and the cell more than half of that.
_MIN_TABLE, _MIN_CELL = 0.9, 0.5
# Fewer links above a title may be the page's.
_MIN_LINKS: Final = 3
# Others have fewer characters: before the title beside links, after it in all.
_MAX_NAME, _MAX_FOOT = 80, 200
# A cell without a heading is the page's text from so many characters, and this share of the page, on.
_MIN_TEXT, _MIN_SHARE = 200, 0.7
_WORD: Final = re.compile(r"\w")
_MAX_LOOKED_AT: Final = 5000
# What says in the last cells whose the page is, of when, and how often it was read.
_FOOT: Final = re.compile(
    r"\W*(?:(?:copyright|\(c\)|\u00a9)\W|all rights reserved\b|(?:this )?(?:page|site|document) (?:was )?last\b|"
    r"last (?:updated|modified|changed|revised)\b|updated\b.{0,20}\b(?:\d{4}|\d\d?([./-])\d\d?\1\d\d)\b|"
    r"(?:created|maintained|hosted|designed) by\b|best viewed\b|you are (?:the )?visitor\b|"
    r"(?:send|e-?mail|mail|contact)\b.{0,40}\bwebmaster\b|webmaster\b)",
    re.IGNORECASE,
)


def drop_layout_cells(tree: Tree, main: Element) -> None:
    """Drop the site's cells around that of the title, or of nearly all text, and the table that is the site's foot."""
    if not tree.tagged("td"):
        return
    title = only_h1(tree, main) or tree.first(main, selectors.HEADINGS)
    begin = title or _largest_cell(tree, main)
    if begin is None or (title is not None and title.link_chars):
        return
    cells = [outer for outer in (begin, *begin.ancestors()) if outer.tag == "td" and main.holds(outer)]
    for cell in cells[:_MAX_TABLES]:
        table = cell.ancestor(["table"])
        if table is None or table.chars < main.chars * _MIN_TABLE or cell.chars <= table.chars * _MIN_CELL:
            break
        others = _other_cells(tree, table, cell)
        if len(others) > _MAX_CELLS:
            # They are data.
            break
        before = [other for other in others if other.at < cell.at]
        # Words without a menu beside them may be the page's own, such as its title or its version.
        has_menu = any(other.link_chars for other in before)
        if has_menu and all(_is_of_site(tree, other) for other in before):
            for other in before:
                other.drop(_ABOVE)
        for other in others:
            if other.at > cell.at and _is_foot(other):
                other.drop(_BELOW)
    _drop_head(tree, main)
    _drop_foot(tree, main)


def _largest_cell(tree: Tree, main: Element) -> Element | None:
    """The cell with nearly all of the text of a page without a heading."""
    found = max([node for node in tree.tagged("td") if main.holds(node)], key=lambda node: node.chars, default=None)
    is_text = found is not None and found.chars - found.link_chars >= max(_MIN_TEXT, main.chars * _MIN_SHARE)
    return found if is_text else None


def _drop_head(tree: Tree, main: Element) -> None:
    """Drop the table that `main` begins with, if it is a row of links and names above the title, as fpdoc's."""
    first, title = next(filter(says_something, main.children), ""), only_h1(tree, main)
    if isinstance(first, str) or first.tag != "table" or title is None or title.at < first.end:
        return
    cells = _other_cells(tree, first, first)
    links = [node for node in islice(tree.within(first), _MAX_LOOKED_AT) if node.tag == "a" and node.chars]
    is_bar = len(links) >= _MIN_LINKS and all(cell.chars - cell.link_chars <= _MAX_NAME for cell in cells)
    if is_bar and len({cell.parent for cell in cells}) == 1:
        first.drop(_ABOVE)


def _drop_foot(tree: Tree, main: Element) -> None:
    """Drop the table that `main` ends with, if it says whose the page is, and has nothing else but links."""
    last, before = [*islice(filter(says_something, reversed(main.children)), 2), "", ""][:2]
    if isinstance(last, str) or last.tag != "table" or last.chars > _MAX_FOOT:
        return
    if not isinstance(before, str) and before.tag in selectors.HEADINGS:
        # A section of its own.
        return
    cells = _other_cells(tree, last, last)
    is_foot = [_is_foot(cell) for cell in cells]
    if any(is_foot) and all(own or _is_links(cell) for own, cell in zip(is_foot, cells, strict=True)):
        last.drop(_BELOW)


def _is_of_site(tree: Tree, cell: Element) -> bool:
    """Whether a cell above the title is the only one in its row with a text, and brief, or nothing but links."""
    if tree.has(cell, selectors.HEADINGS):
        return False
    if _is_links(cell):
        return True
    row = cell.parent
    beside = [other for other in row.elements() if other is not cell and other.chars > other.link_chars] if row else []
    return not beside and cell.chars - cell.link_chars <= _MAX_NAME


def _is_links(cell: Element) -> bool:
    """Whether nothing but signs stands between the links of a cell."""
    return cell.link_chars > 0 and _WORD.search(cell.text(without=["a"])) is None


def _is_foot(cell: Element) -> bool:
    return cell.chars <= _MAX_FOOT and _FOOT.match(cell.words()) is not None


def _other_cells(tree: Tree, table: Element, cell: Element) -> list[Element]:
    """The cells with a text of a table, but `cell`, and none of those of a table in it."""
    found: list[Element] = []
    end = table.at
    for node in islice(tree.within(table), _MAX_LOOKED_AT):
        if node.at >= end and node.tag in _CELLS:
            end = node.end
            if node is not cell and node.chars:
                found.append(node)
    return found
