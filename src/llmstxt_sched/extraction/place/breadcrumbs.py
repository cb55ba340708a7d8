"""Finds the breadcrumbs of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in, says_something
from llmstxt_sched.extraction.head.json_ld import Crumb
from llmstxt_sched.extraction.links import Addresses

# A longer text, in characters, is no label.
LABEL_CHARS: Final = 80
_MAX_BREADCRUMBS: Final = 6
# More links, no bar of them has.
_MAX_LINKS: Final = 60
# More elements, no item without a link has.
_MAX_IN_CRUMB: Final = 12
_SEPARATOR: Final = re.compile(r"\s+[|\-\u2013\u2014\u00b7\u2022\u00bb\u00ab:]+\s+|\s*\uff5c\s*")
_CRUMB_ATTRIBUTES: Final = ("class", "aria-label", "itemtype", "typeof")
_LISTS: Final = frozenset(["ol", "ul"])
_CRUMB_NAMES: Final = re.compile(r"breadcrumb|(?:^|\s)crumbs(?:\s|$)|\byou[ _-]?are[ _-]?here\b", re.IGNORECASE)
_DRAWN_CRUMBS, _BETWEEN_DRAWN = "data-breadcrumbs", "///"
_WORD: Final = re.compile(r"\w")
_BADGE, _KIND_OF_BADGE = "label", "label-"
# What may hold the way to the page in a line, the characters of its label and of all, and its links.
_HOLD_WAYS: Final = ("div", "dd", "nav", "p", "section", "span", "td")
_MIN_LABEL, _MAX_LABEL, _MAX_WAY, _MIN_WAY = 4, 60, 300, 2
_COLONS: Final = (":", "\uff1a")
# The date and the version of the site, and a link to the top, as Maven has them in its bar.
_NO_CRUMB: Final = re.compile(
    r"\W*(?:(?:last )?(?:published|updated|modified|changed|built|generated)\b.*\d|version:? v?\d[\w.+-]*\Z|"
    r"(?:back )?to ?top\Z)",
    re.IGNORECASE,
)
# The class and the role of Sphinx's bar, and the class of the site's own crumb in it.
_RELATED, _NAVIGATION = "related", "navigation"
_SITE_CRUMB: Final = "nav-item-0"
# The first folder of an address, where it names the language of the pages in it.
_LANGUAGE: Final = re.compile(r"^/[a-z]{2}(?:-[a-z]{2,4})?(?=/)", re.IGNORECASE)
# What a blog's lists are called, which tell nothing of a page's place among others.
_LISTED: Final = re.compile(
    r"archives?|authors?|categor(?:y|ies)|tags?|uncategori[sz]ed|all posts|page \d+", re.IGNORECASE
)
# The first folder in the address of such a list; that of a category holds what the category is called.
_OF_LIST: Final = re.compile(r"archives?|authors?|tags?", re.IGNORECASE)
# In the address of a site's home page.
_SLASHES_OF_HOME: Final = 3


def find_breadcrumbs(tree: Tree, here: set[Element], addresses: Addresses) -> list[str]:
    """The labels of the page's breadcrumbs, without those of the page itself (`here`), the site and other sites."""
    for holder in _holders(tree):
        nodes = _without_last_text(list(islice(_crumbs(holder), _MAX_LINKS)))
        links = [node for node in nodes if node not in here and not _leads_away(node, addresses)]
        labels = [link.words(selectors.UNREAD) for link in links if not _is_site(tree, link, links)]
        crumbs = [*filter(None, labels)]
        crumbs = [text for text in crumbs if len(text) <= LABEL_CHARS and text.lower() not in selectors.HOME_LABELS]
        crumbs = [text for text in crumbs if not _NO_CRUMB.match(text)]
        if crumbs:
            return crumbs[:6]
    return _drawn_breadcrumbs(tree.body) or _labelled_breadcrumbs(tree, here, addresses)


def _holders(tree: Tree) -> list[Element]:
    """What holds breadcrumbs by its name, without lists of related pages, which have the name of Sphinx's bars."""
    found = tree.where(is_breadcrumbs, (*_CRUMB_ATTRIBUTES, "id"))[:_MAX_BREADCRUMBS]
    return [node for node in found if node.get("class") != _RELATED or _is_bar_of_sphinx(node)]


