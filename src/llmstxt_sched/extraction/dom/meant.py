"""Names elements as what they are where their tag says something else: headings, code, lists that lay out a page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import compress, islice
from operator import attrgetter
from textwrap import dedent
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.latexml import name_as_latexml_means
from llmstxt_sched.extraction.dom.scaladoc import name_as_scaladoc_means
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in, says_something
from llmstxt_sched.extraction.dom.word import name_as_word_means

# Those of headings; what has none has the second (WAI-ARIA 1.2, section 5.4).
_LEVELS: Final = tuple("123456")
# In characters; a longer one is an element whose end is missing.
_MAX_HEADING: Final = 300
# Of a file beside its code, in characters.
_MAX_NAME: Final = 80
# The characters of a badge, and the parts of what it stands in.
_MAX_BADGE, _MAX_BESIDE = 30, 500
_CLOSING: Final = (")", "]", "}")
_CODE: Final = selectors.CODE_SPANS | selectors.CODE_BLOCKS
# Lines of code in a table.
_MAX_LINES: Final = 2000
# Distill's attribute of what is no part of a line.
_BLOCK: Final = "block"
_HOLD_NO_HEADINGS: Final = frozenset(["pre", "table"])
# Of a page; each looks for its place among what stands beside it.
_MAX_TITLES: Final = 10
_SPACES: Final = re.compile(r"\s+")
# Sentences, of which no line begins as code or an item of a list does.
_SENTENCES: Final = re.compile(r"\w\S* (?:.|\n(?![\s:(*-]))*")
# A rule for the elements of a class, in so many characters of a style; spaces that are kept, and what is one.
_MONOSPACED_RULE: Final = re.compile(
    r"(?<![\w*.#:>+~)\]-])(?:div|p)?\.([\w-]{1,60})\s{0,9}\{[^{}]{0,2000}?\bfont(?:-family)?\s{0,9}:[^;{}]{0,300}?\b(?:monospace|courier|consolas)\b",
    re.IGNORECASE,
)
_MAX_STYLE: Final = 200_000
# So many tables may be in one another, and a column is so wide, in characters.
_MAX_TABLES, _MAX_COLUMN = 4, 200
# Each paragraph among more would look for its place.
_MAX_BESIDE_CODE: Final = 5000
_FONTS: Final = ("monospace", "Courier", "Consolas")
# Behind a sentence, typists set two as well; and a paragraph of prose is longer than a line of code, in characters.
_KEPT_SPACES, _FEED = re.compile(r"(?<![.!?:;,\s])  "), re.compile(r"[\t\n\r\f]+")
_MAX_CODE_LINE: Final = 200
# What a page or a letter consists of, all of which may be laid out as code is.
_NO_CODE: Final = selectors.HEADINGS | selectors.PARAGRAPHS | {"dt", "img", "table"}


def name_as_meant(tree: Tree) -> None:
    """Rename all such elements of a page, and set labels apart from the words beside them."""
    _name_headings(tree)
    _rename(tree)
    _rename_of_scribble(tree)
    _rename_of_cppreference(tree)
    _rename_of_natural_docs(tree)
    _set_labels_apart(tree)
    _name_elements_of_distill(tree)
    _set_sentences_apart(tree)
    _set_includes_apart(tree)
    _name_options_by_their_path(tree)
    name_as_latexml_means(tree)
    name_as_scaladoc_means(tree)
    name_as_word_means(tree)


def _name_elements_of_distill(tree: Tree) -> None:
    """Name Distill's code as such, set its formulas apart that say so, and its notes in brackets."""
    for code in tree.tagged(selectors.CODE_ELEMENT):
        name(code, "pre" if _BLOCK in code.attrs else "code")
        code.is_block = _BLOCK in code.attrs
    for tex in tree.tagged(selectors.TEX_ELEMENT):
        tex.is_block = _BLOCK in tex.attrs
    for note in tree.tagged(selectors.NOTE_ELEMENT):
        note.children = [" (", *note.children, ")"]


