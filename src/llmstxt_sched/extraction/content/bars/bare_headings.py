"""Drops the headings at the end of a page that have no content below them: related pages, a form for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in, says_something, shown

_KIND: Final = "navigation"
# What such a heading is of; what is hidden is no reason to drop one, nor is a script.
_KINDS: Final = frozenset(["boilerplate", "navigation", "page tool", "form", "aside"])
_MEDIA: Final = frozenset(["img", "picture", "math"])
# In these a heading is the name of what has no text yet, such as a function; and what all pages end with.
_HAVE_NAMES, _AROUND_PAGE = frozenset(["dt", "li", "td"]), frozenset(["nav", "footer"])
# One or two stand at a page's end.
_MAX_HEADINGS: Final = 3
# So many elements around a heading, and after each of them, are looked at.
_MAX_AROUND, _MAX_BEHIND = 30, 200


def drop_bare_headings(tree: Tree, main: Element) -> None:
    """Drop the last headings of the main content, after which nothing is left but what was dropped."""
    first = tree.first(main, selectors.PARAGRAPHS)
    # Without a text before it, it may be the page's title.
    begin = first.at if first is not None else main.end
    headings = [node for node in shown(tree.tagged(*selectors.HEADINGS - {"h1"}), main) if node.at > begin]
    for heading in headings[: -_MAX_HEADINGS - 1 : -1]:
        if heading.ancestor(_HAVE_NAMES) is not None or any(map(_is_left, _behind(heading, main))):
            return
        if not any(map(_was_left_out, _beside(heading))):
            return
        heading.drop(_KIND)


def _behind(heading: Element, main: Element) -> list[Element | str]:
    """What stands after the heading in all that is around it in the main content."""
    behind: list[Element | str] = []
    inner = heading
    for around in islice(heading.ancestors(), _MAX_AROUND):
        parts = around.children[around.children.index(inner) + 1 :]
        behind += parts[: _MAX_BEHIND + 1]
        if around is main or len(parts) > _MAX_BEHIND:
            return behind
        inner = around
    return ["..."]


def _beside(heading: Element) -> list[Element | str]:
    """What stands after the heading in what holds it, without what leads to the pages around any page."""
    parts = heading.parent.children if heading.parent is not None else []
    behind = parts[parts.index(heading) + 1 :][:_MAX_BEHIND]
    return [part for part in behind if isinstance(part, str) or part.tag not in _AROUND_PAGE]


def _is_left(part: Element | str) -> bool:
    """Whether it is a text or a picture that is read."""
    if isinstance(part, str) or part.dropped:
        return isinstance(part, str) and says_something(part)
    return part.chars > 0 or any(node.tag in _MEDIA and not node.dropped for node in _of(part))


def _was_left_out(part: Element | str) -> bool:
    # A form may have no more than a field.
    return isinstance(part, Element) and any(
        node.dropped in _KINDS and (node.chars > 0 or node.tag == "form") for node in _of(part)
    )


def _of(part: Element) -> Iterator[Element]:
    yield part
    yield from islice(elements_in(part), _MAX_BEHIND)
