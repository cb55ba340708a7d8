"""What an answer makes of its address, seen with all that came before it: in order, and so the same in every run."""

from __future__ import annotations

from msgspec.structs import replace

from llmstxt_sched.crawler.frontier import MAX_REDIRECTS, AddressState, CrawlRequest, Frontier
from llmstxt_sched.crawler.model import PAGES, Outcome, Visit
from llmstxt_sched.crawler.visit import FetchResult
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.extraction.model import Content


class CanonicalResolver:
    """Decides on redirects, canonical links and copies.

    A page that calls another one canonical is held back until that one has answered: where it turns out
    to be no page, or to point elsewhere itself, the first is asked for again and taken at its own word.
    """

    def __init__(self, frontier: Frontier) -> None:
        self._frontier = frontier
        self._held: dict[str, list[tuple[CrawlRequest, Visit]]] = {}
        self._copies: set[int] = set()

    def resolve(
        self, address: CrawlRequest, position: int, answer: FetchResult
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        """The visits that are now certain, and the addresses to ask for next, before all others."""
        visit = visit_of(address, position, answer)
        if answer.outcome is Outcome.REDIRECTED and answer.target:
            visit, ahead = self._redirected(visit, address, answer.target)
            return self._decided(address.url, visit, ahead)
        if visit.outcome not in PAGES or visit.content is None:
            return self._decided(address.url, visit, [])
        canonical = self._canonical(address, visit.content)
        if canonical:
            copy = replace(visit, outcome=Outcome.DUPLICATE, content=None, note=f"its canonical is {canonical}")
            if self._frontier.state(canonical) is AddressState.PAGE:
                return self._decided(address.url, copy, [])
            target = self._frontier.take_over(address, canonical)
            if target or self._frontier.state(canonical) is AddressState.QUEUED:
                return self._hold(address, canonical, copy, [target] if target else [])
        return self._decided(address.url, self._unless_copied(address.url, visit), [])

    def leftovers(self) -> list[Visit]:
        """What still waits for a canonical address that the crawl did not come to."""
        return [visit for held in self._held.values() for _, visit in held]

    def _redirected(self, visit: Visit, address: CrawlRequest, target: Url) -> tuple[Visit, list[CrawlRequest]]:
        if target in (address.url, *address.via):
            return replace(visit, outcome=Outcome.REDIRECT_LOOP), []
        if not self._frontier.scope.holds(target):
            return replace(visit, outcome=Outcome.OFFSITE), []
        if len(address.via) >= MAX_REDIRECTS:
            return replace(visit, outcome=Outcome.TOO_MANY_REDIRECTS), []
        follow = self._frontier.take_over(address, target)
        return visit, [follow] if follow else []

    def _canonical(self, address: CrawlRequest, content: Content) -> Url | None:
        """The other address of this site that the page names as its own."""
        if not (content.canonical and address.believes_canonical):
            return None
        canonical = urls.try_parse(content.canonical)
        if canonical is None or canonical.target == address.url.target or not self._frontier.wants(canonical):
            return None
        return canonical

    def _unless_copied(self, url: Url, visit: Visit) -> Visit:
        """The same text at another spelling of one address is one page; at another address it is two."""
        mark = hash((urls.variant(url), visit.content.sha256 if visit.content else ""))
        if mark in self._copies:
            return replace(visit, outcome=Outcome.DUPLICATE, content=None, note="another spelling of a page's address")
        self._copies.add(mark)
        return visit

    def _hold(
        self, address: CrawlRequest, canonical: Url, copy: Visit, ahead: list[CrawlRequest]
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        self._held.setdefault(canonical.target, []).append((address, copy))
        self._frontier.mark(address.url, AddressState.NO_PAGE)
        visits, again = self._released(address.url, is_page=False)
        return visits, [*ahead, *again]

    def _decided(self, url: Url, visit: Visit, ahead: list[CrawlRequest]) -> tuple[list[Visit], list[CrawlRequest]]:
        is_page = visit.outcome in PAGES
        # Its twin of another scheme or with www. shares its state, and is yet to be asked.
        if not any(next_up.url.target == url.target for next_up in ahead):
            self._frontier.mark(url, AddressState.PAGE if is_page else AddressState.NO_PAGE)
        visits, again = self._released(url, is_page=is_page)
        return [visit, *visits], [*ahead, *again]

    def _released(self, url: Url, *, is_page: bool) -> tuple[list[Visit], list[CrawlRequest]]:
        held = self._held.pop(url.target, [])
        if is_page:
            return [visit for _, visit in held], []
        return [], [replace(address, position=visit.position, believes_canonical=False) for address, visit in held]


def visit_of(address: CrawlRequest, position: int, answer: FetchResult) -> Visit:
    """The visit that `answer` makes of `address`, before anything else is known."""
    return Visit(
        url=str(address.url),
        position=position,
        depth=address.depth,
        outcome=answer.outcome,
        status_code=answer.status,
        note=answer.note,
        etag=answer.etag,
        last_modified=answer.last_modified,
        content=answer.content,
    )
