"""Drops what stands around an article: teasers, comments, calls to subscribe.

trafilatura, which was made for news and blogs, says which parts those are; how the others become Markdown is ours.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article.article_text import NotJudged, find_article
from llmstxt_sched.extraction.content.article.kept_links import (
    keep_lists,
    keep_pointers,
    keep_sections_of_links,
    keep_sources,
)
from llmstxt_sched.extraction.content.article.kept_texts import (
    keep_between,
    keep_labels,
    keep_paragraphs,
    keep_quotations,
    keep_sections,
    keep_title,
    keep_within,
)
from llmstxt_sched.extraction.content.article.parts import Part, part_of, split
from llmstxt_sched.extraction.dom.as_html import as_html
from llmstxt_sched.extraction.dom.tree import Element, Tree

# The main content is another element if it has less than half of the article: the innermost with nearly all of it.
_MIN_HELD, _NEARLY_ALL = 0.5, 0.9
_LINES, _MAX_LABEL = frozenset(["", "div", "p"]), 8
# What stands above an advertisement amid the text, as all that it says.
_ADVERTISEMENT: Final = re.compile(
    r"\W*(?:(?:advertisement|advertising)(?: - (?:scroll|continue reading below).*)?|article continues (?:below|after) "
    r"(?:this |the )?(?:ad|advertisement)|anzeige|werbung|publicit\u00e9|publicidad(?:e)?|pubblicit\u00e0|advertentie|"
    r"annons|annonce|mainos|reklama?|\u0440\u0435\u043a\u043b\u0430\u043c\u0430|\u5e83\u544a|\u5e7f\u544a|\u5ee3\u544a|\uad11\uace0)\W*",
    re.IGNORECASE,
)


class Judged(NamedTuple):
    """The element that holds the article, and how many texts of no element of their own were dropped beside it.

    `error` is the name of what kept trafilatura from judging, so that all was kept; else ''.
    """

    main: Element
    texts: int = 0
    error: str = ""


def drop_beside_article(tree: Tree, main: Element) -> Judged:
    """Drop what is not part of the article, which is in `main` as a rule.

    Nothing is dropped where no article was found.
    """
    try:
        # What is dropped already would not come back, and takes trafilatura half of its time.
        article = find_article(as_html(tree.body), main.chars)
    except NotJudged as error:
        return Judged(main, error=str(error))
    if article is None:
        return Judged(main)
    parts = [part_of(article, part) for part in split(tree.body)]
    kept = [part for part in parts if part.is_kept]
    if sum(part.words for part in kept) < _MIN_HELD * article.words:
        return Judged(main)
    main = _holder(main, kept)
    parts = [part for part in parts if part.is_in(main)]
    keep_title(parts, " ".join(title.words() for title in tree.tagged("title")[:1]))
    keep_paragraphs(parts)
    keep_lists(parts)
    keep_quotations(parts, main)
    keep_sources(parts)
    keep_between(parts)
    keep_labels(parts)
    keep_within(parts, main)
    # Headings of what that kept.
    keep_between(parts)
    keep_sections_of_links(parts)
    keep_pointers(parts)
    keep_sections(parts)
    for part in parts:
        part.is_kept = part.is_kept and not _labels_advertisement(part)
    return Judged(main, sum(part.drop() for part in parts if not part.is_kept))


def _labels_advertisement(part: Part) -> bool:
    is_line = part.tag in _LINES and part.words <= _MAX_LABEL
    return is_line and _ADVERTISEMENT.fullmatch(" ".join(part.text.split())) is not None


def _holder(main: Element, kept: list[Part]) -> Element:
    """`main`, or the innermost element with nearly all that is kept where `main` has less than half of it."""
    total = sum(part.words for part in kept)
    if sum(part.words for part in kept if part.is_in(main)) >= _MIN_HELD * total:
        return main
    largest = max(kept, key=lambda part: part.words).holder
    for node in (largest, *largest.ancestors()):
        held = sum(part.words for part in kept if part.is_in(node))
        if node.tag not in selectors.PARTS and held >= _NEARLY_ALL * total:
            return node
    return main
