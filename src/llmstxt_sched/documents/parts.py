"""An index that is too long for one file, in several."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Entry, Index, Section
from llmstxt_sched.documents.text import title_line
from llmstxt_sched.documents.titles import words_of

FILE_NAME = "llms.txt"
_SLUG = re.compile(r"[^a-z0-9]+")

Measure = Callable[[Index], int]


def split(index: Index, measure: Measure, limit: int) -> dict[str, Index]:
    """`index` by file name: `llms.txt` first, and `{folder}/llms.txt` for what would make it too long.

    The largest folders of the site go first; where it has none, the sections stand for folders.  A part
    that is itself too long is split again.
    """
    return _split(index, "", measure, limit)


def _split(index: Index, folder: str, measure: Measure, limit: int) -> dict[str, Index]:
    files: dict[str, Index] = {}
    root = index
    tried: set[str] = set()
    while measure(root) > limit:
        groups = _groups(root, folder, tried)
        if not groups:
            break
        name = max(groups, key=lambda group: sum(map(_weight, groups[group])))
        tried.add(name)
        part = _part(index, name, groups[name])
        files |= _split(part, name, measure, limit)
        root = _without(root, groups[name], name, title_line(part.name))
    return {f"{folder}{FILE_NAME}": root} | files


def _groups(index: Index, folder: str, tried: set[str]) -> dict[str, list[Entry]]:
    """The entries that may move together, by folder: of the site, else by section, else a quarter of them."""
    placed = [
        (section.name, entry)
        for section in index.sections
        for entry in section.entries
        if not entry.url.endswith(f"/{FILE_NAME}")
    ]
    entries = [entry for _, entry in placed]
    by_folder = _gathered((_folder(entry.url, folder), entry) for entry in entries)
    while len(by_folder) == 1 and (inner := next(iter(by_folder))):
        by_folder = _gathered((_folder(entry.url, inner), entry) for entry in entries)
    by_section = _gathered((f"{folder}{_slug(name)}/", entry) for name, entry in placed)
    for groups in (by_folder, by_section):
        fit = {name: group for name, group in groups.items() if name and name not in tried and len(group) > 1}
        if any(len(group) < len(entries) for group in fit.values()):
            return fit
    part = f"{folder}part-{len(tried) + 1}/"
    return {part: entries[: max(2, len(entries) // 4)]} if len(entries) > 2 else {}


def _gathered(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for name, entry in pairs:
        groups.setdefault(name, []).append(entry)
    return groups


def _part(index: Index, folder: str, entries: list[Entry]) -> Index:
    moved = set(entries)
    sections = (
        Section(section.name, tuple(entry for entry in section.entries if entry in moved)) for section in index.sections
    )
    kept = tuple(section for section in sections if section.entries)
    own = [section.name for section in kept if folder.endswith(f"{_slug(section.name)}/")]
    words = own[0] if own else words_of(folder.rstrip("/").rpartition("/")[2])
    return Index(title_line(f"{index.name}: {words}"), "", index.details, kept)


def _without(index: Index, entries: list[Entry], folder: str, name: str) -> Index:
    moved = set(entries)
    parts = urlsplit(entries[0].url)
    url = f"{parts.scheme}://{parts.netloc}/{folder}{FILE_NAME}"
    link = Entry(url, name, f"{len(entries)} pages in a list of their own")
    sections: list[Section] = []
    for section in index.sections:
        # The link takes the first entry's place; Entry compares by value, so identity is asked for.
        kept = [link if entry is entries[0] else entry for entry in section.entries]
        kept = [entry for entry in kept if entry not in moved]
        if kept:
            sections.append(Section(section.name, tuple(kept)))
    return Index(index.name, index.summary, index.details, tuple(sections))


def _folder(url: str, above: str) -> str:
    """The folder of the site just below `above` that `url` is in, with a slash at its end; '' where none."""
    path = urlsplit(url).path[1:]
    if not path.startswith(above):
        return ""
    head, slash, _ = path[len(above) :].partition("/")
    return f"{above}{head}/" if slash and head else ""


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SLUG.sub("-", ascii_name).strip("-") or "more"


def _weight(entry: Entry) -> int:
    return len(entry.url) + len(entry.title) + len(entry.note)
