"""Reads a page's <head>: its title, descriptions, site name, canonical link and directives for robots."""

from __future__ import annotations

import html
import re
import sys
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
# The entities that templates escape a second time.
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|hellip|[mn]dash|[lr][sd]quo|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")
# In characters of text.  A page with more is read, although it sends on those whose browser runs no scripts, or all
# after some seconds: to a page that says so, a download, or the next picture.
_STUB_WITHOUT_SCRIPTS, _STUB_WITH_PATIENCE = 100, 200

_SITE_TYPES = frozenset(["WebSite", "Organization", "SoftwareApplication"])
# Of schema.org's kinds of Article, those that are no documentation; TechArticle is.
_ARTICLE_TYPES = frozenset(
    """
    Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReviewNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting
    """.split()  # noqa: SIM905
)
_JSON_LD_CHARS = 200_000
MAX_TRANSLATIONS = 100
_REFRESH = re.compile(r"\s*(\d{1,9}|(?=\.))(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
# All of a script that sends every reader on.
_SENDS_ON = re.compile(
    r"\s*(?:(?:window|document|self|top)\.)?location(?:(?:\.href)?\s*=\s*|\.(?:replace|assign)\(\s*)"
    r"(?:\"([^\"\s]+)\"|'([^'\s]+)')\s*\)?\s*;?\s*"
)
_MAX_SENDING = 1000
_AROUND_HEAD = frozenset(["head", "body", "html", "noscript"])
_AT_ONCE = re.compile(r"\s*0*(?:\.\d*)?\s*[;,\s]")


class Metadata(Struct, frozen=True):
    """The contents of a page's <head>.  Texts are on one line (see `fold`); URLs are as written, '' if there is none.

    `refresh` is where the page sends its reader within REFRESH_SECONDS, if it has no more than `refresh_chars` of text;
    `markdown` is its own copy in Markdown;
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
    refresh_chars: int
    markdown: str
    language: str
    translations: tuple[tuple[str, str], ...]
    is_article: bool


def read_metadata(tree: Tree) -> Metadata:
    """Read the page's <head>; if a <meta> name occurs twice, the first one that is not empty counts."""
    metas: dict[str, str] = {}
    robots: list[str] = []
    refresh, refresh_chars = "", sys.maxsize
    for meta in tree.tagged("meta"):
        name = (meta.get("name") or meta.get("property")).strip().lower()
        content = fold(meta.get("content"))
        if name in META_NAMES:
            robots.append(content)
        elif meta.get("http-equiv").strip().lower() == "refresh":
            if not refresh and (refresh := refresh_target(content)):
                refresh_chars = _most_of_stub(meta, content)
        elif content:
            metas.setdefault(name, content)
    if not refresh:
        refresh, refresh_chars = _script_target(tree), _STUB_WITHOUT_SCRIPTS
    items = _json_ld(tree)
    return Metadata(
        title=_title(tree),
        site_name=metas.get("og:site_name", "") or _site_name(items) or metas.get("application-name", ""),
        description=_unescaped(metas.get("description", "")),
        og_description=_unescaped(metas.get("og:description", "")),
        canonical=_linked(tree, "canonical", in_head=True),
        directives=read_robots_meta(robots),
        refresh=refresh,
        refresh_chars=refresh_chars,
        markdown=_linked(tree, "alternate", MARKDOWN),
        language=(tree.root.get("lang") or tree.root.get("xml:lang")).strip() or metas.get("content-language", ""),
        translations=_translations(tree),
        is_article=metas.get("og:type", "").lower() == "article"
        or "article:published_time" in metas
        or any(_is_of(item, _ARTICLE_TYPES) for item in items),
    )


def refresh_target(content: str) -> str:
    """The URL of a refresh within REFRESH_SECONDS (HTML standard, section 4.2.5.3), as in the header; '' if none."""
    match = _REFRESH.match(content)
    return match[2].strip() if match and int(match[1] or 0) <= REFRESH_SECONDS else ""


def _most_of_stub(meta: Element, content: str) -> int:
    """The most characters of a page that a refresh makes a redirect of."""
    if any(outer.tag == "noscript" for outer in meta.ancestors()):
        return _STUB_WITHOUT_SCRIPTS
    return sys.maxsize if _AT_ONCE.match(content) else _STUB_WITH_PATIENCE


def _script_target(tree: Tree) -> str:
    """Where a script sends every reader that does nothing else; '' if there is none."""
    for script in tree.tagged("script"):
        text = script.text()
        found = _SENDS_ON.fullmatch(text) if len(text) <= _MAX_SENDING else None
        if found:
            return found[1] or found[2]
    return ""


def _title(tree: Tree) -> str:
    """The page's title: that of its <head>, else of its body, but none of a picture's."""
    titles = [node for node in tree.tagged("title") if all(outer.tag != "svg" for outer in node.ancestors())]
    titles.sort(key=lambda node: node.parent is None or node.parent.tag != "head")
    return titles[0].words() if titles else ""


def _linked(tree: Tree, relation: str, kind: str = "", *, in_head: bool = False) -> str:
    """The address of the first <link> of this relation, and of this media type if one is given; '' if none.

    With `in_head` those within the body do not count, where a visitor may have written them; what follows a picture in
    the head is directly in the body.
    """
    links = [node for node in _relations(tree, relation) if kind in ("", _kind(node))]
    if in_head:
        links = [node for node in links if node.parent is None or node.parent.tag in _AROUND_HEAD]
    return links[0].get("href").strip() if links else ""


def _kind(link: Element) -> str:
    return link.get("type").partition(";")[0].strip().lower()


def _relations(tree: Tree, relation: str) -> list[Element]:
    return [
        node for node in tree.tagged("link") if "href" in node.attrs and relation in node.get("rel").lower().split()
    ]


def _translations(tree: Tree) -> tuple[tuple[str, str], ...]:
    links = [node for node in _relations(tree, "alternate") if node.get("hreflang")]
    return tuple((node.get("hreflang").strip().lower(), node.get("href").strip()) for node in links)[:MAX_TRANSLATIONS]


def _unescaped(text: str) -> str:
    """A description whose author's entities were escaped once more than they are read."""
    return fold(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text)) if "&" in text else text


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
    # Many write the entities of HTML into it, which JSON has not.
    return next(filter(None, map(fold, map(html.unescape, names))), "")


def _is_of(item: dict[str, Any], kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint(kind for kind in _as_list(item.get("@type")) if isinstance(kind, str))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
