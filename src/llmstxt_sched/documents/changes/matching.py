"""Finds what two sequences of lines or words have in common, in near-linear time whatever they hold.

By patience, as bzr and `git diff --patience` do it: what occurs once on each side anchors the comparison, and each
gap between two anchors is compared in the same way.  So blank lines, which occur everywhere, never pull unrelated
parts together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Gaps without an anchor are given to difflib, which takes up to cubic time, as long as their pairs of items stay below
# this in all: a tenth of a second.
MAX_PAIRS = 100_000
# How often each item may be looked at, on average; texts that people write take three.
_MAX_VISITS = 30


class Match(NamedTuple):
    """`size` equal items, from position `before` on one side and `after` on the other."""

    before: int
    after: int
    size: int


class _Gap(NamedTuple):
    """The parts of both sides that are still to be compared: `first` up to, but not including, `last`."""

    before_first: int
    before_last: int
    after_first: int
    after_last: int


def find_matches(before: Sequence[str], after: Sequence[str], max_pairs: int = MAX_PAIRS) -> list[Match]:
    """The parts that both have in common, in order; what lies between two of them differs.

    `max_pairs` bounds the work on parts of which everything occurs more than once.
    """
    pairs: list[tuple[int, int]] = []
    gaps = [_Gap(0, len(before), 0, len(after))]
    visits = _MAX_VISITS * (len(before) + len(after))
    while gaps:
        gap = _trimmed(gaps.pop(), before, after, pairs)
        old, new = before[gap.before_first : gap.before_last], after[gap.after_first : gap.after_last]
        visits -= len(old) + len(new)
        # A gap for which there is no time left counts as different as a whole.
        if not old or not new or visits < 0:
            continue
        common = _anchors(old, new)
        if common:
            gaps += _between(common, gap)
        elif len(old) * len(new) <= max_pairs:
            max_pairs -= len(old) * len(new)
            common = _by_difflib(old, new)
        pairs += [(gap.before_first + left, gap.after_first + right) for left, right in common]
    return list(_joined(sorted(pairs)))


def _trimmed(gap: _Gap, before: Sequence[str], after: Sequence[str], pairs: list[tuple[int, int]]) -> _Gap:
    """`gap` without the equal items at its beginning and end, which are added to `pairs`."""
    before_first, before_last, after_first, after_last = gap
    while before_first < before_last and after_first < after_last and before[before_first] == after[after_first]:
        pairs.append((before_first, after_first))
        before_first, after_first = before_first + 1, after_first + 1
    while before_first < before_last and after_first < after_last and before[before_last - 1] == after[after_last - 1]:
        before_last, after_last = before_last - 1, after_last - 1
        pairs.append((before_last, after_last))
    return _Gap(before_first, before_last, after_first, after_last)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of the items that occur once on each side, as many as stand in the same order on both."""
    in_old, in_new = Counter(old), Counter(new)
    at = {item: position for position, item in enumerate(new) if in_new[item] == 1}
    common = [(position, at[item]) for position, item in enumerate(old) if in_old[item] == 1 and item in at]
    # The longest increasing subsequence: `tails` has the smallest end of each length so far, `previous` the way back.
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (_, position) in enumerate(common):
        length = bisect_left(tails, position)
        tails[length : length + 1] = [position]
        ends[length : length + 1] = [number]
        previous.append(ends[length - 1] if length else -1)
    found: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        found.append(common[number])
        number = previous[number]
    return found[::-1]


def _by_difflib(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(left + step, right + step) for left, right, size in blocks for step in range(size)]


def _between(anchors: list[tuple[int, int]], gap: _Gap) -> Iterator[_Gap]:
    before_first, after_first = gap.before_first, gap.after_first
    for left, right in anchors:
        yield _Gap(before_first, gap.before_first + left, after_first, gap.after_first + right)
        before_first, after_first = gap.before_first + left + 1, gap.after_first + right + 1
    yield _Gap(before_first, gap.before_last, after_first, gap.after_last)


def _joined(pairs: list[tuple[int, int]]) -> Iterator[Match]:
    """Join pairs that follow one another on both sides."""
    size = 0
    for at, (left, right) in enumerate(pairs, 1):
        size += 1
        if at == len(pairs) or pairs[at] != (left + 1, right + 1):
            yield Match(left + 1 - size, right + 1 - size, size)
            size = 0
