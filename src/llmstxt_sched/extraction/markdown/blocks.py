"""Writes a page's main content as Markdown, block by block (CommonMark 0.31, and GitHub's tables and task lists)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something
from llmstxt_sched.extraction.markdown.accessible_name import accessible_name
from llmstxt_sched.extraction.markdown.block_lines import BlockLines
from llmstxt_sched.extraction.markdown.code import broken_code, code_span, fenced, is_code_block, signature_lines
from llmstxt_sched.extraction.markdown.escape import escape_start
from llmstxt_sched.extraction.markdown.inline.inline_writer import InlineWriter
from llmstxt_sched.extraction.markdown.left_over import CHOICE, without_left_over
from llmstxt_sched.extraction.markdown.lists.checkboxes import box_of_item
from llmstxt_sched.extraction.markdown.lists.definitions import (
    groups,
    has_blocks,
    is_signature,
    only_paragraph,
    parts_of_term,
    strong,
)
from llmstxt_sched.extraction.markdown.lists.item_numbers import (
    first_number,
    kind_of_labels,
    label_of,
    number_of,
    step_of,
)
from llmstxt_sched.extraction.markdown.lists.list_parts import parts_of_list
from llmstxt_sched.extraction.markdown.math import formula
from llmstxt_sched.extraction.markdown.notes import marked_notes, note_in_table, split_first
from llmstxt_sched.extraction.markdown.side_by_side import set_apart
from llmstxt_sched.extraction.markdown.stretched_links import title_below_label
from llmstxt_sched.extraction.markdown.tables.code_tables import code_in_table
from llmstxt_sched.extraction.markdown.tables.grids import CAPTION, grid_rows
from llmstxt_sched.extraction.markdown.tables.inner_tables import Part, parts_of_table
from llmstxt_sched.extraction.markdown.tables.table_lines import is_layout, lines_of_rows, numbered_formula, table_lines
from llmstxt_sched.extraction.markdown.yes_no_icons import signs_of_items
from llmstxt_sched.extraction.normalise import COUNTER, DATE_OF_UPDATE, OF_BUILD, is_date_of_entry, normalise_line

# Elements of a synopsis before its first name, and that one.
_MAX_BEFORE_NAME: Final = 8
_TABLE: Final = frozenset(["table"])
_CELLS: Final = frozenset(["dd", "dt", "td", "th"])
_LISTS: Final = frozenset(["ul", "ol", "menu", "dir"])
_ITEMS: Final = selectors.HEADINGS | {"li"}
# In an element with role=img, a picture is among so many elements; a drawing has many.
_MAX_AROUND_PICTURE: Final = 20
# In characters, of what says that a page was updated, and of the date beside it.
_MAX_OF_UPDATE: Final = 60
# Items of a list that are looked at for other dates.
_MAX_OF_HISTORY: Final = 50
# Kinds of lines that an item of a list may tell: the views that a plan includes, the parts of a message.
_VALUES: Final = (COUNTER, OF_BUILD)
_NO_MORE: Final = StartTag("div", {})
_STRUCK: Final = StartTag("del", {})
_OF_DEFINITIONS: Final = frozenset(["dt", "dd", "div"])
_CODE_OR_FORMULA: Final = selectors.CODE_BLOCKS | selectors.FORMULA_TAGS | {"code"}


class BlockWriter(BlockLines):
    """Writes blocks as `lines`; `volatile` counts the lines left out, by kind (see `normalise`)."""

    def __init__(self, tree: Tree, inline: InlineWriter) -> None:
        super().__init__()
        self.volatile: Counter[str] = Counter()
        self._tree = tree
        self._inline_writer = inline
        self._is_in_item = self._is_struck = False
        # The list that is being written, and whether it is one of dates, as far as that is known.
        self._list: Element | None = None
        self._has_history: bool | None = None
        # How many lines there were after the last item that no list is around.
        self._after_lone_item = -1

    def write(self, holder: Element) -> None:
        """Write what `holder` holds; elements that are laid out as blocks and say no more are passed through."""
        run: list[Element | str] = []
        ahead: list[Iterator[Element | str]] = [iter(holder.children)]
        while ahead:
            node = next(ahead[-1], None)
            if run and (node is None or (not isinstance(node, str) and node.is_block and not node.dropped)):
                self._paragraph(run)
                run = []
            if node is None:
                ahead.pop()
            elif isinstance(node, str):
                # White space before a paragraph does not belong to it.
                if run or not node.isspace():
                    run.append(node)
            elif not node.is_block or (node.dropped and node.tag == CHOICE):
                run.append(node)
            elif not node.dropped and not self._block(node):
                only = node.only_text
                if only is None:
                    ahead.append(iter(node.children))
                elif not only.isspace():
                    self._paragraph([only])

    def _block(self, node: Element) -> bool:
        """Write a block; False if it is no more than what it holds."""
        if node.label and (node.chars or self._has_picture(node)):
            self._emit([strong(self._inline_writer.line([node.label]))])
        if node.start.is_marked or node.tag in _CODE_OR_FORMULA:
            if is_code_block(node):
                self._emit(fenced(node))
                return True
            if not selectors.SIGNATURES.isdisjoint(node.classes):
                self._emit(signature_lines(node))
                return True
            written = formula(node)
            if written:
                self._emit([written])
                return True
            if node.get("role") == "img" and not node.chars and not self._has_picture(node):
                self._paragraph([accessible_name(node)])
                return True
            if self._grid(node) or self._marked_notes(node):
                return True
        write = _WRITERS.get(node.tag)
        return write is not None and write(self, node)

    def _has_picture(self, node: Element) -> bool:
        return any(inner.tag == "img" for inner in islice(self._tree.within(node), _MAX_AROUND_PICTURE))

    def _grid(self, node: Element) -> bool:
        """Write a table that has none of the tags; False if the element is none."""
        lines = lines_of_rows(grid_rows(self._tree, node), self._inline_writer)
        for caption in node.elements() if lines else ():
            if caption.get("role") == CAPTION:
                self._paragraph(caption.children)
        self._emit(lines)
        return bool(lines)

    def _marked_notes(self, node: Element) -> bool:
        """Write notes that begin with their marks; False if there is none."""
        notes = marked_notes(node)
        for mark, said in notes:
            first, others = split_first(said)
            self._paragraph([f"{mark} ", *first])
            self._write_nodes(others)
        return bool(notes)

    def _write_nodes(self, nodes: list[Element | str]) -> None:
        """Write what one element holds, or several do."""
        holder = Element(_NO_MORE, {}, None)
        holder.children = nodes
        self.write(holder)

    def _paragraph(self, run: list[Element | str]) -> None:
        code = broken_code(run)
        if code is not None:
            self._emit(fenced(code))
            return
        run = set_apart(run)
        lines, found = [], self._inline_writer.lines([_struck(run)] if self._is_struck else run)
        # What an item begins with, or one of several lines, is a value among others.
        is_item = bool(self._marker)
        may_be_age = not is_item and len(found) == 1
        for line in found:
            stable, kind = normalise_line(line, may_be_age=may_be_age)
            if kind and not stable and is_date_of_entry(line) and (self._is_below_part or self._is_in_history()):
                stable, kind = line, ""
            if kind in _VALUES and not stable and is_item:
                stable, kind = line, ""
            if kind:
                self.volatile[kind] += 1
            if stable:
                lines.append(escape_start(stable))
        lines = without_left_over(lines, run)
        if lines and self._letter:
            lines[0], self._letter = f"{self._letter} {lines[0]}", ""
        if len(lines) == 1 and self._is_after_text and self._ends_update(lines[0]):
            return
        self._emit(lines)
        self._is_after_text = self._is_after_text or bool(lines)

    def _is_in_history(self) -> bool:
        """Whether a line stands in a list of several dates, such as those of the drafts of a specification."""
        items = self._list.elements() if self._list is not None else iter(())
        if self._has_history is None:
            self._has_history = sum(map(_is_dated, islice(items, _MAX_OF_HISTORY))) > 1
        return self._has_history

    def _ends_update(self, line: str) -> bool:
        """Whether a block is the date of an update that the block before it names, which is taken back then."""
        label = self.lines[-1].removeprefix(self._prefix)
        is_of_item = label.startswith("- ") and self.lines[-1].startswith(self._prefix)
        if self._marker or is_of_item or len(label) > _MAX_OF_UPDATE or not self._is_update(label, line):
            return False
        self.lines.pop()
        self._is_after_text = False
        return True

    def _is_update(self, label: str, line: str) -> bool:
        """Whether a label and a line are nothing but the date of the page's last update, which is counted."""
        if len(line) > _MAX_OF_UPDATE or not any(map(str.isdigit, line)):
            return False
        written = f"{label} {line}"
        stable, kind = normalise_line(written)
        if stable or kind != DATE_OF_UPDATE or is_date_of_entry(written):
            return False
        self.volatile[kind] += 1
        return True

    def write_heading(self, node: Element) -> bool:
        """Write a heading."""
        # Most have a permalink beside their text, which is dropped.
        shown = [child for child in node.children if isinstance(child, str) or not child.dropped]
        is_text = len(shown) == 1 and isinstance(shown[0], str)
        shown = shown if is_text else node.children
        text = self._inline_writer.line([_struck(shown)] if self._is_struck else shown, in_heading=True)
        if text:
            if text[-1] == "#":
                text = f"{text[:-1]}\\#"
            self._emit([f"{'#' * int(node.tag[1])} {text}"])
            self._is_below_part = node.tag != "h1" and len(self.lines) > 1
        return True

    def write_rule(self, _: Element) -> bool:
        """Write a thematic break, one where what stood between two is left out."""
        if self._marker or self.lines[-1:] != [f"{self._prefix}---"]:
            self._emit(["---"])
        return True

    def write_quotation(self, node: Element) -> bool:
        """Write a quotation; False if it is in so many that nothing is indented any further."""
        if self._is_deep():
            return False
        outer = self._begin("> ", "> ")
        self.write(node)
        self._end(outer)
        return True

    def write_struck(self, node: Element) -> bool:
        """Write blocks that no longer count, each struck out by itself; False within others."""
        if self._is_struck:
            return False
        self._is_struck = True
        for part in self._tree.within(node):
            # These are written as lines by themselves.
            if part.tag in _CELLS and part.chars and not has_blocks(part):
                part.children = [_struck(part.children)]
        self.write(node)
        self._is_struck = False
        return True

    def write_list(self, node: Element) -> bool:
        """Write a list, but for one that lays out a page."""
        if selectors.SECTIONS_OF_DOCCO in node.classes and all(map(_is_of_docco, node.elements())):
            return False
        number = first_number(node)
        if self._is_in_item and self._is_after_text and number in (None, 1):
            # Such a list needs no blank line after a text (CommonMark 5.3).
            self._is_apart = False
        around, self._list = (self._list, self._has_history), node
        self._has_history = None
        marker, indent, letter, kind = "- ", "- ", "", "" if number is None else kind_of_labels(node)
        signs, label, is_letter = signs_of_items([*node.elements()]), "", False
        is_behind_item = False
        for item in parts_of_list(node):
            if isinstance(item, list):
                # Between steps it goes on the one before it, as does a block that no item is around.
                goes_on = is_behind_item and number is not None
                self._is_apart = self._is_apart or goes_on
                others = " " * len(indent) if goes_on else "  "
                outer = self._begin(others if goes_on else "- ", others)
                self._paragraph(item)
                self._end(outer)
                continue
            # Some write a nested list beside the item that it belongs to.
            is_nested = item.tag in ("ul", "ol", "menu") and bool(self.lines)
            goes_on = is_behind_item and not is_nested and _is_no_item(item)
            self._is_apart = self._is_apart or goes_on
            is_behind_item = is_behind_item or item.tag == "li"
            if item.tag == "li" and number is not None:
                number = number_of(item, number)
                label = label_of(number, kind)
                # Markdown knows digits alone (CommonMark 5.2), and another marker begins another list.
                is_letter = is_letter or not label.isdigit()
                marker = indent = "- " if is_letter else f"{label}. "
                letter = f"{label}." if is_letter else ""
                number += step_of(node)
            others = " " * len(indent)
            sign = "" if is_nested or goes_on else marker + (signs.get(item) or box_of_item(item, node, label))
            self._item(item, sign or others, others, letter)
            letter = ""
        self._list, self._has_history = around
        self._is_apart = True
        return True

    def _item(self, item: Element, first: str, others: str, letter: str = "") -> None:
        written, was_in_item, self._is_in_item = len(self.lines), self._is_in_item, True
        outer = self._begin(first, others)
        self._letter = letter
        is_text = item.tag == "li" and selectors.SIGNATURES.isdisjoint(item.classes)
        if is_text or not self._block(item):
            self.write(item)
        self._letter = ""
        self._end(outer)
        self._is_in_item = was_in_item
        # An item of several blocks is set apart from the next one.
        self._is_apart = not all(map(str.strip, self.lines[written + 1 :]))

    def write_lone_item(self, node: Element) -> bool:
        """Write an item that no list is around, which a browser shows as one."""
        if node.parent is None or not node.chars or node.ancestor(_LISTS) is not None:
            return False
        if self._after_lone_item == len(self.lines):
            self._is_apart = False
        self._item(node, "- ", "  ")
        self._is_apart, self._after_lone_item = True, len(self.lines)
        return True

    def write_definitions(self, node: Element) -> bool:
        """Write a description list, but for one without terms and descriptions, as Nim's of imports is."""
        if not any(part.tag in _OF_DEFINITIONS for part in node.elements()):
            return False
        for terms, definitions in groups(node):
            if all(map(is_signature, terms)):
                # What a signature stands for may be long, and is not indented.
                for term in terms:
                    if not self._block(next(term.elements(), term)):
                        self._emit([code_span(term.text())])
                for definition in definitions:
                    self.write(definition)
            else:
                self._define(terms, definitions)
        self._is_apart = True
        return True

    def _define(self, terms: list[Element], definitions: list[Element]) -> None:
        """Write terms as items of a list, and their definitions in the last one."""
        named = [self._inline_writer.line(parts_of_term(term), in_strong=True) for term in terms]
        texts = [text for text in named if text]
        for text in texts[:-1]:
            outer = self._begin("- ", "  ")
            self._emit([strong(text)])
            self._end(outer)
            self._is_apart = False
        only = only_paragraph(definitions[0]) if len(definitions) == 1 else None
        lines = self._inline_writer.lines(only) if only is not None and broken_code(only) is None else []
        if len(texts) == len(lines) == 1 and self._is_update(texts[0], lines[0]):
            return
        outer = self._begin("- ", "  ")
        term = strong(texts[-1]) if texts else ""
        if len(lines) == 1:
            colon = "" if term.endswith((":", ":**")) else ":"
            self._emit([f"{term}{colon} {lines[0]}"])
        else:
            self._emit([term] if term else [])
            is_list = all(only_paragraph(definition) is not None for definition in definitions)
            self._is_apart = not is_list
            for definition in definitions:
                if is_list:
                    self._item(definition, "- ", "  ")
                else:
                    self.write(definition)
        self._end(outer)
        self._is_apart = len(lines) != 1 and not all(
            only_paragraph(definition) is not None for definition in definitions
        )

    def write_table(self, node: Element) -> bool:
        """Write a table, or the code in one that only numbers its lines."""
        if selectors.SYNOPSIS in node.classes and _names_a_command(self._tree, node):
            return False
        note = note_in_table(node)
        if note is not None:
            self._paragraph([note[0]])
            for cell in note[1]:
                self.write(cell)
            return True
        numbered = numbered_formula(node, self._inline_writer)
        if numbered:
            self._emit([numbered])
            return True
        found = code_in_table(self._tree, node)
        parts = parts_of_table(self._tree, node) if found is None else []
        if found is None and not parts and is_layout(self._tree, node):
            return False
        for caption in node.elements():
            if caption.tag == "caption":
                self.write(caption)
        if found is None:
            self._write_rows(node, parts)
            return True
        above, code = found
        for cell in above:
            self.write(cell)
        self._emit(fenced(code, around=node))
        return True

    def _write_rows(self, table: Element, parts: list[Part]) -> None:
        """Write a table of data, which may have `parts` between which there is something else."""
        if not parts:
            self._emit(table_lines(table, self._inline_writer))
        for rows, held in parts:
            self._emit(lines_of_rows(rows, self._inline_writer))
            self._write_nodes(held)

    def write_row(self, node: Element) -> bool:
        """Write a row of Doxygen's tables of members or mandoc's of a synopsis, whose cells hold one declaration."""
        table = node.ancestor(_TABLE)
        is_synopsis = table is not None and selectors.SYNOPSIS in table.classes
        if not is_synopsis and not any(name.startswith(selectors.MEMBER) for name in node.classes):
            return False
        self._paragraph([part for cell in node.elements() for part in (*cell.children, " ")])
        return True

    def write_link(self, node: Element) -> bool:
        """Make the first text in a link around blocks the link's, or the title that only a label is above."""
        first = next(filter(lambda block: block.chars and not has_blocks(block), self._tree.within(node)), None)
        inner = title_below_label(self._tree, node) or first
        if inner is not None and inner.is_block:
            link = Element(node.start, node.attrs, inner)
            link.children, inner.children = inner.children, [link]
            for child in link.elements():
                child.parent = link
        return False


