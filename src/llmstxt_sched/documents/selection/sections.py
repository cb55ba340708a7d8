"""Divides the pages of a site into the sections of the index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from llmstxt_sched.documents.model import OPTIONAL, Page
from llmstxt_sched.documents.selection.editions.versions import is_release
from llmstxt_sched.documents.selection.places import KnownSite, listed_pages, order_of, places
from llmstxt_sched.documents.selection.titles import title_from_segment
from llmstxt_sched.documents.text import title_line
from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common, normalised
from llmstxt_sched.domain.urls import path_and_query

# The sections of pages that are alone in their group, and of the smallest groups if there are too many.
LONE = "Overview"
REST = "More"
_MIN_SECTIONS, _MAX_SECTIONS = 3, 12
# Up to this many groups of the site's own navigation are kept; splitting a group must not exceed _MAX_SECTIONS.
_MAX_OWN_SECTIONS = 20
# A navigation of a single place says nothing.
_MIN_PLACES = 2
# A group with a larger share of the pages is split.
_MAX_SHARE = 0.6
# The groups of pages that Doxygen makes of sources, by what their titles end with.
_KINDS = dict.fromkeys(("Class", "Struct", "Union", "Interface", "Protocol", "Exception"), "Classes") | {
    "Namespace": "Namespaces",
    "Package": "Packages",
    "Module": "Modules",
    "Concept": "Concepts",
    "File": "Files",
    "Directory": "Directories",
    "Dir": "Directories",
}
_REFERENCE = re.compile(rf"\S.* ({'|'.join(_KINDS)})(?: Template)? Reference")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_OR_DAY = re.compile(r"[0-3]\d")
# Folders that say what made their pages, as Sphinx' extensions call them, and not what these are about.
_OF_TOOLS = frozenset(["generated", "autosummary", "autogen", "autoapi"])
# Deeper in an address, no folder is a version of a manual.
_MAX_DEPTH = 8
# The labels of a page's place, the outermost first.
_Labels = tuple[str, ...]


def group(
    pages: Sequence[Page], titles: Sequence[str], start_url: str, secondary: Set[int], site: KnownSite
) -> list[tuple[str, list[int]]]:
    """The sections in order, each a name and the indexes of its pages in `pages`; `Optional`, of the `secondary` ones,
    last.
    """
    primary = [at for at in range(len(pages)) if at not in secondary]
    listed = listed_pages(pages, titles, site)
    folders = _without_lone_folders(_folder_labels(pages, primary, start_url))
    paths = _of_navigation(places(pages, titles, primary, site, listed), folders)
    paths = {at: path or _kind_of_reference(titles[at]) for at, path in paths.items()}
    groups = _name_groups(_split(paths, primary), order_of(pages, primary, site, listed, paths, folders))
    return [*groups, (OPTIONAL, sorted(secondary))] if secondary else groups


def _kind_of_reference(title: str) -> _Labels:
    """The kind of a page in no group, by a title of Doxygen's, whose pages are all in one folder; none for others."""
    reference = _REFERENCE.fullmatch(title)
    return (_KINDS[reference[1]],) if reference else ()


def _of_navigation(placed: dict[int, _Labels], folders: dict[int, _Labels]) -> dict[int, _Labels]:
    """The place of each page in the navigation, or its folders, where that says too little of the outermost of these.

    A blog beside the documentation is in no sidebar, and may have more pages.
    """
    if len({path for path in placed.values() if path}) + (() in placed.values()) < _MIN_PLACES:
        return folders
    pages = Counter(path[:1] for path in folders.values())
    known = Counter(folders[at][:1] for at, path in placed.items() if path)
    return {
        at: path if 2 * known[folders[at][:1]] >= pages[folders[at][:1]] else folders[at] for at, path in placed.items()
    }


def _folder_labels(pages: Sequence[Page], primary: list[int], start_url: str) -> dict[int, _Labels]:
    """The folders of each page below the start's, without those that name the only language or version in them."""
    folders = {at: _folders(pages[at].url, start_url) for at in primary}
    dropped = _only_versions(list(folders.values()))
    folders = {
        at: [name for depth, name in enumerate(inner, 1) if tuple(inner[:depth]) not in dropped]
        for at, inner in folders.items()
    }
    language = _language_folder({at: inner[0] for at, inner in folders.items() if inner}, pages)
    labels: dict[int, _Labels] = {}
    for at, inner in folders.items():
        below = _without_days(inner[1:] if inner and inner[0] == language else inner)
        named = [name for depth, name in enumerate(below) if not depth or name.strip("_").lower() not in _OF_TOOLS]
        labels[at] = tuple(map(title_from_segment, named))
    return labels


def _without_days(folders: list[str]) -> list[str]:
    """`folders` without those of months and days below a year's, whose numbers name nothing."""
    year = next((at for at, name in enumerate(folders[:_MAX_DEPTH]) if _YEAR.fullmatch(name)), len(folders))
    end = year + 1
    while end < len(folders) and end <= year + 2 and _MONTH_OR_DAY.fullmatch(folders[end]):
        end += 1
    return folders[: year + 1] + folders[end:]


