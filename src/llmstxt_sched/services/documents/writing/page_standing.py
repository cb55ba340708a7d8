"""Decides what becomes of each page after a run: listed, carried over from before, or removed.  Pure functions.

A page is removed when the site says explicitly that it is gone or must not be listed, when the project's options,
robots.txt or `max_pages` shut it out, when it was refused or held nothing to read in two runs, or when two runs that
covered the whole site found nothing that leads to it; never because of a timeout or a server error, its own or, for
LATELY_DAYS, that of a page that may lead to it, nor because a run had no time for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from msgspec import Struct

from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.crawler.unread_pages import is_refused, is_uncertain
from llmstxt_sched.documents.model import Contents, Extract, Page
from llmstxt_sched.domain.urls import markdown_path
from llmstxt_sched.store.documents.pages import KnownPage, StagedPage

MAX_ABSENCES = 2
# As long as a page could be read in these days, what only it leads to is not given up for its failures.
LATELY_DAYS = 30


class PlacedPage(Struct, frozen=True):
    """One page after a run; `page` is None if it is not listed in the documents."""

    url: str
    position: int
    path: str
    absences: int
    page: Page | None


class PageStandings(Struct, frozen=True):
    """All pages in the order of the documents, and the addresses of those to delete.

    `contents` are the tables of contents in files that are no pages of the documents themselves.
    """

    placed: tuple[PlacedPage, ...]
    gone: tuple[str, ...]
    contents: tuple[Contents, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are listed."""
        return tuple(placed.page for placed in self.placed if placed.page)


class _Sight(Struct, frozen=True):
    """What the run tells of addresses; the other fields are the arguments of `decide_standings`.

    `keeps_order`: not all that leads to pages was read, and the run began where the one before did; then `new_from` is
    what the positions of new pages begin with.
    """

    seen_all: bool
    keeps_order: bool
    new_from: int
    unlinked: Set[str]
    decided: Set[str]
    outdated: Set[str]

    def is_absent(self, url: str) -> bool:
        """Whether the run covered the whole site, and nothing led to this known address."""
        return self.seen_all and url in self.unlinked


def decide_standings(
    known: Sequence[KnownPage],
    staged: Sequence[StagedPage],
    *,
    seen_all: bool,
    unlinked: Set[str] = frozenset(),
    decided: Set[str] = frozenset(),
    outdated: Set[str] = frozenset(),
    in_order: bool = True,
    had_time: bool = True,
    start_url: str = "",
) -> PageStandings:
    """Decide from the pages known before the run and those it staged.

    `seen_all` means that no limit kept the run from any address, so a page that it did not come across is absent,
    unless a page that may lead to it could not be read.
    `unlinked` and `decided` are those of the crawl's report; `outdated` are the pages whose stored content was read
    with other selectors than the project's present ones, and is not carried over.  Unless it was `in_order`, the run
    had no time for all, or could not read a sitemap.  Unless it `had_time`, it asked for what is new before pages that
    are known, and so does not tell the order of both.  `start_url` is the page at which it began.
    """
    before = {page.url: page for page in known}
    has_gaps = any(_is_gap(page, before.get(page.url)) for page in staged if page.url not in unlinked)
    has_new = any(page.url not in before for page in staged)
    is_open = not had_time or ((has_gaps or not in_order) and not has_new)
    keeps_order = is_open and not _begins_elsewhere(staged, before, start_url)
    new_from = max((page.position + 1 for page in known), default=0) if keeps_order else 0
    sight = _Sight(seen_all and not has_gaps, keeps_order, new_from, unlinked, decided, outdated)
    gone = [url for url, page in before.items() if sight.is_absent(url) and page.absences + 1 >= MAX_ABSENCES]
    forgotten = set(gone)
    placed = [_seen(page, before.get(page.url), sight) for page in staged if page.url not in forgotten]
    met = {page.url for page in staged}
    for page in known:
        if page.url in met or page.url in forgotten:
            continue
        kept = _unseen(page, sight)
        if kept:
            placed.append(kept)
        else:
            gone.append(page.url)
    placed.sort(key=lambda each: (each.position, each.url))
    return PageStandings(tuple(placed), tuple(gone), tuple(_contents(staged)))


def _contents(staged: Sequence[StagedPage]) -> list[Contents]:
    files = (page for page in staged if page.outcome == Outcome.NOINDEX or _is_uncertain(page))
    return [page.extract.contents for page in files if page.extract and page.extract.contents]


def _seen(staged: StagedPage, before: KnownPage | None, sight: _Sight) -> PlacedPage:
    path = before.path if before else markdown_path(staged.url)
    page, absences = None, 0
    if before and before.url in sight.unlinked:
        absences = before.absences + sight.is_absent(before.url)
    if staged.outcome in PAGES and staged.extract and staged.content_sha256:
        page = _page(staged, path, staged.extract, staged.content_sha256)
    elif before and before.is_listed and _is_uncertain(staged):
        page, absences = _carried(before, sight), before.absences + sight.is_absent(before.url)
    elif before and before.is_listed and is_refused(staged.outcome):
        absences = before.absences + 1
        page = _carried(before, sight) if absences < MAX_ABSENCES else None
    # Where nothing leads to it any more, or what does could not be read, it was visited out of turn: its place
    # in the documents is the one that it had.
    if before and (sight.keeps_order or before.url in sight.unlinked):
        position = before.position
    else:
        position = sight.new_from + staged.position
    return PlacedPage(staged.url, position, path, absences, page)


def _begins_elsewhere(staged: Sequence[StagedPage], before: Mapping[str, KnownPage], start_url: str) -> bool:
    """Whether the start page is not the one that it was: another one has another order."""
    start = next((page for page in staged if page.url == start_url), None)
    return start is not None and start_url in before and before[start_url].position != start.position


def _is_gap(staged: StagedPage, before: KnownPage | None) -> bool:
    """Whether the page was read lately and could not be by this run, so that what it leads to now is not known.

    A refusal counts the first time; at the second the page goes, and its links with it.
    """
    if before is None or before.extract is None or not before.was_read_lately:
        return False
    is_first = before.is_listed and before.absences + 1 < MAX_ABSENCES
    return _is_uncertain(staged) or (is_first and is_refused(staged.outcome))


def _unseen(before: KnownPage, sight: _Sight) -> PlacedPage | None:
    absences = before.absences + sight.seen_all
    carried = _carried(before, sight)
    if not before.is_listed or not carried or absences >= MAX_ABSENCES or before.url in sight.decided:
        return None
    return PlacedPage(before.url, before.position, before.path, absences, carried)


def _is_uncertain(staged: StagedPage) -> bool:
    return is_uncertain(staged.outcome, staged.status_code)


def _carried(before: KnownPage, sight: _Sight) -> Page | None:
    if not before.extract or not before.content_sha256 or before.url in sight.outdated:
        return None
    return _page(before, before.path, before.extract, before.content_sha256)


def _page(row: StagedPage | KnownPage, path: str, extract: Extract, sha256: str) -> Page:
    return Page(row.url, path, extract, sha256, row.language or "", row.translations or ())