def _is_of_docco(item: Element) -> bool:
    """Whether an item of a list begins with what Docco says of code."""
    return any(selectors.ANNOTATION in part.classes for part in islice(item.elements(), 1))


def _names_a_command(tree: Tree, table: Element) -> bool:
    """Whether a table of mandoc's class is its, which begins with the name of what the page is about."""
    first = islice(tree.within(table), _MAX_BEFORE_NAME)
    return any(node.tag == "code" and selectors.SYNOPSIS in node.classes for node in first)


_Writer = Callable[[BlockWriter, Element], bool]
# Each writes an element and returns True, or False if the element is no more than what it holds.
_WRITERS: dict[str, _Writer] = {
    **dict.fromkeys(selectors.HEADINGS, BlockWriter.write_heading),
    **dict.fromkeys(("ul", "ol", "menu"), BlockWriter.write_list),
    **dict.fromkeys(("del", "s", "strike"), BlockWriter.write_struck),
    "a": BlockWriter.write_link,
    "blockquote": BlockWriter.write_quotation,
    "dl": BlockWriter.write_definitions,
    "hr": BlockWriter.write_rule,
    "li": BlockWriter.write_lone_item,
    "table": BlockWriter.write_table,
    "tr": BlockWriter.write_row,
}


def _is_dated(item: Element) -> bool:
    """Whether an item, or what it begins with, is nothing but a date of an entry."""
    begin = next(filter(says_something, item.children), "")
    texts = [begin] if isinstance(begin, str) else [begin.words()] if begin.chars <= _MAX_OF_UPDATE else []
    texts += [item.words()] if item.chars <= _MAX_OF_UPDATE else []
    return any(len(text) <= _MAX_OF_UPDATE and is_date_of_entry(text) for text in texts)


def _is_no_item(node: Element) -> bool:
    """Whether a block in a list is neither an item, nor around one, nor the heading of the next ones."""
    return node.tag not in _ITEMS and not any(part.tag == "li" for part in node.elements())


def _struck(run: list[Element | str]) -> Element:
    holder = Element(_STRUCK, {}, None)
    holder.children = run
    holder.chars = 1
    return holder
