"""Drops what leads to the pages around this one: pictures in a row, with the line of their names below, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.own_contents import ends_with_colon, said_before
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_TEXT, names_pages_around
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something, shown

_KIND: Final = "navigation"
# What may hold nothing but the picture.
_AROUND: Final = frozenset(["a", "b", "font", "li", "span", "strong", "td"])
_MAX_LEVELS, _MAX_INSIDE = 4, 20
# Elements of a row, and of the line below it.
_MAX_PICTURES, _MAX_BELOW = 12, 24
# Of a row, and elements of a list or a table, of which hundreds may be around each other.
_MAX_PARTS: Final = 1000
# One alone may be a word of a list that a text is about.
_MIN_LINKS: Final = 2
# A row of fewer cells may be of a table.
_MIN_IN_TABLE: Final = 3
# The name of a picture that alone is an arrow, one that may be a button's, and what is shown at its full size.
_ARROW: Final = re.compile(r"(?:<-+|-+>|<<?|>>?|[\u2190\u2191\u2192])")
_WORD: Final = re.compile(r"[^\W\d_]{0,20}")
PICTURE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)(?:[?#]|$)", re.IGNORECASE)
# What functions and methods are called like: next(), .next.
_CALL: Final = re.compile(r"\w\(\)|(?:^|\s)\.\w")
# What a table or a description list explains a sign in: there one alone may be what it is about.
_ENTRIES: Final = frozenset(["dd", "dt", "th", "tr"])
# What stands before a list and says what it is of.
_LABEL_OF_LISTS: Final = frozenset(["dt", "h2", "h3", "h4", "h5", "h6"])
# What LaTeX2HTML writes before the name of a page, and the names of others.
_LABEL: Final = re.compile(r"(?:next|up|previous):", re.IGNORECASE)
_LABEL_TAGS: Final = frozenset(["b", "strong"])
_OTHER: Final = re.compile(r"contents|index", re.IGNORECASE)


def drop_picture_bars(tree: Tree, kept: Set[Element]) -> None:
    """Drop those whose alternative texts say so, if nothing else stands on their line."""
    rows: dict[Element, None] = {}
    announcements = _Announcements()
    for image in shown(tree.where(_may_lead_around, ["alt"]), tree.body):
        around = _around(image)
        if around is not None:
            rows[around] = None
    for around in rows:
        if around in kept or around.tag in selectors.CODE_BLOCKS or len(around.children) > _MAX_PARTS:
            continue
        parts = list(filter(_is_seen, around.children))
        for begin, end in _runs(parts):
            row = [part for part in parts[begin:end] if isinstance(part, Element)]
            may_be_one = around.tag not in _ENTRIES
            is_bar = _stands_alone(parts, begin, end) and _is_row_around(tree, row, may_be_one=may_be_one)
            if is_bar and not announcements.has(_before(around, parts, begin)):
                _drop([*row, *_named_below(parts[end : end + _MAX_BELOW])])


def _is_seen(part: Element | str) -> bool:
    return bool(part.strip()) if isinstance(part, str) else not part.dropped


def drop_lists_around(tree: Tree, kept: Set[Element]) -> None:
    """Drop the lists of nothing but links that are called so."""
    announcements = _Announcements()
    title = next(shown(tree.tagged(*selectors.HEADINGS), tree.body), None)
    for node in shown(tree.tagged("ul", "ol"), tree.body):
        is_links = node.link_chars == node.chars > 0
        if is_links and _is_brief(node) and node not in kept and names_pages_around(node.words()):
            inside = list(tree.within(node))
            hrefs = [part.get("href").strip() for part in inside if part.tag == "a"]
            is_bar = len(hrefs) >= _MIN_LINKS and all(href and href[0] != "#" for href in hrefs)
            is_bar = is_bar and not any(part.tag in selectors.CODE_SPANS for part in inside)
            is_bar = is_bar and _CALL.search(node.words()) is None
            if is_bar and not _is_labelled(said_before(node), title, announcements):
                node.drop(_KIND)


def drop_tables_around(tree: Tree, kept: Set[Element]) -> None:
    """Drop the tables of one row of such links, in brackets or not, as texi2html has one above each section."""
    announcements = _Announcements()
    for node in shown(tree.tagged("table"), tree.body):
        if node.link_chars > 0 and _is_brief(node) and node not in kept and names_pages_around(node.words()):
            inside = list(tree.within(node))
            rows = sum(part.tag == "tr" for part in inside)
            links = sum(part.tag == "a" and bool(part.get("href").strip()) for part in inside)
            if rows == 1 and links >= _MIN_IN_TABLE and not announcements.has(said_before(node)):
                node.drop(_KIND)


def _is_brief(node: Element) -> bool:
    return node.chars <= MAX_TOOL_TEXT and node.end - node.at <= _MAX_PARTS


def _is_labelled(before: Element | str | None, title: Element | None, announcements: _Announcements) -> bool:
    """Whether what stands before says what follows: below the page's title the ways around the page may begin it."""
    is_label = isinstance(before, Element) and before is not title and before.tag in _LABEL_OF_LISTS
    return is_label or announcements.has(before)


