"""Decides what each fetched address is: a page, a redirect, or a copy of another page.

The decision depends on the addresses fetched before, so results must arrive in crawl order; the same site then
leads to the same decisions in every run.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from llmstxt_sched.crawler.fetch_result import FetchResult
from llmstxt_sched.crawler.frontier import MAX_REDIRECTS, AddressState, CrawlRequest, Frontier
from llmstxt_sched.crawler.identity.copies import repeats
from llmstxt_sched.crawler.model import PAGES, Outcome, Visit
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.markdown_copies import pages_of
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.extraction.model import Content

_IS_INDEX = re.compile(r"/(?:(?:index|default)\.\w{2,5})?$", re.IGNORECASE)
# First sentences by which the site on one page is known; two are enough.
_MAX_LEADS = 20


class CanonicalResolver:
    """Resolves redirects, canonical links and duplicate pages.

    A page that names another address as its canonical one is held back until that address has been fetched.  If
    that address is not a page, or itself names another one, the first page is fetched again and its canonical
    link is ignored.
    """

    def __init__(self, frontier: Frontier) -> None:
        self._frontier = frontier
        self._start: Extract | None = None
        self._leads: list[str] = []
        self._waiting: dict[str, list[tuple[CrawlRequest, Visit]]] = {}
        # By fingerprint, the first page that had it.
        self._seen: dict[int, str] = {}
        # By folder, how many lines its index page has, and what it shows.
        self._indexes: dict[str, tuple[int, int]] = {}
        # By what they show, the first of those that redirects led to.
        self._targets: dict[int, str] = {}

    def resolve(
        self, request: CrawlRequest, position: int, result: FetchResult
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        """Return the visits that are now final, and the requests to make next, ahead of all others."""
        visit = to_visit(request, position, result)
        if result.outcome is Outcome.REDIRECTED and result.target:
            visit, follow_ups = self._resolve_redirect(visit, request, result.target)
            return self._conclude(request.url, visit, follow_ups)
        if visit.outcome not in PAGES or visit.content is None:
            return self._conclude(request.url, visit, [])
        canonical = self._other_canonical(request, visit.content)
        if canonical:
            copy = replace(visit, outcome=Outcome.DUPLICATE, note=f"its canonical is {canonical}")
            if self._frontier.state(canonical) is AddressState.PAGE:
                return self._conclude(request.url, copy, [])
            target = self._frontier.register_successor(request, canonical)
            if target:
                return self._hold_back(request, canonical, copy, [target])
            if self._frontier.state(canonical) is AddressState.QUEUED:
                # Without its content, for it may have to wait until the end, and many with it.
                return self._hold_back(request, canonical, replace(copy, content=None), [])
        if self._start is None:
            self._start = visit.content.extract
        if request.via and (first := self._same_target(request.url, visit.content)):
            copy = replace(visit, outcome=Outcome.DUPLICATE, note=f"what {first} shows, to which others lead as well")
            return self._conclude(request.url, copy, [])
        return self._conclude(request.url, self._deduplicated(request.url, visit, visit.content), [])

    def unresolved(self) -> list[Visit]:
        """The visits still held back because the crawl never reached their canonical address."""
        return [visit for waiting in self._waiting.values() for _, visit in waiting]

    def _resolve_redirect(self, visit: Visit, request: CrawlRequest, target: Url) -> tuple[Visit, list[CrawlRequest]]:
        if target == request.url or target in request.via:
            return replace(visit, outcome=Outcome.REDIRECT_LOOP), []
        if not self._frontier.scope.holds(target):
            return replace(visit, outcome=Outcome.OFFSITE), []
        if len(request.via) >= MAX_REDIRECTS:
            return replace(visit, outcome=Outcome.TOO_MANY_REDIRECTS), []
        follow_up = self._frontier.register_successor(request, target)
        return visit, [follow_up] if follow_up else []

    def _other_canonical(self, request: CrawlRequest, content: Content) -> Url | None:
        """The canonical address that the page names, if it is another address of this site."""
        if not (content.canonical and request.believes_canonical):
            return None
        canonical = urls.try_parse(content.canonical)
        if canonical is None or canonical.target == request.url.target or not self._frontier.wants(canonical):
            return None
        return canonical

    def _same_target(self, url: Url, content: Content) -> str | None:
        """An earlier target of redirects that differs only in its query, and shows the same.

        A login tells in its query where it was asked for, and would be as many pages as it keeps closed.
        """
        first = self._targets.setdefault(_without_query(url, content), str(url))
        return None if first == str(url) else first

    def _deduplicated(self, url: Url, visit: Visit, content: Content) -> Visit:
        """Mark `visit` as a duplicate if another spelling of its address had the same content, or if it repeats others.

        The same content at a different address counts as a page of its own, unless it is that of its folder's index, as
        mdBook's first chapter, and says nothing of a canonical address.
        """
        lines = content.markdown.count("\n")
        fingerprints = _fingerprints(url, content, lines)
        folder = f"{url.path.rpartition('/')[0]}/?{url.query}"
        index = self._indexes.get(folder)
        first = next((self._seen[key] for key in fingerprints if key in self._seen), None)
        page = next((page for page in pages_of(url) if self._frontier.state(page) is AddressState.PAGE), None)
        if first:
            note = f"another spelling of {first}"
        elif index and index[0] == lines and index[1] == _shown(url, content) and not content.canonical:
            note = f"what the index of its folder, {folder.removesuffix('?')}, shows"
        elif page:
            note = f"the copy of {page} in Markdown"
        else:
            note = repeats(url, content, self._start, self._leads)
        if note:
            return replace(visit, outcome=Outcome.DUPLICATE, note=note)
        self._seen.update(dict.fromkeys(fingerprints, str(url)))
        if _IS_INDEX.search(url.path):
            self._indexes.setdefault(folder, (lines, _shown(url, content)))
        if content.extract.lead and len(self._leads) < _MAX_LEADS:
            self._leads.append(content.extract.lead)
        return visit

    def _hold_back(
        self, request: CrawlRequest, canonical: Url, copy: Visit, follow_ups: list[CrawlRequest]
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        self._waiting.setdefault(canonical.target, []).append((request, copy))
        self._frontier.set_state(request.url, AddressState.NO_PAGE)
        visits, retries = self._release(request.url, is_page=False)
        return visits, [*follow_ups, *retries]

    def _conclude(
        self, url: Url, visit: Visit, follow_ups: list[CrawlRequest]
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        is_page = visit.outcome in PAGES
        # A follow-up that differs only in the scheme or in www. shares this address's state and is still to be
        # fetched.
        if not any(follow_up.url.target == url.target for follow_up in follow_ups):
            self._frontier.set_state(url, AddressState.PAGE if is_page else AddressState.NO_PAGE)
        visits, retries = self._release(url, is_page=is_page)
        return [visit, *visits], [*follow_ups, *retries]

    def _release(self, url: Url, *, is_page: bool) -> tuple[list[Visit], list[CrawlRequest]]:
        waiting = self._waiting.pop(url.target, [])
        if is_page:
            return [visit for _, visit in waiting], []
        return [], [replace(request, position=visit.position, believes_canonical=False) for request, visit in waiting]


def _fingerprints(url: Url, content: Content, lines: int) -> tuple[int, int]:
    """Keys of which two spellings of a page's address share one; its text has so many lines.

    The text is not always the same: links to the page itself are spelt as its address.
    """
    variant, extract = urls.variant(url), content.extract
    shape = (extract.title, extract.h1, extract.first_heading, extract.lead, lines)
    return hash((variant, content.sha256)), hash((variant, shape))


def _shown(url: Url, content: Content) -> int:
    """A key of what the page shows, whose links to places in itself are to its own address."""
    return hash(content.markdown.replace(f"({url}#", "(#"))


def _without_query(url: Url, content: Content) -> int:
    """A key of what the page at `url` shows, in which its query, which its links may pass on, does not count."""
    text = content.markdown.replace(url.query, "") if url.query else content.markdown
    return hash((url.path, content.extract.title, text))


def to_visit(request: CrawlRequest, position: int, result: FetchResult) -> Visit:
    """Convert `result` to the visit of its address, regardless of any other address."""
    return Visit(
        url=str(request.url),
        position=position,
        depth=request.depth,
        outcome=result.outcome,
        status_code=result.status,
        note=result.note,
        etag=result.etag,
        last_modified=result.last_modified,
        content=result.content,
        wire_bytes=result.wire_bytes,
    )
