"""Makes code of what Scribble, cppreference and Natural Docs lay out in tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, islice
from textwrap import dedent
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.retagging.lines import lines_in, rows_of
from llmstxt_sched.extraction.dom.retagging.new_tag import name
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in

# The name of a file above its code has no more, in characters.
_MAX_NAME: Final = 80
# Lines of code in a table.
_MAX_LINES: Final = 2000
# So many tables may be in one another, and a column is so wide, in characters.
_MAX_TABLES, _MAX_COLUMN = 4, 200


def name_tables_of_scribble(tree: Tree) -> None:
    """Make code of the tables in which Scribble has lines of code, and nothing of the quotations around them."""
    for node in tree.where(_is_of_scribble, ["class"]):
        if node.tag == "table" and selectors.GRAMMAR_OF_SCRIBBLE in node.classes:
            _make_grammar(node)
        elif node.tag == "table":
            _make_code(node)
        else:
            name(node, "div")


@Question
def _is_of_scribble(start: StartTag) -> bool:
    """Whether it is a table of lines of code or a signature, or a quotation that only indents them."""
    names = {"table": selectors.TABLES_OF_SCRIBBLE, "blockquote": selectors.INDENTED_BY_SCRIBBLE}.get(start.name)
    return names is not None and not names.isdisjoint(start.classes)


def _make_code(table: Element) -> None:
    """Make code of a table with a row for each line."""
    rows = list(islice(rows_of(table), _MAX_LINES))
    lines = [_line_of(row) for row in rows]
    if len(rows) < _MAX_LINES and not any(inner.tag in ("table", "img") for row in rows for inner in elements_in(row)):
        table.children = ["\n".join(lines)]
        name(table, "pre")


def _make_grammar(table: Element) -> None:
    """Make code of a grammar, which has what is named, a sign and an alternative in the cells of each row."""
    rows = [[cell for cell in row.elements() if cell.tag == "td"] for row in islice(rows_of(table), _MAX_LINES)]
    if len(rows) >= _MAX_LINES or any(inner.tag == "img" for inner in elements_in(table)):
        return
    named = [(" ".join(filter(None, map(Element.words, cells[:-1]))), cells[-1]) for cells in rows if cells]
    width = min(max([len(before) for before, _ in named], default=0), _MAX_NAME) + 1
    lines = list[str]()
    for before, said in named:
        inner = next(filter(lambda part: part.tag == "table", islice(said.elements(), 2)), None)
        said_lines = [*map(_line_of, islice(rows_of(inner), _MAX_LINES))] if inner is not None else [said.words()]
        for at, line in enumerate(said_lines):
            # The sign between two alternatives stands at the end of the first.
            lines.append(f"{'' if at else before:>{width - 1}} {line}".rstrip())
    for inner in elements_in(table):
        # No table around it has these rows.
        inner.tag = "span"
    table.children = ["\n".join(lines)]
    name(table, "pre")


def _line_of(row: Element) -> str:
    node = row
    while len(node.children) == 1 and isinstance(node.children[0], Element) and node.children[0].is_block:
        node = node.children[0]
    if any(part.is_block for part in node.elements()):
        return node.words()
    # A space stands for where the block begins.
    return node.text().replace("\xa0", " ").removeprefix(" ").rstrip()


def name_tables_of_cppreference(tree: Tree) -> None:
    """Make code of each declaration in the tables that cppreference has above a page, and a line of the text beside it.

    Such a line is the number of the declaration and since when it is one.
    """
    for table in tree.tagged("table"):
        if selectors.DECLARATIONS not in table.classes:
            continue
        codes = [code for code in islice(elements_in(table), _MAX_LINES) if selectors.GESHI in code.classes]
        rows = {row: code for code in codes if (row := code.ancestor(["tr"])) is not None}
        for part in islice(elements_in(table), _MAX_LINES):
            if part.tag in ("tbody", "tr"):
                name(part, "div")
        for row, code in rows.items():
            row.children = [*_beside(row, code), code]
            code.children, code.parent = [dedent(lines_in(code))], row
            code.start = StartTag("pre", {"class": f"language-{code.get('class').rpartition('-')[2]}"})
            code.attrs = code.start.attrs
            name(code, "pre")
        name(table, "div")


def _beside(row: Element, code: Element) -> Iterator[Element | str]:
    """What stands in the cells of a row beside that of the code, with a space after each."""
    for cell in row.elements():
        if cell.tag == "td" and not cell.holds(code):
            for part in (*cell.children, " "):
                if isinstance(part, Element):
                    part.parent = row
                yield part


def name_tables_of_natural_docs(tree: Tree) -> None:
    """Make code of the tables in which Natural Docs has the parameters of a prototype below each other."""
    end = 0
    for node in tree.where(_is_prototype, ["class"]):
        around = node.parent
        if node.at < end or any(inner.tag in ("img", "p", "pre", "th") for inner in elements_in(node)):
            continue
        end = node.end
        text = "\n".join(line.rstrip() for line in _laid_out(node, _MAX_TABLES))
        for inner in elements_in(node):
            inner.tag = "span"
        node.children = [text]
        name(node, "pre")
        if around is not None and around.tag == "blockquote" and around.chars == node.chars:
            name(around, "div")


@Question
def _is_prototype(start: StartTag) -> bool:
    return selectors.PROTOTYPES.get(start.name, "") in start.classes


def _laid_out(node: Element, depth: int) -> list[str]:
    """The lines of the cells' texts, each as far to the right as its column is."""
    tables = [part for part in node.elements() if part.tag == "table"]
    if node.tag != "table" and (not tables or not depth):
        inner = [part for part in node.elements() if part.is_block]
        return [line for part in inner for line in _laid_out(part, depth)] if inner and depth else [lines_in(node)]
    lines: list[str] = []
    for table in [node] if node.tag == "table" else tables:
        rows = [
            [_laid_out(cell, depth - 1) for cell in row.elements() if cell.tag == "td"]
            for row in islice(rows_of(table), _MAX_LINES)
        ]
        columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows), default=0))]
        # Others only set these apart.
        told = [any(line.strip() for cell in column for line in cell) for column in columns]
        rows, columns = [[*compress(row, told)] for row in rows], [*compress(columns, told)]
        widths = [min(max(len(line) for cell in column for line in cell), _MAX_COLUMN) for column in columns]
        are_open = [any(line.endswith("(") for cell in column for line in cell) for column in columns]
        for row in rows:
            lines += _beside_each_other(row, widths, are_open)
    return lines


def _beside_each_other(row: list[list[str]], widths: list[int], are_open: list[bool]) -> Iterator[str]:
    """The lines of the cells of a row; what closes a list stands after the last, and nothing before what opens it."""
    height = max(map(len, row), default=0)
    for at in range(height):
        line = ""
        for column, cell in enumerate(row):
            closes = cell[0].startswith(")")
            own = at - (height - len(cell) if closes else 0)
            said = cell[own] if 0 <= own < len(cell) else ""
            if closes:
                line = line.rstrip() + said
            else:
                line += f"{' ' * (column > 0 and not are_open[column - 1])}{said:<{widths[column]}}"
        yield line
