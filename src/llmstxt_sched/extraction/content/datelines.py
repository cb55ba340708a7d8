"""Drops from the header of an article the line that says no more than when it appeared and how long it is."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

DATELINE: Final = "dateline"
# Longer texts, in characters, are no such line.
_MAX_LINE: Final = 140
_MAX_HEADER: Final = 2000
# Elements around a date in its line, and around the header in the article.
_MAX_AROUND: Final = 4
# More dates than these are a list's, and more parts no line.
_MAX_DATES, _MAX_PARTS = 20, 100
_HOLDERS: Final = frozenset(["div", "p", "span", "small"])
_READING: Final = r"(?:\d{1,3}|an?|one|less than (?:a|1))[ -]min(?:ute)?s?(?: read(?:ing)?)?(?: time)?"
# What may stand before a date, and behind it.
_BEFORE: Final = re.compile(r"(?:(?:published|posted|written)(?: (?:on|at))?|date)?\W*", re.IGNORECASE)
_BEHIND: Final = re.compile(
    rf"(?:[^\w]*(?:(?:reading time\W{{1,3}})?{_READING}|[\d.,]{{1,9}} words))*\W*",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")


def drop_datelines(tree: Tree, kept: set[Element]) -> None:
    """Drop the datelines below the titles of articles, but nothing of what is `kept`."""
    for time in list(islice(shown(tree.tagged("time"), tree.body), _MAX_DATES)):
        line = _line_of(time)
        if line is not None and line not in kept and time not in kept and _is_of_article(tree, line):
            _drop_run(line, time)


def _line_of(time: Element) -> Element | None:
    """The element that the date stands in, by itself or with its kin, in a header."""
    for outer in islice(time.ancestors(), _MAX_AROUND):
        if outer.tag == "header" or outer.is_block:
            return outer
        if outer.tag not in _HOLDERS:
            break
    return None


def _is_of_article(tree: Tree, line: Element) -> bool:
    """Whether the line is in the header of an article, below its title."""
    header = line if line.tag == "header" else line.ancestor(["header"])
    if (
        header is None
        or header.chars > _MAX_HEADER
        or not any(node.tag == "article" for node in islice(header.ancestors(), _MAX_AROUND))
    ):
        return False
    title = tree.first(header, ["h1"])
    return title is not None and title.end <= line.end and not title.holds(line)


def _drop_run(line: Element, time: Element) -> None:
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
    if is_date and _BEFORE.fullmatch(before) and _BEHIND.fullmatch(behind):
        for part in run:
            if isinstance(part, Element):
                part.drop(DATELINE)
        line.children[begin:end] = [" " if isinstance(part, str) else part for part in line.children[begin:end]]


def _is_block(part: Element | str) -> bool:
    return isinstance(part, Element) and part.is_block
