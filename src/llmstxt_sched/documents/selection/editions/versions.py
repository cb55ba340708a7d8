"""Decides which versions of a site's pages its documents hold.

A folder is a version only where siblings prove it: two folders named like versions (`/v1.2/`, `/stable/`) that hold the
same pages, or one and the folder around it.  What a query calls a version (`?version=1.2`) counts as such a folder.  A
number in a path alone is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.paths import (
    INDEX_FILES,
    MAX_DEPTH,
    Inner,
    common_share,
    folders_below,
    segments_below,
    segments_of,
)
from llmstxt_sched.domain.project import Versions

_MIN_SHARE = 0.5
# The names of versions that move, the one to read first; what is under development comes after all numbers.
_RELEASED = {"stable": 4, "current": 3, "latest": 2}
_UNRELEASED_NAMES = "next dev devel develop development main master trunk edge nightly canary unstable beta"
_UNRELEASED = frozenset(_UNRELEASED_NAMES.split())
_NUMBERED = re.compile(
    r"(?P<mark>(?:(?:docs?|version|ver|release|rel)[-_.]?)?v?)(?P<numbers>\d{1,4}(?:[._]\d{1,4}){0,3})(?:[._]x)?"
    r"(?P<early>[-_.]?(?:alpha|beta|rc|dev|pre|preview|snapshot|a|b)[-_.]?\d*)?(?:[-_.]?lts)?",
    re.IGNORECASE,
)

_DOTTED = re.compile(r"v?\d+\.(?:\d+|x)(?:\.\w+)*", re.IGNORECASE)
# The parameters by which a query chooses a version.
_PARAMETERS = frozenset(["version", "ver", "v", "release", "doc_version", "docs_version"])
# What DocFX has for it names the product as well ("view=mill-8.0"); a name alone may be that of a list ("view=latest").
_VIEW = re.compile(
    r"(?P<before>[?&])view=(?P<product>(?:[a-z][a-z\d]*-)*)(?P<version>latest|stable|current|"
    r"(?P<number>v?\d{1,4}(?:[._]\d{1,4}){1,3}|v(?:er)?\d{1,4})(?:-(?:alpha|beta|rc|preview)[-.]?\d{0,4})?)(?=&|$)",
    re.IGNORECASE,
)
_HOST_PARTS = re.compile(r"[.:-]")
# A version of a manual has more than one page, and one with a smaller share of another's pages has only begun.
_MIN_PAGES = 2
_MIN_SHARE_OF_LARGEST = 0.25
# In the path of nearly every address that has a version: most addresses need no closer look.
_MAY_HAVE_VERSION = re.compile(
    rf"/(?:[a-z]{{0,8}}[-_.]?v?\d|(?:{'|'.join([*_RELEASED, *sorted(_UNRELEASED)])})/)", re.IGNORECASE
)
# More addresses in versions than so many tell nothing new.
_MAX_SEEN = 50_000


def other_versions(pages: Sequence[Page], start_url: str, wanted: Versions) -> set[str]:
    """The URLs of the pages of versions that are not `wanted`: with "newest" all but the start page's, or where that
    has none, those outside of any version, else the newest that is a whole one.
    """
    if wanted == "all":
        return set()
    urls = [page.url for page in pages]
    split_url = _splitter(urls)
    start = split_url(start_url)
    out: set[str] = set()
    for above, named, rest in _manuals(urls, _is_version, split_url):
        versions = _proven(named, rest)
        if not versions:
            continue
        newest = _own(above, start)
        if newest not in versions:
            newest = _newest({name: named[name] for name in versions})
            newest = "" if _is_beside(named[newest], rest) else newest
        out.update(url for name in versions if name != newest for url in named[name].values())
    return out if len(out) < len(pages) else set()


def older_versions(urls: Sequence[str], start_url: str) -> set[str]:
    """Those of `urls` in folders of numbered versions ("3.11") that are neither the start page's nor the newest.

    The newest number is an older one too if it repeats what is beside it without a number, or is the only one and holds
    a single page.
    """
    old: set[str] = set()
    split_url = _splitter(urls)
    start = split_url(start_url)
    for above, named, rest in _manuals(urls, _is_sure_version, split_url):
        own = _own(above, start)
        newest = own if own in named else _newest(named)
        for name, inner in named.items():
            repeats = _repeats(inner, rest, is_alone=len(named) == 1)
            if _DOTTED.fullmatch(name) and (name != newest or (repeats and name not in start)):
                old.update(inner.values())
    return old


def _manuals(
    urls: Sequence[str], is_wanted: Callable[[str], bool], split_url: Callable[[str], list[str]]
) -> Iterator[tuple[tuple[str, ...], dict[str, Inner], Inner]]:
    """The folders around versions, with the pages of each version, and those beside them.

    Where the versions hold nothing but folders ("/docs/3.9/core/", "/docs/4.0/rails/"), each of these is a manual of
    its own, of which another version may be the newest.
    """
    for above, (named, rest) in folders_below(urls, is_wanted, split_url).items():
        if not _hold_only_folders(named):
            yield above, named, rest
            continue
        beside = _by_folder(rest)
        parts: dict[str, dict[str, Inner]] = {}
        for name, inner in named.items():
            for folder, pages in _by_folder(inner).items():
                parts.setdefault(folder, {})[name] = pages
        for folder, versions in parts.items():
            yield above, versions, beside.get(folder, {})


def _hold_only_folders(named: Mapping[str, Inner]) -> bool:
    """Whether all pages of some versions are in folders with more than an index, which alone may be a page."""
    parts = {path.partition("/") for inner in named.values() for path in inner}
    folders = {folder for folder, _, _ in parts}
    return all(slash for _, slash, _ in parts) and folders == {
        folder for folder, _, path in parts if path not in INDEX_FILES
    }


def _by_folder(inner: Inner) -> dict[str, Inner]:
    folders: dict[str, Inner] = {}
    for path, url in inner.items():
        folders.setdefault(path.partition("/")[0], {})[path] = url
    return folders


def _repeats(inner: Inner, rest: Inner, *, is_alone: bool) -> bool:
    """Whether a version's pages stand beside it as well; a lone folder's may be a single one that does not."""
    if len(inner) < _MIN_PAGES:
        return is_alone
    return _is_beside(inner, rest)


def _is_beside(inner: Inner, rest: Inner) -> bool:
    """Whether at least half of a version's pages stand beside it as well: a few ("faq") are called alike anywhere."""
    return common_share(inner, rest) * min(len(inner), len(rest)) >= _MIN_SHARE * len(inner)


