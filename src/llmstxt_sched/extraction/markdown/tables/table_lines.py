"""Tables (GitHub Flavored Markdown, section 4.10)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import compress, islice
from typing import Final, cast

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.markdown.accessible_name import accessible_name
from llmstxt_sched.extraction.markdown.inline.inline_writer import InlineWriter
from llmstxt_sched.extraction.markdown.yes_no_icons import sign_of

# More columns than any real table has, so that spans cannot make a small page large.
_MAX_COLUMNS, _MAX_ROWSPAN = 100, 500
# Fewer columns with a text are no table, and longer texts, in characters, are no pieces on a board.
_MIN_COLUMNS, _MAX_PIECE = 2, 2
# Elements in a cell that has nothing but a picture; the sizes of one that only keeps a place.
_MAX_AROUND_PICTURE, _DOT = 5, frozenset(["0", "1"])
# A picture without a description, and nothing else.
_NO_DESCRIPTION: Final = "![]("
_ONLY_PICTURE: Final = re.compile(rf"{re.escape(_NO_DESCRIPTION)}[^()\s]*\)")
CELLS: Final = frozenset(["td", "th"])
_HEAD_CELL: Final = frozenset(["th"])
# The texts of a row's cells, with None for one that is dropped.
_Texts = list[str | None]
# The cells of a row, dropped or not, and whether they are the table's head.
Row = tuple[list[Element], bool]
_Spans = dict[int, tuple[int, str | None]]
# A cell of more characters in several blocks is prose that a table lays out.
_PROSE: Final = 500
# Elements and cells of a table of a formula and its number, and these.
_MAX_IN_NUMBERED, _MAX_NUMBERED = 400, 5
_ONLY_FORMULA, _NUMBER = re.compile(r"(\$\$?)[^$]+\1"), re.compile(r"\(([A-Z]?\.?\d[\w.]{0,9})\)")
# What says that a table only lays out the page, and how long its cells are, in characters, where it is a grid of facts.
_OF_LAYOUT: Final = frozenset(["presentation", "none"])
_MAX_FACT: Final = 200
_LISTS: Final = frozenset(["dl", "ol", "ul"])


def is_layout(tree: Tree, table: Element) -> bool:
    """Whether the table lays out the page and is none of data.

    Intercom says so of each table of an article: with a head, or as many brief cells in each row, it is one of data.
    """
    is_said = table.get("role") in _OF_LAYOUT
    # Most tables are told by the first cell.
    if not is_said and not tree.nests_tables and tree.has(table, _HEAD_CELL):
        return False
    inner = list(tree.within(table))
    tags = {node.tag for node in inner}
    if "table" in tags:
        return True
    if is_said and (not tags.isdisjoint(selectors.HEADINGS) or any(map(_has_lines, inner))):
        return True
    if "th" in tags:
        return False
    rows = [[cell for cell in row.elements() if cell.tag == "td"] for row in inner if row.tag == "tr"]
    rows = [*filter(None, rows)]
    if is_said and not (_is_grid(rows) and tags.isdisjoint(_LISTS)):
        return True
    if all(sum(cell.chars > 0 for cell in row) < 2 for row in rows) and any(map(_has_lines, inner)):
        # Beside the code is an icon, such as one that leads to its source.
        return True
    # What has a caption may be a figure.
    if max(map(len, rows), default=0) < 2 and (len(rows) < 2 or _holds_blocks(rows)):
        return True
    return "caption" not in tags and lays_out(rows, tags)


def _is_grid(rows: list[list[Element]]) -> bool:
    """Whether each of several rows has as many cells, two or more, and all have a brief text."""
    widths = set(map(len, rows))
    is_even = len(rows) > 1 and len(widths) == 1 and min(widths) > 1
    return is_even and all(0 < cell.chars <= _MAX_FACT for row in rows for cell in row)


def _holds_blocks(rows: list[list[Element]]) -> bool:
    """Whether a cell has several blocks, as what Compodoc says of a method in a table of one column."""
    return any(sum(block.is_block for block in cell.elements()) > 1 for row in rows for cell in row)


def _has_lines(node: Element) -> bool:
    """Whether it is code of several lines, whose indentation would be lost in a cell."""
    return node.tag == "pre" and "\n" in node.text().strip()


def lays_out(rows: list[list[Element]], tags: set[str]) -> bool:
    """Whether rows without a head, in which are elements of these `tags`, are none of data."""
    if (len(rows) < 2 and not tags.isdisjoint(("ul", "ol", "dl"))) or not tags.isdisjoint(selectors.HEADINGS):
        return True
    return any(
        cell.chars > _PROSE and sum(block.is_block for block in cell.elements()) > 1 for row in rows for cell in row
    )


def numbered_formula(table: Element, inline: InlineWriter) -> str:
    """The formula in a table that only sets its number beside it, as LaTeXML's do; '' for another table."""
    if table.end - table.at > _MAX_IN_NUMBERED or table.chars > _PROSE:
        return ""
    rows = [row for row, _ in islice(rows_of(table), 2)]
    if len(rows) != 1:
        return ""
    cells = [cell for cell in _cells_of(rows[0]) if not cell.dropped]
    if not 1 < len(cells) <= _MAX_NUMBERED:
        return ""
    texts = [*filter(None, [inline.line(cell.children) for cell in cells])]
    formulas = [text for text in texts if text.startswith("$") and _ONLY_FORMULA.fullmatch(text)]
    numbers = [found[1] for found in map(_NUMBER.fullmatch, texts) if found is not None]
    if len(formulas) != 1 or len(numbers) != 1 or len(texts) != 2:
        return ""
    tex = formulas[0].strip("$")
    return f"$${tex}$$" if r"\tag" in tex else rf"$${tex} \tag{{{numbers[0]}}}$$"


