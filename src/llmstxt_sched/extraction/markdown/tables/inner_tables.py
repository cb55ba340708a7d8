"""Tables of data with other tables in their cells, such as JSDoc's of a parameter that is an object with properties."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something
from llmstxt_sched.extraction.markdown.tables.table_lines import CELLS, Row, rows_of

# In characters, of what a column is called; a longer text is the page's that a table lays out.
_MAX_HEAD: Final = 60
# What a column's name is not.
_NOT_IN_HEAD: Final = selectors.HEADINGS | {"img", "table", "ul", "ol"}
_TABLE: Final = frozenset(["table"])
# Rows, and what follows them because it fits in no cell.
Part = tuple[list[Row], list[Element | str]]


def parts_of_table(tree: Tree, table: Element) -> list[Part]:
    """The parts of a table with others in its cells, each with its head; none if it has none, or lays out the page.

    What the cells hold from such a table on is taken out of them.
    """
    if not tree.nests_tables or not tree.has(table, _TABLE):
        return []
    rows = [(_cells(row), in_head) for row, in_head in rows_of(table)]
    head = rows[0][0] if len(rows) > 1 else []
    is_named = len(head) > 1 and all(cell.tag == "th" and _names_column(tree, cell) for cell in head)
    if not is_named or not all(_is_row(tree, cells, len(head)) for cells, _ in rows[1:]):
        return []
    parts, part = list[Part](), list[Row]()
    for cells, _ in rows[1:]:
        taken = [node for cell in cells for node in _taken_out(tree, cell, is_row=len(cells) == 1)]
        if len(cells) > 1:
            part.append((cells, False))
        if taken:
            parts.append(([(head, True), *part] if part else [], taken))
            part = []
    return [*parts, ([(head, True), *part], [])] if part else parts


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.elements() if cell.tag in CELLS]


def _names_column(tree: Tree, cell: Element) -> bool:
    return cell.chars <= _MAX_HEAD and not cell.get("colspan") and not tree.has(cell, _NOT_IN_HEAD)


def _is_row(tree: Tree, cells: list[Element], width: int) -> bool:
    """Whether it has a cell for each column, or one for all in which a table is."""
    return len(cells) == width or (len(cells) == 1 and tree.has(cells[0], _TABLE))


def _taken_out(tree: Tree, cell: Element, *, is_row: bool) -> list[Element | str]:
    """Take out of a cell what begins with the first table in it, or with that one's heading: all of an only cell."""
    if not tree.has(cell, _TABLE):
        return []
    holder, begin = cell, 0
    if not is_row:
        holder = _innermost(cell)
        begin = _begin(tree, holder)
    taken, holder.children = holder.children[begin:], holder.children[:begin]
    return taken


def _innermost(cell: Element) -> Element:
    """The innermost element in a cell that holds all that it says, but for a table."""
    holder = cell
    while True:
        said = [part for part in holder.children if says_something(part)]
        only = said[0] if len(said) == 1 else ""
        if isinstance(only, str) or only.tag == "table":
            return holder
        holder = only


def _begin(tree: Tree, holder: Element) -> int:
    """Where what belongs to the first table in an element begins."""
    begin = 0
    for at, part in enumerate(holder.children):
        if isinstance(part, Element) and not part.dropped and (part.tag == "table" or tree.has(part, _TABLE)):
            return begin or at
        if says_something(part):
            begin = at if isinstance(part, Element) and part.tag in selectors.HEADINGS else 0
    return 0
