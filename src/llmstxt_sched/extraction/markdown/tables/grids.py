"""Tables that have none of the tags: Javadoc's since version 16, laid out by a style, and those that roles describe."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among
from llmstxt_sched.extraction.markdown.tables.table_lines import Row, lays_out

_ROW, _HEAD = frozenset(["row"]), "columnheader"
# What says something without a text, beside the cells.
_OF_THEMSELVES: Final = frozenset(["hr", "img", "picture", "svg", "table", "video"])
# The role of what is written above a table.
CAPTION: Final = "caption"
# What tells what a table's columns or rows are, or all of it.
_NAMES: Final = frozenset([_HEAD, "rowheader", CAPTION])


def grid_rows(tree: Tree, node: Element) -> list[Row]:
    """The rows of an element that is such a table; none if it is not."""
    if node.get("role") in selectors.TABLE_ROLES:
        return [] if node.tag == "table" else _rows_by_role(tree, node)
    columns = max((selectors.SUMMARY_COLUMNS.get(name, 0) for name in node.classes), default=0)
    return _javadoc_rows(node, columns) if columns else []


def _javadoc_rows(table: Element, columns: int) -> list[Row]:
    """The rows of a table whose cells follow one another, so many a row."""
    cells = list(elements_among(table.children))
    is_whole = len(cells) % columns == 0 and all(cell.tag == "div" for cell in cells)
    starts = range(0, len(cells) if is_whole else 0, columns)
    return [(cells[at : at + columns], selectors.SUMMARY_HEAD in cells[at].classes) for at in starts]


def _rows_by_role(tree: Tree, table: Element) -> list[Row]:
    """The rows of an element that its roles make a table (WAI-ARIA 1.2, section 5.3); none if it holds more than cells.

    A grid without a head is a way to choose something.
    """
    rows = list[Row]()
    for row in _with_role(table, _ROW) or ():
        cells = _with_role(row, selectors.CELL_ROLES)
        # A row that is a link would lose where it leads.
        if not cells or row.tag == "a":
            return []
        rows.append((cells, all(cell.get("role") == _HEAD for cell in cells)))
    is_table = table.get("role") == "table" or any(in_head for _, in_head in rows)
    return rows if is_table and not _lays_out(tree, table, rows) else []


def _lays_out(tree: Tree, table: Element, rows: list[Row]) -> bool:
    """Whether such a table lays out the page as one of HTML may, or holds another one."""
    tags, roles = set[str](), set[str]()
    for inner in tree.within(table):
        role = inner.get("role")
        if inner.tag == "table" or role in selectors.TABLE_ROLES:
            return True
        tags.add(inner.tag)
        roles.add(role)
    return roles.isdisjoint(_NAMES) and lays_out([cells for cells, _ in rows], tags)


def _with_role(holder: Element, roles: frozenset[str]) -> list[Element] | None:
    """The elements of these roles in an element, in others without a role; None if something else is beside them."""
    found = list[Element]()
    ahead = holder.children[::-1]
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            if not node.isspace():
                return None
            continue
        if node.dropped:
            continue
        role = node.get("role")
        if role in roles:
            found.append(node)
        elif role in selectors.TABLE_ROLES or node.tag in _OF_THEMSELVES:
            return None
        elif role != CAPTION:
            ahead += node.children[::-1]
    return found
