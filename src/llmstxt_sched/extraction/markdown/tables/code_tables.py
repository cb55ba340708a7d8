"""Tables that only put line numbers beside code: what is in their cells tells, whatever a highlighter calls them."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.markdown.code import code_of, is_line_tag, is_numbers
from llmstxt_sched.extraction.markdown.tables.table_lines import CELLS, rows_of

# Gitea's and GitHub's attribute of a line's number.
_NUMBER: Final = "data-line-number"


def code_in_table(tree: Tree, table: Element) -> tuple[list[Element], Element] | None:
    """What holds the code in a table of line numbers and code, after the cells above it, such as a file's name.

    None for a table of data.
    """
    above, numbered = list[Element](), list[tuple[Element, Element]]()
    for row, _ in rows_of(table):
        cells = [cell for cell in row.children if isinstance(cell, Element) and cell.tag in CELLS]
        if len(cells) > 1:
            pair = _numbers_and_code(cells)
            if pair is None:
                return None
            numbered.append(pair)
        elif numbered and cells:
            return None
        else:
            above += cells
    if not numbered:
        block = _only_block(tree, table)
        return ([], block) if block is not None else None
    if len(numbered) > 1:
        # One row a line: numbers alone may as well count steps.
        return (above, table) if all(_is_line(tree, numbers, code) for numbers, code in numbered) else None
    numbers, code = numbered[0]
    return (above, _only_block(tree, code) or code) if _are_beside(tree, numbers, code) else None


def _numbers_and_code(cells: list[Element]) -> tuple[Element, Element] | None:
    """The two cells of a row of line numbers and code."""
    others = [cell for cell in cells[1:] if not cell.dropped]
    return (cells[0], others[0]) if len(others) == 1 and is_numbers(cells[0].words().split()) else None


def _is_line(tree: Tree, numbers: Element, code: Element) -> bool:
    """Whether a row is a line of code, as its cells or what is in them are called."""
    has_number = _is_gutter(numbers) or any(_NUMBER in node.attrs for node in (numbers, *tree.within(numbers)))
    return has_number or any(is_line_tag(node.start) for node in (code, *tree.within(code)))


def _is_gutter(numbers: Element) -> bool:
    return not selectors.LINE_NUMBERS.isdisjoint(numbers.classes)


def _are_beside(tree: Tree, numbers: Element, code: Element) -> bool:
    """Whether the numbers in a cell are those of the lines in the other one."""
    if _is_gutter(numbers):
        return True
    has_lines = any(is_line_tag(node.start) for node in tree.within(code))
    if not has_lines and _only_block(tree, code) is None:
        return False
    found = [int(number.removesuffix(":")) for number in numbers.text().split()]
    if not found:
        # Hugo's are known by what is in their cell, YARD's by an empty block.
        return tree.has(numbers, ["pre"]) or any(node.dropped for node in tree.order[numbers.at + 1 : numbers.end])
    is_told = has_lines or len(found) > 1 or tree.has(numbers, selectors.CODE_BLOCKS)
    is_count = found == list(range(found[0], found[0] + len(found)))
    return is_told and is_count and len(found) <= code_of(code).count("\n") + 2


def _only_block(tree: Tree, holder: Element) -> Element | None:
    """The block of code that is all that `holder` holds."""
    block = tree.first(holder, selectors.CODE_BLOCKS)
    return block if block is not None and block.chars == holder.chars else None
