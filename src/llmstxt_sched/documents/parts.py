"""An index that is too long for one file, in several."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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
    """The entries that may move together, by folder: of the site, else by section, else by the hundred."""
    by_folder: dict[str, list[Entry]] = {}
    by_section: dict[str, list[Entry]] = {}
    for section in index.sections:
        for entry in section.entries:
            if entry.url.endswith(f"/{FILE_NAME}"):
                continue
            by_folder.setdefault(_folder(entry.url, folder), []).append(entry)
            by_section.setdefault(f"{folder}{_slug(section.name)}/", []).append(entry)
    everything = sum(map(len, by_folder.values()))
    for groups in (by_folder, by_section):
        fit = {name: group for name, group in groups.items() if name not in tried and len(group) > 1 and name}
        if any(len(group) < everything for group in fit.values()):
            return fit
    if everything > 2 and not tried:
        return _by_count(index, folder)
    return {}


def _by_count(index: Index, folder: str) -> dict[str, list[Entry]]:
    entries = [entry for section in index.sections for entry in section.entries]
    size = max(2, len(entries) // 8)
    return {f"{folder}part-{at // size + 1}/": entries[at : at + size] for at in range(0, len(entries), size)}


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
