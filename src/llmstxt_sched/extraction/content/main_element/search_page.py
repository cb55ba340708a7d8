"""Drops all of a page on which a script shows the results of a search: without them it says nothing."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

_SEARCH: Final = "page tool"
# In characters: what stands in the place of the results, and all words of such a page.
_MAX_PLACE, _MAX_PAGE = 20, 160
_OF_PAGES: Final = selectors.CODE_BLOCKS | {"img", "table"}


def drop_search_page(tree: Tree, main: Element) -> None:
    """Drop all that `main` holds if it is next to nothing and ends with the place for the results of a search."""
    is_brief = main.chars <= _MAX_PAGE and main.link_chars <= _MAX_PLACE
    if not is_brief or not any(map(_is_place, tree.having("id"))):
        return
    places = [node for node in tree.order[main.at : main.end] if _is_place(node.start)]
    if any(_ends(tree, main, place) for place in places) and not tree.has(main, _OF_PAGES):
        for part in main.elements():
            part.drop(_SEARCH)


def _is_place(start: StartTag) -> bool:
    return start.get("id") in selectors.PLACES_OF_RESULTS


def _ends(tree: Tree, main: Element, place: Element) -> bool:
    """Whether nothing is said after the place, which is no part of a tool that each page has, and no section."""
    around = takewhile(main.holds, place.ancestors())
    is_section = place.tag in selectors.HEADINGS or tree.has(place, selectors.HEADINGS)
    is_of_page = place.chars <= _MAX_PLACE and not is_section and not any(outer.dropped for outer in around)
    return is_of_page and not any(node.chars for node in tree.within(main) if node.at >= place.end)
