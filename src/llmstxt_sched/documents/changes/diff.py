"""Compares two versions of a site's documents: by entries, and by pages."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from llmstxt_sched.documents.model import Entry, Index


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


def _changes(pairs: Mapping[str, tuple[str, str]]) -> tuple[EntryChange, ...]:
    return tuple(EntryChange(url, old, new) for url, (old, new) in pairs.items() if old != new)


def _by_url(index: Index) -> dict[str, tuple[str, Entry]]:
    """Map each URL to its section's name and its entry; if a URL occurs twice, the first one counts."""
    found: dict[str, tuple[str, Entry]] = {}
    for section in index.sections:
        for entry in section.entries:
            found.setdefault(entry.url, (section.name, entry))
    return found
