"""The order of the addresses of a level that may be one page: a page is called by the first that shows it.  Pure."""

from __future__ import annotations

from llmstxt_sched.crawler.identity.choosing_queries import chooses_page
from llmstxt_sched.domain import urls


def shortest_first(level: list[str]) -> list[str]:
    """The addresses of a level, a folder before its index files, and each path before itself with a query."""
    # Only few are looked at closely: a level may hold a hundred thousand addresses.
    named = [(place, url) for place, url in enumerate(level) if "/index" in url or "/default" in url]
    # Of several, the first counts.
    _swap(level, {folder: place for place, url in reversed(named) if (folder := urls.without_index(url)) != url})
    asked = [(place, *url.partition("?")) for place, url in enumerate(level) if "?" in url]
    _swap(level, {plain: place for place, plain, _, query in reversed(asked) if not chooses_page(query)})
    return level


def _swap(level: list[str], first: dict[str, int]) -> None:
    """Have each of the addresses `first` change places with what stands there, if that is before it."""
    for place, url in enumerate(level) if first else ():
        before = first.get(url, place)
        if before < place:
            level[before], level[place] = url, level[before]
