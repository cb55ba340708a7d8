"""Tells a description that somebody wrote from one that a generator cut out of the page."""

from __future__ import annotations

import re
from itertools import islice

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

# What a generator takes for a description stands at the page's beginning.  In letters, and in elements and texts.
_MAX_LETTERS, _MAX_NODES = 3000, 2000
# So many headings are compared by so many letters first.
_MAX_HEADINGS, _FIRST_LETTERS = 200, 8
# White space, marks and case differ where a page is folded to one line.
_NO_LETTER = re.compile(r"[\W_]+")
# So many letters behind a heading are enough to know the text again; what a generator leaves out comes later.
_SAME_LETTERS = 24


def repeats_heading(description: str, tree: Tree, main: Element, title: Element | None) -> bool:
    """Whether a description is a heading of the page, or one with the text behind it, as folded to one line.

    `title` is the page's, which may stand outside the main content `main`.
    """
    wanted = _letters(description[:_MAX_LETTERS])
    if not wanted:
        return False
    above = [title] if title is not None and not main.holds(title) else []
    # Most descriptions begin as no heading does, and the page need not be folded.
    first = islice(shown(tree.tagged(*selectors.HEADINGS), main), _MAX_HEADINGS)
    if not any(wanted.startswith(_letters(node.words())[:_FIRST_LETTERS]) for node in [*above, *first]):
        return False
    letters, headings = _folded([*above, main])
    return any(
        begin < end <= begin + len(wanted) and letters.startswith(wanted[: end - begin + _SAME_LETTERS], begin)
        for begin, end in headings
    )


def _folded(parts: list[Element]) -> tuple[str, list[tuple[int, int]]]:
    """The letters that `parts` begin with, and where in them each heading begins and ends."""
    letters, headings = "", list[tuple[int, int]]()
    begins: list[int] = []
    # None stands behind what a heading holds.
    ahead: list[Element | str | None] = list[Element | str | None](reversed(parts))
    for _ in range(_MAX_NODES):
        if not ahead or len(letters) >= _MAX_LETTERS:
            break
        node = ahead.pop()
        if node is None:
            headings.append((begins.pop(), len(letters)))
        elif isinstance(node, str):
            letters += _letters(node[:_MAX_LETTERS])
        elif not node.dropped and not node.start.is_unread:
            if node.tag in selectors.HEADINGS:
                begins.append(len(letters))
                ahead.append(None)
            ahead.extend(reversed(node.children))
    return letters, headings


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())