def _is_bar_of_sphinx(node: Element) -> bool:
    """Whether it says that it is navigation, or links to the pages around this one, as older bars did without it."""
    is_said = node.get("role") == _NAVIGATION
    return is_said or any(selectors.RELATION in inner.classes for inner in islice(elements_in(node), _MAX_LINKS))


def _labelled_breadcrumbs(tree: Tree, here: set[Element], addresses: Addresses) -> list[str]:
    """The labels of what only says in words that it is the way to the page, without a menu between them."""
    holders = [node for node in tree.tagged(*_HOLD_WAYS) if 0 < node.link_chars < node.chars <= _MAX_WAY]
    for holder in filter(_says_way, holders):
        links = [node for node in elements_in(holder) if node.tag == "a" and node.ancestor(_LISTS) is None]
        if len(links) < _MIN_WAY and not any(colon in holder.words() for colon in _COLONS):
            # A sentence may go on with a link.
            continue
        links = [node for node in links if node not in here and not _leads_away(node, addresses)]
        crumbs = [link.words(selectors.UNREAD) for link in links if not _leads_home(addresses[link.get("href")])]
        crumbs = [text for text in crumbs if 0 < len(text) <= LABEL_CHARS and text.lower() not in selectors.HOME_LABELS]
        if crumbs:
            return crumbs[:_MAX_BREADCRUMBS]
    return []


def _says_way(node: Element) -> bool:
    """Whether a line of links begins with words that say so."""
    first = next(filter(says_something, node.children), "")
    text = (first if isinstance(first, str) else first.only_text or "").strip()
    # "Position" alone is that of something else.
    if not _MIN_LABEL <= len(text) <= _MAX_LABEL:
        return False
    return selectors.YOU_ARE_HERE.fullmatch(" ".join(text.split())) is not None


def _leads_home(target: str) -> bool:
    return target.count("/") == _SLASHES_OF_HOME and target.endswith("/")


def own_crumb(tree: Tree) -> Element | None:
    """The last of the page's breadcrumbs, where it is no link and so the page's own name."""
    for holder in _holders(tree):
        nodes = list(islice(_crumbs(holder), _MAX_LINKS))
        if nodes:
            is_own = nodes[-1].tag == "li" and nodes[-1].words().lower() not in selectors.HOME_LABELS
            return nodes[-1] if is_own else None
    return None


def _drawn_breadcrumbs(body: Element) -> list[str]:
    """The labels of the breadcrumbs that a script of Writerside's draws, some with the name of a file before them."""
    if selectors.OF_WRITERSIDE not in body.attrs:
        # Another's may be written in any way.
        return []
    crumbs = [crumb.rpartition("|")[2].strip() for crumb in body.get(_DRAWN_CRUMBS).split(_BETWEEN_DRAWN, 6)[:6]]
    return [crumb for crumb in crumbs if 0 < len(crumb) <= LABEL_CHARS]


def said_breadcrumbs(
    crumbs: Sequence[Crumb], url: str, addresses: Addresses, *, titles: Sequence[str], site_name: str
) -> list[str]:
    """The labels of breadcrumbs that no reader sees, without those of the site, other sites, and the page at `url`.

    Its own may be named in another spelling of its address, or by one of the page's `titles`.
    """
    names = {site_name.casefold(), *selectors.HOME_LABELS}
    labels: list[str] = []
    last, own = len(crumbs) - 1, {_SEPARATOR.split(title.casefold())[0] for title in titles}
    for at, crumb in enumerate(crumbs):
        target = addresses[crumb.href] if crumb.href else ""
        is_own = at == last and (not target or _is_same(target, url) or crumb.label.casefold() in own)
        is_away = _host(target) not in ("", _host(addresses.base))
        is_list = _LISTED.fullmatch(crumb.label) or any(map(_OF_LIST.fullmatch, urlsplit(target).path.split("/")[1:2]))
        is_no_label = crumb.label.casefold() in names or len(crumb.label) > LABEL_CHARS
        if not (is_own or _leads_home(target) or is_list or is_away or is_no_label):
            labels.append(crumb.label)
    return labels


