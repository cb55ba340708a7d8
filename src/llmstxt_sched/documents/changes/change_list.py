"""Says in words and in HTML what a version of the documents changed in the entries of llms.txt.

Titles and notes come from strangers' pages: each is escaped, and only http and https addresses become links.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

HEADINGS = {
    "added": "Added",
    "removed": "Removed",
    "renamed": "Renamed",
    "moved": "Moved to another section",
    "redescribed": "Described anew",
    "site_renamed": "The site's name",
    "site_redescribed": "The site's summary",
}
WORDS = {
    "redescribed": "described anew",
    "site_renamed": "the site renamed",
    "site_redescribed": "the site described anew",
}
SCHEMES = ("https://", "http://")


class ListedChange(Struct, frozen=True):
    """The change of one entry; `before` and `after` are notes, titles or names of sections, as its kind says."""

    kind: str
    url: str
    title: str
    before: str | None
    after: str | None


class VersionChanges(Struct, frozen=True):
    """What a version changed: the first of `total` entries, and how many pages by kind; `pages` are all that it has."""

    is_first: bool
    page_count: int
    entries: Sequence[ListedChange]
    total: int
    pages: Mapping[str, int]


def summarise(changes: VersionChanges) -> str:
    """The changes in a few words: "3 added, 1 removed"."""
    if changes.is_first:
        return f"first version, {_count(changes.page_count, 'page')}"
    if changes.total > len(changes.entries):
        return f"{changes.total:,} entries changed"
    kinds = Counter(change.kind for change in changes.entries)
    if kinds:
        return ", ".join(_counted(kind, kinds[kind]) for kind in HEADINGS if kinds[kind])
    return f"{_count(sum(changes.pages.values()), 'page')} changed"


def render_changes(changes: VersionChanges) -> str:
    """The changes as HTML: a list for each kind of change, and a line on the pages."""
    parts = [f"<p>{_escaped(_pages_line(changes))}</p>"]
    if not changes.is_first:
        parts += [_section(kind, changes.entries) for kind in HEADINGS]
        more = changes.total - len(changes.entries)
        parts += [f"<p>… and {more:,} more.</p>"] if more > 0 else []
    return "\n".join(filter(None, parts))


def _pages_line(changes: VersionChanges) -> str:
    if changes.is_first:
        return f"The first version, of {_count(changes.page_count, 'page')}."
    counts = ", ".join(f"{number:,} {kind}" for kind, number in changes.pages.items() if number)
    return f"Pages: {counts or 'none changed'}."


def _section(kind: str, entries: Sequence[ListedChange]) -> str:
    items = [_item(change) for change in entries if change.kind == kind]
    return f"<h4>{HEADINGS[kind]}</h4>\n<ul>\n{''.join(items)}</ul>" if items else ""


def _item(change: ListedChange) -> str:
    link = _link(change)
    if change.kind in {"added", "removed"}:
        note = change.after or change.before
        return f"<li>{link}{': ' + _escaped(note) if note else ''}</li>\n"
    before, after = (_escaped(text or "nothing") for text in (change.before, change.after))
    return f"<li>{link}: <del>{before}</del> → <ins>{after}</ins></li>\n"


def _link(change: ListedChange) -> str:
    title = _escaped(change.title or change.url)
    return f'<a href="{_escaped(change.url)}">{title}</a>' if change.url.startswith(SCHEMES) else title


def _counted(kind: str, number: int) -> str:
    word = WORDS.get(kind, kind)
    return word if kind.startswith("site_") else f"{number} {word}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _escaped(text: str) -> str:
    return html.escape(text)
