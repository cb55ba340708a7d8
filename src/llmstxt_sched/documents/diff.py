"""What changed between two versions: in entries, in pages, and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from llmstxt_sched.documents.model import Entry, Index

# difflib takes quadratic time and worse; past this many pairs of lines it is not asked.
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
    """The entries that differ, told apart by their URL, in the order of the index that holds them.

    `name` and `summary` are (before, after) where they differ.
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
    """Lines that differ with three around them, each beginning with ` `, `-` or `+`.

    `before` and `after` are the first line's numbers, from 1.  `cut` says that not all of it is shown.
    """

    before: int
    after: int
    lines: tuple[str, ...]
    cut: bool = False


def diff_indexes(before: Index, after: Index) -> IndexDiff:
    """What became of each entry of `before`, and which are new in `after`."""
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
    """The pages that came, went and changed, given the content's hash by URL."""
    return PagesDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(url for url in after.keys() & before.keys() if after[url] != before[url])),
    )


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """The parts of two texts that differ.  Texts too large to be compared well are shown as one cut hunk."""
    old, new = before.split("\n"), after.split("\n")
    start = _shared(old, new)
    end = min(_shared(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if not inner_old and not inner_new:
        return ()
    if len(inner_old) * len(inner_new) > _MAX_PAIRS:
        lines = (*_signed("-", inner_old[: _MAX_SHOWN // 2]), *_signed("+", inner_new[: _MAX_SHOWN // 2]))
        return (Hunk(start + 1, start + 1, lines, cut=True),)
    lead, tail = min(start, _CONTEXT), min(end, _CONTEXT)
    shown_old = old[start - lead : len(old) - end + tail]
    shown_new = new[start - lead : len(new) - end + tail]
    return _compared(shown_old, shown_new, start - lead)


def _compared(old: list[str], new: list[str], skipped: int) -> tuple[Hunk, ...]:
    found: list[Hunk] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        lines: list[str] = []
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                lines += _signed(" ", old[old_from:old_to])
            else:
                lines += [*_signed("-", old[old_from:old_to]), *_signed("+", new[new_from:new_to])]
        first = group[0]
        found.append(
            Hunk(skipped + first[1] + 1, skipped + first[3] + 1, tuple(lines[:_MAX_SHOWN]), cut=len(lines) > _MAX_SHOWN)
        )
    return tuple(found)


def _signed(sign: str, lines: list[str]) -> Iterator[str]:
    return (f"{sign}{line[:_MAX_LINE]}" for line in lines)


def _shared(one: list[str], other: list[str]) -> int:
    """How many lines the two begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _changes(pairs: Mapping[str, tuple[str, str]]) -> tuple[EntryChange, ...]:
    return tuple(EntryChange(url, old, new) for url, (old, new) in pairs.items() if old != new)


def _by_url(index: Index) -> dict[str, tuple[str, Entry]]:
    """Each entry with its section's name; where a URL stands twice, the first counts."""
    found: dict[str, tuple[str, Entry]] = {}
    for section in index.sections:
        for entry in section.entries:
            found.setdefault(entry.url, (section.name, entry))
    return found
