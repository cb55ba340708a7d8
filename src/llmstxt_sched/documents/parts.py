"""An index that is too long for one file, in several."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import count, islice
from typing import TypeVar
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Entry, Index, Section
from llmstxt_sched.documents.text import title_line
from llmstxt_sched.documents.titles import words_of

FILE_NAME = "llms.txt"
_SLUG = re.compile(r"[^a-z0-9]+")

Measure = Callable[[Index], int]
# The name of a section, and an entry of it.
Placed = tuple[str, Entry]
Item = TypeVar("Item")


def split(index: Index, measure: Measure, limit: int) -> dict[str, Index]:
    """`index` by file name: `llms.txt` first, and `{folder}/llms.txt` for what would make it too long.

    The largest folders of the site go first; where it has none, the sections stand for folders.  A part
    that is itself too long is split again.
    """
    return _split(index, "", measure, limit)


def _split(index: Index, folder: str, measure: Measure, limit: int) -> dict[str, Index]:
    files: dict[str, Index] = {}
    root, tried = index, set[str]()
    while measure(root) > limit and (groups := _groups(root, folder, tried)):
        largest = sorted(groups, key=lambda name: -sum(_weight(entry) for _, entry in groups[name]))
        parts = {name: _part(index, name, groups[name]) for name in largest}

        def without(first: int, root: Index = root, parts: dict[str, Index] = parts) -> Index:
            return _without(root, dict(islice(parts.items(), first)))

        # As few as will do, found by halving: a site may have thousands of folders.  The last stays for a second look,
        # which may see folders in it.
        most = max(1, len(parts) - 1)
        first = 1 + bisect_left(range(1, most), True, key=lambda first: measure(without(first)) <= limit)
        tried |= set(largest[:first])
        for name in largest[:first]:
            files |= _split(parts[name], name, measure, limit)
        root = without(first)
    return {f"{folder}{FILE_NAME}": root} | files


def _groups(index: Index, folder: str, tried: set[str]) -> dict[str, list[Placed]]:
    """The entries that may move together, by folder: of the site, else by section, else a quarter of them.

    A quarter also of the lists that were made before, where they alone are too many.
    """
    everything = [(section.name, entry) for section in index.sections for entry in section.entries]
    placed = [each for each in everything if not _is_list(each[1])]
    by_folder = _gathered((_folder(each[1].url, folder), each) for each in placed)
    while len(by_folder) == 1 and (inner := next(iter(by_folder))):
        by_folder = _gathered((_folder(each[1].url, inner), each) for each in placed)
    by_section = _gathered((f"{folder}{_slug(each[0])}/", each) for each in placed)
    for groups in (by_folder, by_section):
        fit = {name: group for name, group in groups.items() if name and name not in tried and len(group) > 1}
        if any(len(group) < len(placed) for group in fit.values()):
            return fit
    some = placed if len(placed) > 2 else everything
    free = (name for number in count(1) if (name := f"{folder}part-{number}/") not in tried | by_folder.keys())
    return {next(free): some[: max(2, len(some) // 4)]} if len(some) > 2 else {}


def _gathered(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for name, item in pairs:
        groups.setdefault(name, []).append(item)
    return groups


def _part(index: Index, folder: str, placed: list[Placed]) -> Index:
    sections = tuple(Section(name, tuple(entries)) for name, entries in _gathered(placed).items())
    own = [section.name for section in sections if folder.endswith(f"{_slug(section.name)}/")]
    words = own[0] if own else words_of(folder.rstrip("/").rpartition("/")[2])
    return Index(title_line(f"{index.name}: {words}"), "", index.details, sections)


def _without(index: Index, parts: dict[str, Index]) -> Index:
    """`index` with a link to each of the parts, by folder, in the place of its first entry."""
    links: dict[int, Entry] = {}
    moved: set[Entry] = set()
    for folder, part in parts.items():
        entries = [entry for section in part.sections for entry in section.entries]
        site = urlsplit(entries[0].url)
        url = f"{site.scheme}://{site.netloc}/{folder}{FILE_NAME}"
        # Entry compares by value, so identity is asked for.
        what = "lists" if all(map(_is_list, entries)) else "pages"
        links[id(entries[0])] = Entry(url, title_line(part.name), f"{len(entries)} {what} in a list of their own")
        moved.update(entries)
    sections: list[Section] = []
    for section in index.sections:
        placed = [links.get(id(entry), entry) for entry in section.entries]
        kept = tuple(entry for entry in placed if entry not in moved)
        if kept:
            sections.append(Section(section.name, kept))
    return Index(index.name, index.summary, index.details, tuple(sections))


def _is_list(entry: Entry) -> bool:
    return entry.url.endswith(f"/{FILE_NAME}")


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
