"""Reads a page's <head>: its title, descriptions, site name, canonical link and directives for robots."""

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
    """The contents of a page's <head>.  Texts are on one line (see `fold`); `canonical` is as written."""

    title: str
    site_name: str
    description: str
    og_description: str
    canonical: str
    directives: Directives


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """Read the page's <head>; if a <meta> name occurs twice, the first one that is not empty counts."""
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
    """`text` on one line, each run of white space collapsed to one space."""
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
    items = [data, *_as_list(data.get("@graph")), data.get("isPartOf")] if isinstance(data, dict) else _as_list(data)
    for item in items:
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            kinds = item.get("@type")
            if not _SITE_TYPES.isdisjoint(kind for kind in _as_list(kinds) if isinstance(kind, str)):
                return fold(item["name"])
    return ""


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