def table_lines(table: Element, inline: InlineWriter) -> list[str]:
    """The lines of the table; a cell that spans others leaves theirs empty.  None if it has no text."""
    return lines_of_rows([(_cells_of(row), in_head) for row, in_head in rows_of(table)], inline)


def _cells_of(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element) and cell.tag in CELLS]


def lines_of_rows(table: Iterable[Row], inline: InlineWriter) -> list[str]:
    """The lines of the table that has these rows."""
    rows, spans, has_head = list[_Texts](), _Spans(), False
    for cells, in_head in table:
        if not rows:
            shown = [cell for cell in cells if not cell.dropped]
            has_head = bool(shown) and (in_head or all(cell.tag == "th" for cell in shown))
        rows.append(_row(cells, spans, inline))
    if _is_full(rows):
        texts = cast("list[list[str]]", rows)
    else:
        _drop_icons(rows, has_head=has_head)
        if not any(any(row) for row in rows):
            return []
        texts = _without_empty(_without_dropped(rows), has_head=has_head)
    width = max(map(len, texts))
    head = texts.pop(0) if has_head else []
    lines = [head, ["---"] * width, *(row for row in texts if any(row))]
    return [f"| {' | '.join(row if len(row) == width else row + [''] * (width - len(row)))} |" for row in lines]


def _is_full(rows: list[_Texts]) -> bool:
    """Whether each row has a text in each column, and none may be a picture: then nothing of them is left out."""
    width = len(rows[0]) if rows else 0
    for row in rows:
        if len(row) != width:
            return False
        for text in row:
            if not text or text.startswith(_NO_DESCRIPTION):
                return False
    return width > 0


def _drop_icons(rows: list[_Texts], *, has_head: bool) -> None:
    """Empty each column without a name of nothing but pictures without a description that is there for its looks.

    Any other picture may be what the table says: a tick or a cross, or what the cell beside it names.
    """
    body = rows[1:] if has_head else rows
    texts = [text for row in body for text in row if text]
    shown = [text for text in texts if _is_picture(text)]
    # A table of nothing else is a gallery.
    if not shown or len(shown) == len(texts):
        return
    names = rows[0] if has_head else []
    times = Counter(shown)
    for at in range(max(map(len, body))):
        pictures = [text for row in body for text in row[at : at + 1] if text]
        if any(names[at : at + 1]) or not pictures or not all(map(_is_picture, pictures)):
            continue
        is_only_row = len(body) == 1 and at == 0 and not has_head
        is_same = len(pictures) > 1 and len(set(pictures)) == 1 and times[pictures[0]] == len(pictures)
        if is_only_row or is_same or any(names):
            for row in body:
                row[at : at + 1] = [""] * len(row[at : at + 1])


