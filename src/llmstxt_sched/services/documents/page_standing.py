"""Decides what becomes of each page after a run: listed, carried over from before, or removed.  Pure functions.

A page is removed when the site says explicitly that it is gone or must not be listed, or when two runs that covered
the whole site did not come across it; never because of a timeout or a server error.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.documents.model import Contents, Extract, Page
from llmstxt_sched.domain.urls import markdown_path
from llmstxt_sched.store.pages import KnownPage, StagedPage

MAX_ABSENCES = 2
# Outcomes that do not tell whether the page still exists.
UNCERTAIN = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.TOO_LARGE,
        Outcome.RATE_LIMITED,
        Outcome.PROTOCOL_ERROR,
        Outcome.CONNECT_ERROR,
        Outcome.DNS_ERROR,
        Outcome.TLS_ERROR,
        Outcome.DECODE_ERROR,
        Outcome.UNSUPPORTED_ENCODING,
        Outcome.PARSE_ERROR,
    }
)
FIRST_SERVER_ERROR = 500


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


def decide_standings(known: Sequence[KnownPage], staged: Sequence[StagedPage], *, seen_all: bool) -> PageStandings:
    """Decide from the pages known before the run and those it staged.

    `seen_all` means that no limit kept the run from any address, so a page that it did not come across is absent.
    """
    before = {page.url: page for page in known}
    placed = [_seen(page, before.get(page.url)) for page in staged]
    met = {page.url for page in staged}
    gone = []
    for page in known:
        if page.url in met:
            continue
        kept = _unseen(page, seen_all=seen_all)
        if kept:
            placed.append(kept)
        else:
            gone.append(page.url)
    placed.sort(key=lambda each: (each.position, each.url))
    return PageStandings(tuple(placed), tuple(gone), tuple(_contents(staged)))


def _contents(staged: Sequence[StagedPage]) -> list[Contents]:
    files = (page for page in staged if page.outcome == Outcome.NOINDEX or _is_uncertain(page))
    return [page.extract.contents for page in files if page.extract and page.extract.contents]


def _seen(staged: StagedPage, before: KnownPage | None) -> PlacedPage:
    path = before.path if before else markdown_path(staged.url)
    page, absences = None, 0
    if staged.outcome in PAGES and staged.extract and staged.content_sha256:
        page = _page(staged, path, staged.extract, staged.content_sha256)
    elif before and before.is_listed and _is_uncertain(staged):
        page, absences = _carried(before), before.absences
    elif before and before.is_listed and _is_refused(staged):
        absences = before.absences + 1
        page = _carried(before) if absences < MAX_ABSENCES else None
    return PlacedPage(staged.url, staged.position, path, absences, page)


def _unseen(before: KnownPage, *, seen_all: bool) -> PlacedPage | None:
    absences = before.absences + seen_all
    if not before.is_listed or absences >= MAX_ABSENCES:
        return None
    return PlacedPage(before.url, before.position, before.path, absences, _carried(before))


def _is_uncertain(staged: StagedPage) -> bool:
    server_error = staged.outcome == Outcome.HTTP_ERROR and (staged.status_code or 0) >= FIRST_SERVER_ERROR
    return server_error or staged.outcome in UNCERTAIN


def _is_refused(staged: StagedPage) -> bool:
    """Whether the page was refused with a 401, 403 or the like: it may require a login today and be open tomorrow."""
    return staged.outcome == Outcome.HTTP_ERROR


def _carried(before: KnownPage) -> Page | None:
    if not before.extract or not before.content_sha256:
        return None
    return _page(before, before.path, before.extract, before.content_sha256)


def _page(row: StagedPage | KnownPage, path: str, extract: Extract, sha256: str) -> Page:
    return Page(row.url, path, extract, sha256, row.language or "", row.translations or ())
