"""Tells short lines by their classes: the file or the date of a page, the line of a source, the language of code."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_TEXT
from llmstxt_sched.extraction.dom.tree import Element, Tree

# The source of a page of R's manuals.
_FILE: Final = re.compile(r"\S+\.Rd")
# Where in a source a method stands.
_ON_LINE: Final = re.compile(r"(?:in \S+ )?at line \d{1,6}", re.IGNORECASE)


def names_language(node: Element, names: str) -> bool:
    """Whether it is the label of a block of code that says which language that is in."""
    around = node.parent
    if around is None:
        return False
    if names == selectors.LABEL_OF_JAZZY:
        return selectors.CODE_OF_JAZZY in around.classes
    return names == selectors.CODE_LABEL and selectors.LANGUAGE_CLASS.search(around.get("class")) is not None


def is_place_in_source(node: Element) -> bool:
    """Whether it says in a heading on which line of a source a method stands, which changes with each release."""
    is_in_heading = node.parent is not None and node.parent.tag in selectors.HEADINGS
    is_named = selectors.PLACE_IN_SOURCE in node.classes and node.chars <= MAX_TOOL_TEXT
    return is_in_heading and is_named and _ON_LINE.fullmatch(node.words()) is not None


def is_small_print(tree: Tree, node: Element) -> bool:
    """Whether it is a short line that names a page, its file or its date, or the number of a cell in a notebook."""
    # Others may be in one another by the hundreds.
    if node.chars > MAX_TOOL_TEXT:
        return False
    if selectors.FILE_OF_PKGDOWN in node.classes:
        return not selectors.HIDDEN_NAMES.isdisjoint(node.classes) and _FILE.fullmatch(node.words()) is not None
    if selectors.PROMPT in node.classes and selectors.PROMPT_TEXT.fullmatch(node.words()):
        return True
    return not selectors.SMALL_PRINT.isdisjoint(node.classes) and not tree.has(node, selectors.HEADINGS)
