"""Drops from the header of an article what says no more than when it appeared, how long it is and who wrote it.

Its tags and the label above its title go too.  All are known by their markup, since their words may be anything.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something, shown
from llmstxt_sched.extraction.lazy_pattern import LazyPattern

DATELINE: Final = "dateline"
# Longer texts, in characters, are no such line.
_MAX_LINE: Final = 140
_MAX_HEADER: Final = 2000
# Elements around a date in its line, and around the header in the article.
_MAX_AROUND: Final = 4
# More dates than these are a list's, and more parts no line.
_MAX_DATES, _MAX_PARTS = 20, 100
_HOLDERS: Final = frozenset(["div", "p", "span", "small"])
# What a line is by itself; a cell, a term's description or an item has a label beside it.
_LINES: Final = frozenset(["div", "p", "header"])
# Longer texts, in characters, name no date, nor do those that end as sentences do, or say who wrote the article.
_MAX_LABEL: Final = 30
_SAID: Final = re.compile(r"by\b.*|.*[.!?\u2026\u3002]\W*", re.IGNORECASE)
_READING: Final = r"(?:\d{1,3}|an?|one|less than (?:a|1))[ -]min(?:ute)?s?(?: read(?:ing)?)?(?: time)?"
# What may stand before a date, and after it.
_BEFORE: Final = re.compile(r"(?:(?:published|posted|written)(?: (?:on|at))?|date)?\W*", re.IGNORECASE)
_BEHIND: Final = re.compile(
    rf"(?:[^\w]*(?:(?:reading time\W{{1,3}})?{_READING}|[\d.,]{{1,9}} words))*\W*",
    re.IGNORECASE,
)
# The label above a title, the lines below it, and the elements in a line and before one, in characters and elements.
_MAX_ABOVE, _MAX_BYLINE, _MAX_IN_LINE, _MAX_IN_HEADER = 40, 300, 60, 200
# What may stand beside dates, authors and tags.
_BESIDE: Final = re.compile(
    rf"(?:\W|{_READING}|\b(?:by|on|in|at|and|under|posted|published|written|updated|filed|tag(?:s|ged)?|topics?|"
    r"categor(?:y|ies)|authors?)\b)*",
    re.IGNORECASE,
)
_MARKS: Final = frozenset(["author", "tag"])
# What themes call the name of an author and his picture, and the lines below a title.
_AUTHOR_NAMES: Final = re.compile(r"(?:[a-z]+-)*(?:author|byline)(?:-name)?")
_PORTRAIT_NAMES: Final = re.compile(r"author|avatar")
_DATA_NAMES: Final = re.compile(
    r"(?:[a-z]+[-_]{1,2})*(?:submitted|byline|(?:article|post)-?info|posted[-_]on|"
    r"(?:entry|post|article|doc)[-_]{1,2}meta(?:[-_]{1,2}[a-z]+){0,3}|read(?:ing)?[-_]time|"
    r"(?:author|date|views[-_]counter)[-_](?:container|date|wrapper))"
)
_HOLD_DATA: Final = frozenset(["div", "footer", "p", "section", "span", "ul"])
_SAYS_WHO: Final = re.compile(
    # A label alone has what it is for beside it.
    r"(?:last )?(?:submitted|posted|published|written|created|authored|updated|modified|by)\b"
    r"(?!(?: (?:on|at|by))?\W*\Z)[^.!?]*",
    re.IGNORECASE,
)
# How long it is, how many have read it, and who wrote it, as knowledge bases say below a title.
_FACTS: Final = (
    r"(?:(?:est(?:imated|\.)? )?read(?:ing)?(?: time)?\W{0,3}(?:\d{1,3}|an?|one|less than (?:a|1))[ -]min(?:ute)?s?|"
    rf"{_READING}|(?:total |article )?views?\W{{0,3}}\d[\d.,]*k?|\d[\d.,]*k? views?|\W)*+"
)
# A name begins with no small letter; what may be named only once, and facts that are not split in another way, take a
# time that grows with the length of the line.
_SAYS_FACTS: Final = LazyPattern(
    rf"{_FACTS}(?:authors?\b(?:\W{{0,3}}:|(?=\W{{0,4}}(?-i:[^\W\d_a-z]))|(?!\W{{0,4}}\w))[^.!?]{{0,60}}?{_FACTS})?",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
# Dates that an article is about (schema.org and microformats).
_OF_EVENTS: Final = re.compile(r"(?:start|end|door)(?:date|time)|dt-(?:start|end)", re.IGNORECASE)


def drop_datelines(tree: Tree, kept: set[Element]) -> None:
    """Drop the datelines below the titles of articles, but nothing of what is `kept`."""
    times = list(islice(shown(tree.tagged("time"), tree.body), _MAX_DATES))
    for time in times:
        line = _line_of(time)
        header = _header_of(tree, line) if line is not None else None
        if line is None or header is None or line in kept or time in kept or _is_of_event(time):
            continue
        is_only = not any(header.holds(other) for other in times if other is not time)
        _drop_run(line, time, header, is_only=is_only)


def drop_bylines(tree: Tree, kept: set[Element]) -> None:
    """Drop the label above the titles of articles, and the lines below with their authors and tags."""
    for header in list(islice(shown(tree.tagged("header"), tree.body), _MAX_DATES)):
        title = tree.first(header, ["h1"])
        if title is None or header.chars > _MAX_HEADER:
            continue
        is_article = _is_in_article(header)
        names = selectors.UNREAD_LABELS if is_article else selectors.LABELS_OF_SECTIONS
        for node in islice(tree.within(header), _MAX_IN_HEADER):
            is_before = node.end <= title.at and node.chars <= _MAX_ABOVE
            is_label = is_before and not names.isdisjoint(node.classes)
            is_byline = is_article and node.at >= title.end and node.is_block and _is_byline(tree, node)
            is_portrait = is_article and node.tag == "img" and any(map(_PORTRAIT_NAMES.search, node.classes))
            if (is_portrait or (node.chars and (is_label or is_byline))) and node not in kept:
                node.drop(DATELINE)


def drop_data_of_posts(tree: Tree, kept: set[Element]) -> None:
    """Drop the lines that content management systems call the data of a post, where they say who wrote it and when."""
    for node in list(islice(shown(tree.where(_may_be_data_of_post, ["class"]), tree.body), _MAX_DATES)):
        is_small = 0 < node.chars <= _MAX_LINE and node.end - node.at <= _MAX_IN_LINE
        if not is_small or node in kept:
            continue
        words = node.words()
        if _SAYS_WHO.fullmatch(words) or _SAYS_FACTS.fullmatch(words) or _is_byline(tree, node):
            node.drop(DATELINE)


@Question
def _may_be_data_of_post(start: StartTag) -> bool:
    return start.name in _HOLD_DATA and any(map(_DATA_NAMES.fullmatch, start.classes))


def _is_in_article(header: Element) -> bool:
    return any(node.tag == "article" for node in islice(header.ancestors(), _MAX_AROUND))


def _is_byline(tree: Tree, line: Element) -> bool:
    """Whether a line has nothing but authors, tags and dates."""
    if line.chars > _MAX_BYLINE or line.end - line.at > _MAX_IN_LINE:
        return False
    if not any(_is_marked(node) and node.chars for node in (line, *tree.within(line))):
        return False
    texts: list[str] = []
    ahead: list[Element | str] = [line]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            texts.append(part)
        elif not (part.dropped or part.tag == "time" or _is_marked(part)):
            ahead += part.children[::-1]
    return _BESIDE.fullmatch(" ".join(texts)) is not None


def _is_marked(node: Element) -> bool:
    said = f"{node.get('rel')} {node.get('itemprop')}".lower().split()
    return not _MARKS.isdisjoint(said) or any(map(_AUTHOR_NAMES.fullmatch, node.classes))


def _line_of(time: Element) -> Element | None:
    """The element that the date stands in, by itself or with its kin, in a header."""
    for outer in islice(time.ancestors(), _MAX_AROUND):
        if outer.tag == "header" or outer.is_block:
            return outer if outer.tag in _LINES else None
        if outer.tag not in _HOLDERS:
            break
    return None


def _is_of_event(time: Element) -> bool:
    return any(_OF_EVENTS.fullmatch(name) for name in [*time.get("itemprop").split(), *time.classes])


def _header_of(tree: Tree, line: Element) -> Element | None:
    """The header of an article that the line is in, below its title."""
    header = line if line.tag == "header" else line.ancestor(["header"])
    if header is None or header.chars > _MAX_HEADER or not _is_in_article(header):
        return None
    title = tree.first(header, ["h1"])
    return header if title is not None and title.end <= line.end and not title.holds(line) else None


def _drop_run(line: Element, time: Element, header: Element, *, is_only: bool) -> None:
    """Drop what stands in a line around a date, up to the blocks beside it, if that is all a dateline."""
    holder = time
    while holder.parent is not None and holder.parent is not line:
        holder = holder.parent
    date = time.words()
    if not date or len(line.children) > _MAX_PARTS:
        return
    begin = line.children.index(holder)
    end = begin + 1
    while begin > 0 and not _is_block(line.children[begin - 1]):
        begin -= 1
    while end < len(line.children) and not _is_block(line.children[end]):
        end += 1
    run = [part for part in line.children[begin:end] if isinstance(part, str) or not part.dropped]
    text = " ".join("".join([part if isinstance(part, str) else part.text() for part in run]).split())
    before, found, behind = text.partition(date)
    is_date = len(text) <= _MAX_LINE and found != "" and _DIGIT.search(date) is not None
    if not (is_date and _BEFORE.fullmatch(before) and _BEHIND.fullmatch(behind)):
        return
    # One of several dates without a word on them, or one that a line of its own names, is not the article's.
    says_more = _LETTER.search(before + behind) is not None
    if says_more or (is_only and not _is_labelled(line, begin, header)):
        for part in run:
            if isinstance(part, Element):
                part.drop(DATELINE)
        line.children[begin:end] = [" " if isinstance(part, str) else part for part in line.children[begin:end]]


def _is_labelled(line: Element, begin: int, header: Element) -> bool:
    """Whether what stands before this part of a line names it: it is brief, and neither a heading nor a sentence."""
    before = _last_text(line.children[:begin])
    while before is None and line is not header and line.parent is not None:
        inner, line = line, line.parent
        if len(line.children) > _MAX_PARTS:
            return True
        before = _last_text(line.children[: line.children.index(inner)])
    if before is None or (isinstance(before, Element) and before.tag in selectors.HEADINGS):
        return False
    words = before.strip() if isinstance(before, str) else before.words()
    return len(words) <= _MAX_LABEL and _SAID.fullmatch(words) is None


def _last_text(parts: list[Element | str]) -> Element | str | None:
    """The last of some parts that has a text, or the last in it that is laid out as a block."""
    last: Element | str | None = None
    while parts:
        said = [part for part in parts[-_MAX_PARTS:] if says_something(part)]
        last = said[-1] if said else last
        is_around = (
            isinstance(last, Element) and last.tag not in selectors.HEADINGS and any(map(_is_block, last.children))
        )
        parts = last.children if isinstance(last, Element) and said and is_around else []
    return last


def _is_block(part: Element | str) -> bool:
    return isinstance(part, Element) and part.is_block
