"""Splits an index that is too long for one file into several."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import count, islice
from typing import TypeVar
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import LLMS_TXT, OPTIONAL, Entry, Index, Section
from llmstxt_sched.documents.selection.titles import title_from_segment
from llmstxt_sched.documents.text import title_line

_SLUG = re.compile(r"[^a-z0-9]+")

# A section that an agent can do without gives way before others if it takes so large a share of the characters that a
# file may have, and then a folder that is a reference of names.
_MIN_SHARE = 0.1
_MOST = 0.9
_OF_NAMES = re.compile(
    r"(?:^|/)(?:apis?|api-?docs?|java-?docs?|scala-?docs?|dokka|rust-?docs?|references?|refs?)(?:[-_][^/]*)?/$",
    re.IGNORECASE,
)

# Returns the length of an index as a file, in characters.
Measure = Callable[[Index], int]
# The name of a section, and one of its entries.
PlacedEntry = tuple[str, Entry]
T = TypeVar("T")


def split(index: Index, measure: Measure, limit: int) -> dict[str, Index]:
    """Split `index` into files of at most `limit` characters by `measure`; returns them by file name.

    `llms.txt` comes first.  Entries are moved to `{folder}/llms.txt`, beginning with what an agent can do without, then
    with folders of a reference, then with the largest folders of the site; if it has no folders, its sections are used
    instead.  A part that is itself too long is split again.
    """
    # A file name that the site itself uses for a page is not available.
    site_lists = (entry.url for section in index.sections for entry in section.entries if _is_list(entry))
    taken = {"", *(urlsplit(url).path[1:].removesuffix(LLMS_TXT) for url in site_lists)}
    placed = [(OPTIONAL, each) for part in index.sections if part.name == OPTIONAL for each in part.entries]
    moves = placed if measure(index) > limit and len(placed) < sum(len(part.entries) for part in index.sections) else []
    folder = f"{_slug(OPTIONAL)}/"
    if folder in taken or _characters(entry for _, entry in moves) < _MIN_SHARE * limit:
        return _split(index, "", measure, limit, taken)
    taken.add(folder)
    link = _link(index, folder, moves)
    rest = _split(_without(index, [(moves, link)]), "", measure, limit, taken)
    part = Index(link.title, "", index.details, (Section(OPTIONAL, tuple(entry for _, entry in moves)),))
    return rest | _split(part, folder, measure, limit, taken)


def _split(index: Index, folder: str, measure: Measure, limit: int, taken: set[str]) -> dict[str, Index]:
    """Split the part of the index that belongs to `folder`.

    `taken` are the folders whose file name is in use; those of the new files are added to it.
    """
    files: dict[str, Index] = {}
    root = index
    while measure(root) > limit and (groups := _groups(root, folder, taken)):
        sizes = {name: _characters(entry for _, entry in placed) for name, placed in groups.items()}
        names = {name for name, size in sizes.items() if size >= _MIN_SHARE * limit and _OF_NAMES.search(name)}
        by_size = sorted(groups, key=lambda name: (name not in names, -sizes[name]))
        links = {name: _link(index, name, groups[name]) for name in by_size}

        def without(moved_count: int, root: Index = root, links: dict[str, Entry] = links) -> Index:
            return _without(root, [(groups[name], link) for name, link in islice(links.items(), moved_count)])

        # Move as few folders as necessary, found by binary search because a site may have thousands.  The last folder
        # always stays: the next iteration may find subfolders in it.
        max_moved = max(1, len(groups) - 1)
        moved_count = 1 + bisect_left(
            range(1, max_moved), True, key=lambda moved_count: measure(without(moved_count)) <= limit
        )
        root = without(moved_count)
        taken.update(by_size[:moved_count])
        for name in by_size[:moved_count]:
            sections = tuple(Section(section, tuple(entries)) for section, entries in _grouped(groups[name]).items())
            part = Index(links[name].title, "", index.details, sections)
            files |= _split(part, name, measure, limit, taken)
    return {f"{folder}{LLMS_TXT}": root} | files


def _groups(index: Index, folder: str, taken: set[str]) -> dict[str, list[PlacedEntry]]:
    """The groups of entries that can be moved to a file of their own, by the folder of that file.

    They are grouped by folder of the site, else by section; else the last quarter of the entries is one group, for a
    reader begins with the first.  If hardly any entries but links to other lists are left, a quarter of all entries,
    links included, is moved.
    """
    everything = [(section.name, entry) for section in index.sections for entry in section.entries]
    placed = [pair for pair in everything if not _is_list(pair[1])]
    by_folder = _grouped((_folder(pair[1].url, folder), pair) for pair in placed)
    # A folder of nearly everything says nothing; what is beside it stays.
    while (inner := max(by_folder, key=lambda name: len(by_folder[name]), default="")) and (
        len(by_folder[inner]) >= _MOST * len(placed)
    ):
        by_folder = _grouped((_folder(pair[1].url, inner), pair) for pair in placed)
    by_section = _grouped((f"{folder}{_slug(pair[0])}/", pair) for pair in placed)
    for groups in (by_folder, by_section):
        fit = {name: group for name, group in groups.items() if name not in taken and _saves_space(index, name, group)}
        if any(len(group) < len(placed) for group in fit.values()):
            return fit
    candidates = placed if len(placed) > 2 else everything
    free = (name for number in count(1) if (name := f"{folder}part-{number}/") not in taken)
    return {next(free): candidates[-max(2, len(candidates) // 4) :]} if len(candidates) > 2 else {}


def _saves_space(index: Index, folder: str, placed: list[PlacedEntry]) -> bool:
    """Whether replacing the entries with a link to a list of their own makes the index shorter."""
    return len(placed) > 1 and _characters([_link(index, folder, placed)]) < _characters(entry for _, entry in placed)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for name, item in pairs:
        groups.setdefault(name, []).append(item)
    return groups


def _link(index: Index, folder: str, placed: list[PlacedEntry]) -> Entry:
    """The link to the list of these entries, with the list's name as its title."""
    section_names = [name for name in dict.fromkeys(name for name, _ in placed) if folder.endswith(f"{_slug(name)}/")]
    words = section_names[0] if section_names else title_from_segment(folder.rstrip("/").rpartition("/")[2])
    site = urlsplit(placed[0][1].url)
    noun = "lists" if all(_is_list(entry) for _, entry in placed) else "pages"
    return Entry(
        f"{site.scheme}://{site.netloc}/{folder}{LLMS_TXT}",
        title_line(f"{index.name}: {words}"),
        f"{len(placed)} {noun} in a list of their own",
    )


def _without(index: Index, parts: list[tuple[list[PlacedEntry], Entry]]) -> Index:
    """`index` without the entries of the parts, and with each part's link in place of its first entry."""
    # By identity, because equal entries may occur twice.
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
    """The folder directly below the folder `above` that holds `url`, with a trailing slash; '' if there is none."""
    path = urlsplit(url).path[1:]
    if not path.startswith(above):
        return ""
    head, slash, _ = path[len(above) :].partition("/")
    return f"{above}{head}/" if slash and head else ""


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SLUG.sub("-", ascii_name).strip("-") or "more"


def _characters(entries: Iterable[Entry]) -> int:
    return sum(len(entry.url) + len(entry.title) + len(entry.note) for entry in entries)
