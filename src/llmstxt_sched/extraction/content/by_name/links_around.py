"""Tells what leads to the pages around one from other lists of links."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.furniture import NAVIGATION_LINK_DENSITY
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_TEXT
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

# Links to the pages around one by their names.
_MAX_AROUND_PAGE: Final = 8


def is_bar(tree: Tree, node: Element) -> bool:
    """Whether there are only links to the pages around this one, and hardly a word beside them."""
    is_brief = node.chars - node.link_chars <= MAX_TOOL_TEXT
    # Most have another link, which is found out soon.
    return is_brief and leads_on(tree, node) and not tree.has(node, selectors.HEADINGS)


def is_mostly_links(tree: Tree, node: Element) -> bool:
    """Whether most of the element is links, or all of them lead to the pages around this one."""
    return node.link_density > NAVIGATION_LINK_DENSITY or leads_on(tree, node)


def leads_on(tree: Tree, node: Element) -> bool:
    """Whether all links in the element lead to the pages around this one, as Texinfo's and gtk-doc's do."""
    # Not all that the element holds is walked: such elements may nest by the hundreds, and most have no link at all.
    links = tree.tagged("a")
    first = bisect_left(links, node.at, key=attrgetter("at"))
    if first == len(links) or not node.holds(links[first]):
        return False
    # The name of a page may stand beside its picture.
    has_link, keys = False, set[str]()
    others: list[str] = []
    for link in shown(links[first : bisect_left(links, node.end, key=attrgetter("at"))], node):
        if "href" in link.attrs:
            has_link = True
            if _is_key(link):
                keys.add(link.get("href"))
            elif link.get("rel") not in selectors.AROUND:
                others.append(link.get("href"))
                if len(others) > _MAX_AROUND_PAGE:
                    return False
    return has_link and keys.issuperset(others)


def _is_key(link: Element) -> bool:
    """Whether a link is a picture with a key of its own, as those to the pages around one of gtk-doc are."""
    return link.chars == 0 and bool(link.get("accesskey"))
