"""Drops the pictures above a page's title that are links to other sites, such as the logos of sponsors."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Final
from urllib.parse import urlsplit

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.bars.pages_around import PICTURE
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.links import Addresses

_KIND: Final = "navigation"
# One alone may be what the page is about; more elements, no such pictures are made of.
_MIN_LOGOS, _MAX_ABOVE = 2, 100
_WEB: Final = frozenset(["http", "https"])


def drop_logos(tree: Tree, main: Element, addresses: Addresses) -> None:
    """Drop such pictures where nothing but pictures stands before the first heading of the main content."""
    above = list(islice(takewhile(lambda node: node.tag not in selectors.HEADINGS, tree.within(main)), _MAX_ABOVE))
    logos = [node for node in above if node.tag == "a" and not node.chars and _leads_elsewhere(node, addresses)]
    logos = [node for node in logos if any(inner.tag == "img" for inner in tree.within(node))]
    if len(logos) < _MIN_LOGOS or len(above) == _MAX_ABOVE or not tree.has(main, selectors.HEADINGS):
        return
    if not any(isinstance(child, str) and child.strip() for node in (main, *above) for child in node.children):
        for node in logos:
            node.drop(_KIND)


def _leads_elsewhere(link: Element, addresses: Addresses) -> bool:
    """Whether it leads to another site; a picture leads to itself, at its full size, wherever that is kept."""
    target = urlsplit(addresses[link.get("href")])
    is_away = target.scheme in _WEB and target.netloc != urlsplit(addresses.base).netloc
    return is_away and PICTURE.search(target.path) is None
