"""Finds a page's links, and those among them that lead to the page itself."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.domain.urls import try_parse
from llmstxt_sched.extraction import selectors

MAX_LINKS = 2000


def base_url(tree: LexborHTMLParser, url: str) -> str:
    """The URL that the page's links are relative to: that of its <base>, else its own."""
    element = tree.css_first(selectors.BASE)
    href = (element.attrs.sget("href") or "").strip() if element is not None else ""
    return absolute(url, href) or url if href else url


def absolute(base: str, href: str) -> str:
    """The http(s) URL that `href` leads to, in canonical form and without its fragment; '' if it is not one."""
    target = href.partition("#")[0].strip()
    if not target or target.startswith("?"):
        return _resolved(base, target)
    # Resolving against the folder instead of the page lets all pages of a folder share the cache.
    return _resolved(base[: base.rfind("/") + 1] if base.count("/") > 2 else base, target)


def find_links(tree: LexborHTMLParser, url: str, base: str) -> tuple[tuple[str, ...], list[LexborNode]]:
    """Find the page's links, and the elements that link to the page itself.

    The links are the first 2,000 different ones in the page's order, without those with rel=nofollow.
    """
    here = absolute(url, "")
    found: dict[str, None] = {}
    self_links: list[LexborNode] = []
    for node in tree.css(selectors.LINKS):
        attrs = node.attrs
        href = (attrs.sget("href") or attrs.sget("src") or "").strip()
        target = absolute(base, href)
        if target == here:
            if href == "#" or not href.startswith("#"):
                self_links.append(node)
        elif target and len(found) < MAX_LINKS and "nofollow" not in (attrs.sget("rel") or "").lower().split():
            found.setdefault(target)
    return tuple(found), self_links


@lru_cache(maxsize=8192)
def _resolved(base: str, href: str) -> str:
    try:
        address = try_parse(urljoin(base, href).partition("#")[0])
    except ValueError:
        return ""
    return str(address) if address else ""
