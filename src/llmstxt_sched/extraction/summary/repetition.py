"""Tells a description that somebody wrote from one that a generator cut out of the page."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.documents.text import letters_of
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

# What a generator takes for a description is no longer, in letters; a heading has fewer elements and texts in it.
_MAX_LETTERS, _MAX_NODES = 3000, 2000
_MAX_HEADINGS: Final = 200
# So many letters after a heading are enough to know the text again; what a generator leaves out comes later.
_SAME_LETTERS: Final = 24


def repeats_heading(description: str, tree: Tree, main: Element, title: Element | None) -> bool:
    """Whether a description is a heading of the page, or one with the text after it, as folded to one line.

    `title` is the page's, which may stand outside the main content `main`.
    """
    # White space, marks and case differ where a page is folded to one line.
    wanted = letters_of(description[:_MAX_LETTERS])
    if not wanted:
        return False
    headings = list(islice(shown(tree.tagged(*selectors.HEADINGS), main), _MAX_HEADINGS))
    if title is not None and not main.holds(title):
        headings.append(title)
    return any(_begins_as(wanted, heading, main) for heading in headings)


def _begins_as(wanted: str, heading: Element, main: Element) -> bool:
    """Whether `wanted` begins as the heading does and goes on as the text after it."""
    # With what is no letter at its end, it does not begin as a longer heading does.
    letters = _same_letters(f"{wanted} ", "", [heading])
    if not letters:
        return False
    known = wanted[: len(letters) + _SAME_LETTERS]
    return _same_letters(known, letters, _behind(heading, main)) == known


def _same_letters(wanted: str, letters: str, nodes: list[Element | str]) -> str:
    """`letters` and those in `nodes`, so far as there are any wanted; '' where others follow."""
    ahead = nodes[::-1]
    for _ in range(_MAX_NODES):
        if not ahead or len(letters) == len(wanted):
            break
        node = ahead.pop()
        if isinstance(node, str):
            letters = (letters + letters_of(node[:_MAX_LETTERS]))[: len(wanted)]
            if not wanted.startswith(letters):
                return ""
        elif not node.dropped and not node.start.is_unread:
            ahead += node.children[::-1]
    return letters


def _behind(heading: Element, main: Element) -> list[Element | str]:
    """What follows the heading in the main content."""
    if not main.holds(heading):
        return [main]
    nodes, inner = list[Element | str](), heading
    for outer in heading.ancestors():
        at = outer.children.index(inner) + 1
        nodes += outer.children[at : at + _MAX_NODES]
        if outer is main:
            break
        inner = outer
    return nodes
