"""Decides what each fetched address is: a page, a redirect, or a copy of another page.

The decision depends on the addresses fetched before, so results must arrive in crawl order; the same site then
leads to the same decisions in every run.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_plus

from msgspec.structs import replace

from llmstxt_sched.crawler.fetch_result import FetchResult
from llmstxt_sched.crawler.frontier.crawl_request import AddressState, CrawlRequest
from llmstxt_sched.crawler.frontier.frontier import MAX_REDIRECTS, Frontier
from llmstxt_sched.crawler.identity.copies import may_repeat, repeats
from llmstxt_sched.crawler.model import PAGES, Outcome, Visit
from llmstxt_sched.crawler.unread_pages import is_refused, is_uncertain
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.markdown_copies import pages_of
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.extraction.model import Content, ContentFacts

_IS_INDEX = re.compile(r"/(?:(?:index|default)\.\w{2,5})?$", re.IGNORECASE)
_NO_ROOM = "and the limit of pages leaves no room for both"
# First sentences by which the site on one page is known; two are enough.
_MAX_LEADS = 20


class _Held(NamedTuple):
    """A page that waits for the one that it names as canonical, or for what that leads to."""

    request: CrawlRequest
    visit: Visit
    canonical: Url
    sha256: str


class CanonicalResolver:
    """Resolves redirects, canonical links and duplicate pages.

    A page that names another address as its canonical one is held back until that address has been fetched.  If that
    address redirects, or names another one itself, what counts is where that leads to, if it shows the same: else all
    pages of a site could be the one to which it sends who asks for an old address.  If it is not a page, the first page
    is fetched again and its canonical link is ignored.

    A page of the documents that cannot be read for now stays in them, and counts as what it was: else its copies would
    stand beside it for one run.
    """

    def __init__(self, frontier: Frontier) -> None:
        self._frontier = frontier
        self._start: Extract | None = None
        self._leads: list[str] = []
        self._waiting: dict[str, list[_Held]] = {}
        # Where addresses redirect to, and what those that were held back name as canonical.
        self._moved: dict[str, Url] = {}
        self._named: dict[str, Url] = {}
        # The pages whose canonical link leads back to themselves by way of others.
        self._loops: set[str] = set()
        # The first page with each fingerprint.
        self._seen: dict[int, str] = {}
        # The pages without a query, by their address and text.
        self._plain: dict[int, str] = {}
        # The hash of what the index page of each folder shows.
        self._indexes: dict[str, str] = {}
        # The first page of those that redirects led to, by what they show.
        self._targets: dict[int, str] = {}

    def resolve(
        self, request: CrawlRequest, position: int, result: FetchResult
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        """Return the visits that are now final, and the requests to make next, ahead of all others."""
        visit = to_visit(request, position, result)
        if result.outcome is Outcome.REDIRECTED and result.target:
            self._moved[request.url.target] = result.target
            if request.url.target in self._waiting:
                return self._follow_canonical(visit, request, result.target)
            visit, follow_ups = self._resolve_redirect(visit, request, result.target)
            return self._conclude(request, visit, follow_ups)
        if result.stood:
            self._remember(request.url, result.stood)
            self._frontier.take_room(request)
            return self._conclude(request, visit, [], is_page=True)
        if visit.outcome not in PAGES or visit.content is None:
            return self._conclude(request, visit, [])
        canonical = self._other_canonical(request, visit.content)
        if canonical:
            named, page = canonical
            copy = replace(visit, outcome=Outcome.DUPLICATE, note=f"its canonical is {named}")
            held = _Held(request, copy, named, visit.content.sha256)
            if self._frontier.state(page) is AddressState.PAGE:
                if self._is_copy(held, page):
                    return self._conclude(request, copy, [])
                return self._conclude_page(request, visit, visit.content)
            target = self._frontier.register_successor(request, page)
            if target:
                return self._hold_back(held, page, [target])
            if self._frontier.state(page) is AddressState.QUEUED:
                # Without its content, for it may have to wait until the end, and many with it.
                return self._hold_back(held._replace(visit=replace(copy, content=None)), page, [])
        return self._conclude_page(request, visit, visit.content)

    def _conclude_page(
        self, request: CrawlRequest, visit: Visit, content: ContentFacts
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        if self._start is None:
            self._start = content.extract
        if request.via and isinstance(content, Content) and (first := self._same_target(request.url, content)):
            copy = replace(visit, outcome=Outcome.DUPLICATE, note=f"what {first} shows, to which others lead as well")
            return self._conclude(request, copy, [])
        if not self._frontier.has_room(request):
            note = f"its canonical is {content.canonical}, {_NO_ROOM}"
            return self._conclude(request, replace(visit, outcome=Outcome.DUPLICATE, note=note), [])
        visit = self._deduplicated(request.url, visit, content)
        if visit.outcome in PAGES:
            self._frontier.take_room(request)
        return self._conclude(request, visit, [])

    def unresolved(self) -> list[Visit]:
        """The visits still held back because the crawl never reached their canonical address."""
        return [held.visit for waiting in self._waiting.values() for held in waiting]

    def _resolve_redirect(self, visit: Visit, request: CrawlRequest, target: Url) -> tuple[Visit, list[CrawlRequest]]:
        if target == request.url or target in request.via:
            return replace(visit, outcome=Outcome.REDIRECT_LOOP), []
        if not self._frontier.scope.holds(target):
            return replace(visit, outcome=Outcome.OFFSITE), []
        if len(request.via) >= MAX_REDIRECTS:
            return replace(visit, outcome=Outcome.TOO_MANY_REDIRECTS), []
        follow_up = self._frontier.register_successor(request, target)
        return visit, [follow_up] if follow_up else []

    def _follow_canonical(
        self, visit: Visit, request: CrawlRequest, target: Url
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        """What becomes of the pages that name the address of `visit` as canonical, which redirects to `target`."""
        waiting = self._waiting.pop(request.url.target)
        self._frontier.set_state(request.url, AddressState.NO_PAGE)
        own = next((held for held in waiting if held.request.url == target), None)
        if own and own.visit.content:
            # It is the page's own address, in a spelling that the server does not use.
            outcome = Outcome.NOT_MODIFIED if own.visit.status_code == 304 else Outcome.OK
            self._waiting.setdefault(target.target, []).extend(held for held in waiting if held is not own)
            page = replace(own.visit, outcome=outcome, note="")
            visits, follow_ups = self._conclude_page(own.request, page, own.visit.content)
            return [visit, *visits], follow_ups
        visit, follow_ups = self._resolve_redirect(visit, request, target)
        is_of_site = visit.outcome is Outcome.REDIRECTED
        self._waiting.setdefault(target.target, []).extend(waiting)
        if follow_ups or (is_of_site and self._frontier.state(target) is AddressState.QUEUED):
            return [visit], follow_ups
        is_page = is_of_site and self._frontier.state(target) is AddressState.PAGE
        visits, retries = self._release(target, is_page=is_page)
        return [visit, *visits], retries

    def _other_canonical(self, request: CrawlRequest, content: ContentFacts) -> tuple[Url, Url] | None:
        """The canonical address that the page names and the one it leads to, if that is another of this site."""
        if not (content.canonical and request.believes_canonical):
            return None
        named = urls.try_parse(content.canonical)
        page = named and self._led_to(request.url, named)
        if named is None or page is None or page.target == request.url.target or not self._frontier.wants(page):
            return None
        return named, page

    def _led_to(self, url: Url, named: Url) -> Url:
        """Where the canonical address that the page at `url` names leads to."""
        page = named
        for _ in range(MAX_REDIRECTS):
            if page.target == url.target or self._frontier.state(page) is not AddressState.NO_PAGE:
                break
            after = self._moved.get(page.target)
            if after is None and (after := self._named.get(page.target)) and after.target == url.target:
                self._loops.add(url.target)
            if after is None:
                break
            page = after
        return page

    def _same_target(self, url: Url, content: Content) -> str | None:
        """An earlier target of redirects that differs only in its query, and shows the same.

        A login tells in its query where it was asked for, and would be as many pages as it keeps closed.
        """
        first = self._targets.setdefault(_without_query(url, content), str(url))
        return None if first == str(url) else first

    def _deduplicated(self, url: Url, visit: Visit, content: ContentFacts) -> Visit:
        """Mark `visit` as a duplicate if another spelling of its address had the same content, or if it repeats others.

        The same content at a different address counts as a page of its own, unless it is that of its folder's index, as
        mdBook's first chapter or a wiki's "?id=start", and says nothing of a canonical address.
        """
        fingerprints = _fingerprints(url, content)
        text = hash((url.path, content.sha256))
        folder = f"{url.path.rpartition('/')[0]}/"
        index = self._indexes.get(f"{folder}?{url.query}") or self._indexes.get(f"{folder}?")
        first = next((self._seen[key] for key in fingerprints if key in self._seen), None)
        page = next((page for page in pages_of(url) if self._frontier.state(page) is AddressState.PAGE), None)
        if first:
            note = f"another spelling of {first}"
        elif url.query and text in self._plain:
            note = f"what {self._plain[text]} shows"
        elif index and index == _shown(content) and not content.canonical:
            note = f"what the index of its folder, {folder}, shows"
        elif page:
            note = f"the copy of {page} in Markdown"
        else:
            note = repeats(url, content, self._start, self._leads) if isinstance(content, Content) else ""
        if note:
            return replace(visit, outcome=Outcome.DUPLICATE, note=note)
        self._remember(url, content)
        if content.extract.lead and len(self._leads) < _MAX_LEADS:
            self._leads.append(content.extract.lead)
        return visit

    def _remember(self, url: Url, content: ContentFacts) -> None:
        """Have what shows the same as this page count as a copy of it from now on."""
        for fingerprint in _fingerprints(url, content):
            self._seen[fingerprint] = str(url)
        if not url.query:
            self._plain[hash((url.path, content.sha256))] = str(url)
        if _IS_INDEX.search(url.path):
            folder = f"{url.path.rpartition('/')[0]}/"
            self._indexes.setdefault(f"{folder}?{url.query}", _shown(content))

    def _hold_back(
        self, held: _Held, page: Url, follow_ups: list[CrawlRequest]
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        url = held.request.url
        # Pages that wait for this address wait for the next one as well.
        self._waiting.setdefault(page.target, []).extend([*self._waiting.pop(url.target, []), held])
        self._named[url.target] = page
        self._frontier.set_state(url, AddressState.NO_PAGE)
        return [], follow_ups

    def _conclude(
        self, request: CrawlRequest, visit: Visit, follow_ups: list[CrawlRequest], *, is_page: bool = False
    ) -> tuple[list[Visit], list[CrawlRequest]]:
        url, is_page = request.url, is_page or visit.outcome in PAGES
        # A follow-up that differs only in the scheme or in www. shares this address's state and is still to be
        # fetched.
        if not any(follow_up.url.target == url.target for follow_up in follow_ups):
            self._frontier.set_state(url, AddressState.PAGE if is_page else AddressState.NO_PAGE)
        # Pages that wait for what it was to be need its place, as it does if it can be read tomorrow.
        may_be_page = is_uncertain(visit.outcome, visit.status_code) or is_refused(visit.outcome)
        if not (is_page or follow_ups or url.target in self._waiting or may_be_page):
            self._frontier.give_room(request)
        visits, retries = self._release(url, is_page=is_page)
        return [visit, *visits], [*follow_ups, *retries]

    def _release(self, url: Url, *, is_page: bool) -> tuple[list[Visit], list[CrawlRequest]]:
        copies, retries = list[Visit](), list[CrawlRequest]()
        for held in self._waiting.pop(url.target, []):
            if is_page and self._is_copy(held, url):
                copies.append(held.visit)
                self._frontier.give_room(held.request)
            elif not self._frontier.has_room(held.request):
                copies.append(replace(held.visit, note=f"{held.visit.note}, {_NO_ROOM}"))
            else:
                retry = replace(held.request, position=held.visit.position, believes_canonical=False)
                retries.append(retry)
        return copies, retries

    def _is_copy(self, held: _Held, page: Url) -> bool:
        """Whether a page is a copy of `page`: it names it, or something that leads to it and it shows the same.

        What leads into a loop does not say which of its pages is meant.
        """
        if held.canonical.target == page.target:
            return True
        return page.target not in self._loops and _text_key(page, held.sha256) in self._seen


def takes_text(request: CrawlRequest) -> bool:
    """Whether `CanonicalResolver.resolve` needs the page's text as well."""
    return bool(request.via) or may_repeat(request.url)