def _set_sentences_apart(tree: Tree) -> None:
    """Take the first paragraph out of what Codox says of a function, which it sets as code for what follows."""
    for node in tree.tagged("pre"):
        text, around = node.only_text, node.parent
        if text is None or around is None or selectors.SAID_BY_CODOX not in node.classes:
            continue
        first, _, rest = text.partition("\n\n")
        if around.children == [node] and selectors.AROUND_SAID in around.classes and _SENTENCES.fullmatch(first):
            around.children = [first, node] if rest.strip() else [first]
            node.children = [rest]


def _set_includes_apart(tree: Tree) -> None:
    """Take the line that includes what a page is about out of its title, in m.css."""
    for heading in tree.tagged("h1")[:_MAX_TITLES]:
        said = [part for part in heading.children if not isinstance(part, str) or part.strip()]
        line = said[-1] if len(said) > 1 else ""
        around = heading.parent
        if isinstance(line, str) or around is None or selectors.INCLUDED not in line.classes:
            continue
        heading.children.remove(line)
        heading.chars -= line.chars
        heading.link_chars -= line.link_chars
        heading.end = line.at
        around.children.insert(around.children.index(heading) + 1, line)
        line.parent = around
        name(line, "pre")


def _name_options_by_their_path(tree: Tree) -> None:
    """Name an option of a module of Ansible's that is a part of another one by both, which only its indent tells."""
    for node in tree.tagged("strong"):
        title = node.parent
        cell = title.parent if title is not None and selectors.OPTION_OF_ANSIBLE in title.classes else None
        anchor = next(cell.elements(), None) if cell is not None else None
        if anchor is None or selectors.PLACE_OF_OPTION not in anchor.classes:
            continue
        path = anchor.get("id").partition("-")[2].split("/")
        if len(path) > 1 and path[-1] == node.words():
            node.children = [" / ".join(path)]


def _name_headings(tree: Tree) -> None:
    """Name what only its role makes a heading as one, if it holds no more than a line."""
    for node in tree.where(_is_heading, ["role"]):
        has_blocks = any(not isinstance(child, str) and child.is_block for child in node.children)
        is_inside = any(outer.tag in _HOLD_NO_HEADINGS for outer in node.ancestors())
        if not (has_blocks or is_inside) and node.chars <= _MAX_HEADING:
            level = node.get("aria-level")
            node.tag = f"h{level}" if level in _LEVELS else "h2"
            tree.add_tagged(node)


@Question
def _is_heading(start: StartTag) -> bool:
    return start.name == "div" and start.get("role") == "heading"


def _rename(tree: Tree) -> None:
    """Name what a generator uses for another purpose as what it is: lists that lay out a page, and blocks of code."""
    _rename_code(tree)
    for outer, codes in _blocks_in_blocks(tree).items():
        if len(codes) == 1 and _is_named_code(outer, codes[0]):
            name(outer, "div")
    for title in tree.tagged("legend", "figcaption"):
        _set_title_of_code_apart(title)
    _rename_layout_lists(tree)


def _rename_layout_lists(tree: Tree) -> None:
    for node in tree.where(_is_layout_list, ["class"]):
        items = [item for item in node.elements() if item.tag == "li"]
        if selectors.PARAMETERS_OF_YUIDOC in node.classes:
            _write_on_line(node, items)
        elif all(map(_is_layout_item, items)):
            for part in (node, *items):
                name(part, "div")


def _set_title_of_code_apart(title: Element) -> None:
    """Make two blocks of one that has a title beside its only code, as the examples of OpenLayers have."""
    block = title.parent
    if block is None or block.tag != "pre" or not 0 < title.chars <= _MAX_NAME:
        return
    said = list(islice(filter(says_something, block.children), 3))
    if len(said) == 2 and said[0] is title and not isinstance(said[1], str) and said[1].tag == "code":
        name(said[1], "pre")
        name(block, "div")


def _rename_code(tree: Tree) -> None:
    """Name blocks of code as such."""
    for node in tree.where(_is_code, ["class"]):
        if not _is_declared(node):
            continue
        if selectors.DECLARED_BY_CRYSTAL in node.classes:
            _collapse(node)
        if all(isinstance(child, str) or not child.is_block for child in node.children):
            name(node, "pre")
    for node in _styled_as_code(tree):
        name(node, "pre")
    _rename_monospaced(tree)


