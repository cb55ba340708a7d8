"""Reads a page's <head>: its title, descriptions, site name, canonical link and directives for robots."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from llmstxt_sched.domain.robots_directives import META_NAMES, Directives, read_robots_meta
from llmstxt_sched.extraction.dom.tree import Element, Tree

MARKDOWN = "text/markdown"
JSON_LD = "application/ld+json"
# A page that sends its reader on within this time is a redirect.
REFRESH_SECONDS = 5

_SITE_TYPES = frozenset(["WebSite", "Organization", "SoftwareApplication"])
# Of schema.org's kinds of Article, those that are no documentation; TechArticle is.
_ARTICLE_TYPES = frozenset(
    """
    Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReviewNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting
    """.split()  # noqa: SIM905
)
_JSON_LD_CHARS = 200_000
_MAX_TRANSLATIONS = 100
_REFRESH = re.compile(r"\s*(\d{1,9}|(?=\.))(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)


class Metadata(Struct, frozen=True):
    """The contents of a page's <head>.  Texts are on one line (see `fold`); URLs are as written, '' if there is none.

    `refresh` is where the page sends its reader within REFRESH_SECONDS; `markdown` is its own copy in Markdown;
    `translations` are the same page in other languages, as (BCP 47 tag, URL).  `is_article` is whether the page says
    of itself that it is news or a blog's.
    """

    title: str
    site_name: str
    description: str
    og_description: str
    canonical: str
    directives: Directives
    refresh: str
    markdown: str
    language: str
    translations: tuple[tuple[str, str], ...]
    is_article: bool


def read_metadata(tree: Tree) -> Metadata:
    """Read the page's <head>; if a <meta> name occurs twice, the first one that is not empty counts."""
    metas: dict[str, str] = {}
    robots: list[str] = []
    refresh = ""
    for meta in tree.tagged("meta"):
        name = (meta.get("name") or meta.get("property")).strip().lower()
        content = fold(meta.get("content"))
        if name in META_NAMES:
            robots.append(content)
        elif meta.get("http-equiv").strip().lower() == "refresh":
            refresh = refresh or refresh_target(content)
        elif content:
            metas.setdefault(name, content)
    items = _json_ld(tree)
    return Metadata(
        title=_title(tree),
        site_name=metas.get("og:site_name", "") or _site_name(items) or metas.get("application-name", ""),
        description=metas.get("description", ""),
        og_description=metas.get("og:description", ""),
        canonical=_linked(tree, "canonical"),
        directives=read_robots_meta(robots),
        refresh=refresh,
        markdown=_linked(tree, "alternate", MARKDOWN),
        language=tree.root.get("lang").strip() or metas.get("content-language", ""),
        translations=_translations(tree),
        is_article=metas.get("og:type", "").lower() == "article"
        or "article:published_time" in metas
        or any(_is_of(item, _ARTICLE_TYPES) for item in items),
    )


def refresh_target(content: str) -> str:
    """The URL of a refresh within REFRESH_SECONDS (HTML standard, section 4.2.5.3), as in the header; '' if none."""
    match = _REFRESH.match(content)
    return match[2].strip() if match and int(match[1] or 0) <= REFRESH_SECONDS else ""


def _title(tree: Tree) -> str:
    """The page's title: that of its <head>, else of its body, but none of a picture's."""
    titles = [node for node in tree.tagged("title") if all(outer.tag != "svg" for outer in node.ancestors())]
    titles.sort(key=lambda node: node.parent is None or node.parent.tag != "head")
    return titles[0].words() if titles else ""


def _linked(tree: Tree, relation: str, kind: str = "") -> str:
    """The address of the first <link> of this relation, and of this media type if one is given; '' if none."""
    addresses = [node.get("href").strip() for node in _relations(tree, relation) if kind in ("", _kind(node))]
    return addresses[0] if addresses else ""


def _kind(link: Element) -> str:
    return link.get("type").partition(";")[0].strip().lower()


def _relations(tree: Tree, relation: str) -> list[Element]:
    return [
        node for node in tree.tagged("link") if "href" in node.attrs and relation in node.get("rel").lower().split()
    ]


def _translations(tree: Tree) -> tuple[tuple[str, str], ...]:
    links = [node for node in _relations(tree, "alternate") if node.get("hreflang")]
    return tuple((node.get("hreflang").strip().lower(), node.get("href").strip()) for node in links)[:_MAX_TRANSLATIONS]


def fold(text: str) -> str:
    """`text` on one line, each run of white space collapsed to one space."""
    return " ".join(text.split())


def _json_ld(tree: Tree) -> list[dict[str, Any]]:
    """The items of the page's JSON-LD, without those inside others."""
    scripts = [node for node in tree.tagged("script") if _kind(node) == JSON_LD]
    found: list[Any] = []
    for script in scripts[:10]:
        text = script.text()
        if len(text) > _JSON_LD_CHARS:
            continue
        try:
            data = msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            continue
        found += _as_list(data)
        if isinstance(data, dict):
            found += [*_as_list(data.get("@graph")), data.get("isPartOf")]
    return [item for item in found if isinstance(item, dict)]


def _site_name(items: Iterable[dict[str, Any]]) -> str:
    names = [item["name"] for item in items if isinstance(item.get("name"), str) and _is_of(item, _SITE_TYPES)]
    return next(filter(None, map(fold, names)), "")


def _is_of(item: dict[str, Any], kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint(kind for kind in _as_list(item.get("@type")) if isinstance(kind, str))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
