"""A page's links: where they lead, and which lead to the page itself."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.domain.urls import try_parse
from llmstxt_sched.extraction import selectors

MAX_LINKS = 2000


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """What the page's links are relative to: its <base>, else its own address."""
    element = tree.css_first(selectors.BASE)
    href = (element.attrs.sget("href") or "").strip() if element is not None else ""
    return absolute(url, href) or url if href else url


def absolute(base: str, href: str) -> str:
    """The http(s) address that `href` leads to, in its one written form and without a fragment; else ''."""
    target = href.partition("#")[0].strip()
    if not target or target.startswith("?"):
        return _resolved(base, target)
    # All pages of a folder share what their links resolve to.
    return _resolved(base[: base.rfind("/") + 1] if base.count("/") > 2 else base, target)


def links_of(tree: LexborHTMLParser, url: str, base: str) -> tuple[tuple[str, ...], list[LexborNode]]:
    """The page's first 2,000 different links in their order, without those that carry rel=nofollow, and the
    elements that link to the page itself."""
    here = absolute(url, "")
    found: dict[str, None] = {}
    own: list[LexborNode] = []
    for node in tree.css(selectors.LINKS):
        attrs = node.attrs
        href = (attrs.sget("href") or attrs.sget("src") or "").strip()
        target = absolute(base, href)
        if target == here:
            if href == "#" or not href.startswith("#"):
                own.append(node)
        elif target and len(found) < MAX_LINKS and "nofollow" not in (attrs.sget("rel") or "").lower().split():
            found.setdefault(target)
    return tuple(found), own


@lru_cache(maxsize=8192)
def _resolved(base: str, href: str) -> str:
    try:
        address = try_parse(urljoin(base, href).partition("#")[0])
    except ValueError:
        return ""
    return str(address) if address else ""