def _only_versions(paths: Sequence[list[str]]) -> set[tuple[str, ...]]:
    """The folders that are named by a version, and are the only version in the folder around them.

    No more than an index stands beside such a one; other pages its name would tell from those.
    """
    splits = {
        (tuple(path[:at]), name) for path in paths for at, name in enumerate(path[:_MAX_DEPTH]) if is_release(name)
    }
    around = Counter(above for above, _ in splits)
    places = ((path, at) for path in paths for at in range(min(len(path), _MAX_DEPTH) + 1))
    beside = Counter(tuple(path[:at]) for path, at in places if not any(map(is_release, path[at : at + 1])))
    return {(*above, name) for above, name in splits if around[above] == 1 and (not above or beside[above] <= 1)}


def _folders(url: str, start_url: str) -> list[str]:
    base = path_and_query(start_url)[0].rpartition("/")[0] + "/"
    path, _ = path_and_query(url)
    inner = path.removeprefix(base) if path.startswith(base) else path.lstrip("/")
    return [segment for segment in inner.split("/")[:-1] if segment]


def _language_folder(outermost: dict[int, str], pages: Sequence[Page]) -> str:
    """The folder that is named by a language, if it is the only one and all folders are in it, or its pages say so."""
    found = {name for name in outermost.values() if has_form_of_tag(name) and is_common(name)}
    if len(found) != 1:
        return ""
    name = found.pop()
    primary = normalised(name).partition("-")[0]
    said = {normalised(pages[at].language).partition("-")[0] for at, folder in outermost.items() if folder == name}
    return name if said == {primary} or set(outermost.values()) == {name} else ""


def _without_lone_folders(paths: dict[int, _Labels]) -> dict[int, _Labels]:
    """`paths` without the folders that hold nothing but one other folder (`org/apache/commons` in Javadoc).

    Where what several of them hold is called the same (`guide/html`, `plugin/html`), these are left out instead.
    """
    folders = {path[:depth] for path in paths.values() for depth in range(1, len(path) + 1)}
    inner = Counter(folder[:-1] for folder in folders)
    holding = set(paths.values())
    lone = {folder for folder in folders if inner[folder] == 1 and folder not in holding}
    only = [folder for folder in folders if folder[:-1] in lone]
    alike = Counter(folder[-1] for folder in only)
    left_out = {folder if alike[folder[-1]] > 1 else folder[:-1] for folder in only}
    return {
        at: tuple(label for depth, label in enumerate(path, 1) if path[:depth] not in left_out)
        for at, path in paths.items()
    }


def _split(paths: dict[int, _Labels], primary: list[int]) -> dict[tuple[str, ...], list[int]]:
    """Group pages by their first label, and split the largest group while it is too large or groups are too few."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at in primary:
        groups.setdefault(paths[at][:1], []).append(at)
    while len(groups) < _MIN_SECTIONS or max(map(len, groups.values()), default=0) > _MAX_SHARE * len(primary):
        largest = max(groups, key=lambda name: len(groups[name]), default=())
        inner: dict[tuple[str, ...], list[int]] = {}
        for at in groups.get(largest, ()):
            inner.setdefault(paths[at][: len(largest) + 1], []).append(at)
        shared = [len(members) for members in inner.values() if len(members) > 1]
        # Most pages would lose the name of their group, and stand among others that are alone.
        are_lone = 2 * sum(shared) < len(groups.get(largest, ()))
        if not largest or len(inner) < 2 or are_lone or len(groups) - 1 + len(shared) > _MAX_SECTIONS:
            break
        groups = _replaced(groups, largest, inner)
    return groups


def _replaced(
    groups: dict[tuple[str, ...], list[int]], name: tuple[str, ...], inner: dict[tuple[str, ...], list[int]]
) -> dict[tuple[str, ...], list[int]]:
    result: dict[tuple[str, ...], list[int]] = {}
    for key, members in groups.items():
        result.update(inner if key == name else {key: members})
    return result


def _name_groups(groups: dict[tuple[str, ...], list[int]], order: dict[int, int]) -> list[tuple[str, list[int]]]:
    """Give the groups distinct names and put them and their pages in order.

    Pages that are alone in their group share the section LONE; if there are too many groups, the smallest share REST.
    """
    large = sorted((name for name in groups if name and len(groups[name]) > 1), key=lambda name: -len(groups[name]))
    kept = set(large[:_MAX_OWN_SECTIONS] if len(large) <= _MAX_OWN_SECTIONS else large[: _MAX_SECTIONS - 1])
    sections: dict[str, list[int]] = {}
    for path, members in groups.items():
        if path in kept:
            name = _unused_name(path, sections)
        elif len(large) > _MAX_OWN_SECTIONS and len(members) > 1:
            name = REST
        else:
            name = LONE
        sections.setdefault(name, []).extend(members)
    members_of = {name: sorted(members, key=lambda at: order[at]) for name, members in sections.items()}
    if len(sections) == 1:
        return [("Pages" if name == LONE else name, members) for name, members in members_of.items()]
    return _newest_first(sorted(members_of.items(), key=lambda item: (item[0] == REST, order[item[1][0]])))


def _newest_first(sections: list[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """`sections` of which those that are named by years are in the order of these."""
    years = iter(sorted((each for each in sections if _YEAR.fullmatch(each[0])), reverse=True))
    return [next(years) if _YEAR.fullmatch(each[0]) else each for each in sections]


def _unused_name(path: tuple[str, ...], taken: dict[str, list[int]]) -> str:
    name = path[-1]
    if name.lower() in (OPTIONAL.lower(), LONE.lower(), REST.lower()) or name in taken:
        name = title_line(": ".join(path)) if len(path) > 1 else f"{name} pages"
    number = 2
    while name in taken:
        name, number = f"{path[-1]} ({number})", number + 1
    return name