def _text_key(url: Url, sha256: str) -> int:
    return hash((urls.variant(url), sha256))


def _fingerprints(url: Url, content: ContentFacts) -> tuple[int, int]:
    """Keys of which two spellings of a page's address share one.

    The text is not always the same: links to the page itself are spelt as its address.
    """
    variant, extract = urls.variant(url), content.extract
    shape = (extract.title, extract.h1, extract.first_heading, extract.lead, content.lines)
    return _text_key(url, content.sha256), hash((variant, shape))


def _shown(content: ContentFacts) -> str:
    return content.shown or content.sha256


def _without_query(url: Url, content: Content) -> int:
    """A key of what the page at `url` shows, in which its query, which it may pass on or repeat, does not count."""
    title, text = content.extract.title, content.markdown.replace("\\", "")
    for told in _told_by(url.query):
        title, text = title.replace(told, ""), text.replace(told, "")
    return hash((url.path, title, text))


def _told_by(query: str) -> list[str]:
    """What a page may repeat of its `query`: all of it, and the addresses that it names.

    Not a number or a word in it, which may be that of what the page shows.
    """
    values = (unquote_plus(pair.partition("=")[2]) for pair in query.split("&"))
    addresses = [value for value in values if value.startswith(("/", "http:", "https:")) and value.strip("/")]
    return [query, *addresses] if query else []


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
