"""Finds the sections of a page beside one of them, where nothing but their classes says that they belong together."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.main_element.page_title import MAX_LINKS_BESIDE
from llmstxt_sched.extraction.dom.tree import Element, Tree

# The other sections have at least this share of the prose of the one.
_MIN_GAIN: Final = 0.1
# So many elements are looked at beside a section, and for the heading in its boxes.
_MAX_SECTIONS, _MAX_BEFORE = 500, 60


def with_sections(node: Element, body: Element) -> Element:
    """The outermost ancestor in which other sections stand beside the one that `node` is, or is in; else `node`."""
    found = node
    for section in (node, *node.ancestors()):
        around = section.parent
        if section is body or around is None:
            break
        heading = _heading_of(section)
        if heading is None:
            continue
        parts = islice(around.elements(), _MAX_SECTIONS)
        prose = sum(part.chars - part.link_chars for part in parts if _is_beside(part, section, heading))
        if prose >= (node.chars - node.link_chars) * _MIN_GAIN:
            found = around
    return found


def with_lists(tree: Tree, node: Element) -> Element:
    """`node`, or what it is in where sections follow it there that begin with a heading of level 2 and may be lists.

    So is a page that lists others: its introduction is all of its prose, and the lists are most of its text, unlike the
    boxes beside a page.
    """
    around = node.parent
    headings = [inner.tag for inner in tree.within(node) if inner.tag in selectors.HEADINGS]
    if around is None or headings != ["h1"]:
        return node
    after = [part for part in islice(around.elements(), _MAX_SECTIONS) if part.at > node.at and part.chars]
    headed = [part for part in after if (heading := _heading_of(part)) is not None and heading.tag == "h2"]
    # Each may have an id of its own.
    kinds = {(part.tag, part.classes) for part in headed}
    is_of_one_kind = len(kinds) == 1 and headed == after[: len(headed)]
    is_most = sum(part.chars for part in headed) > node.chars
    return around if len(headed) > 1 and is_of_one_kind and is_most else node


def _is_beside(part: Element, section: Element, heading: Element) -> bool:
    """Whether `part` is a section beside another, which has the heading, with its classes but for some of one."""
    names, others = part.classes, section.classes
    is_like = part is not section and part.tag == section.tag and bool(names) and bool(others)
    if not is_like or not (names <= others or others <= names) or part.link_density > MAX_LINKS_BESIDE:
        return False
    own = _heading_of(part)
    # The headings of teasers below an article are links, unlike its own.
    return own is not None and (own.link_density <= MAX_LINKS_BESIDE or heading.link_density > MAX_LINKS_BESIDE)


def _heading_of(section: Element) -> Element | None:
    """The heading that the text of an element begins with, in whatever boxes."""
    first: Element | None = section if section.tag in selectors.DIVISIONS else None
    while first is not None and first.tag in selectors.HEADED:
        first = next(filter(lambda inner: inner.chars > 0, islice(first.elements(), _MAX_BEFORE)), None)
    return first if first is not None and first.tag in selectors.HEADINGS else None
