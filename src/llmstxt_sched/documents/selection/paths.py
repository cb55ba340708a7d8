"""Folders in the addresses of a site's pages."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common
from llmstxt_sched.domain.urls import path_and_query

# Deeper folders are no languages or versions of a site.
MAX_DEPTH = 5
# No site has more of them side by side, and each is compared with each.
_MAX_FOLDERS = 200
INDEX_FILES = ("", "index.html", "index.htm")

# The parameters by which a query chooses a language.
_OF_LANGUAGE = frozenset(["lang", "language", "locale", "hl", "lng", "uselang", "setlang"])

# The pages of a folder: their URLs by their path in it.
Inner = dict[str, str]


def segments_of(url: str) -> list[str]:
    """The parts of a URL's path; the last is '' if it ends with a slash, and holds the query if there is one."""
    path, query = path_and_query(url)
    parts = path.split("/")[1:]
    return [*parts[:-1], f"{parts[-1]}?{query}"] if query else parts


def segments_below_language(url: str) -> list[str]:
    """The parts of a URL's path, below the language that its query chooses, as if that were the outermost folder."""
    return segments_below(url, _OF_LANGUAGE, _is_language)


def segments_below(url: str, names: Container[str], is_wanted: Callable[[str], bool]) -> list[str]:
    """The parts of a URL's path, below the value of the query's parameter of these names, if one is wanted."""
    address, _, query = url.partition("?")
    pairs = query.split("&") if query else []
    chosen = [pair for pair in pairs if _name(pair) in names and is_wanted(pair.partition("=")[2])]
    if len(chosen) != 1:
        return segments_of(url)
    rest = "&".join(pair for pair in pairs if pair != chosen[0])
    return [chosen[0].partition("=")[2], *segments_of(f"{address}?{rest}")]


def _name(pair: str) -> str:
    return pair.partition("=")[0].casefold()


def _is_language(value: str) -> bool:
    return has_form_of_tag(value) and is_common(value)


def folders_below(
    urls: Iterable[str], is_wanted: Callable[[str], bool], split_url: Callable[[str], list[str]] = segments_of
) -> dict[tuple[str, ...], tuple[dict[str, Inner], Inner]]:
    """The folders whose names are wanted, by the folder around them, each with its pages; and the pages beside them."""
    split = {url: split_url(url) for url in urls}
    found: dict[tuple[str, ...], tuple[dict[str, Inner], Inner]] = {}
    for url, parts in split.items():
        for at, name in enumerate(parts[:-1][:MAX_DEPTH]):
            if is_wanted(name):
                named, _ = found.setdefault(tuple(parts[:at]), ({}, {}))
                named.setdefault(name, {})["/".join(parts[at + 1 :])] = url
    for url, parts in split.items():
        for at in range(min(len(parts), MAX_DEPTH)):
            around = found.get(tuple(parts[:at]))
            if around is not None and parts[at] not in around[0]:
                around[1]["/".join(parts[at:])] = url
    return {above: around for above, around in found.items() if len(around[0]) <= _MAX_FOLDERS}


def common_share(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """The share of the smaller folder's pages that the other has as well, from 0 to 1; 0 if that is only the index."""
    common = [path for path in one if path in other]
    if all(path in INDEX_FILES for path in common):
        return 0.0
    return len(common) / min(len(one), len(other))
