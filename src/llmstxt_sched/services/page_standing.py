"""How each page stands after a run: listed, carried over, or gone.  Pure.

A page goes after an explicit answer that it is not there or not meant to be listed, or when two runs that
saw the whole site did not meet it; never because of a time-out or an error of the server.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.documents.model import Page
from llmstxt_sched.domain.urls import markdown_path
from llmstxt_sched.store.pages import KnownPage, StagedPage

MAX_ABSENCES = 2
# The answer says nothing of whether the page is there.
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
    """One page after a run; `page` is there where it stands in the documents."""

    url: str
    position: int
    path: str
    absences: int
    page: Page | None


class PageStandings(Struct, frozen=True):
    """Every page in the documents' order, and the addresses of those to forget."""

    placed: tuple[PlacedPage, ...]
    gone: tuple[str, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are listed."""
        return tuple(placed.page for placed in self.placed if placed.page)


def decide_standings(known: Sequence[KnownPage], staged: Sequence[StagedPage], *, seen_all: bool) -> PageStandings:
    """What a run leaves, from what was known and what it staged.

    `seen_all` tells that no limit kept the run from any address, so that a page it did not meet is absent.
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
    return PageStandings(tuple(placed), tuple(gone))


def _seen(staged: StagedPage, before: KnownPage | None) -> PlacedPage:
    path = before.path if before else markdown_path(staged.url)
    page, absences = None, 0
    if staged.outcome in PAGES and staged.extract and staged.content_sha256:
        page = Page(staged.url, path, staged.extract, staged.content_sha256)
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
    """A 401, a 403 and their like: a page behind a login today may be open again tomorrow."""
    return staged.outcome == Outcome.HTTP_ERROR


def _carried(before: KnownPage) -> Page | None:
    if not before.extract or not before.content_sha256:
        return None
    return Page(before.url, before.path, before.extract, before.content_sha256)
