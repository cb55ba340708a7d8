"""What a page's head says: its title, descriptions, site, and what it asks of robots."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

ROBOT_NAMES = ("robots", "llmstxt-sched")
_SITE_TYPES = frozenset(["WebSite", "Organization", "SoftwareApplication"])
_JSON_LD_CHARS = 200_000


class Head(Struct, frozen=True):
    """Texts have their white space folded; `canonical` is as written."""

    title: str
    site_name: str
    description: str
    og_description: str
    canonical: str
    noindex: bool
    nofollow: bool


def read_head(tree: LexborHTMLParser) -> Head:
    """The head of the page; where a name stands twice, the first that says something counts."""
    metas: dict[str, str] = {}
    robots: set[str] = set()
    for meta in tree.css("meta[content]"):
        attrs = meta.attrs
        name = (attrs.sget("name") or attrs.sget("property") or "").strip().lower()
        content = fold(attrs.sget("content") or "")
        if name in ROBOT_NAMES:
            robots.update(word.strip() for word in content.lower().split(","))
        elif content:
            metas.setdefault(name, content)
    title = tree.css_first("head > title") or tree.css_first("title")
    canonical = tree.css_first("link[rel~=canonical][href]")
    return Head(
        title=fold(title.text()) if title is not None else "",
        site_name=metas.get("og:site_name", "") or _json_ld_site(tree) or metas.get("application-name", ""),
        description=metas.get("description", ""),
        og_description=metas.get("og:description", ""),
        canonical=(canonical.attrs.sget("href") or "").strip() if canonical is not None else "",
        noindex=not robots.isdisjoint(("noindex", "none")),
        nofollow=not robots.isdisjoint(("nofollow", "none")),
    )


def fold(text: str) -> str:
    """`text` on one line, its white space folded."""
    return " ".join(text.split())


def _json_ld_site(tree: LexborHTMLParser) -> str:
    for script in tree.css('script[type="application/ld+json"]')[:10]:
        text = script.text()
        if len(text) > _JSON_LD_CHARS:
            continue
        try:
            data = msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            continue
        name = _site_name(data)
        if name:
            return name
    return ""


def _site_name(data: Any) -> str:
    things = [data, *_list(data.get("@graph")), data.get("isPartOf")] if isinstance(data, dict) else _list(data)
    for thing in things:
        if isinstance(thing, dict) and isinstance(thing.get("name"), str):
            kinds = thing.get("@type")
            if not _SITE_TYPES.isdisjoint(kind for kind in _list(kinds) if isinstance(kind, str)):
                return fold(thing["name"])
    return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
