"""Knows the list in which a reader chooses the language of a page, which is no place in the site."""

from __future__ import annotations

from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common, normalised
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.links import Addresses

# So many elements of a list are looked at, which holds more than the languages of any site; and so far outside of a
# link its list may be.
_MAX_ELEMENTS: Final = 300
_MAX_LEVELS: Final = 4
# In characters, of a part of a path that names a language: `pt-br`, `zh_hant`.
_MAX_TAG: Final = 7
_LISTS: Final = frozenset(["ul", "ol", "nav", "menu"])


def switches_language(tree: Tree, link: Element, addresses: Addresses) -> bool:
    """Whether most of the links beside `link` lead to the same page in other languages.

    Their `lang` or `hreflang` says so, or that their addresses differ in nothing but a language's folder or the host.
    """
    beside = [node for node in _beside(tree, link) if node.get("href") and node is not link]
    own, here = _tag(link), addresses[link.get("href")]
    others = [node for node in beside if addresses[node.get("href")] != here]
    tags = {tag for tag in (own, *map(_tag, others)) if tag}
    page = _without_language(here)
    alike = [
        node
        for node in others
        if (len(tags) > 1 and _tag(node)) or (here and _without_language(addresses[node.get("href")]) == page)
    ]
    return len(alike) * 2 > len(others)


def _beside(tree: Tree, link: Element) -> list[Element]:
    """The links of the list that `link` is in, else of the innermost element around it that has others."""
    for outer in islice(link.ancestors(), _MAX_LEVELS):
        inner = tree.order[outer.at + 1 : min(outer.end, outer.at + _MAX_ELEMENTS)]
        links = [node for node in inner if node.tag == "a"]
        if outer.tag in _LISTS or len(links) > 1:
            return links
    return []


def _tag(link: Element) -> str:
    """The language that the link or its item of a list says."""
    item = link.parent if link.parent is not None and link.parent.tag == "li" else link
    return normalised(link.get("hreflang") or link.get("lang") or item.get("lang"))


def _without_language(url: str) -> tuple[str, list[str], str]:
    """The host, the parts of the path and the query of an address, without what names a language in each of the two."""
    address = urlsplit(url)
    first, _, host = address.netloc.partition(".")
    if host and first != "www" and not _is_language(first):
        host = address.netloc
    parts = list(filter(None, address.path.split("/")))
    at = min((at for at, part in enumerate(parts) if _is_language(part)), default=len(parts))
    return host or first, parts[:at] + parts[at + 1 :], address.query


def _is_language(part: str) -> bool:
    return len(part) <= _MAX_TAG and has_form_of_tag(part) and is_common(part)
