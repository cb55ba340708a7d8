"""Tables that are laid out by a style and have none of the tags: Javadoc's since version 16."""

from __future__ import annotations

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, elements_among
from llmstxt_sched.extraction.markdown.tables import Row


def grid_rows(node: Element) -> list[Row]:
    """The rows of an element that is such a table; none if it is not."""
    columns = max((selectors.SUMMARY_COLUMNS.get(name, 0) for name in node.classes), default=0)
    return _javadoc_rows(node, columns) if columns else []


def _javadoc_rows(table: Element, columns: int) -> list[Row]:
    """The rows of a table whose cells follow one another, so many a row."""
    cells = list(elements_among(table.children))
    is_whole = len(cells) % columns == 0 and all(cell.tag == "div" for cell in cells)
    starts = range(0, len(cells) if is_whole else 0, columns)
    return [(cells[at : at + columns], selectors.SUMMARY_HEAD in cells[at].classes) for at in starts]
