"""Writes the text between two blocks, as the lines that the page breaks it into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.dom.white_space import BREAK, without_breaks
from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.markdown.code import code_span
from llmstxt_sched.extraction.markdown.escape import escape_text
from llmstxt_sched.extraction.markdown.inline.inline_run import HEADING, InlineRun
from llmstxt_sched.extraction.markdown.inline.surroundings import Around
from llmstxt_sched.extraction.markdown.targets import LinkTargets

_NOWHERE: frozenset[str] = frozenset()
_IN_HEADING: Final = frozenset([HEADING])
_IN_STRONG: Final = frozenset(["**"])


class InlineWriter:
    """Writes inline nodes, whose links lead to `addresses`."""

    def __init__(self, addresses: Addresses) -> None:
        self._targets = LinkTargets(addresses)
        self._around = Around()

    def lines(self, nodes: Sequence[Element | str], *, in_heading: bool = False, in_strong: bool = False) -> list[str]:
        """The text of `nodes` as Markdown, a string for each line that the page breaks itself.

        In a heading, a link to the page itself is a permalink, and left out.  In what is strong, nothing is marked as
        strong once more.
        """
        if len(nodes) == 1:
            only = _only_markup(nodes[0])
            if only is not None:
                return [only] if only else []
        within = (_IN_HEADING if in_heading else _NOWHERE) | (_IN_STRONG if in_strong else _NOWHERE)
        written = self._written(nodes, within)
        if in_strong and written[:1] == written[-1:] == "*" and written.count("*") > 2:
            # Their marks would be read as a part of those around all of it.
            written = self._written(nodes, within | {"*"})
        if BREAK not in written:
            line = _folded(written)
            return [line] if line else []
        return [line for line in (" ".join(line.split()) for line in written.split(BREAK)) if line]

    def _written(self, nodes: Sequence[Element | str], within: frozenset[str]) -> str:
        run = InlineRun(self._targets, self._around, within)
        run.add(nodes)
        return run.written()

    def line(self, nodes: Sequence[Element | str], *, in_heading: bool = False, in_strong: bool = False) -> str:
        """The same on one line."""
        if len(nodes) == 1:
            only = _only_markup(nodes[0])
            if only is not None:
                return only
        return " ".join(self.lines(nodes, in_heading=in_heading, in_strong=in_strong))

    def is_page(self, href: str) -> bool:
        """Whether `href` is the page itself, or a place in it."""
        return self._targets.is_page(self._targets.link(href))

    def picture(self, image: Element) -> str:
        """The picture that an <img> without a description shows, as Markdown; '' if there is none."""
        source = self._targets.picture(image)
        return f"![]({source})" if source else ""

    def text(self, nodes: Sequence[Element | str]) -> str:
        """The text of `nodes` on one line, without any Markdown; a formula is TeX, an exponent `^2`."""
        if len(nodes) == 1 and isinstance(nodes[0], str):
            return " ".join(without_breaks(nodes[0]).split())
        run = InlineRun(self._targets, self._around, _NOWHERE, is_plain=True)
        run.add(nodes)
        return " ".join(run.written().replace(BREAK, " ").split())


def _folded(text: str) -> str:
    """`text` on one line, each run of white space collapsed to one space; most texts are so already."""
    is_so = text.isascii() and "  " not in text and "\n" not in text and "\t" not in text
    return text if is_so and text[:1] != " " and text[-1:] != " " else " ".join(text.split())


def _only_markup(node: Element | str) -> str | None:
    """The Markdown of a text, or of code that is nothing but text, with nothing around it; None for what is neither."""
    if isinstance(node, str):
        return escape_text(_folded(without_breaks(node)))
    is_code = node.tag in selectors.CODE_SPANS and not node.dropped
    only = node.only_text if is_code and selectors.FORMULA_IN_CODE not in node.classes else None
    return None if only is None else code_span(only)
