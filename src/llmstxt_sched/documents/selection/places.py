"""Finds the place of each page in the navigation of its site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Contents, Page
from llmstxt_sched.documents.text import title_line

# Labels in the path of a page; no site nests as deeply on purpose.
_MAX_LABELS = 40
# What a site adds to the name of its subject.
_OF_DOCS = (" documentation", " docs", " manual")
# Marks around a label that opens a part or leads on.
_MARKS = " :\uff1a\u25b8\u25b9\u25b6\u25ba\u25be\u25bf\u25bc\u2022\u00b7\u203a\u00bb\u2192"


class KnownSite(Struct, frozen=True):
    """What is known of the site: the index of its home page, its names, and the contents that files of its own list.

    `name` is the one that most titles of its pages share.
    """

    home: int | None = None
    names: frozenset[str] = frozenset()
    name: str = ""
    contents: Sequence[Contents] = ()


# The labels of each page.
Paths = dict[int, tuple[str, ...]]
# The pages that a site's contents list, in their order, with the labels of each.
Listed = dict[str, tuple[str, ...]]


def places(
    pages: Sequence[Page], titles: Sequence[str], primary: list[int], site: KnownSite, listed: Listed
) -> dict[int, tuple[str, ...]]:
    """The labels of each page in the site's navigation, without leading labels that nearly all pages share."""
    names = {name.casefold() for name in site.names}
    # A home page may be called as a group of pages is: "API documentation".
    names |= {name.removesuffix(word) for name in names for word in _OF_DOCS}
    names |= {titles[site.home].casefold()} if site.home is not None else set()
    labels_of: dict[int, tuple[str, ...]] = {}
    for at in primary:
        labels = _below(site.name, _labels(pages[at].extract.section)) or listed.get(pages[at].url, ())
        # The site's own name is the label of its home page.
        labels_of[at] = labels[1:] if labels and labels[0].casefold() in names else labels
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


def _labels(section: str) -> tuple[str, ...]:
    labels = (title_line(label) for label in section.split(SECTION_SEPARATOR))
    return tuple(filter(None, (label.strip(_MARKS) for label in labels)))


def _below(name: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """`labels` from the site's own on: what is above it is what the site is a part of."""
    own = [at for at, label in enumerate(labels) if label.casefold() == name.casefold()]
    return labels[own[0] :] if own else labels


def listed_pages(pages: Sequence[Page], titles: Sequence[str], site: KnownSite) -> Listed:
    """The labels of the pages that tables of contents list, by URL; those of a page other than the home page are
    below its title.
    """
    found: Listed = {}
    for contents in site.contents:
        for url, section in contents:
            found.setdefault(url, _labels(section))
    for at, page in enumerate(pages):
        above = () if at == site.home else (titles[at],)
        for url, section in page.extract.contents:
            found.setdefault(url, above + _labels(section))
    return found


def order_of(
    pages: Sequence[Page], primary: list[int], site: KnownSite, listed: Listed, paths: Paths, parts: Paths
) -> dict[int, int]:
    """Where each page stands: as the contents list them if they list most, else as the navigation of each of the site's
    `parts` has them, else as they were found.
    """
    count = sum(1 for at in primary if pages[at].url in listed)
    if count * 2 < len(primary):
        return _as_navigated(pages, {at: at for at in primary}, paths, parts)
    rank = {url: number for number, url in enumerate(_read_on(pages, site, listed), 1)}
    # Pages that the contents do not list come last.
    order = {at: rank.get(pages[at].url, len(rank) + 1 + at) for at in primary}
    return {**order, site.home: 0} if site.home in order else order


def _read_on(pages: Sequence[Page], site: KnownSite, listed: Listed) -> dict[str, None]:
    """The URLs that the contents list, and the pages that list some, in the order of reading: what a page lists comes
    right after it.
    """
    below = {page.url: [url for url, _ in page.extract.contents] for page in pages if page.extract.contents}
    begin = [page.url for page in pages[site.home : site.home + 1]] if site.home is not None else []
    found: dict[str, None] = {}
    left = [iter([*(url for contents in site.contents for url, _ in contents), *begin, *below, *listed])]
    while left:
        url = next(left[-1], None)
        if url is None:
            left.pop()
        elif url not in found:
            found[url] = None
            left.append(iter(below.get(url, ())))
    return found


def _as_navigated(pages: Sequence[Page], order: dict[int, int], paths: Paths, parts: Paths) -> dict[int, int]:
    """`order`, in which the pages that a navigation ranks take their places among themselves as it has them.

    Those of each of the site's `parts` do, for each may have a navigation of its own.  A start page that shows a few of
    them first says nothing of their order.
    """
    ranked: dict[tuple[str, ...], list[int]] = {}
    for at, path in paths.items():
        if path and pages[at].extract.rank and order[at]:
            ranked.setdefault(parts[at][:1], []).append(at)
    found = dict(order)
    for members in ranked.values():
        first: dict[tuple[str, ...], int] = {}
        for at in sorted(members, key=lambda at: -pages[at].extract.rank):
            first.update({paths[at][:depth]: pages[at].extract.rank for depth in range(1, len(paths[at]) + 1)})
        keys = {
            at: [*(first[paths[at][:depth]] for depth in range(1, len(paths[at]) + 1)), pages[at].extract.rank]
            for at in members
        }
        in_order = sorted(members, key=lambda at: (keys[at], order[at]))
        found.update(zip(in_order, sorted(order[at] for at in members), strict=True))
    return found


def _with_ancestors(
    path: tuple[str, ...], labels_of: dict[int, tuple[str, ...]], by_title: dict[str, int]
) -> tuple[str, ...]:
    """`path` preceded by its ancestors: the path of the page whose title is the first label, and so on upwards."""
    seen = set(path)
    while path and len(path) < _MAX_LABELS:
        parent = labels_of.get(by_title.get(path[0], -1), ())
        # The page of a group itself is in that group.
        parent = parent[:-1] if parent[-1:] == path[:1] else parent
        if not parent or not seen.isdisjoint(parent):
            break
        seen.update(parent)
        path = parent + path
    return path


def _share(counts: Counter[str]) -> float:
    return counts.most_common(1)[0][1] / counts.total()
