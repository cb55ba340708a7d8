"""An index that is too long for one file, in several."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import count, islice
from typing import TypeVar
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import LLMS_TXT, Entry, Index, Section
from llmstxt_sched.documents.text import title_line
from llmstxt_sched.documents.titles import words_of

_SLUG = re.compile(r"[^a-z0-9]+")

Measure = Callable[[Index], int]
# The name of a section, and an entry of it.
PlacedEntry = tuple[str, Entry]
T = TypeVar("T")


def split(index: Index, measure: Measure, limit: int) -> dict[str, Index]:
    """`index` by file name: `llms.txt` first, and `{folder}/llms.txt` for what would make it too long.

    The largest folders of the site go first; where it has none, the sections stand for folders.  A part
    that is itself too long is split again.
    """
    # A page of the site's own by such a name keeps it.
    own = (entry.url for section in index.sections for entry in section.entries if _is_list(entry))
    return _split(index, "", measure, limit, {"", *(urlsplit(url).path[1:].removesuffix(LLMS_TXT) for url in own)})


def _split(index: Index, folder: str, measure: Measure, limit: int, taken: set[str]) -> dict[str, Index]:
    """The same below `folder`; `taken` are the folders of all files that there are, and it grows."""
    files: dict[str, Index] = {}
    root = index
    while measure(root) > limit and (groups := _groups(root, folder, taken)):
        by_weight = sorted(groups, key=lambda name: -_weight(entry for _, entry in groups[name]))
        links = {name: _link(index, name, groups[name]) for name in by_weight}

        def without(first: int, root: Index = root, links: dict[str, Entry] = links) -> Index:
            return _without(root, [(groups[name], link) for name, link in islice(links.items(), first)])

        # As few as will do, found by halving: a site may have thousands of folders.  The last stays for a second look,
        # which may see folders in it.
        most = max(1, len(groups) - 1)
        first = 1 + bisect_left(range(1, most), True, key=lambda first: measure(without(first)) <= limit)
        root = without(first)
        taken.update(by_weight[:first])
        for name in by_weight[:first]:
            sections = tuple(Section(each, tuple(entries)) for each, entries in _gathered(groups[name]).items())
            part = Index(links[name].title, "", index.details, sections)
            files |= _split(part, name, measure, limit, taken)
    return {f"{folder}{LLMS_TXT}": root} | files


def _groups(index: Index, folder: str, taken: set[str]) -> dict[str, list[PlacedEntry]]:
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
        fit = {name: group for name, group in groups.items() if name not in taken and _is_worth_it(index, name, group)}
        if any(len(group) < len(placed) for group in fit.values()):
            return fit
    some = placed if len(placed) > 2 else everything
    free = (name for number in count(1) if (name := f"{folder}part-{number}/") not in taken)
    return {next(free): some[: max(2, len(some) // 4)]} if len(some) > 2 else {}


def _is_worth_it(index: Index, folder: str, placed: list[PlacedEntry]) -> bool:
    """Whether the link to a list of their own is shorter than the entries."""
    return len(placed) > 1 and _weight([_link(index, folder, placed)]) < _weight(entry for _, entry in placed)


def _gathered(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for name, item in pairs:
        groups.setdefault(name, []).append(item)
    return groups


def _link(index: Index, folder: str, placed: list[PlacedEntry]) -> Entry:
    """The link to a list of these entries, with the list's name for its title."""
    own = [name for name in dict.fromkeys(name for name, _ in placed) if folder.endswith(f"{_slug(name)}/")]
    words = own[0] if own else words_of(folder.rstrip("/").rpartition("/")[2])
    site = urlsplit(placed[0][1].url)
    what = "lists" if all(_is_list(entry) for _, entry in placed) else "pages"
    return Entry(
        f"{site.scheme}://{site.netloc}/{folder}{LLMS_TXT}",
        title_line(f"{index.name}: {words}"),
        f"{len(placed)} {what} in a list of their own",
    )


def _without(index: Index, parts: list[tuple[list[PlacedEntry], Entry]]) -> Index:
    """`index` with the link of each part in the place of its first entry."""
    # Entry compares by value, so identity is asked for.
    links = {id(placed[0][1]): link for placed, link in parts}
    moved = {entry for placed, _ in parts for _, entry in placed}
    sections: list[Section] = []
    for section in index.sections:
        linked = [links.get(id(entry), entry) for entry in section.entries]
        kept = tuple(entry for entry in linked if entry not in moved)
        if kept:
            sections.append(Section(section.name, kept))
    return Index(index.name, index.summary, index.details, tuple(sections))


def _is_list(entry: Entry) -> bool:
    return entry.url.endswith(f"/{LLMS_TXT}")


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


def _weight(entries: Iterable[Entry]) -> int:
    return sum(len(entry.url) + len(entry.title) + len(entry.note) for entry in entries)
