"""Makes blocks of code of elements that a class or a style calls so, and sets their titles apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.retagging.monospaced import name_monospaced
from llmstxt_sched.extraction.dom.retagging.new_tag import name
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something

# The name of a file above its code has no more, in characters.
_MAX_NAME: Final = 80
_SPACES: Final = re.compile(r"\s+")
# What a page or a letter consists of, all of which may be laid out as code is.
_NO_CODE: Final = selectors.HEADINGS | selectors.PARAGRAPHS | {"dt", "img", "table"}


def name_code(tree: Tree) -> None:
    """Name blocks of code as such, and what only holds one, with a title or the name of a file, as no code."""
    for node in tree.where(_is_code, ["class"]):
        if not _is_declared(node):
            continue
        if selectors.DECLARED_BY_CRYSTAL in node.classes:
            _collapse(node)
        if all(isinstance(child, str) or not child.is_block for child in node.children):
            name(node, "pre")
    for node in _styled_as_code(tree):
        name(node, "pre")
    name_monospaced(tree)
    for outer, codes in _blocks_in_blocks(tree).items():
        if len(codes) == 1 and _is_named_code(outer, codes[0]):
            name(outer, "div")
    for title in tree.tagged("legend", "figcaption"):
        _set_title_of_code_apart(title)


def _set_title_of_code_apart(title: Element) -> None:
    """Make two blocks of one that has a title beside its only code, as the examples of OpenLayers have."""
    block = title.parent
    if block is None or block.tag != "pre" or not 0 < title.chars <= _MAX_NAME:
        return
    said = list(islice(filter(says_something, block.children), 3))
    if len(said) == 2 and said[0] is title and not isinstance(said[1], str) and said[1].tag == "code":
        name(said[1], "pre")
        name(block, "div")


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
    """Collapse the white space of a declaration, unless something says that it is kept."""
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


@Question
def _is_styled_as_code(start: StartTag) -> bool:
    """Whether it is laid out as <pre> is, as what is pasted from an editor is."""
    style = start.get("style") if start.name == "div" else ""
    return selectors.KEEPS_LINES.search(style) is not None and selectors.MONOSPACED.search(style) is not None