def _write_on_line(node: Element, items: list[Element]) -> None:
    """Write the parameters of a function, which YUIDoc has in a list, on a line with commas between them."""
    parts = list[Element | str]()
    for item in items:
        parts += [", ", *item.elements()]
    # Texts beside the names are no parameters.
    says_more = any(isinstance(part, str) and part.strip() for item in items for part in item.children)
    if not says_more and not any(part.is_block for item in items for part in item.elements()):
        node.children = parts[1:]
        name(node, "span")
        node.is_block = False


def _styled_as_code(tree: Tree) -> list[Element]:
    """The outermost elements outside of code that are laid out as <pre> is and hold no more than its lines."""
    found: list[Element] = []
    if not tree.where(_is_styled_as_code, ["style"]):
        return found
    others = tree.tagged(*_NO_CODE)
    end = 0
    for node in tree.where(_is_styled_as_code, ["style"], selectors.CODE_BLOCKS):
        if node.at < end:
            continue
        if node.tag not in selectors.CODE_BLOCKS:
            first = bisect_left(others, node.at, key=attrgetter("at"))
            if any(map(node.holds, others[first : first + 1])):
                continue
            found.append(node)
        end = node.end
    return found


def _rename_monospaced(tree: Tree) -> None:
    """Make code of what the page's own styles write in a font for it, where spaces in it are kept.

    The Ada Reference Manual has its examples so, which are of one class.
    """
    styles = [style.text()[:_MAX_STYLE] for style in tree.tagged("style")]
    names = {
        name for style in styles if any(map(style.__contains__, _FONTS)) for name in _MONOSPACED_RULE.findall(style)
    }
    if not names:
        return
    found: dict[str, dict[Element, str]] = {}
    for node in tree.tagged("div", "p"):
        for each in names.intersection(node.get("class").split()) if node.attrs else ():
            if _may_be_lines(node):
                found.setdefault(each, {})[node] = _lines_in(node)
    for texts in found.values():
        _make_one(texts)
        codes = {node: dedent(text) for node, text in texts.items()}
        is_prose = any(len(line) > _MAX_CODE_LINE for code in codes.values() for line in code.split("\n"))
        if not is_prose and any(map(_KEPT_SPACES.search, codes.values())):
            for node, code in codes.items():
                node.children = [code] if code else []
                name(node, "pre")


def _make_one(texts: dict[Element, str]) -> None:
    """Put the texts of paragraphs that follow each other into the first, as Word has one for each line of code."""
    first: Element | None = None
    for node in list(texts):
        before = _before(node) if node.tag == "p" else None
        if first is not None and before is not None and before in texts and before.tag == "p":
            texts[first] += f"\n{texts[node]}"
            texts[node] = ""
        else:
            first = node


def _before(node: Element) -> Element | None:
    """The element right before it; None if there is none, or a text."""
    siblings = node.parent.children if node.parent is not None else []
    if len(siblings) > _MAX_BESIDE_CODE:
        return None
    at = siblings.index(node)
    said = [part for part in siblings[max(0, at - 2) : at] if not isinstance(part, str) or part.strip()]
    return said[-1] if said and isinstance(said[-1], Element) else None


def _may_be_lines(node: Element) -> bool:
    """Whether it has a text of lines, which is no menu, and nothing else."""
    if not node.chars or node.link_chars * 2 > node.chars or node.ancestor(selectors.CODE_BLOCKS) is not None:
        return False
    return all(isinstance(child, str) or not (child.is_block or child.tag == "img") for child in node.children)


def _lines_in(node: Element) -> str:
    """The lines of a text, in which a line feed is no more than a space."""
    lines = [""]
    ahead: list[Element | str] = [*reversed(node.children)]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            said = _FEED.split(part)
            lines[-1] += said[0]
            for text in said[1:]:
                # Where a line begins, spaces behind a feed are those that are kept, or how the source is indented.
                lines[-1] = f"{lines[-1].rstrip()} {text.lstrip()}" if lines[-1].strip() else text
        elif part.tag == "br":
            lines.append("")
        else:
            ahead += part.children[::-1]
    return "\n".join(map(str.rstrip, lines))


def name(node: Element, tag: str) -> None:
    """Make the element one of the name `tag`, with its attributes."""
    node.start = StartTag(tag, node.start.attrs)
    node.tag, node.is_block = tag, True


