"""Reads a page's <head>: its title, descriptions, site name, canonical link and directives for robots."""

from __future__ import annotations

import html
import re
from typing import Final

from msgspec import Struct

from llmstxt_sched.domain.robots_directives import META_NAMES, Directives, read_robots_meta
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.dom.white_space import without_breaks
from llmstxt_sched.extraction.head.json_ld import Crumb, breadcrumbs, is_article, read_items, site_name
from llmstxt_sched.extraction.redirect_stubs import SentOn, find_sent_on

MARKDOWN: Final = "text/markdown"
# The entities that templates escape a second time.
_ENTITY: Final = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|hellip|[mn]dash|[lr][sd]quo|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});"
)

# A description that is a piece of the page's own HTML, and the tags in one; what it is about may be a tag, or several.
_OF_HTML: Final = re.compile(
    r"<(p|div|span|section|h[1-6])\b[^<>]*>(?!s\b)(?:(?=[\w<\"'\u201c(])|(?=.*</\1>))", re.IGNORECASE
)
_BLOCK_TAG: Final = re.compile(r"</?(?:p|div|section|h[1-6]|br|li|ul|ol|pre)\b[^<>]*(?:>|$)", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z][^<>]*(?:>|$)", re.IGNORECASE)

MAX_TRANSLATIONS: Final = 100
_AROUND_HEAD: Final = frozenset(["head", "body", "html", "noscript"])


class Metadata(Struct, frozen=True):
    """The contents of a page's <head>.  Texts are on one line (see `fold`); URLs are as written, '' if there is none.

    `sent_on` is where the page sends its reader; `markdown` is its own copy in Markdown;
    `translations` are the same page in other languages, as (BCP 47 tag, URL).  `is_article` is whether the page says
    of itself that it is news or a blog's.  `crumbs` are those of its JSON-LD.
    """

    title: str
    site_name: str
    description: str
    og_description: str
    canonical: str
    directives: Directives
    sent_on: SentOn
    markdown: str
    language: str
    translations: tuple[tuple[str, str], ...]
    is_article: bool
    crumbs: tuple[Crumb, ...]


def read_metadata(tree: Tree) -> Metadata:
    """Read the page's <head>; if a <meta> name occurs twice, the first one that is not empty counts."""
    metas: dict[str, str] = {}
    robots: list[str] = []
    for meta in tree.tagged("meta"):
        name = (meta.get("name") or meta.get("property")).strip().lower()
        content = fold(meta.get("content"))
        if name in META_NAMES:
            robots.append(content)
        elif content:
            metas.setdefault(name, content)
    items = read_items(tree)
    return Metadata(
        title=_title(tree),
        site_name=metas.get("og:site_name", "") or site_name(items) or metas.get("application-name", ""),
        description=_unescaped(metas.get("description", "")),
        og_description=_unescaped(metas.get("og:description", "")),
        canonical=_linked(tree, "canonical", in_head=True),
        directives=read_robots_meta(robots),
        sent_on=find_sent_on(tree),
        markdown=_linked(tree, "alternate", MARKDOWN),
        language=(tree.root.get("lang") or tree.root.get("xml:lang")).strip() or _language(tree),
        translations=_translations(tree),
        is_article=metas.get("og:type", "").lower() == "article"
        or "article:published_time" in metas
        or is_article(items),
        crumbs=breadcrumbs(items),
    )


def _language(tree: Tree) -> str:
    """The language that a <meta> declares, with "http-equiv" or "name"; of a list of them none."""
    for meta in tree.tagged("meta"):
        name = (meta.get("http-equiv") or meta.get("name")).strip().lower()
        language = meta.get("content").strip()
        if name == "content-language" and language and "," not in language:
            return language
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
    """A description whose author's entities were escaped once more than they are read, without the tags of a page."""
    if _OF_HTML.match(text):
        return _with_entities(_without_tags(text))
    text = _with_entities(text)
    return _with_entities(_without_tags(text)) if _OF_HTML.match(text) else text


def _with_entities(text: str) -> str:
    return fold(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text)) if "&" in text else text


def _without_tags(text: str) -> str:
    return fold(_TAG.sub("", _BLOCK_TAG.sub(" ", text)))


def fold(text: str) -> str:
    """`text` on one line, each run of white space collapsed to one space."""
    return " ".join(without_breaks(text).split())