def _is_picture(text: str) -> bool:
    return text.startswith(_NO_DESCRIPTION) and _ONLY_PICTURE.fullmatch(text) is not None


def _without_dropped(rows: list[_Texts]) -> list[list[str]]:
    """The rows without the columns of which each cell is dropped; another cell that is leaves its place empty."""
    if not any(None in row for row in rows):
        return cast("list[list[str]]", rows)
    kept = [any(row[at] is not None for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
    return [[text or "" for text in compress(row, kept)] for row in rows]


def _without_empty(rows: list[list[str]], *, has_head: bool) -> list[list[str]]:
    """The rows without the columns that have no text at all, which only set others apart, as Scribble's do."""
    width = max(map(len, rows))
    kept = [any(row[at] for row in rows if at < len(row)) for at in range(width)]
    # Of one column, each row of the other is one that nobody has filled in yet.
    if all(kept) or sum(kept) < _MIN_COLUMNS:
        return rows
    # On a board each place counts.
    if not has_head and all(len(text) <= _MAX_PIECE for row in rows for text in row):
        return rows
    return [[*compress(row, kept)] for row in rows]


def rows_of(table: Element) -> Iterator[tuple[Element, bool]]:
    """The table's rows, each with whether it is in the table's head; its foot is last, wherever it is written."""
    parts = list(table.elements())
    feet = [part for part in parts if part.tag == "tfoot"]
    for part in [*[part for part in parts if part.tag != "tfoot"], *feet] if feet else parts:
        if part.tag == "tr":
            yield part, False
        elif part.tag in ("thead", "tbody", "tfoot"):
            for row in part.elements():
                if row.tag == "tr":
                    yield row, part.tag == "thead"


def _row(cells: list[Element], spans: _Spans, inline: InlineWriter) -> _Texts:
    """The texts of a row; `spans` holds for how many rows more each column is covered by a cell above, and by what."""
    if not spans and not any(_may_span(cell) for cell in cells):
        return [_cell(cell, inline) for cell in cells[:_MAX_COLUMNS]]
    row: _Texts = []
    ahead = iter(cells)
    while len(row) < _MAX_COLUMNS:
        left, covering = spans.get(len(row), (0, ""))
        if left:
            spans[len(row)] = left - 1, covering
            row.append(covering)
            continue
        cell = next(ahead, None)
        if cell is None:
            break
        at = len(row)
        row.append(_cell(cell, inline))
        if _may_span(cell):
            wide, high = _span(cell, "colspan", _MAX_COLUMNS), _span(cell, "rowspan", _MAX_ROWSPAN)
            beside = None if row[at] is None else ""
            spans.update((column, (high - 1, beside)) for column in range(at, at + wide))
            row += [beside] * (wide - 1)
    return row[:_MAX_COLUMNS]


def _cell(cell: Element, inline: InlineWriter) -> str | None:
    if cell.dropped:
        return None
    text = inline.line(cell.children) or inline.line([accessible_name(cell)]) or _drawn(cell, inline)
    return text.replace("|", "\\|")


def _drawn(cell: Element, inline: InlineWriter) -> str:
    """What a cell without a text shows."""
    return (_picture(cell, inline) or sign_of(cell)) if cell.end - cell.at > 1 else ""


def _picture(cell: Element, inline: InlineWriter) -> str:
    """The only picture in a cell that has nothing else; one with an empty description is there for its looks."""
    if cell.end - cell.at > _MAX_AROUND_PICTURE:
        return ""
    holder: Element | None = cell
    while holder is not None and holder.tag != "img":
        inner = list(holder.elements())
        holder = inner[0] if len(inner) == 1 else None
    is_seen = holder is not None and "alt" not in holder.attrs and _DOT.isdisjoint(map(holder.get, ("width", "height")))
    return inline.picture(holder) if holder is not None and is_seen else ""


def _may_span(cell: Element) -> bool:
    attrs = cell.attrs
    return bool(attrs) and ("colspan" in attrs or "rowspan" in attrs)


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.get(name).strip()
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 6 and int(value) else 1
