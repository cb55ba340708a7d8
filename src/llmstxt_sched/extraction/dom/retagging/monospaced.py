"""Makes code of what the page's own styles write in a monospaced font, where its spaces are kept."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.retagging.lines import lines_in
from llmstxt_sched.extraction.dom.retagging.new_tag import name
from llmstxt_sched.extraction.dom.tree import Element, Tree

# A rule for the elements of a class, which is looked for in so many characters of a style.
_MONOSPACED_RULE: Final = re.compile(
    r"(?<![\w*.#:>+~)\]-])(?:div|p)?\.([\w-]{1,60})\s{0,9}\{[^{}]{0,2000}?\bfont(?:-family)?\s{0,9}:[^;{}]{0,300}?\b(?:monospace|courier|consolas)\b",
    re.IGNORECASE,
)
_MAX_STYLE: Final = 200_000
# So many elements may stand beside a line, since each looks for its place among them.
_MAX_BESIDE_CODE: Final = 5000
_FONTS: Final = ("monospace", "Courier", "courier", "Consolas", "consolas")
# Two spaces that are kept; after a sentence, typists set two as well.
_KEPT_SPACES: Final = re.compile(r"(?<![.!?:;,\s])  ")
# In characters: a paragraph of prose is longer than a line of code.
_MAX_CODE_LINE: Final = 200


def name_monospaced(tree: Tree) -> None:
    """Make code of what the page's own styles write in a font for it, where spaces in it are kept.

    The Ada Reference Manual has its examples so, which are of one class.
    """
    styles = [style.text()[:_MAX_STYLE] for style in tree.tagged("style")]
    names = {name for style in styles for rule in _rules(style) for name in _MONOSPACED_RULE.findall(rule)}
    if not names:
        return
    found: dict[str, dict[Element, str]] = {}
    for node in tree.tagged("div", "p"):
        for each in names.intersection(node.get("class").split()) if node.attrs else ():
            if _may_be_lines(node):
                found.setdefault(each, {})[node] = lines_in(node)
    for texts in found.values():
        _make_one(texts)
        codes = {node: dedent(text) for node, text in texts.items()}
        is_prose = any(len(line) > _MAX_CODE_LINE for code in codes.values() for line in code.split("\n"))
        if not is_prose and any(map(_KEPT_SPACES.search, codes.values())):
            for node, code in codes.items():
                node.children = [code] if code else []
                name(node, "pre")


def _rules(style: str) -> list[str]:
    """The rules of a style that name a font for code: the pattern takes a hundred times as long to look for them."""
    return [rule for rule in style.split("}") if any(map(rule.__contains__, _FONTS))]


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
