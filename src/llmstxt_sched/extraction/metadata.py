"""What a page's head says: its title, descriptions, site, and what it asks of robots."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from llmstxt_sched.domain.robots_directives import META_NAMES, Directives, read_robots_meta
from llmstxt_sched.extraction import selectors

_SITE_TYPES = frozenset(["WebSite", "Organization", "SoftwareApplication"])
_JSON_LD_CHARS = 200_000


class Metadata(Struct, frozen=True):
    """Texts have their white space folded; `canonical` is as written."""

    title: str
    site_name: str
    description: str
    og_description: str
    canonical: str
    directives: Directives


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """The head of the page; where a name stands twice, the first that says something counts."""
    metas: dict[str, str] = {}
    robots: list[str] = []
    for meta in tree.css(selectors.METAS):
        attrs = meta.attrs
        name = (attrs.sget("name") or attrs.sget("property") or "").strip().lower()
        content = fold(attrs.sget("content") or "")
        if name in META_NAMES:
            robots.append(content)
        elif content:
            metas.setdefault(name, content)
    title = tree.css_first(selectors.HEAD_TITLE) or tree.css_first("title")
    canonical = tree.css_first(selectors.CANONICAL)
    return Metadata(
        title=fold(title.text()) if title is not None else "",
        site_name=metas.get("og:site_name", "") or _json_ld_site(tree) or metas.get("application-name", ""),
        description=metas.get("description", ""),
        og_description=metas.get("og:description", ""),
        canonical=(canonical.attrs.sget("href") or "").strip() if canonical is not None else "",
        directives=read_robots_meta(robots),
    )


def fold(text: str) -> str:
    """`text` on one line, its white space folded."""
    return " ".join(text.split())


def _json_ld_site(tree: LexborHTMLParser) -> str:
    for script in tree.css(selectors.JSON_LD)[:10]:
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
