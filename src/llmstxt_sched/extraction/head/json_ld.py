"""Reads what a page says of itself in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from llmstxt_sched.extraction.dom.tree import Tree

JSON_LD: Final = "application/ld+json"
# Whose name is the site's, the likeliest first: that of a company is less than that of what its site is about.
_SITE_TYPES: Final = ("WebSite", "SoftwareApplication", "Organization")
# Of schema.org's kinds of Article, those that are no documentation; TechArticle is.
_ARTICLE_TYPES: Final = frozenset(
    """
    Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReviewNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting
    """.split()  # noqa: SIM905
)
_MAX_CHARS: Final = 200_000
_MAX_SCRIPTS: Final = 10
# Of breadcrumbs; no site nests as deeply.
_MAX_CRUMBS: Final = 10
_MAX_POSITION: Final = 999

Item = dict[str, Any]


class Crumb(NamedTuple):
    """A label of a page's place in its site, and the address of its page as it is written, '' if it has none."""

    label: str
    href: str


def read_items(tree: Tree) -> list[Item]:
    """The items of the page's JSON-LD, without those inside others."""
    scripts = [node for node in tree.tagged("script") if node.get("type").partition(";")[0].strip().lower() == JSON_LD]
    found: list[Any] = []
    for script in scripts[:_MAX_SCRIPTS]:
        text = script.text()
        if len(text) > _MAX_CHARS:
            continue
        try:
            data = msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            continue
        found += _as_list(data)
        if isinstance(data, dict):
            found += [*_as_list(data.get("@graph")), data.get("isPartOf")]
    return [item for item in found if isinstance(item, dict)]


def site_name(items: Sequence[Item]) -> str:
    """The name of the site, else of what it is about; '' if there is none."""
    names = [_text(item.get("name")) for kind in _SITE_TYPES for item in items if _is_of(item, frozenset([kind]))]
    return next(filter(None, names), "")


def is_article(items: Sequence[Item]) -> bool:
    """Whether the page says of itself that it is news or a blog's."""
    return any(_is_of(item, _ARTICLE_TYPES) for item in items)


def breadcrumbs(items: Sequence[Item]) -> tuple[Crumb, ...]:
    """The first breadcrumbs, in the order of their positions; pages name themselves as the last of them."""
    lists = [item for item in items if _is_of(item, frozenset(["BreadcrumbList"]))]
    lists += [inner for item in items for inner in _as_list(item.get("breadcrumb")) if isinstance(inner, dict)]
    for holder in lists:
        elements = [each for each in _as_list(holder.get("itemListElement")) if isinstance(each, dict)][:_MAX_CRUMBS]
        elements.sort(key=_position)
        crumbs = [_crumb(element) for element in elements]
        if crumbs and all(crumb.label for crumb in crumbs):
            return tuple(crumbs)
    return ()


def _crumb(element: Item) -> Crumb:
    item = element.get("item")
    inner: Item = item if isinstance(item, dict) else {"@id": item}
    href = inner.get("@id") or inner.get("url")
    return Crumb(_text(element.get("name") or inner.get("name")), href if isinstance(href, str) else "")


def _position(element: Item) -> int:
    position = element.get("position")
    if isinstance(position, str):
        return int(position) if position.isdecimal() and len(position) <= len(str(_MAX_POSITION)) else 0
    return int(position) if isinstance(position, int | float) and 0 <= position <= _MAX_POSITION else 0


def _text(value: Any) -> str:
    # Many write the entities of HTML into it, which JSON has not.
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _is_of(item: Item, kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint(kind for kind in _as_list(item.get("@type")) if isinstance(kind, str))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
