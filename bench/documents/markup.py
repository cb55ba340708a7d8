"""A page as the source of a generator.

What a markup, or a generator of it, has no form for is written as one would by hand: an admonition as a quotation, the
label of a tab before its block, terms as a list, a formula as code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import indent

from bench.documents.source import Block, Code, Formula, Heading, Items, Note, Page, Table, Tabs, Terms, Text

ADMONITIONS, TABS, DEFINITIONS, MATH = "admonitions", "tabs", "definitions", "math"
_INDENT = " " * 4


def markdown(page: Page, extensions: frozenset[str]) -> str:
    """The page in Markdown, with those of the constants above for which the generator has a form."""
    return _joined(f"# {page.title}", page, lambda block: _markdown(block, extensions))


def restructured_text(page: Page, extensions: frozenset[str]) -> str:
    """The page in reStructuredText; only TABS is an extension of it."""
    return _joined(f"{page.title}\n{'=' * len(page.title)}", page, lambda block: _restructured(block, extensions))


def asciidoc(page: Page, _: frozenset[str]) -> str:
    """The page in AsciiDoc."""
    return _joined(f"= {page.title}", page, _asciidoc)


def _joined(title: str, page: Page, write: Callable[[Block], str]) -> str:
    return "\n\n".join([title, *map(write, page.blocks)]) + "\n"


def _markdown(block: Block, extensions: frozenset[str]) -> str:  # noqa: C901 - a case for each kind of block
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Text():
            return block.text
        case Code():
            return f"```{block.language}\n{block.code}\n```"
        case Items():
            return _list(block, "1. " if block.is_numbered else "- ", _INDENT + "- ")
        case Table():
            rows = [block.head, ("---",) * len(block.head), *block.rows]
            return "\n".join(f"| {' | '.join(row)} |" for row in rows)
        case Note():
            if ADMONITIONS in extensions:
                return f"!!! {block.kind.lower()}\n\n{indent(block.text, _INDENT)}"
            return f"> **{block.kind}**\n>\n> {block.text}"
        case Terms():
            if DEFINITIONS in extensions:
                return "\n\n".join(f"{term}\n:   {definition}" for term, definition in block.pairs)
            return "\n".join(f"- **{term}**: {definition}" for term, definition in block.pairs)
        case Formula():
            return f"$$\n{block.tex}\n$$" if MATH in extensions else f"```text\n{block.tex}\n```"
        case Tabs():
            tabs = [(label, _markdown(code, extensions)) for label, code in block.tabs]
            if TABS in extensions:
                return "\n\n".join(f'=== "{label}"\n\n{indent(code, _INDENT)}' for label, code in tabs)
            return _after_labels(tabs)


def _restructured(block: Block, extensions: frozenset[str]) -> str:  # noqa: C901 - a case for each kind of block
    match block:
        case Heading():
            return f"{_literal(block.text)}\n{'-~'[block.level - 2] * (len(block.text) + 4)}"
        case Text():
            return _literal(block.text)
        case Code():
            return _directive("code-block", block.language, block.code)
        case Items():
            # A list in a list stands apart from the text before it.
            text = _list(block, "#. " if block.is_numbered else "- ", "   - " if block.is_numbered else "  - ", "\n\n")
            return _literal(text)
        case Table():
            rows = ["* - " + "\n  - ".join(row) for row in (block.head, *block.rows)]
            return _directive("list-table", "", ":header-rows: 1\n\n" + _literal("\n".join(rows)), options=True)
        case Note():
            return _directive(block.kind.lower(), "", _literal(block.text))
        case Terms():
            return "\n\n".join(f"{term}\n{_INDENT}{_literal(definition)}" for term, definition in block.pairs)
        case Formula():
            return _directive("math", "", block.tex)
        case Tabs():
            tabs = [(label, _restructured(code, extensions)) for label, code in block.tabs]
            if TABS not in extensions:
                return _after_labels(tabs)
            return _directive("tab-set", "", "\n\n".join(_directive("tab-item", *tab) for tab in tabs))


def _asciidoc(block: Block) -> str:
    match block:
        case Heading():
            return f"{'=' * block.level} {block.text}"
        case Text():
            return block.text
        case Code():
            return f"----\n{block.code}\n----"
        case Items():
            return _list(block, ". " if block.is_numbered else "* ", "** ")
        case Table():
            rows = "\n".join("".join(f"|{cell} " for cell in row) for row in (block.head, *block.rows))
            return f'[options="header"]\n|====\n{rows}\n|===='
        case Note():
            return f"{block.kind.upper()}: {block.text}"
        case Terms():
            return "\n".join(f"{term}:: {definition}" for term, definition in block.pairs)
        case Formula():
            return f"----\n{block.tex}\n----"
        case Tabs():
            return _after_labels([(label, _asciidoc(code)) for label, code in block.tabs])


def _after_labels(tabs: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(f"**{label}**\n\n{code}" for label, code in tabs)


def _list(block: Items, marker: str, inner_marker: str, apart: str = "\n") -> str:
    items = (
        apart.join([marker + text, "\n".join(inner_marker + item for item in inner)]) for text, inner in block.items
    )
    return apart.join(item.rstrip() for item in items)


def _directive(name: str, argument: str, content: str, *, options: bool = False) -> str:
    return f".. {name}:: {argument}".rstrip() + ("\n" if options else "\n\n") + indent(content, _INDENT)


def _literal(text: str) -> str:
    return text.replace("`", "``")
