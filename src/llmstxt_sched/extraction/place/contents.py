"""Finds the pages that a page lists as the contents of its site, with the group of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Contents
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in
from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.place.group_labels import labels_of

_MAX_PAGES: Final = 1000
# A file of navigation is one list: so much of its text is in links (the rest are labels), and it has so many links.
_MIN_LINK_SHARE: Final = 0.5
_MIN_LINKS: Final = 3


def find_contents(tree: Tree, addresses: Addresses) -> Contents:
    """The pages that the page lists as the site's contents: in Sphinx' toctrees, or as a file of navigation.

    Such a file, which a frame or a script shows beside each page, holds a list of links and hardly anything else
    (mdBook's `toc.html`).
    """
    holders = tree.where(_is_toctree, ["class"])
    found: dict[str, str] = {}
    for holder in holders or _lists_of_links(tree):
        for link in _links(holder):
            url = addresses[link.get("href")]
            if url and url not in found:
                found[url] = visible(SECTION_SEPARATOR.join(labels_of(link, holder)))
            if len(found) == _MAX_PAGES:
                return tuple(found.items())
    return tuple(found.items())


@Question
def _is_toctree(start: StartTag) -> bool:
    return selectors.TOCTREE in start.get("class")


def _links(holder: Element) -> Iterator[Element]:
    return filter(lambda node: node.tag == "a" and node.get("href"), elements_in(holder))


def _lists_of_links(tree: Tree) -> list[Element]:
    """The list that the page consists of, if it is a file of navigation."""
    body = tree.body
    lists = [node for node in body.elements() if node.tag in ("ul", "ol", "nav")]
    # Hotdoc's has boxes in boxes, and each of its links in a heading.
    is_boxes = not lists and not tree.tagged("title")
    lists = [node for node in body.elements() if node.tag == "div"] if is_boxes else lists
    if len(lists) != 1 or lists[0].chars < body.chars or lists[0].link_density < _MIN_LINK_SHARE:
        return []
    headings = [node for node in tree.tagged(*selectors.HEADINGS) if not is_boxes or node.chars > node.link_chars]
    return [] if headings or len(list(_links(lists[0]))) < _MIN_LINKS else lists
