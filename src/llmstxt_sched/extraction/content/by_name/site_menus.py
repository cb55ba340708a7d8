"""Tells the menu of a site, and the way from its home to a page, by their ids and what they hold."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY
from llmstxt_sched.extraction.dom.tree import Element, Tree

# Elements that are looked at of a menu, which may be in others by the hundreds.
_MAX_IN_MENU: Final = 10_000
# Headings of a menu, and elements before and after one among which the page's own is.
_MIN_GROUPS, _MAX_NEAR = 2, 1000
_WORD: Final = re.compile(r"\w")


def is_menu_of_groups(tree: Tree, node: Element) -> bool:
    """Whether it is the site's menu by its id, and nothing but groups of links with a heading each.

    No generator made the id of a heading in it, and the page has a heading of its own.
    """
    name = node.get("id").lower()
    if selectors.MENU_IDS.fullmatch(name) is None or not node.link_chars:
        return False
    inside = [part for part in islice(tree.within(node), _MAX_IN_MENU) if part.tag in selectors.HEADINGS]
    beside = node.chars - sum(part.chars - part.link_chars for part in inside)
    if node.link_chars <= NAVIGATION_LINK_DENSITY * beside:
        return False
    of_page = [heading for heading in inside if heading.tag == "h1" or _called(heading) in name]
    return len(inside) >= _MIN_GROUPS and not of_page and _has_heading_beside(tree, node)


def is_trail_of_yard(node: Element) -> bool:
    """Whether it is YARD's way to the page: links, and the page's own name as the last of them."""
    parts = [*node.elements()] if node.get("id") == selectors.TRAIL_OF_YARD else []
    if len(parts) < 2 or any(isinstance(part, str) and _WORD.search(part) for part in node.children):
        return False
    end = parts[-1]
    is_end = selectors.END_OF_TRAIL in end.classes and end.link_chars == 0 and end.tag not in selectors.HEADINGS
    return is_end and all(part.link_density == 1 for part in parts[:-1])


def _called(heading: Element) -> str:
    """What a heading says, without the sign of a permalink after it."""
    return heading.words().lower().rstrip("\u00b6# ")


def _has_heading_beside(tree: Tree, node: Element) -> bool:
    """Whether there is a heading among the elements before or after it."""
    near = tree.order[max(0, node.at - _MAX_NEAR) : node.at] + tree.order[node.end : node.end + _MAX_NEAR]
    return any(part.tag in selectors.HEADINGS for part in near)
