"""Footnotes and notes whose mark stands in an element of its own beside what they say."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, elements_in
from llmstxt_sched.extraction.markdown.accessible_name import accessible_name
from llmstxt_sched.extraction.markdown.lists.definitions import groups, has_blocks
from llmstxt_sched.extraction.markdown.tables.table_lines import CELLS, rows_of

# In characters.  What a note is called is a word or two.
_MAX_MARK: Final = 30
_KIND: Final = re.compile(r"(?:note|tip|important|warning|caution|hint|danger)\W?", re.IGNORECASE)
_BOXES: Final = frozenset(["aside", "div", "section"])

# The mark of a note, and what the note says.
Marked = tuple[str, list[Element | str]]


def marked_notes(node: Element) -> list[Marked]:
    """The footnotes or citations in what docutils makes of them; none for another element."""
    if selectors.MARKED_NOTES.isdisjoint(node.classes):
        return []
    if node.tag == "table":
        return _in_rows(node)
    if node.tag == "dl":
        return _in_definitions(node)
    parts = [part for part in node.children if not (part.isspace() if isinstance(part, str) else part.dropped)]
    if node.tag not in _BOXES or not parts or isinstance(parts[0], str) or not _is_mark(parts[0]):
        return []
    said = [part for part in parts[1:] if isinstance(part, str) or selectors.BACK_FROM_NOTE not in part.classes]
    return [(parts[0].words(), said)]


def _in_rows(table: Element) -> list[Marked]:
    rows = [[cell for cell in row.elements() if cell.tag in CELLS] for row, _ in rows_of(table)]
    is_whole = all(len(row) == 2 and _is_mark(row[0]) for row in rows)
    return [(mark.words(), said.children) for mark, said in rows] if is_whole else []


def _in_definitions(node: Element) -> list[Marked]:
    found = groups(node)
    if not all(len(terms) == 1 and _is_mark(terms[0]) for terms, _ in found):
        return []
    # A style writes the brackets.
    marks = [_bracketed(terms[0]).words() for terms, _ in found]
    marks = [mark if mark.startswith("[") else f"[{mark}]" for mark in marks]
    return [
        (mark, [part for each in said for part in each.children]) for mark, (_, said) in zip(marks, found, strict=True)
    ]


def _bracketed(term: Element) -> Element:
    """What a term has in brackets, beside which the links back to the text may stand; else all of it."""
    return next(filter(lambda part: selectors.BRACKETED in part.classes, term.elements()), term)


def _is_mark(node: Element) -> bool:
    return selectors.MARK_OF_NOTE in node.classes


def note_in_table(table: Element) -> tuple[str, list[Element]] | None:
    """The name of a note that a table lays out, as DocBook and Asciidoctor do, and the cells with its text."""
    box = table.parent
    if box is None or selectors.NOTES_IN_TABLES.isdisjoint(box.classes):
        return None
    if any(child is not table for child in box.elements()):
        return None
    rows = list(rows_of(table))
    cells = [cell for row, _ in rows for cell in row.elements() if cell.tag in CELLS]
    if not 1 < len(cells) <= 3 or cells[0].chars > _MAX_MARK or cells[0].tag == "th":
        return None
    icon, *others = cells
    # Else the first cell has others below it, and is the head of a column.
    if len(rows) > 1 and "rowspan" not in icon.attrs:
        return None
    if others[0].tag == "th" and _is_mere_picture(icon) and 0 < others[0].chars <= _MAX_MARK:
        return "", others
    written = icon.words() or accessible_name(icon)
    name = written.strip("[] ")
    # DocBook writes what a picture stands for in brackets, in any language.
    is_icon = selectors.ICON_OF_NOTE in icon.classes or _KIND.fullmatch(name) or f"[{name}]" == written
    if not name or not is_icon or any(node.tag == "a" for node in elements_in(icon)):
        return None
    is_named = others[0].tag == "th" and others[0].words().casefold() == name.casefold()
    return "" if is_named else name, others


def _is_mere_picture(cell: Element) -> bool:
    """Whether a cell holds a picture that says nothing, as DocBook's stylesheets write that of a note."""
    inside = [node for node in elements_in(cell) if node.tag == "img"]
    return not cell.chars and len(inside) == 1 and not accessible_name(cell)


def split_first(said: list[Element | str]) -> tuple[list[Element | str], list[Element | str]]:
    """The first paragraph of a note, and what follows it; the first is empty where the note begins with a block."""
    for at, part in enumerate(said):
        if isinstance(part, Element) and part.is_block:
            is_first = not any(not isinstance(before, str) or before.strip() for before in said[:at])
            if is_first and part.tag == "p" and not has_blocks(part):
                return part.children, said[at + 1 :]
            return said[:at], said[at:]
    return said, []
