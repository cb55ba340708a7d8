"""Decides which addresses are fetched, and in which order.  Pure: no I/O.

The crawl is breadth first: the next level is what the pages of this level link to, in the order of the pages and of
their links.  The visits are therefore the same for any number of connections and any order of responses.  Older
versions of a manual, listings of sources and what is named as a picture or an archive come after all else, and what an
index of names links to after what the pages beside it do: they would take the room of what is read first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from llmstxt_sched.crawler.frontier.crawl_request import AddressState, CrawlRequest
from llmstxt_sched.crawler.frontier.level_order import shortest_first
from llmstxt_sched.crawler.frontier.traps import trap_of
from llmstxt_sched.crawler.identity.choosing_queries import chooses_page
from llmstxt_sched.crawler.identity.copies import is_source, printed_page
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.documents.selection.editions.versions import SeenVersions, may_have_version
from llmstxt_sched.documents.selection.generated_pages import lists_code, lists_names
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.address_globs import AddressChoice
from llmstxt_sched.domain.markdown_copies import pages_of
from llmstxt_sched.domain.urls import Scope, Url
from llmstxt_sched.extraction.links import MAX_LINKS, is_script_menu

MAX_QUERIES = 20
MAX_REDIRECTS = 5
# Scripts with a menu of the site: one for each of its manuals.
MAX_MENUS = 20
# As many places as there may be pages, or at least so many, go from addresses that are no pages to others: to go on for
# as long as there are places would ask a site of dead links for all of them.
_LEAST_TO_GIVE = 100
# What of a page's links is added within milliseconds: their characters, and how often they are searched for a part of a
# glob or of a rule of robots.txt.
_QUICK_CHARACTERS = 25_000
_QUICK_SEARCHES = 20_000
# Characters times parts, where each part is looked for in all of an address.
_QUICK_COMPARED = 2_000_000
# So much of an address that is too long is shown.
_SHOWN_CHARACTERS = 200
# Names of files that are hardly ever a page, though a page about such a file may have one.
_OTHER_FILES = re.compile(
    r"\.(?:svgz?|png|jpe?g|gif|webp|avif|bmp|ico|tiff?|mp[34]|webm|mov|avi|og[gv]|wav|flac|zip|t?gz|bz2|xz|7z|rar|jar|war|"
    r"whl|exe|dmg|msi|deb|rpm|iso|woff2?|ttf|otf|eot|pdf|epub|mobi|docx?|xlsx?|pptx?)$",
    re.IGNORECASE,
)


class Frontier:
    """Collects the addresses found, returns them level by level, and records each limit that excluded one.

    `limits_hit` holds for each limit the first address that it left out, or the page that it cut short.  What
    `is_forbidden` by robots.txt takes no room from pages, for nobody asks for it.  To tell that of an address, `rules`
    texts are looked for in it at most.

    Only a hash of each address seen is kept: with 100,000 pages the texts would dominate the crawl's memory.
    """

    def __init__(
        self, scope: Scope, limits: Limits, is_forbidden: Callable[[Url], bool] = lambda _: False, rules: int = 0
    ) -> None:
        self.scope = scope
        self.limits_hit: dict[str, str] = {}
        self.found = 0
        self._limits = limits
        self._choice = AddressChoice(limits.include, limits.exclude)
        self._is_forbidden = is_forbidden
        self._forbidden: set[int] = set()
        self._parts = self._choice.parts + rules
        self._left_out: set[int] = set()
        self._left_out_folders: tuple[str, ...] = ()
        self._states: dict[int, AddressState] = {}
        self._queries: Counter[int] = Counter()
        self._menus: set[int] = set()
        self._accepted = 1  # the start page
        # The addresses whose place in `max_pages` went to a page that they led to, or to others, since they are none.
        self._given: set[int] = set()
        self._places_to_give = max(limits.max_pages, _LEAST_TO_GIVE)
        # The addresses for which there was no room yet, by their keys, with their depths.
        self._spare: dict[int, tuple[str, int]] = {}
        # The first address for which there is no room at all.
        self._refused = ""
        self._next: list[str] = []
        # Indexes of names, at the end of the next level.
        self._indexes: list[str] = []
        self._next_depth = 0
        self._versions = SeenVersions() if limits.versions == "newest" else None
        # The addresses that come last, by their keys, with their depths.
        self._put_off: dict[int, tuple[str, int]] = {}
        # The links of the page before that change nothing if they are added again.
        self._settled: set[str] = set()

    @property
    def unmatched_globs(self) -> tuple[str, ...]:
        """The include and exclude patterns that matched no address."""
        return self._choice.unmatched

    def is_quick(self, links: Sequence[str]) -> bool:
        """Whether `add_links` takes a few milliseconds for `links`: else it belongs into a thread."""
        characters = sum(map(len, links))
        is_short = characters <= _QUICK_CHARACTERS and characters * self._parts <= _QUICK_COMPARED
        return is_short and len(links) * self._parts <= _QUICK_SEARCHES

    def next_level(self) -> Iterator[CrawlRequest]:
        """The addresses added since the last call, in order; empty if there are none."""
        # The nearest of those that were put off may all have been visited meanwhile, by redirects.
        while self._put_off and not self._next and not self._indexes:
            self._take_back()
        if not self._next and not self._indexes:
            self._take_spare()
        level, depth = shortest_first([*self._next, *self._indexes]), self._next_depth
        self._next, self._indexes = [], []
        # Reversed so that each address can be popped, and its memory freed, as it is taken: a level may hold the
        # whole site.
        level.reverse()
        while level:
            yield CrawlRequest(urls.parse(level.pop()), depth)

    def add_links(self, links: Sequence[str], depth: int, page: Url) -> None:
        """Queue the links of `page`; `depth` is that of the links, one more than the page's."""
        if len(links) > MAX_LINKS:
            self.limits_hit.setdefault("links_per_page", str(page))
        self.learn(link for link in links[:MAX_LINKS] if link not in self._settled)
        # Most links of a page are those of the page before: the navigation.
        self._settled = {link for link in links[:MAX_LINKS] if link in self._settled or self.add(link, depth)}

    def learn(self, links: Iterable[str]) -> None:
        """Learn from `links`, before they are added, which versions of a manual are older than others."""
        if self._versions:
            for url in map(urls.try_parse, filter(may_have_version, links)):
                if url and self.scope.holds(url):
                    self._versions.learn(url.path)

    def add(self, link: str, depth: int) -> bool:
        """Queue `link` if it is new, belongs to this site, is wanted, and is within the limits.

        Returns whether to call this again for `link` during the crawl would change nothing.

        Between two calls of `next_level`, `depth` must be the same for all links: the target of a redirect has the
        depth of its source.
        """
        if len(link) > urls.MAX_URL:
            if self.is_too_long(link):
                self.limits_hit.setdefault("url_length", f"{link[:_SHOWN_CHARACTERS]}…")
            return True
        url = urls.try_parse(link)
        if url is None or _key(url) in self._states or is_script_menu(url.path) or not self.wants(url):
            return True
        # The page that it is a copy of may turn out to be none.
        if self._is_copy(url):
            return False
        # An address of hundreds of folders would take long to compare with versions.
        if not trap_of(url) and self._comes_last(url):
            if len(self._put_off) < self._limits.max_pages:
                self._put_off.setdefault(_key(url), (str(url), depth))
            else:
                self._refuse(url)
            return True
        return self._queue(url, depth)

    def _queue(self, url: Url, depth: int) -> bool:
        """Queue `url` if it is within the limits; returns what `add` does."""
        is_forbidden = self._is_forbidden(url)
        limit = self._exceeded_limit(url, depth, is_forbidden=is_forbidden)
        if limit == "max_pages":
            self._spare_or_refuse(url, depth)
            return True
        if limit:
            self.limits_hit.setdefault(limit, str(url))
            return False
        if is_forbidden and len(self._forbidden) >= self._limits.max_pages:
            # So many tell enough of what robots.txt forbids, and more would fill the memory.
            return True
        self._accept(url, depth, is_forbidden=is_forbidden)
        (self._indexes if lists_names(url.path) else self._next).append(str(url))
        self._next_depth = depth
        return True

    def _comes_last(self, url: Url) -> bool:
        """Whether `url` is visited after others: one of an older version, a listing of sources, or hardly a page."""
        is_older = self._versions is not None and self._versions.is_older(url.path, self._is_known)
        return is_older or lists_code(url.path) or _OTHER_FILES.search(url.path) is not None

    def _is_known(self, path: str) -> bool:
        return hash((path, "")) in self._states

    def _take_back(self) -> None:
        """Queue of what was put off the pages that are the fewest links away, as a level of their own."""
        depth = min(depth for _, depth in self._put_off.values())
        for key, (link, its_depth) in list(self._put_off.items()):
            if its_depth == depth:
                del self._put_off[key]
                url = urls.parse(link)
                if key not in self._states and self.wants(url):
                    self._queue(url, depth)

    def _spare_or_refuse(self, url: Url, depth: int) -> None:
        """Remember `url`, for which there is no room now, as long as places may be given to others."""
        key = _key(url)
        if len(self._spare) < self._places_to_give:
            self._spare.setdefault(key, (str(url), depth))
            self.limits_hit.setdefault("max_pages", str(url))
        elif key not in self._spare:
            self._refuse(url)

    def _refuse(self, url: Url) -> None:
        self._refused = self._refused or str(url)
        self.limits_hit.setdefault("max_pages", str(url))

    def _take_spare(self) -> None:
        """Queue the first of those for which there was no room, in the places that were given back, as a level."""
        depths = set[int]()
        while self._spare and self._accepted < self._limits.max_pages:
            key, (link, depth) = next(iter(self._spare.items()))
            if depths and depth not in depths:
                break
            del self._spare[key]
            url = urls.parse(link)
            if key not in self._states and self.wants(url) and not self._is_copy(url):
                self._queue(url, depth)
                depths.add(depth)
        if self._spare or self._refused:
            self.limits_hit["max_pages"] = self._refused or next(iter(self._spare.values()))[0]
        else:
            self.limits_hit.pop("max_pages", None)

    def puts_off(self, url: Url) -> bool:
        """Whether `url` was found and comes last."""
        return _key(url) in self._put_off

    def is_too_long(self, link: str) -> bool:
        """Whether a link that is longer than a URL may be is to this site, as its beginning tells."""
        beginning = urls.try_parse(link[:_SHOWN_CHARACTERS])
        return beginning is not None and self.scope.holds(beginning)

    def revisit(self, url: Url, depth: int) -> CrawlRequest | None:
        """Return the request for a known page that was not visited.

        None if it was, under this or another spelling, is not wanted any more, or is beyond a limit.
        """
        if _key(url) in self._states or not self.wants(url) or self._is_copy(url):
            return None
        is_forbidden = self._is_forbidden(url)
        if limit := self._exceeded_limit(url, depth, is_forbidden=is_forbidden):
            self.limits_hit.setdefault(limit, str(url))
            return None
        self._accept(url, depth, is_forbidden=is_forbidden)
        return CrawlRequest(url, depth, is_linked=False)

    def drop_queue(self) -> None:
        """Forget the addresses that will not be visited, since the time is up: they leave room for known pages."""
        self._next, self._indexes, self._settled, self._put_off, self._spare = [], [], set(), {}, {}
        dropped = {key for key, state in self._states.items() if state is AddressState.QUEUED}
        # Not counted anew: an address that led to another shares its place.
        self._accepted -= len(dropped - self._forbidden - self._menus)
        self._states = {key: state for key, state in self._states.items() if key not in dropped}

    def _accept(self, url: Url, depth: int, *, is_forbidden: bool) -> None:
        if is_forbidden:
            self._forbidden.add(_key(url))
        else:
            self._accepted += 1
            if _is_variant(url):
                self._queries[hash(url.path)] += 1
        self.register(url, depth)

    def register(self, url: Url, depth: int, via: tuple[Url, ...] = ()) -> CrawlRequest:
        """Count `url` as found, without checking any limit, and return the request for it."""
        self._states[_key(url)] = AddressState.QUEUED
        self.found += 1
        return CrawlRequest(url, depth, via)

    def register_start(self, url: Url) -> CrawlRequest:
        """Count the start page as found: it is visited whatever the project's globs say, but may be what they match."""
        self._choice.wants(url)
        if self._versions:
            self._versions.begin_at(url.path)
        return self.register(url, 0)

    def register_menus(self, links: Iterable[str], depth: int) -> list[CrawlRequest]:
        """Return the requests for those of `links` that are scripts with a menu of the site, which are new.

        They have the `depth` of their page, as if the menu stood in it.  They are no pages: neither the include and
        exclude patterns nor `max_pages` count for them.
        """
        found = []
        for url in map(urls.try_parse, filter(is_script_menu, links)):
            may_be_read = depth < self._limits.max_depth and len(self._menus) < MAX_MENUS
            if url and may_be_read and _key(url) not in self._states and self.wants(url):
                self._menus.add(_key(url))
                found.append(self.register(url, depth))
        return found

    def register_redirect(self, url: Url) -> None:
        """Count `url`, which redirected to the start page, as found.

        It is marked as seen only if it is on this site's host.
        """
        self.found += 1
        if self.scope.holds_host(url):
            self._states[_key(url)] = AddressState.NO_PAGE

    def register_successor(self, source: CrawlRequest, url: Url) -> CrawlRequest | None:
        """Return the request for `url`, to which `source` redirects or which it names as canonical.

        None if `url` is known already, is not of this site, or would be one redirect too many.  It does not count
        towards `max_pages`, because `source`, which does, is not a page.
        """
        is_twin = _key(url) == _key(source.url) and url not in (source.url, *source.via)
        is_known = _key(url) in self._states and not is_twin
        if is_known or len(source.via) >= MAX_REDIRECTS or not self.wants(url):
            return None
        return self.register(url, source.depth, (*source.via, source.url))

    def has_room(self, request: CrawlRequest) -> bool:
        """Whether `max_pages` leaves room for the page of `request`: an address and what it leads to share a place."""
        if _origin_key(request) not in self._given or self._accepted < self._limits.max_pages:
            return True
        self._refuse(request.url)
        return False

    def give_room(self, request: CrawlRequest) -> None:
        """Give the place of `request`, which leads to no page, to another address."""
        origin = _origin_key(request)
        has_place = not (origin in self._given or origin in self._forbidden or origin in self._menus)
        if has_place and request.is_linked and self._places_to_give:
            self._given.add(origin)
            self._places_to_give -= 1
            self._accepted -= 1

    def take_room(self, request: CrawlRequest) -> None:
        """Count the page of `request`: the first that an address led to has its place, another one its own."""
        origin = _origin_key(request)
        if origin in self._given:
            self._accepted += 1
        elif request.via:
            self._given.add(origin)

    def set_state(self, url: Url, state: AddressState) -> None:
        """Record what is known of `url`."""
        self._states[_key(url)] = state

    def state(self, url: Url) -> AddressState | None:
        """What is known of `url`; None if it was never seen."""
        return self._states.get(_key(url))

    def leave_out(self, links: Iterable[str], folders: Iterable[str] = ()) -> None:
        """Want neither these addresses nor what is below these paths."""
        self._left_out.update(_key(url) for url in map(urls.try_parse, links) if url)
        self._left_out_folders += tuple(folders)

    def wants(self, url: Url) -> bool:
        """Whether `url` belongs to this site and passes the include and exclude patterns, and is not left out."""
        return not self._unwanted(url)

    def refusal(self, url: Url, depth: int) -> str:
        """Why `add` does not queue `url`, which is new: a word of `_unwanted`, "copy", the name of a limit, or ''."""
        if refusal := self._unwanted(url):
            return refusal
        if self._is_copy(url):
            return "copy"
        return self._exceeded_limit(url, depth, is_forbidden=self._is_forbidden(url))

    def _unwanted(self, url: Url) -> str:
        """What keeps `url` out: "scope", "languages", "include" or "exclude"; '' if nothing does."""
        if not self.scope.holds(url):
            return "scope"
        if _key(url) in self._left_out or url.path.startswith(self._left_out_folders):
            return "languages"
        return "" if is_script_menu(url.path) else self._choice.refusal(url)

    def _is_copy(self, url: Url) -> bool:
        """Whether `url` is another form of a page that is known."""
        printed = printed_page(url) if url.query else None
        if printed and self.state(printed) in {AddressState.QUEUED, AddressState.PAGE}:
            return True
        return is_source(url) or any(self.state(page) is AddressState.PAGE for page in pages_of(url))

    def _exceeded_limit(self, url: Url, depth: int, *, is_forbidden: bool) -> str:
        """The name of the first limit that excludes `url`; '' if there is none."""
        if depth > self._limits.max_depth:
            return "max_depth"
        if trap := trap_of(url):
            return trap
        if is_forbidden or is_script_menu(url.path):
            return ""
        if _is_variant(url) and self._queries[hash(url.path)] >= MAX_QUERIES:
            return "query_variants"
        return "max_pages" if self._accepted >= self._limits.max_pages else ""


def _is_variant(url: Url) -> bool:
    """Whether the query may only vary the view of a page: each such one takes room from the others of its path."""
    return bool(url.query) and not chooses_page(url.query)


def _origin_key(request: CrawlRequest) -> int:
    """The key of the address that was queued, and led to that of `request` or is it."""
    return _key(request.via[0] if request.via else request.url)


def _key(url: Url) -> int:
    # Within one site, addresses that differ only in the scheme or in www. are the same page.
    return hash((url.path, url.query))