def _blocks_in_blocks(tree: Tree) -> dict[Element, list[Element]]:
    """The blocks of code in each that has any."""
    found: dict[Element, list[Element]] = {}
    outer: Element | None = None
    for node in tree.tagged("pre"):
        if outer is not None and outer.holds(node):
            found.setdefault(outer, []).append(node)
        else:
            outer = node
    return found


def _is_named_code(outer: Element, code: Element) -> bool:
    """Whether what is around a block of code has the name of a file beside it, as in Carbon's theme for Gatsby."""
    has_name = 0 < outer.chars - code.chars <= _MAX_NAME and not "".join(code.words().split()).isdigit()
    return has_name and all(not isinstance(child, str) or not child.strip() for child in outer.children)


@Question
def _is_code(start: StartTag) -> bool:
    if start.name == "p":
        return selectors.DECLARED_BY_HADDOCK in start.classes
    if start.name == "textarea":
        return selectors.RUNNABLE in start.classes
    if start.name != "div":
        return False
    is_of_writerside = selectors.CODE_OF_WRITERSIDE in start.classes and selectors.ITS_LANGUAGE in start.attrs
    return is_of_writerside or selectors.DECLARED_BY_CRYSTAL in start.classes


def _collapse(node: Element) -> None:
    """Collapse the white space of a declaration, of which nothing says that it is kept."""
    parts = [_SPACES.sub(" ", part) if isinstance(part, str) else part for part in node.children]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    node.children = parts


def _is_declared(node: Element) -> bool:
    """Whether what may be a declaration by its class is Haddock's or Crystal's, by where it stands."""
    if node.tag == "p":
        return any(outer.get("id") == selectors.MEMBERS_ID for outer in node.ancestors())
    if selectors.DECLARED_BY_CRYSTAL in node.classes:
        return node.parent is not None and selectors.MEMBER_OF_CRYSTAL in node.parent.classes
    return True


def _rename_of_scribble(tree: Tree) -> None:
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
    rows = list(islice(_rows_of(table), _MAX_LINES))
    lines = [_line_of(row) for row in rows]
    if len(rows) < _MAX_LINES and not any(inner.tag in ("table", "img") for row in rows for inner in elements_in(row)):
        table.children = ["\n".join(lines)]
        name(table, "pre")


def _make_grammar(table: Element) -> None:
    """Make code of a grammar, which has what is named, a sign and an alternative in the cells of each row."""
    rows = [[cell for cell in row.elements() if cell.tag == "td"] for row in islice(_rows_of(table), _MAX_LINES)]
    if len(rows) >= _MAX_LINES or any(inner.tag == "img" for inner in elements_in(table)):
        return
    named = [(" ".join(filter(None, map(Element.words, cells[:-1]))), cells[-1]) for cells in rows if cells]
    width = min(max([len(before) for before, _ in named], default=0), _MAX_NAME) + 1
    lines = list[str]()
    for before, said in named:
        inner = next(filter(lambda part: part.tag == "table", islice(said.elements(), 2)), None)
        said_lines = [*map(_line_of, islice(_rows_of(inner), _MAX_LINES))] if inner is not None else [said.words()]
        for at, line in enumerate(said_lines):
            # A sign stands at the end of what is before an alternative.
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


def _rename_of_cppreference(tree: Tree) -> None:
    """Make code of each declaration in the tables that cppreference has above a page, and a line of what is beside it.

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
            code.children, code.parent = [dedent(_lines_in(code))], row
            code.start = StartTag("pre", {"class": f"language-{code.get('class').rpartition('-')[2]}"})
            code.attrs = code.start.attrs
            name(code, "pre")
        name(table, "div")


def _beside(row: Element, code: Element) -> Iterator[Element | str]:
    """What stands in the cells of a row beside that of the code, with a space behind each."""
    for cell in row.elements():
        if cell.tag == "td" and not cell.holds(code):
            for part in (*cell.children, " "):
                if isinstance(part, Element):
                    part.parent = row
                yield part


def _rename_of_natural_docs(tree: Tree) -> None:
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
    """The lines of what is in cells, each as far to the right as its column is."""
    tables = [part for part in node.elements() if part.tag == "table"]
    if node.tag != "table" and (not tables or not depth):
        inner = [part for part in node.elements() if part.is_block]
        return [line for part in inner for line in _laid_out(part, depth)] if inner and depth else [_lines_in(node)]
    lines: list[str] = []
    for table in [node] if node.tag == "table" else tables:
        rows = [
            [_laid_out(cell, depth - 1) for cell in row.elements() if cell.tag == "td"]
            for row in islice(_rows_of(table), _MAX_LINES)
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
    """The lines of the cells of a row; what closes a list stands behind the last, and nothing before what opens it."""
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


def _rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table without a head."""
    for part in table.elements():
        if part.tag == "tr":
            yield part
        elif part.tag == "tbody":
            yield from part.elements()