class SeenVersions:
    """The versions in the addresses that a crawl finds, learned as it goes.

    They are folders named like versions that hold an address of the same name, or one and the folder around it do.
    """

    def __init__(self) -> None:
        self._start: list[str] = []
        # The first version met of each address without its version, and the newest version of each manual.
        self._first: dict[int, str] = {}
        self._newest: dict[int, str] = {}

    def begin_at(self, path: str) -> None:
        """Take the version that the start page is in for the one that is wanted."""
        self._start = path.split("/")[1:]

    def learn(self, path: str) -> None:
        """Take in the path of an address that was found."""
        for above, name, inner in _versions_in(path):
            if len(self._first) >= _MAX_SEEN:
                return
            first = self._first.setdefault(hash((above, inner)), name)
            if first != name:
                manual = _manual(above, inner)
                self._newest[manual] = max(first, name, self._newest.get(manual, name), key=_rank)

    def is_older(self, path: str, is_known: Callable[[str], bool]) -> bool:
        """Whether a path is in an older version of something with a newer one, or repeats a path that `is_known`."""
        for above, name, inner in _versions_in(path):
            # Beside versions the start page may be in a folder that is none ("/docs/intro/").
            own = next(filter(_is_version, [_own(above, self._start)]), "")
            whole = self._newest.get(_manual(above, ""), name)
            newest = self._newest.get(_manual(above, inner), whole)
            if name != own and (bool(own) or _rank(name) < _rank(newest)):
                return True
            if name != own and inner not in INDEX_FILES and is_known("/".join(["", *above, inner])):
                return True
        return False


def _manual(above: tuple[str, ...], inner: str) -> int:
    """What a page is a version of: a manual, or the part of one that is in a folder of its own."""
    folder, slash, _ = inner.partition("/")
    return hash((above, folder if slash else ""))


def may_have_version(address: str) -> bool:
    """Whether an address may be in a folder that is named by a version; most are not."""
    return _MAY_HAVE_VERSION.search(address) is not None


def _versions_in(path: str) -> list[tuple[tuple[str, ...], str, str]]:
    """The folders of a path that are named by versions: what is around each, its name, and what is in it."""
    if not may_have_version(path):
        return []
    parts = path.split("/")[1:]
    return [
        (tuple(parts[:at]), name, "/".join(parts[at + 1 :]))
        for at, name in enumerate(parts[:-1][:MAX_DEPTH])
        if _is_sure_version(name)
    ]


