"""Marks the formulas in the texts of a page that MathJax or KaTeX draws as soon as it is shown.

In the page they are texts like others, of which Markdown would escape half of the signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

# In lower case.
_LIBRARIES: Final = ("mathjax", "katex", "rendermathinelement")
# What of a script of the page's own sets that formulas stand between single dollar signs as well.
_DOLLARS: Final = re.compile(r"[\[(]\s*([\"'])\$\1\s*,\s*([\"'])\$\2|\bleft[\"']?\s*:\s*([\"'])\$\3")
# Scripts of a page, and characters of one.
_MAX_SCRIPTS, _MAX_SCRIPT = 200, 20_000
_DELIMITER: Final = re.compile(r"\\\\|\\\$|\\[()\[\]]|\$\$?|\\(?:begin|end)\{[a-z]{1,15}\*?\}")
_ENDS: Final = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}
_ENVIRONMENT: Final = re.compile(
    r"\\begin\{((?:equation|align(?:ed|at)?|flalign|gather(?:ed)?|multline|eqnarray|displaymath|cases)\*?)\}"
)
# Between single dollar signs is no more, in characters.
_MAX_BETWEEN_DOLLARS: Final = 500
_FORMULA: Final = StartTag("span", {"class": "math"})
# What MathJax passes over.
_NO_FORMULAS: Final = selectors.CODE_SPANS | selectors.CODE_BLOCKS | selectors.UNREAD | {"textarea"}
_IGNORED: Final = frozenset(["tex2jax_ignore", "mathjax_ignore", "no-mathjax"]) | selectors.FORMULA_NAMES


def mark_formulas(tree: Tree) -> None:
    """Put each formula of the page's texts into an element of its own."""
    has_script, has_dollars = False, False
    for script in islice(tree.tagged("script"), _MAX_SCRIPTS):
        own = "".join([part for part in script.children if isinstance(part, str)])[:_MAX_SCRIPT]
        said = f"{script.get('src')} {own} {script.get('type')}".lower()
        is_of_tex = any(map(said.__contains__, _LIBRARIES))
        has_script = has_script or is_of_tex
        has_dollars = has_dollars or (is_of_tex and _DOLLARS.search(own) is not None)
    if has_script:
        for node in _that_may_have(tree.body):
            if any(isinstance(part, str) and _may_be(part) for part in node.children):
                node.children = list(_marked(node, has_dollars=has_dollars))


def _may_be(text: str) -> bool:
    return "\\" in text or "$" in text


def _that_may_have(root: Element) -> Iterator[Element]:
    """The elements in which MathJax looks for formulas."""
    ahead = [root]
    while ahead:
        node = ahead.pop()
        if node.dropped or node.tag in _NO_FORMULAS or not _IGNORED.isdisjoint(node.classes):
            continue
        yield node
        ahead += [child for child in node.children if isinstance(child, Element)]


def _marked(node: Element, *, has_dollars: bool) -> Iterable[Element | str]:
    for part in node.children:
        if not isinstance(part, str):
            yield part
            continue
        end = 0
        for begin, behind in _formulas(part, has_dollars=has_dollars):
            yield from filter(None, [part[end:begin]])
            formula = Element(_FORMULA, _FORMULA.attrs, node, node.at, behind - begin)
            formula.end = node.at + 1
            formula.children = [part[begin:behind]]
            yield formula
            end = behind
        yield from filter(None, [part[end:]])


def _formulas(text: str, *, has_dollars: bool) -> Iterator[tuple[int, int]]:
    """Where the formulas of a text begin and end."""
    begin, end = 0, ""
    for mark in _DELIMITER.finditer(text):
        said = mark[0]
        if end and said == end and (said != "$" or _may_end(text, begin, mark)):
            yield begin, mark.end()
            end = ""
        elif not end or end == "$":
            begun = _end_of(text, mark, has_dollars=has_dollars)
            if begun:
                begin, end = mark.start(), begun


def _end_of(text: str, mark: re.Match[str], *, has_dollars: bool) -> str:
    """What ends the formula that a delimiter begins; '' if it begins none."""
    said = mark[0]
    if said == "$":
        return "$" if has_dollars and not text[mark.end() : mark.end() + 1].isspace() else ""
    environment = _ENVIRONMENT.fullmatch(said)
    return f"\\end{{{environment[1]}}}" if environment is not None else _ENDS.get(said, "")


def _may_end(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Whether a dollar sign may end what another began: neither price nor a space is beside it."""
    is_brief = 1 < mark.start() - begin <= _MAX_BETWEEN_DOLLARS
    return is_brief and not text[mark.start() - 1].isspace() and not text[mark.end() : mark.end() + 1].isdigit()
