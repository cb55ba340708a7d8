"""Divides the pages of a site into the sections of the index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Page
from llmstxt_sched.documents.text import title_line
from llmstxt_sched.documents.titles import title_from_segment

OPTIONAL = "Optional"
# The sections of pages that are alone in their group, and of the smallest groups if there are too many.
LONE = "Overview"
REST = "More"
_MIN_SECTIONS, _MAX_SECTIONS = 3, 12
# Up to this many groups of the site's own navigation are kept; splitting a group must not exceed _MAX_SECTIONS.
_MAX_OWN_SECTIONS = 20
# A group with a larger share of the pages is split.
_MAX_SHARE = 0.6
# Labels in the path of a page; no site nests as deeply on purpose.
_MAX_LABELS = 40
_SECONDARY = re.compile(
    r"(?:changelogs?|change-?logs?|changes|history|release[-_ ]?notes?|releases?|news|what'?s-?new|whatsnew|"
    r"legal|privacy(?:[-_ ]policy)?|terms(?:[-_ ](?:of[-_ ](?:service|use)|and[-_ ]conditions))?|imprint|impressum|"
    r"cookies?[-_ ]policy|licen[cs]es?|copyright|colophon|credits|contributors|acknowledge?ments|"
    r"code[-_ ]of[-_ ]conduct|archives?|tags?|categor(?:y|ies)|authors?|genindex(?:[-_].*)?|"
    r"(?:py-)?modindex|bookindex|search|sitemap|404|legacy|deprecated|old|older|previous-versions|"
    r"v?\d+\.(?:\d+|x)(?:\.\w+)*)",
    re.IGNORECASE,
)
_SECONDARY_TITLE = re.compile(
    r"(?:the )?(?:change ?log|changes|release notes?.{0,40}|release history|"
    r"privacy(?: policy)?|terms(?: of (?:service|use))?|"
    r"terms (?:and|&) conditions|legal(?: notice)?|imprint|licen[cs]e|copyright|cookie policy|"
    r"archives?|tags?|code of conduct|"
    r"what[\u2019']s new in .{0,40}|index|general index|page not found|404.{0,20})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:(?:chapter|part|appendix|section)\s+)?(?:[\dIVXA-Z]+(?:\.\d+)*)[.:)]\s+", re.IGNORECASE)


def group(pages: Sequence[Page], titles: Sequence[str], start_url: str) -> list[tuple[str, list[int]]]:
    """The sections in order, each a name and the indexes of its pages in `pages`; `Optional` last."""
    secondary = _secondary(pages, titles, start_url)
    primary = [at for at in range(len(pages)) if at not in secondary]
    paths = _paths(pages, titles, primary)
    if sum(1 for at in primary if paths[at]) * 2 < len(primary) or len({paths[at] for at in primary}) < 2:
        # The navigation says too little, so pages are grouped by folder.
        paths = {at: _folder_labels(pages[at].url, start_url) for at in primary}
    groups = _name_groups(_split(paths, primary))
    return [*groups, (OPTIONAL, sorted(secondary))] if secondary else groups


def _secondary(pages: Sequence[Page], titles: Sequence[str], start_url: str) -> set[int]:
    """The pages that an agent can do without; none if they would be most of the site."""
    base = _segments(start_url)
    found = set()
    for at, page in enumerate(pages):
        inner = [segment for segment in _segments(page.url) if segment not in base]
        names = [
            segment.rpartition(".")[0] if re.search(r"\.(?:html?|php)$", segment) else segment for segment in inner
        ]
        labels = [titles[at], *page.extract.section.split(SECTION_SEPARATOR)]
        if any(map(_SECONDARY.fullmatch, names)) or any(
            _SECONDARY_TITLE.fullmatch(_NUMBERED.sub("", label)) for label in labels
        ):
            found.add(at)
    return found if len(found) * 2 <= len(pages) else set()


def _paths(pages: Sequence[Page], titles: Sequence[str], primary: list[int]) -> dict[int, tuple[str, ...]]:
    """The labels of each page in the site's navigation, without leading labels that nearly all pages share."""
    labels_of: dict[int, tuple[str, ...]] = {}
    for at in primary:
        labels = (title_line(label) for label in pages[at].extract.section.split(SECTION_SEPARATOR))
        labels_of[at] = tuple(label for label in labels if label)
    by_title = {title: at for at, title in reversed(list(enumerate(titles)))}
    paths = {at: _with_ancestors(path, labels_of, by_title) for at, path in labels_of.items()}
    placed = [path for path in paths.values() if path]
    while placed and _share(Counter(path[0] for path in placed)) > 0.9 and any(len(path) > 1 for path in placed):
        common = Counter(path[0] for path in placed).most_common(1)[0][0]
        paths = {at: path[1:] if path[:1] == (common,) else path for at, path in paths.items()}
        placed = [path for path in paths.values() if path]
    names = {path[0] for path in placed}
    # A page whose title is the name of a group belongs to that group.
    return {at: path or ((titles[at],) if titles[at] in names else ()) for at, path in paths.items()}