def _is_same(target: str, url: str) -> bool:
    query = urlsplit(url).query
    return _bare(target) == _bare(url) and query in ("", urlsplit(target).query)


def _bare(url: str) -> tuple[str, str]:
    path = urlsplit(url).path.removesuffix(".html").removesuffix("/index").rstrip("/")
    return _host(url), _LANGUAGE.sub("", path)


def _crumbs(holder: Element) -> Iterator[Element]:
    """The links, and the items without one: those of groups that have no page, and that of the page itself."""
    return filter(lambda node: _is_link(node) or _is_text(node, holder), elements_in(holder))


def _is_link(node: Element) -> bool:
    return node.tag == "a" and not _is_relation(node) and not _is_beside_crumbs(node)


def _is_text(node: Element, holder: Element) -> bool:
    is_item = node.tag == "li" or "itemListElement" in (node.get("itemprop"), node.get("property"))
    is_brief = 0 < node.chars <= LABEL_CHARS and node.link_chars == 0 and node.end - node.at <= _MAX_IN_CRUMB
    return is_brief and (is_item or (node.tag == "span" and node.parent is holder)) and _is_label(node)


def _is_label(node: Element) -> bool:
    """Whether an item is no mark between two others, no list of them, and no word before them all."""
    words = node.words(selectors.UNREAD)
    is_name = _WORD.search(words) is not None and not words.endswith(_COLONS)
    return is_name and all(inner.tag not in ("a", "li") and not _is_badge(inner) for inner in elements_in(node))


def _is_badge(node: Element) -> bool:
    """Whether it is Bootstrap's label, in which Doctum says what kind of thing the page is about."""
    return _BADGE in node.classes and any(name.startswith(_KIND_OF_BADGE) for name in node.classes)


def _without_last_text(nodes: list[Element]) -> list[Element]:
    """`nodes` without the text that comes last, which is the page's own."""
    return nodes[:-1] if nodes and nodes[-1].tag != "a" else nodes


def _leads_away(link: Element, addresses: Addresses) -> bool:
    """Whether a link leads to another host, as that to the home of the generator does in Maven's bar."""
    host = _host(addresses[link.get("href")])
    return host not in ("", _host(addresses.base))


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


def _is_site(tree: Tree, link: Element, crumbs: list[Element]) -> bool:
    """Whether the first of some breadcrumbs leads to the site as a whole: it says what titles of its pages end with."""
    if link is not crumbs[0]:
        return False
    if link.parent is not None and _SITE_CRUMB in link.parent.classes:
        return True
    parts = [_SEPARATOR.split(title.words()) for title in tree.tagged("title")[:1]]
    names = [part[-1] for part in parts if len(part) > 1]
    names += [meta.get("content") for meta in tree.tagged("meta") if meta.get("property") == "og:site_name"]
    return link.words().casefold() in {name.strip().casefold() for name in names}


@Question
def is_breadcrumbs(start: StartTag) -> bool:
    """Whether an element that begins so holds breadcrumbs."""
    # Those of the whole page say what it shows.
    for name in () if start.name in selectors.ROOTS else _CRUMB_ATTRIBUTES:
        value = start.attrs.get(name)
        if value and _names_crumbs(value):
            return True
    # Confluence's; generators make the ids of other elements of headings.
    if start.name in _LISTS and _names_crumbs(start.get("id")):
        return True
    # Sphinx's bars above and below the page; others have lists of related pages of that class and more.
    return start.name == "div" and start.get("class") == _RELATED


@lru_cache(maxsize=4096)
def _names_crumbs(names: str) -> bool:
    return _CRUMB_NAMES.search(names) is not None


def _is_beside_crumbs(link: Element) -> bool:
    """Whether a link leads to the page's source, which the theme of Read the Docs has after its breadcrumbs."""
    return link.parent is not None and selectors.BESIDE_CRUMBS in link.parent.classes


def _is_relation(link: Element) -> bool:
    return link.parent is not None and selectors.RELATION in link.parent.classes
