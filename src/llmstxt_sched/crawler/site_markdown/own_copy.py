"""The copy in Markdown that a site itself offers for a page: where it is, and whether it can stand for the page.  Pure.

A page names it by <link rel="alternate" type="text/markdown">, by the same in a Link header, or the site's own llms.txt
lists it.
"""

from __future__ import annotations

import re
from collections.abc import Set

from msgspec.structs import replace

from llmstxt_sched.crawler.identity.likeness import containment, words_of
from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.markdown_copies import copies_of
from llmstxt_sched.domain.urls import Url, scope_of
from llmstxt_sched.extraction.model import Content, ContentFacts, with_text
from llmstxt_sched.outbound.headers import MARKDOWN

COPY_TYPES = frozenset({MARKDOWN, "text/x-markdown", "text/plain"})

# Many templates name them in every page: they say what the whole site holds.
_OF_SITE = frozenset({LLMS_TXT, LLMS_FULL_TXT})
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)
# Copies leave out tables of contents, widgets and the like.
_MIN_SHARE = 0.5
# A page of fewer words tells nothing: scripts may build it.
_MIN_WORDS = 20


def own_address(url: Url, page: ContentFacts, listed: Set[Url], of_start: str = "") -> Url | None:
    """The address of the copy of the page at `url`, if it has one on its own host.

    `listed` are the addresses that the site's llms.txt lists; `of_start` is the one that the start page names, which
    its template may name in every other page as well.
    """
    named, copies = urls.try_parse(page.markdown_url) if page.markdown_url else None, copies_of(url)
    if named and named not in copies and (page.markdown_url == of_start or _is_of_site(named, page)):
        named = None
    address = named or next((copy for copy in copies if copy in listed), None)
    if address is None or not scope_of(url, url).holds_host(address):
        return None
    return None if url.scheme == "https" and address.scheme == "http" else address


def _is_of_site(address: Url, page: ContentFacts) -> bool:
    # For a page without a text it is better than nothing.
    return address.path.rpartition("/")[2] in _OF_SITE and not page.needs_scripts


def as_markdown(content_type: str) -> str:
    """`content_type` with its parameters, as that of Markdown."""
    return f"{MARKDOWN};{content_type.partition(';')[2]}"


def may_be_copy(copy: Content, page: Content) -> bool:
    """Whether `copy` is text and says what `page` says, not that something went wrong."""
    if not copy.markdown.strip() or _HTML.match(copy.markdown):
        return False
    words = words_of(page.markdown)
    return words.total() < _MIN_WORDS or containment(words, words_of(copy.markdown)) >= _MIN_SHARE


def with_site_markdown(page: ContentFacts, copy: Content) -> Content:
    """`page` with the text of `copy`; links and title are those of the page where it has any."""
    extract = replace(
        page.extract,
        h1=page.extract.h1 or copy.extract.h1,
        first_heading=page.extract.first_heading or copy.extract.first_heading,
    )
    facts = replace(
        page,
        extract=extract,
        sha256=copy.sha256,
        lines=copy.lines,
        shown=copy.shown,
        links=page.links or copy.links,
        needs_scripts=False,
        is_copy=True,
        injection=page.injection or copy.injection,
    )
    return with_text(facts, copy.markdown)
