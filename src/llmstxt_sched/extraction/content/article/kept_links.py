"""Links that an article keeps though they look like teasers: lists that it announces, its sources, and pointers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article.parts import Part
from llmstxt_sched.extraction.content.tools import tool_words
from llmstxt_sched.extraction.dom.tree import Element, elements_in
from llmstxt_sched.extraction.lazy_pattern import LazyPattern

_LISTS: Final = frozenset(["ul", "ol"])
_LISTED: Final = frozenset(["dl", "ol", "p", "ul"])
# The elements that may be around a source.
_MAX_AROUND: Final = 8
# What a text that announces a list ends with.
_COLONS: Final = (":", "\uff1a")
_SOURCES: Final = LazyPattern(
    r"(?:references?|further reading|bibliography|sources|downloads?|"
    rf"{tool_words.SOURCES})\W?",
    re.IGNORECASE,
)
# A paragraph that is one link is a teaser, as a headline is, if it has more characters.
_MAX_POINTER: Final = 50
# What the heading of a list that leads away from the article begins with, and the names of one.
_LEADS_AWAY: Final = re.compile(
    r"(?:.{0,20}\b)?(?:more|related|recommended|popular|latest|recent|trending|similar|also|read|posts?|stories|"
    r"share|follow|newsletter|mehr|weitere|verwandt\w*|auch|lire|aussi|plus|m\u00e1s|relacionad\w+|tambi\u00e9n|leia|mais|leggi|"
    r"anche|correlat\w+|lees|meer)\b",
    re.IGNORECASE,
)
_OF_SITE: Final = re.compile(r"related|more|teaser|share|social|promo|recommend|news|post|nav|menu|tag", re.IGNORECASE)
# Between the links of a paragraph, what stands in a text and in no bar: a comma, or a word.
_IN_TEXT: Final = re.compile(r"[,;\u3001\uff0c]|[^\W_]")


def keep_lists(parts: list[Part]) -> None:
    """Keep a list as a whole where the text before it is kept and announces it."""
    announced: Element | None = None
    for before, part in pairwise(parts):
        if announced is None or not part.is_in(announced):
            announced = _announced(before, part)
        part.is_kept = part.is_kept or announced is not None


def _announced(before: Part, part: Part) -> Element | None:
    """The list beside `before` that begins with `part`, if `before` is kept and ends with a colon.

    What a heading with one announces leads away, as that of "More:" does.
    """
    if not before.is_kept or before.tag in selectors.HEADINGS or not before.text.rstrip().endswith(_COLONS):
        return None
    beside = filter(lambda outer: outer.parent is before.around, (part.holder, *part.holder.ancestors()))
    listed = next(beside, None)
    return listed if listed is not None and listed.tag in _LISTS and not before.is_in(listed) else None


def keep_sources(parts: list[Part]) -> None:
    """Keep the lists below a heading that names them as what the text was made of: by their links they are teasers."""
    around = {part.around for part in parts if part.is_kept and part.tag not in selectors.HEADINGS}
    named: Element | None = None
    first: Element | None = None
    listed: Element | None = None
    for part in parts:
        if part.tag in selectors.HEADINGS:
            named = part.around if part.around in around and _SOURCES.fullmatch(part.text.strip()) else None
            first = listed = None
            part.is_kept = part.is_kept or named is not None
        elif named is not None:
            if listed is None or not part.is_in(listed):
                listed = _listed_in(part, named)
                first = first or listed
                # What follows, in a box of its own, is what the site puts below its articles.
                if listed is None or first is None or not _is_like(listed, first):
                    named = listed = None
            part.is_kept = part.is_kept or listed is not None


def _listed_in(part: Part, named: Element) -> Element | None:
    """What has the part and stands in `named` by itself, if it is a list, a paragraph or a box that holds only such."""
    beside = filter(lambda node: node.parent is named, islice((part.holder, *part.holder.ancestors()), _MAX_AROUND))
    box = next(beside, None)
    return box if box is not None and _holds_lists(box) else None


def _holds_lists(box: Element) -> bool:
    """Whether the box is a list or a paragraph, or has no text but in these."""
    chars = 0
    ahead = [box]
    while ahead:
        node = ahead.pop()
        if node.tag in _LISTED:
            chars += node.chars
        else:
            ahead += node.elements()
    return chars == box.chars


def _is_like(listed: Element, first: Element) -> bool:
    """Whether what stands after the first of some sources is one more: in no box, or in one of the same kind."""
    return listed.tag in _LISTED or (listed.tag, listed.classes) == (first.tag, first.classes)


def keep_sections_of_links(parts: list[Part]) -> None:
    """Keep a list that is all of the section below a heading which is kept, where the article goes on after it.

    Without it the heading would stand over nothing.
    """
    for at, (heading, first) in enumerate(pairwise(parts)):
        listed = _list_below(heading, first) if heading.is_kept and not first.is_kept else None
        if listed is None:
            continue
        end = at + 1
        while end < len(parts) and parts[end].is_in(listed):
            end += 1
        if end < len(parts) and parts[end].is_kept and parts[end].around is heading.around:
            for item in parts[at + 1 : end]:
                item.is_kept = True


def _list_below(heading: Part, first: Part) -> Element | None:
    """The list beside a heading that begins with the part after it, unless its words or names lead away."""
    if heading.tag not in selectors.HEADINGS or _LEADS_AWAY.match(heading.text.strip()):
        return None
    around = (first.holder, *islice(first.holder.ancestors(), _MAX_AROUND))
    listed = next(filter(lambda node: node.parent is heading.around, around), None)
    is_named = listed is not None and _OF_SITE.search(f"{listed.get('class')} {listed.get('id')}") is not None
    return listed if listed is not None and listed.tag in _LISTS and not is_named else None


def keep_pointers(parts: list[Part]) -> None:
    """Keep paragraphs of links between two parts that are kept, beside both, and of the class of one of them.

    What says the same as another leads the reader about, as that to the top of the page does.
    """
    pointers = [part for part in _between_kept(parts) if _is_pointer(part.holder)]
    count = Counter([part.holder.words() for part in pointers])
    for part in pointers:
        part.is_kept = count[part.holder.words()] == 1


def _between_kept(parts: list[Part]) -> list[Part]:
    """The paragraphs that are not kept between two parts that are, beside both, and of the class of one of them."""
    after = _nearest_kept(parts)
    before = reversed(_nearest_kept(parts[::-1]))
    return [
        part
        for part, first, last in zip(parts, after, before, strict=True)
        if part.tag == "p" and not part.is_kept and first is not None and last is not None
        if part.around is first.around and part.around is last.around
        if part.holder.classes in (first.holder.classes, last.holder.classes)
    ]


def _nearest_kept(parts: list[Part]) -> list[Part | None]:
    """For each part, the last one before it that is kept."""
    nearest: list[Part | None] = []
    last: Part | None = None
    for part in parts:
        nearest.append(last)
        last = part if part.is_kept else last
    return nearest


def _is_pointer(node: Element) -> bool:
    """Whether the paragraph is one brief link, or links that stand in a text or on lines of their own."""
    inside = [inner for inner in elements_in(node) if not inner.dropped]
    links = [inner for inner in inside if inner.tag == "a" and inner.chars]
    if len(links) == 1:
        return node.chars <= _MAX_POINTER or links[0].get("href").startswith("#")
    is_on_lines = any(inner.tag == "br" for inner in inside)
    is_brief = max((link.chars for link in links), default=0) <= _MAX_POINTER
    return is_brief and (is_on_lines or _IN_TEXT.search(node.text(without=("a",))) is not None)