@Question
def _is_styled_as_code(start: StartTag) -> bool:
    """Whether it is laid out as <pre> is, as what is pasted from an editor is."""
    style = start.get("style") if start.name == "div" else ""
    return selectors.KEEPS_LINES.search(style) is not None and selectors.MONOSPACED.search(style) is not None


@Question
def _is_layout_list(start: StartTag) -> bool:
    lists = selectors.LAYOUT_LISTS | selectors.LAYOUT_ITEMS | {selectors.PARAMETERS_OF_YUIDOC}
    return start.name == "ul" and not start.classes.isdisjoint(lists)


def _is_layout_item(item: Element) -> bool:
    first = next(item.elements(), None)
    return not selectors.LAYOUT_ITEMS.isdisjoint(item.classes) or (first is not None and first.tag == "section")


def _set_labels_apart(tree: Tree) -> None:
    """Put spaces around labels, whose words would be one with those beside them."""
    for node in tree.where(_is_label, ["class"]):
        around = node.parent
        is_unseen = any(map(selectors.UNSEEN_IN_LINE.fullmatch, node.classes))
        if around is not None and (is_unseen or _holds_labels(around, node) or _is_title_of_home(around)):
            node.children = [" ", *node.children, " "]
    for badge in tree.where(_is_badge, ["class"]):
        _set_badge_apart(badge)
    for around in tree.where(_holds_cards, ["class"]):
        if all(not isinstance(child, str) and child.tag == "a" for child in around.children):
            around.children = [part for link in around.children for part in (link, " ")]


@Question
def _is_badge(start: StartTag) -> bool:
    is_badge = any(map(selectors.BADGES.fullmatch, start.classes)) or selectors.OF_PARAMETER in start.classes
    return is_badge and start.name == "span"


def _set_badge_apart(badge: Element) -> None:
    """Put a space between a badge and the word that it stands beside."""
    siblings = badge.parent.children if badge.parent is not None else []
    # Highlighters name tokens of code so.
    if not 1 < badge.chars <= _MAX_BADGE or len(siblings) > _MAX_BESIDE or badge.ancestor(_CODE) is not None:
        return
    at = siblings.index(badge)
    before, after = siblings[at - 1] if at else "", siblings[at + 1] if at + 1 < len(siblings) else ""
    words = badge.words()
    if isinstance(after, str) and after[:1].isalnum() and words[-1].isalnum():
        badge.children.append(" ")
    if isinstance(before, str) and (before[-1:].isalnum() or before[-1:] in _CLOSING) and words[0].isalnum():
        badge.children.insert(0, " ")


@Question
def _holds_cards(start: StartTag) -> bool:
    """Whether an element that begins so may be around links that are boxes of their own."""
    return start.name == "div" and selectors.CARDS.search(start.get("class")) is not None


@Question
def _is_label(start: StartTag) -> bool:
    of_title = start.name == "span" and not start.classes.isdisjoint(selectors.LINES_OF_HOME)
    is_unseen = start.name == "span" and any(map(selectors.UNSEEN_IN_LINE.fullmatch, start.classes))
    return of_title or is_unseen or not start.classes.isdisjoint(selectors.LABELS.values())


def _holds_labels(around: Element, label: Element) -> bool:
    return any(selectors.LABELS.get(name, "") in label.classes for name in around.classes)


def _is_title_of_home(node: Element) -> bool:
    return node.tag == "h1" and selectors.TITLE_OF_HOME in node.classes
