"""Compares two versions of a site's documents: by entries, by pages, and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from llmstxt_sched.documents.model import Entry, Index

# Pairs of lines above which difflib is not used, because it takes at least quadratic time.
_MAX_PAIRS = 1_000_000
_MAX_SHOWN = 400
_MAX_LINE = 1000
_CONTEXT = 3


class EntryChange(Struct, frozen=True):
    """One entry's title, note or section before and after."""

    url: str
    before: str
    after: str


class IndexDiff(Struct, frozen=True):
    """The entries that differ, identified by their URL.

    Removed entries are in the order of the old index, all others in that of the new one.  `name` and `summary` are
    (before, after) if they differ, else None.
    """

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    renamed: tuple[EntryChange, ...] = ()
    moved: tuple[EntryChange, ...] = ()
    redescribed: tuple[EntryChange, ...] = ()
    name: tuple[str, str] | None = None
    summary: tuple[str, str] | None = None


class PagesDiff(Struct, frozen=True):
    """The URLs of pages that differ, sorted."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class Hunk(Struct, frozen=True):
    """Lines that differ with three lines of context around them, each beginning with ` `, `-` or `+`.

    `before` and `after` are the number of the first line in either text, from 1.  `cut` is true if lines are left out.
    """

    before: int
    after: int
    lines: tuple[str, ...]
    cut: bool = False


def diff_indexes(before: Index, after: Index) -> IndexDiff:
    """Compare two indexes entry by entry."""
    old, new = _by_url(before), _by_url(after)
    both = [url for url in new if url in old]
    return IndexDiff(
        added=tuple(new[url][1] for url in new if url not in old),
        removed=tuple(old[url][1] for url in old if url not in new),
        renamed=_changes({url: (old[url][1].title, new[url][1].title) for url in both}),
        moved=_changes({url: (old[url][0], new[url][0]) for url in both}),
        redescribed=_changes({url: (old[url][1].note, new[url][1].note) for url in both}),
        name=(before.name, after.name) if before.name != after.name else None,
        summary=(before.summary, after.summary) if before.summary != after.summary else None,
    )


def diff_pages(before: Mapping[str, str], after: Mapping[str, str]) -> PagesDiff:
    """Compare two sets of pages, each a mapping from URL to the hash of the page's content."""
    return PagesDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(url for url in after.keys() & before.keys() if after[url] != before[url])),
    )


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """The parts of two texts that differ.  Texts that are too large for difflib result in a single cut hunk."""
    old, new = before.split("\n"), after.split("\n")
    start = _common_prefix(old, new)
    end = min(_common_prefix(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if not inner_old and not inner_new:
        return ()
    if len(inner_old) * len(inner_new) > _MAX_PAIRS:
        lines = (*_prefixed("-", inner_old[: _MAX_SHOWN // 2]), *_prefixed("+", inner_new[: _MAX_SHOWN // 2]))
        return (Hunk(start + 1, start + 1, lines, cut=True),)
    before_context, after_context = min(start, _CONTEXT), min(end, _CONTEXT)
    shown_old = old[start - before_context : len(old) - end + after_context]
    shown_new = new[start - before_context : len(new) - end + after_context]
    return _compared(shown_old, shown_new, start - before_context)


def _compared(old: list[str], new: list[str], skipped: int) -> tuple[Hunk, ...]:
    found: list[Hunk] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        lines: list[str] = []
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                lines += _prefixed(" ", old[old_from:old_to])
            else:
                lines += [*_prefixed("-", old[old_from:old_to]), *_prefixed("+", new[new_from:new_to])]
        first = group[0]
        found.append(
            Hunk(skipped + first[1] + 1, skipped + first[3] + 1, tuple(lines[:_MAX_SHOWN]), cut=len(lines) > _MAX_SHOWN)
        )
    return tuple(found)


def _prefixed(prefix: str, lines: list[str]) -> Iterator[str]:
    return (f"{prefix}{line[:_MAX_LINE]}" for line in lines)


def _common_prefix(first: list[str], second: list[str]) -> int:
    """The number of lines at the beginning that both have in common."""
    pairs = zip(first, second, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(first), len(second)))


def _changes(pairs: Mapping[str, tuple[str, str]]) -> tuple[EntryChange, ...]:
    return tuple(EntryChange(url, old, new) for url, (old, new) in pairs.items() if old != new)


def _by_url(index: Index) -> dict[str, tuple[str, Entry]]:
    """Map each URL to its section's name and its entry; if a URL occurs twice, the first one counts."""
    found: dict[str, tuple[str, Entry]] = {}
    for section in index.sections:
        for entry in section.entries:
            found.setdefault(entry.url, (section.name, entry))
    return found