def is_dotted(name: str) -> bool:
    """Whether a folder or a file is named by a version with a dot in it, which hardly anything else is."""
    return _DOTTED.fullmatch(name) is not None


def is_release(name: str) -> bool:
    """Whether a folder is named by a version with a dot in it, or as the released one is ("latest")."""
    return is_dotted(name) or name.lower() in _RELEASED


def _splitter(urls: Sequence[str]) -> Callable[[str], list[str]]:
    """A function that returns the parts of an address, with the version that its query chooses as the outermost folder.

    If queries choose those of one page alone, they are that page's, as of one that tells of releases.  A folder that is
    called by the site's name and a version is named by that.
    """
    views = filter(None, (_VIEW.search(url) for url in urls if "view=" in url))
    split_any = partial(_segments, products={found["product"] for found in views if found["number"]})
    split = [(split_any(url), segments_of(url), url) for url in urls if "?" in url]
    chosen = {(urlsplit(url).netloc, *parts[-len(plain) :]) for parts, plain, url in split if parts != plain}
    split_url = split_any if len(chosen) >= _MIN_PAGES else segments_of
    hosts = {url.split("/", 3)[2] for url in urls}
    names = {re.escape(name) for host in hosts for name in _HOST_PARTS.split(host) if name}
    of_site = re.compile(rf"(?:{'|'.join(sorted(names))})[-_](?=v?\d+[._]\d)", re.IGNORECASE)
    if not any(map(of_site.search, urls)):
        return split_url
    return lambda url: [part[found.end() :] if (found := of_site.match(part)) else part for part in split_url(url)]


def _segments(url: str, products: Set[str]) -> list[str]:
    """The parts of a URL's path, below the version that its query chooses, and below that one's product of several."""
    product = []
    if products and (view := _VIEW.search(url)):
        product = [view["product"]] if len(products) > 1 else []
        url = _VIEW.sub(r"\g<before>version=\g<version>", url, count=1)
    first, *rest = segments_below(url, _PARAMETERS, _is_version)
    # A bare number is one where the parameter says no less; `ver` and `v` may count verses.
    is_said = first.isdigit() and f"version={first}" in url
    return [*product, f"v{first}" if is_said else first, *rest]


def _own(above: tuple[str, ...], start: list[str]) -> str:
    """The name of the folder in `above` that the start page is in, given as its segments; '' if it is in none."""
    return start[len(above)] if start[: len(above)] == list(above) and len(start) > len(above) + 1 else ""


def _is_sure_version(segment: str) -> bool:
    return _is_version(segment) and not segment.isdigit()


def _is_version(segment: str) -> bool:
    name = segment.lower()
    return name in _RELEASED or name in _UNRELEASED or _NUMBERED.fullmatch(name) is not None


def _proven(named: dict[str, Inner], rest: Inner) -> list[str]:
    """The names of the folders that are versions of one thing; once a numbered one is, all of these are."""
    # Bare numbers count and name many things; beside a name such as "current" they are versions.
    has_names = any(_NUMBERED.fullmatch(name.lower()) is None for name in named)
    able = [name for name in named if has_names or not name.isdigit()]
    alike: set[str] = set()
    for name in able:
        others = [named[other] for other in able if other != name] + [rest]
        if any(common_share(named[name], other) >= _MIN_SHARE for other in others):
            alike.add(name)
    is_numbered = any(_NUMBERED.fullmatch(name.lower()) for name in alike)
    return [name for name in able if name in alike or (is_numbered and _NUMBERED.fullmatch(name.lower()))]


def _newest(versions: Mapping[str, Inner]) -> str:
    """The name of the newest version that is a whole one: of the next one there may be no more than its first pages."""
    least = max(_MIN_PAGES, _MIN_SHARE_OF_LARGEST * max(map(len, versions.values())))
    whole = [name for name, inner in versions.items() if len(inner) >= least]
    return max(whole or versions, key=_rank)


def _rank(name: str) -> tuple[int, bool, tuple[int, ...], str]:
    lowered = name.lower()
    found = _NUMBERED.fullmatch(lowered)
    if found is None:
        return _RELEASED.get(lowered, 0), False, (), name
    numbers = tuple(map(int, re.split(r"[._]", found["numbers"])))
    return 1, not found["early"], numbers, name
