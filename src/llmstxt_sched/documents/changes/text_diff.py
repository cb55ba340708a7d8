"""Compares two texts line by line, and within changed lines word by word, for a view with both side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct

from llmstxt_sched.documents.changes.matching import Match, find_matches

CONTEXT = 3
# What is shown at most: of a hunk, of a line in characters, and of all in characters.
MAX_HUNK_LINES = 400
MAX_LINE = 5000
_MAX_SHOWN = 1_000_000
# Charged for each line beside its characters, because an empty one takes room as well.
_LINE_COST = 20
# Two lines with less than this part of their characters in common are different lines, not one with changed words.
_LEAST_ALIKE = 0.3
_MAX_WORD_PAIRS = 2000
# How many words are compared in all, beyond which lines differ as a whole: half a second.  Of texts without spaces each
# character is one.
_MAX_WORDS = 200_000
# Words, but single characters of scripts that put no spaces between them: Thai, Lao, Tibetan, Burmese, Khmer, kana and
# Han; with what stands above or below one that is no letter.
_UNSPACED = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|[^\w\s]")

# From and to, in UTF-16 code units, as browsers count.
WordRange = tuple[int, int]
# Those of a line and of the one that it faces.
Marks = tuple[tuple[WordRange, ...], tuple[WordRange, ...]]


class Hunk(Struct, frozen=True):
    """Lines that differ with three lines of context around them, each beginning with ` `, `-` or `+`.

    `before` and `after` are the number of the first line in either text, from 1.  `words` has for each line the ranges
    that differ from the line on the other side, counted without the line's first character; none if the whole line
    does.  `cut` is true if lines are left out at the end, or the end of a line.
    """

    before: int
    after: int
    lines: tuple[str, ...]
    words: tuple[tuple[WordRange, ...], ...]
    cut: bool = False


class TextDiff(Struct, frozen=True):
    """The hunks of two texts and their numbers of lines; `cut` is true if hunks are left out, or are cut themselves."""

    hunks: tuple[Hunk, ...]
    before_lines: int
    after_lines: int
    cut: bool = False


class _Change(NamedTuple):
    """Lines `before_first` up to, but not including, `before_last` became those from `after_first` to `after_last`."""

    before_first: int
    before_last: int
    after_first: int
    after_last: int


class _Line(NamedTuple):
    text: str
    words: tuple[WordRange, ...] = ()


class _Marker:
    """Marks the words of one pair of lines after another, as long as they are not too many in all."""

    def __init__(self) -> None:
        self._left = _MAX_WORDS

    def mark(self, before: str, after: str) -> Marks:
        """The parts that differ; none where there is no time left for them."""
        if not before or not after or self._left <= 0:
            return (), ()
        old, new = _TOKEN.findall(before[:MAX_LINE]), _TOKEN.findall(after[:MAX_LINE])
        self._left -= len(old) + len(new)
        return _marked(old, new)


def split_lines(text: str) -> list[str]:
    """The lines of a text; what ends with a line end has no empty line after it."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def diff_texts(before: str, after: str, *, ignore_white_space: bool = False) -> TextDiff:
    """Compare two texts; takes time in proportion to their length.

    With `ignore_white_space`, lines are equal that differ in white space only; those of `after` are shown.
    """
    old, new = split_lines(before), split_lines(after)
    key = _without_white_space if ignore_white_space else _as_it_is
    changes = _changes(find_matches(key(old), key(new)), len(old), len(new))
    hunks: list[Hunk] = []
    marker = _Marker()
    left = _MAX_SHOWN
    for group in _grouped(changes):
        if left <= 0:
            return TextDiff(tuple(hunks), len(old), len(new), cut=True)
        hunks.append(_hunk(group, old, new, marker))
        left -= sum(len(line) + _LINE_COST for line in hunks[-1].lines)
    return TextDiff(tuple(hunks), len(old), len(new), cut=any(hunk.cut for hunk in hunks))


def _marked(old: list[str], new: list[str]) -> Marks:
    """The parts of two lines, given as words, that differ on either side; none if the lines have little in common."""
    found = find_matches(old, new, _MAX_WORD_PAIRS)
    alike = sum(len(token) for match in found for token in old[match.before : match.before + match.size])
    if alike * 2 < _LEAST_ALIKE * sum(map(len, (*old, *new))):
        return (), ()
    changes = list(_changes(found, len(old), len(new)))
    return (
        tuple(_ranges(old, [(change.before_first, change.before_last) for change in changes])),
        tuple(_ranges(new, [(change.after_first, change.after_last) for change in changes])),
    )


def _as_it_is(lines: list[str]) -> list[str]:
    return lines


def _without_white_space(lines: list[str]) -> list[str]:
    return ["".join(line.split()) for line in lines]


def _changes(matches: Sequence[Match], old_count: int, new_count: int) -> Iterator[_Change]:
    """What lies between the matches."""
    before = after = 0
    for match in (*matches, Match(old_count, new_count, 0)):
        if match.before > before or match.after > after:
            yield _Change(before, match.before, after, match.after)
        before, after = match.before + match.size, match.after + match.size


def _grouped(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """Put changes together whose context would overlap."""
    group: list[_Change] = []
    for change in changes:
        if group and change.before_first - group[-1].before_last > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _hunk(group: Sequence[_Change], old: Sequence[str], new: Sequence[str], marker: _Marker) -> Hunk:
    first, last = group[0], group[-1]
    lead = min(CONTEXT, first.before_first, first.after_first)
    shown: list[_Line] = []
    equal_from = first.after_first - lead
    for change in group:
        shown += (_Line(f" {line}") for line in new[equal_from : change.after_first])
        removed, added = old[change.before_first : change.before_last], new[change.after_first : change.after_last]
        room = max(0, MAX_HUNK_LINES - len(shown))
        if len(removed) + len(added) > room:
            half = room // 2
            kept = min(len(removed), max(half, room - len(added)))
            shown += _changed(removed[:kept], added[: room - kept], marker)
            return _written(first, lead, shown, cut=True)
        shown += _changed(removed, added, marker)
        equal_from = change.after_last
    shown += (_Line(f" {line}") for line in new[last.after_last : last.after_last + CONTEXT])
    return _written(first, lead, shown, cut=False)


def _written(first: _Change, lead: int, shown: Sequence[_Line], *, cut: bool) -> Hunk:
    return Hunk(
        before=first.before_first - lead + 1,
        after=first.after_first - lead + 1,
        lines=tuple(line.text[: MAX_LINE + 1] for line in shown),
        words=tuple(line.words for line in shown),
        cut=cut or any(len(line.text) > MAX_LINE + 1 for line in shown),
    )


def _changed(removed: Sequence[str], added: Sequence[str], marker: _Marker) -> Iterator[_Line]:
    """The lines of one change, the removed ones first; words are marked between the lines that face each other."""
    sides: tuple[list[_Line], list[_Line]] = ([], [])
    for left, right in zip_longest(removed, added):
        marks = marker.mark(left or "", right or "")
        if left is not None:
            sides[0].append(_Line(f"-{left}", marks[0]))
        if right is not None:
            sides[1].append(_Line(f"+{right}", marks[1]))
    yield from (*sides[0], *sides[1])


def _ranges(tokens: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[WordRange]:
    """Spans of tokens as ranges of code units; white space alone is not worth a mark."""
    position = at = 0
    for first, last in spans:
        text = "".join(tokens[first:last])
        if not text.strip():
            continue
        position += _units("".join(tokens[at:first]))
        end = position + _units(text)
        yield position, end
        position, at = end, last


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
