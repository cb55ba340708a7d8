"""Finds the group of the site's own navigation that a page belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from llmstxt_sched.documents.model import SECTION_SEPARATOR
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, elements_in
from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.place.breadcrumbs import LABEL_CHARS, find_breadcrumbs
from llmstxt_sched.extraction.place.group_labels import (
    LISTS,
    MAX_AROUND_ONE,
    MAX_IN_ITEM,
    around_in_body,
    is_navigation,
    labels_of,
    only_element,
)
from llmstxt_sched.extraction.place.language_switch import switches_language

# Limits that no real page reaches, so that a hostile page cannot make the search quadratic.
_MAX_SELF_LINKS: Final = 12
_MAX_ASKED: Final = 3 * _MAX_SELF_LINKS
# A navigation of documentation has so many links at least.
_MIN_LINKS: Final = 5
# The attribute of a button that is switched on and off, such as Nefertiti's for light and dark colours.
_SWITCHED: Final = "aria-pressed"
# What Texinfo calls the first page of a manual, and the list of all manuals: no parts of the manual.
_TOPS: Final = frozenset(["Top", "(dir)"])


def find_section(tree: Tree, self_links: list[Element], addresses: Addresses) -> tuple[str, int]:
    """The labels of the page's place in the site, outermost first, joined with SECTION_SEPARATOR, and its rank there.

    The rank grows from page to page of one navigation, and is 0 where it is not known.  The labels are the first of
    these that are found; '' if none is:

    1. those of the groups in a navigation around the page's link to itself: one of `self_links`, what is marked as the
       current page, or a current item's link without an address;
    2. those down to the group that is marked as the current one;
    3. those around an item with the page's name that is no link;
    4. the page's breadcrumbs;
    5. the page's parent by <link rel=up>.

    Links in a choice of languages do not count.
    """
    marked, known = tree.where(_is_marked, ["aria-current"]), frozenset(self_links)
    current = [node for node in marked if node.get("aria-current").lower() == "page" and node not in known]
    # Sphinx has such a link for the page; elsewhere each of many groups may have one, that opens it.
    links = [link for link in _places(tree, [*self_links, *current], addresses) if not _opens_menu(link)]
    own = [link for link in links if link.get("href").strip() != "#" or link.get("aria-current").lower() == "page"]
    to_nothing = _links_to_nothing(tree)
    pages = [link for link in to_nothing if link.parent is not None and only_element(link.parent) is link]
    # Maven marks both where a group of what it generates repeats a page.
    for candidates in (pages[:1], pages, own, links):
        best, rank = _longest(candidates)
        if best:
            return SECTION_SEPARATOR.join(best), rank
    best = _trail(tree, marked, addresses)
    for candidates in [] if best else [to_nothing, _items_of_page(tree)]:
        best, rank = _longest(candidates)
        if best:
            return SECTION_SEPARATOR.join(best), rank
    best = best or find_breadcrumbs(tree, {*self_links, *current}, addresses) or _parent_title(tree)
    return SECTION_SEPARATOR.join(best), 0


def _opens_menu(link: Element) -> bool:
    """Whether a link to a place in the page opens a group, as Bootstrap's do, or is a switch, and so leads nowhere."""
    href = link.get("href").strip()
    if (href and not href.startswith("#")) or link.get("aria-current").lower() == "page":
        return False
    is_switch = _SWITCHED in link.attrs or not link.attrs.keys().isdisjoint(selectors.OPENING)
    return is_switch or not selectors.OPENERS.isdisjoint(link.classes)


def _links_to_nothing(tree: Tree) -> list[Element]:
    """The links without an address that items marked as the current one begin with, as Maven has them."""
    items = tree.where(_is_current_item, ["class"])
    links = [node for item in items[:_MAX_ASKED] for node in elements_among(item.children[:MAX_AROUND_ONE])]
    return [link for link in links if link.tag == "a" and "href" not in link.attrs]


