"""Which section of the index each page stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Page
from llmstxt_sched.documents.text import title_line
from llmstxt_sched.documents.titles import words_of

OPTIONAL = "Optional"
LONE = "Overview"
REST = "More"
_FEWEST, _MOST = 3, 12
# A site's own groups are kept up to here; a split of ours never goes past _MOST.
_MOST_OWN = 20
_LARGE = 0.6
# How many labels a path may have: no site has as many on purpose.
_DEEPEST = 40
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
    """The sections in order, each a name and the pages' places in `pages`; `Optional` last."""
    secondary = _secondary(pages, titles, start_url)
    rest = [at for at in range(len(pages)) if at not in secondary]
    paths = _paths(pages, titles, rest)
    if sum(1 for at in rest if paths[at]) * 2 < len(rest) or len({paths[at] for at in rest}) < 2:
        # The navigation says too little: the site's folders are its groups.
        paths = {at: _by_folder(pages[at].url, start_url) for at in rest}
    groups = _named(_split(paths, rest))
    return [*groups, (OPTIONAL, sorted(secondary))] if secondary else groups


def _secondary(pages: Sequence[Page], titles: Sequence[str], start_url: str) -> set[int]:
    """The pages that an agent can do without; none where that would be most of the site."""
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


def _paths(pages: Sequence[Page], titles: Sequence[str], rest: list[int]) -> dict[int, tuple[str, ...]]:
    """Each page's labels in the site's navigation, without those that nearly all pages share."""
    own: dict[int, tuple[str, ...]] = {}
    for at in rest:
        labels = (title_line(label) for label in pages[at].extract.section.split(SECTION_SEPARATOR))
        own[at] = tuple(label for label in labels if label)
    by_title = {title: at for at, title in reversed(list(enumerate(titles)))}
    paths = {at: _extended(path, own, by_title) for at, path in own.items()}
    placed = [path for path in paths.values() if path]
    while placed and _share(Counter(path[0] for path in placed)) > 0.9 and any(len(path) > 1 for path in placed):
        common = Counter(path[0] for path in placed).most_common(1)[0][0]
        paths = {at: path[1:] if path[:1] == (common,) else path for at, path in paths.items()}
        placed = [path for path in paths.values() if path]
    names = {path[0] for path in placed}
    # A group's own page stands in its group.
    return {at: path or ((titles[at],) if titles[at] in names else ()) for at, path in paths.items()}


def _extended(path: tuple[str, ...], own: dict[int, tuple[str, ...]], by_title: dict[str, int]) -> tuple[str, ...]:
    """`path` with the path of the page that its first label is the title of before it, and so on upwards."""
    seen = set(path)
    while path and len(path) < _DEEPEST:
        parent = own.get(by_title.get(path[0], -1), ())
        if not parent or not seen.isdisjoint(parent):
            break
        seen.update(parent)
        path = parent + path
    return path


def _share(counts: Counter[str]) -> float:
    return counts.most_common(1)[0][1] / counts.total()


def _by_folder(url: str, start_url: str) -> tuple[str, ...]:
    base = urlsplit(start_url).path.rpartition("/")[0] + "/"
    path = urlsplit(url).path
    inner = path.removeprefix(base) if path.startswith(base) else path.lstrip("/")
    return tuple(words_of(segment) for segment in inner.split("/")[:-1] if segment)


def _split(paths: dict[int, tuple[str, ...]], rest: list[int]) -> dict[tuple[str, ...], list[int]]:
    """Pages by the labels they share; a group that holds most pages gives way to its own groups."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at in rest:
        groups.setdefault(paths[at][:1], []).append(at)
    while len(groups) < _FEWEST or max(map(len, groups.values()), default=0) > _LARGE * len(rest):
        largest = max(groups, key=lambda name: len(groups[name]), default=())
        inner: dict[tuple[str, ...], list[int]] = {}
        for at in groups.get(largest, ()):
            inner.setdefault(paths[at][: len(largest) + 1], []).append(at)
        if not largest or len(inner) < 2 or len(groups) - 1 + _shown(inner) > _MOST:
            break
        groups = _replaced(groups, largest, inner)
    return groups


def _shown(groups: dict[tuple[str, ...], list[int]]) -> int:
    return sum(1 for members in groups.values() if len(members) > 1)


def _replaced(
    groups: dict[tuple[str, ...], list[int]], name: tuple[str, ...], inner: dict[tuple[str, ...], list[int]]
) -> dict[tuple[str, ...], list[int]]:
    result: dict[tuple[str, ...], list[int]] = {}
    for key, members in groups.items():
        result.update(inner if key == name else {key: members})
    return result


def _named(groups: dict[tuple[str, ...], list[int]]) -> list[tuple[str, list[int]]]:
    """The groups under names that differ; lone pages share one, and so do the smallest of too many groups."""
    large = sorted((name for name in groups if name and len(groups[name]) > 1), key=lambda name: -len(groups[name]))
    kept = set(large[:_MOST_OWN] if len(large) <= _MOST_OWN else large[: _MOST - 1])
    sections: dict[str, list[int]] = {}
    for path, members in groups.items():
        if path in kept:
            name = _free(path, sections)
        elif len(large) > _MOST_OWN and len(members) > 1:
            name = REST
        else:
            name = LONE
        sections.setdefault(name, []).extend(members)
    if len(sections) == 1:
        return [("Pages" if name == LONE else name, sorted(members)) for name, members in sections.items()]
    ordered = sorted(sections.items(), key=lambda item: (item[0] == REST, min(item[1])))
    return [(name, sorted(members)) for name, members in ordered]


def _free(path: tuple[str, ...], taken: dict[str, list[int]]) -> str:
    name = path[-1]
    if name.lower() in (OPTIONAL.lower(), LONE.lower(), REST.lower()) or name in taken:
        name = title_line(": ".join(path)) if len(path) > 1 else f"{name} pages"
    number = 2
    while name in taken:
        name, number = f"{path[-1]} ({number})", number + 1
    return name


def _segments(url: str) -> list[str]:
    return [segment for segment in urlsplit(url).path.split("/") if segment]
