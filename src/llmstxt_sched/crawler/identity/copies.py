"""Tells pages that only repeat others: sources, views for printing, further pages of a list of posts.  Pure.

Few of their names tell enough: a chapter may be about printing, and an article may have several pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from llmstxt_sched.crawler.identity.likeness import says
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.summary.page_list import headings_lead_on

# The sources of pages that Sphinx publishes beside them.
_SOURCE = re.compile(r"/_sources/.+\.(?:txt|rst|md|ipynb)$")
_PRINT_QUERY = re.compile(
    r"print(?:able|er|[-_]?(?:view|version|friendly))?(?:=(?:1|y|yes|true|on))?|"
    r"(?:view|mode|layout|action|display|format|output|style|template|media)=print(?:able|er)?",
    re.IGNORECASE,
)
# Parameters that Joomla adds to it.
_BESIDE_PRINT = frozenset(["tmpl=component", "layout=default", "page="])
_LIST_PATH = re.compile(r"/page[/-]?\d+(?:/|\.html?|/index\.html?)?$", re.IGNORECASE)
_LIST_QUERY = re.compile(
    r"(?:^|&)(?:page|paged|pg|offset|start|skip|pagen_\d+|page[-_]?(?:no|num|number))=\d+", re.IGNORECASE
)
# The frames of Javadoc's pages before version 9.
_FRAME_PATH = re.compile(r"/(?:allclasses-(?:no)?frame|overview-frame|package-frame)\.html$")
# So much of such a page's Markdown is looked at; and a link in it, as long as Javadoc's may be.
_MAX_FRAME = 20_000
_LINK_IN_FRAME = re.compile(r"\[[^\[\]\n]{0,300}\]\([^\s()]{0,500}\)")
_PRINT_PATH = re.compile(r"/print(?:[-_]?(?:page|view|version|able|site))?(?:/|\.html?)?$", re.IGNORECASE)


def is_source(url: Url) -> bool:
    """Whether `url` is the source of a page, which was published beside it."""
    return _SOURCE.search(url.path) is not None


def printed_page(url: Url) -> Url | None:
    """The page that `url` shows for printing, by its query; None if it is no such view."""
    pairs = url.query.split("&")
    kept = [pair for pair in pairs if not _PRINT_QUERY.fullmatch(pair)]
    if len(kept) == len(pairs):
        return None
    return replace(url, query="&".join(pair for pair in kept if pair not in _BESIDE_PRINT))


def may_repeat(url: Url) -> bool:
    """Whether the text of the page at `url` can tell that it repeats others."""
    return _is_further(url) or bool(_FRAME_PATH.search(url.path) or _PRINT_PATH.search(url.path))


def repeats(url: Url, content: Content, start: Extract | None, leads: Sequence[str]) -> str:
    """What the page at `url` repeats, in a few words; '' if it is a page of its own.

    `start` is what the start page says of itself, `leads` are the first sentences of pages that are known.
    """
    if _is_further(url) and headings_lead_on(content.markdown, str(url)):
        return "a further page of a list, whose entries are pages of their own"
    if _FRAME_PATH.search(url.path) and _is_all_links(content.markdown):
        return "the site's navigation, for a frame beside its pages"
    if _PRINT_PATH.search(url.path) and _is_whole(content, start, leads):
        return "the site on one page for printing"
    return ""


def _is_further(url: Url) -> bool:
    return bool(_LIST_PATH.search(url.path) or _LIST_QUERY.search(url.query))


def _is_all_links(markdown: str) -> bool:
    begin = markdown[:_MAX_FRAME]
    return 2 * len(_LINK_IN_FRAME.sub("", begin)) < len(begin)


def _is_whole(content: Content, start: Extract | None, leads: Sequence[str]) -> bool:
    """Whether a page says what two others say, or begins as the start page does and says what that one says."""
    # A sentence that several pages begin with is the site's, and counts once.
    said = sum(says(content.markdown, lead) for lead in set(leads))
    if start is None or said != 1:
        return said > 1
    one = content.extract
    is_named_alike = one.title == start.title or one.first_heading == start.first_heading
    return is_named_alike and bool(start.lead) and says(content.markdown, start.lead)