def _items_of_page(tree: Tree) -> list[Element]:
    """The items of lists with the page's name that are no links: some sites write the item of the page itself so."""
    items = [node for node in tree.tagged("li", "dd") if node.link_chars == 0 and 0 < node.chars <= LABEL_CHARS]
    headings = {node.words().casefold() for node in tree.tagged("h1")[:_MAX_SELF_LINKS]}
    title = " ".join(node.words().casefold() for node in tree.tagged("title")[:1])
    named = [node for node in items if node.end - node.at <= MAX_IN_ITEM and _is_named(node, headings, title)]
    return named[:_MAX_SELF_LINKS]


def _is_named(item: Element, headings: set[str], title: str) -> bool:
    text = item.words(selectors.UNREAD).casefold()
    rest = title.removeprefix(text)
    # A title that goes on with another word is another name: "Class Hierarchy" is not the title of an item "Class".
    return text in headings or (rest != title and not rest.lstrip()[:1].isalnum())


@Question
def _is_current_item(start: StartTag) -> bool:
    return start.name == "li" and not selectors.CURRENT_ITEMS.isdisjoint(start.classes)


def _places(tree: Tree, links: list[Element], addresses: Addresses) -> list[Element]:
    """Those of the first `links` that stand for a place in the site, and not for a language."""
    return [link for link in links[:_MAX_ASKED] if not switches_language(tree, link, addresses)]


def is_in_contents(self_links: Sequence[Element]) -> bool:
    """Whether a navigation of documentation, which is a list in groups, leads to the page itself."""
    # What a script opens leads to "#".
    links = filter(lambda link: not link.get("href").strip().startswith("#"), self_links[:_MAX_SELF_LINKS])
    return any(map(_is_of_groups, filter(_in_navigation, links)))


def _is_of_groups(link: Element) -> bool:
    """Whether the outermost list around the link holds many links, in lists or below headings of their own.

    The newest posts of a blog are one list, and a menu in a header is that of any site.
    """
    around = list(around_in_body(link))
    lists = [node for node in around if node.tag in LISTS]
    if not lists or any(node.tag == "header" for node in around):
        return False
    tags = Counter([node.tag for node in elements_in(lists[-1])])
    return tags["a"] >= _MIN_LINKS and not tags.keys().isdisjoint(LISTS | selectors.HEADINGS)


def _longest(links: list[Element]) -> tuple[list[str], int]:
    """The most labels that one of the first links in a navigation has, and how far it is from that one's beginning."""
    inner = list(filter(_in_navigation, links[:_MAX_SELF_LINKS]))
    labels = [labels_of(link) for link in inner]
    best = max(range(len(labels)), key=lambda at: len(labels[at]), default=0)
    if not labels or not labels[best]:
        return [], 0
    around = list(filter(is_navigation, around_in_body(inner[best])))
    return labels[best], inner[best].at - around[-1].at


@Question
def _is_marked(start: StartTag) -> bool:
    return "aria-current" in start.attrs


def _trail(tree: Tree, marked: Iterable[Element], addresses: Addresses) -> list[str]:
    """The labels down to the innermost group that a navigation marks as the one in which the page lies."""
    groups = [node for node in marked if node.get("aria-current").lower() in ("true", "location")]
    groups = _places(tree, groups[-_MAX_SELF_LINKS:], addresses)
    trails = [[*labels_of(node), _said_once(node)] for node in groups if _in_navigation(node)]
    fitting = [trail for trail in trails if 0 < len(trail[-1]) <= LABEL_CHARS]
    return max(fitting, key=len, default=[])


def _said_once(node: Element) -> str:
    """The text of a link, which Nextra says twice: once unseen, in bold, so that it is wide enough for both."""
    text, inner = node.words(selectors.UNREAD), [child.words(selectors.UNREAD) for child in islice(node.elements(), 3)]
    is_twice = len(inner) == 2 and inner[0] == inner[1] and text in ("".join(inner), " ".join(inner))
    return inner[0] if is_twice else text


def _in_navigation(link: Element) -> bool:
    return any(is_navigation(node) for node in around_in_body(link))


def _parent_title(tree: Tree) -> list[str]:
    ups = [node for node in tree.tagged("link") if node.get("rel") == "up" and node.get("title")]
    ups = ups or [node for node in tree.tagged("a") if node.get("accesskey") == "u" and node.get("title")]
    text = " ".join(ups[0].get("title").split()) if ups else ""
    return [text] if 0 < len(text) <= 2 * LABEL_CHARS and text not in _TOPS else []