@Question
def _may_lead_around(start: StartTag) -> bool:
    alt = start.get("alt").strip()
    # Alone a word such as "contents" does not say so.
    return start.name == "img" and len(alt) <= MAX_TOOL_TEXT and names_pages_around(f"{alt} next")


def _around(image: Element) -> Element | None:
    """What holds the picture's row: the first element around it that holds more than it, if that is a whole line."""
    node = image
    for _ in range(_MAX_LEVELS):
        around = node.parent
        if around is None or around.tag not in _AROUND or around.chars or _holds_several(around):
            break
        node = around
    around = node.parent
    if around is None or around.is_block or around.parent is None:
        return around
    return around if around.parent.chars == around.chars else None


def _holds_several(node: Element) -> bool:
    return len(list(islice(node.elements(), 2))) > 1


def _runs(parts: list[Element | str]) -> list[tuple[int, int]]:
    """Where pictures stand side by side among the parts."""
    runs: list[tuple[int, int]] = []
    begin = 0
    while begin < len(parts):
        end = begin
        while end < len(parts) and _is_picture(parts[end]):
            end += 1
        if begin < end <= begin + _MAX_PICTURES:
            runs.append((begin, end))
        begin = end + 1
    return runs


def _is_picture(part: Element | str) -> bool:
    """Whether it is a picture, or may hold one and has no text."""
    return isinstance(part, Element) and not part.chars and (part.tag == "img" or part.tag in _AROUND)


def _stands_alone(parts: list[Element | str], begin: int, end: int) -> bool:
    """Whether the line is of nothing else."""
    beside = [*parts[begin - 1 : begin], *parts[end : end + 1]] if begin else parts[end : end + 1]
    return all(isinstance(part, Element) and (part.is_block or not part.chars) for part in beside)


def _before(around: Element, parts: list[Element | str], begin: int) -> Element | str | None:
    """What is said before the pictures, in their row or before it; None where so much stands there that none looks."""
    said = filter(says_something, reversed(parts[max(0, begin - _MAX_BELOW) : begin]))
    return next(said, None) or said_before(around)


class _Announcements:
    """Which texts end with a colon: one may stand before thousands of rows that are left out."""

    def __init__(self) -> None:
        self._known: dict[Element, bool] = {}

    def has(self, before: Element | str | None) -> bool:
        """Whether it is such a text, or one that none looks at."""
        if before is None or isinstance(before, str):
            return before is None or ends_with_colon(before)
        if before not in self._known:
            self._known[before] = ends_with_colon(before)
        return self._known[before]


def _is_row_around(tree: Tree, row: list[Element], *, may_be_one: bool) -> bool:
    """Whether at least half of the pictures are called as links to the pages around one are, and all lead to pages.

    One alone, where there `may_be_one`, is an arrow by its name.

    One of another name is a button as well if that is a word: between those to the pages around may stand the picture
    that the page is about.
    """
    inside = [part for holder in row for part in (holder, *islice(tree.within(holder), _MAX_INSIDE))]
    names = [part.get("alt").strip() for part in inside if part.tag == "img"]
    known = [name for name in names if name and names_pages_around(f"{name} next")]
    hrefs = [part.get("href").strip() for part in inside if part.tag == "a" and "href" in part.attrs]
    if len(row) == 1:
        is_bar = may_be_one and len(names) == 1 and _ARROW.fullmatch(names[0]) is not None
    else:
        is_bar = len(known) * 2 >= len(names) and names_pages_around(" ".join(known))
        is_bar = is_bar and all(_WORD.fullmatch(name) for name in names if name not in known)
    return is_bar and bool(hrefs) and all(map(_leads_to_page, hrefs))


def _leads_to_page(href: str) -> bool:
    return href[:1] not in ("", "#") and PICTURE.search(href) is None


def _named_below(parts: list[Element | str]) -> list[Element]:
    """The labels and links of the line below the pictures that names the same pages."""
    found: list[Element] = []
    is_labelled = False
    for part in parts:
        if isinstance(part, str):
            break
        if part.tag == "br":
            continue
        text = part.words()[:MAX_TOOL_TEXT]
        is_label = part.tag in _LABEL_TAGS and _LABEL.fullmatch(text) is not None
        is_other = bool(found) and part.link_chars == part.chars > 0 and _OTHER.fullmatch(text) is not None
        if not (is_label or is_other or (is_labelled and part.tag == "a")):
            break
        found.append(part)
        is_labelled = is_label
    return found


def _drop(nodes: Iterable[Element]) -> None:
    for node in nodes:
        node.drop(_KIND)
