"""Finds the line that says what a page is about in its hero, which stands before the main content."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, elements_among

# Docusaurus' and Bulma's "hero", Bootstrap's "jumbotron", "heroBanner_x1Y2".
_NAME: Final = re.compile(r"(?:^|[\s_-])(?:hero|jumbotron|masthead)(?![a-z])", re.IGNORECASE)
_OF_MODULE: Final = re.compile(r"(?:^|\s)(?:hero|jumbotron|masthead)[A-Z]")
_LINES: Final = frozenset(["p", "div", "h2"])
# In characters, of the line; so far around the title its hero may be, so far after it the line.
_MIN_LINE, _MAX_LINE = 12, 300
_MAX_LEVELS, _MAX_BEHIND = 5, 12


def line_of_hero(title: Element, main: Element) -> Element | None:
    """What stands after the page's title in its hero, if that is outside of the main content and no link."""
    around = [outer.start for outer in islice(title.ancestors(), _MAX_LEVELS)]
    if main.holds(title) or title.parent is None or not any(map(_is_hero, around)):
        return None
    siblings = title.parent.children
    behind = siblings[siblings.index(title) + 1 :][:_MAX_BEHIND]
    said = [node for node in elements_among(behind) if node.chars > 0 and not node.dropped][:1]
    fitting = [node for node in said if node.tag in _LINES and _MIN_LINE <= node.chars <= _MAX_LINE]
    return next(iter([node for node in fitting if node.link_chars == 0]), None)


@Question
def _is_hero(start: StartTag) -> bool:
    names = start.get("class")
    return _NAME.search(names) is not None or _OF_MODULE.search(names) is not None