def _with_ancestors(
    path: tuple[str, ...], labels_of: dict[int, tuple[str, ...]], by_title: dict[str, int]
) -> tuple[str, ...]:
    """`path` preceded by its ancestors: the path of the page whose title is the first label, and so on upwards."""
    seen = set(path)
    while path and len(path) < _MAX_LABELS:
        parent = labels_of.get(by_title.get(path[0], -1), ())
        if not parent or not seen.isdisjoint(parent):
            break
        seen.update(parent)
        path = parent + path
    return path


def _share(counts: Counter[str]) -> float:
    return counts.most_common(1)[0][1] / counts.total()


def _folder_labels(url: str, start_url: str) -> tuple[str, ...]:
    base = urlsplit(start_url).path.rpartition("/")[0] + "/"
    path = urlsplit(url).path
    inner = path.removeprefix(base) if path.startswith(base) else path.lstrip("/")
    return tuple(title_from_segment(segment) for segment in inner.split("/")[:-1] if segment)


def _split(paths: dict[int, tuple[str, ...]], primary: list[int]) -> dict[tuple[str, ...], list[int]]:
    """Group pages by their first label, and split the largest group while it is too large or groups are too few."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at in primary:
        groups.setdefault(paths[at][:1], []).append(at)
    while len(groups) < _MIN_SECTIONS or max(map(len, groups.values()), default=0) > _MAX_SHARE * len(primary):
        largest = max(groups, key=lambda name: len(groups[name]), default=())
        inner: dict[tuple[str, ...], list[int]] = {}
        for at in groups.get(largest, ()):
            inner.setdefault(paths[at][: len(largest) + 1], []).append(at)
        if not largest or len(inner) < 2 or len(groups) - 1 + _count_shared(inner) > _MAX_SECTIONS:
            break
        groups = _replaced(groups, largest, inner)
    return groups


def _count_shared(groups: dict[tuple[str, ...], list[int]]) -> int:
    return sum(1 for members in groups.values() if len(members) > 1)


def _replaced(
    groups: dict[tuple[str, ...], list[int]], name: tuple[str, ...], inner: dict[tuple[str, ...], list[int]]
) -> dict[tuple[str, ...], list[int]]:
    result: dict[tuple[str, ...], list[int]] = {}
    for key, members in groups.items():
        result.update(inner if key == name else {key: members})
    return result


def _name_groups(groups: dict[tuple[str, ...], list[int]]) -> list[tuple[str, list[int]]]:
    """Give the groups distinct names and order them.

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
    if len(sections) == 1:
        return [("Pages" if name == LONE else name, sorted(members)) for name, members in sections.items()]
    ordered = sorted(sections.items(), key=lambda item: (item[0] == REST, min(item[1])))
    return [(name, sorted(members)) for name, members in ordered]


def _unused_name(path: tuple[str, ...], taken: dict[str, list[int]]) -> str:
    name = path[-1]
    if name.lower() in (OPTIONAL.lower(), LONE.lower(), REST.lower()) or name in taken:
        name = title_line(": ".join(path)) if len(path) > 1 else f"{name} pages"
    number = 2
    while name in taken:
        name, number = f"{path[-1]} ({number})", number + 1
    return name


def _segments(url: str) -> list[str]:
    return [segment for segment in urlsplit(url).path.split("/") if segment]
