"""Finds the addresses that a site's sitemaps and its llms.txt list, obeying robots.txt, the crawl's pace and limits.

See sitemaps.org and the llms.txt proposal.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from hashlib import sha256
from http import HTTPStatus
from itertools import starmap

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.crawler.robots.robots_cache import RobotsCache
from llmstxt_sched.crawler.site_markdown.markdown_links import find_targets
from llmstxt_sched.crawler.sitemaps import sitemap
from llmstxt_sched.crawler.sitemaps.sitemap import Sitemap
from llmstxt_sched.crawler.sitemaps.sitemap_xml import MAX_LINK_SIZE
from llmstxt_sched.documents.model import LLMS_TXT, OWN_DETAILS, Translations
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.run import ReachedLimit
from llmstxt_sched.domain.urls import Scope, Url
from llmstxt_sched.errors import CrawlFailed, FetchFailed
from llmstxt_sched.extraction.links import absolute
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.redirects import Admit
from llmstxt_sched.outbound.responses import Budget, MiB, Response

MAX_FILES = 50
MAX_DEPTH = 2
# Addresses from all files together: more than any crawl visits, and few enough to fit into memory.
MAX_TOTAL = 100_000
# The size of the links to translations from all files together, from which on no more are taken in.
_MAX_LINK_SIZE = 2 * MAX_LINK_SIZE
# Other hosts that robots.txt may send us to for sitemaps: a content delivery network or two.
MAX_OTHER_HOSTS = 5
# So much of an address that is too long is shown.
_SHOWN_CHARACTERS = 200
_BUDGET = Budget(wire_bytes=sitemap.MAX_BYTES, decoded_bytes=sitemap.MAX_BYTES)
_INDEX_BUDGET = Budget(wire_bytes=MiB, decoded_bytes=MiB, seconds=10, cut=True)
_TRANSIENT = frozenset({"timeout", "connect_error", "dns_error"})
# After these errors and statuses a file may be there, and list what nothing else leads to.
_UNCERTAIN = _TRANSIENT | {"tls_error", "protocol_error", "decode_error", "unsupported_encoding", "too_large"}
_UNCERTAIN_STATUSES = frozenset({408, 425, 429})
_RETRY_SECONDS = 1.0
_INDEX_TYPES = frozenset({"text/plain", "text/markdown"})


class Discovery(Struct, frozen=True):
    """The addresses found, sorted so that the order of the files does not matter, and the limits reached.

    `translations` are those that the files list of an address.
    """

    found: tuple[str, ...] = ()
    reached: tuple[ReachedLimit, ...] = ()
    translations: Mapping[str, Translations] = {}


async def discover(
    client: Client,
    robots_cache: RobotsCache,
    scope: Scope,
    start: Url,
    wanted: Callable[[Url], bool] | None = None,
    until: float | None = None,
) -> Discovery:
    """Read the sitemaps that robots.txt names, and those at the conventional addresses.

    Only pages that are `wanted` count as found; by default those of `scope`.  What could not be read `until` then, in
    the event loop's time, is left out.

    A sitemap that cannot be fetched or read counts as empty.  If it may exist nonetheless, it is a limit, unless it is
    at a conventional address and those that robots.txt names were read.
    """
    declared = _declared((await robots_cache.robots(start)).sitemaps, start)
    places = _Places(scope, declared, wanted or scope.holds)
    conventional = (f"{start.origin}/sitemap.xml", f"{start.origin}{scope.folder}sitemap.xml")
    queue = deque((url, 0) for url in dict.fromkeys((*map(str, declared), *conventional)))
    fetched: set[Url] = set()
    found = _ListedSoFar(declared)
    while queue and len(found.pages) < MAX_TOTAL:
        url, depth = queue.popleft()
        address = urls.try_parse(url)
        if address is None or address in fetched or not places.hold(address):
            continue
        if len(fetched) == MAX_FILES:
            found.limits["sitemap_files"] = str(address)
            break
        fetched.add(address)
        try:
            async with asyncio.timeout_at(until):
                listed = await _read(client, robots_cache, places, address, is_named=str(address) in found.named)
        except TimeoutError:
            found.limits["max_seconds"] = str(address)
            break
        found.take(address, listed)
        if depth < MAX_DEPTH:
            queue.extend((file, depth + 1) for file in listed.files)
        elif listed.files:
            found.limits.setdefault("sitemap_depth", listed.files[0])
    spare = set(conventional) - found.named if declared and found.pages else set()
    limits = found.limits | found.missed(spare)
    reached = tuple(starmap(ReachedLimit, (limits | places.limits).items()))
    return Discovery(tuple(sorted(found.pages)[:MAX_TOTAL]), reached, found.translations)


class _ListedSoFar:
    """What the sitemaps list that were read so far: `pages`, and the sitemaps that are `named` anywhere."""

    def __init__(self, declared: Sequence[Url]) -> None:
        self.pages: set[str] = set()
        self.named: set[str] = {*map(str, declared)}
        self.translations: dict[str, Translations] = {}
        # Each with the first address that it left out.
        self.limits: dict[str, str] = {}
        self._unread: list[str] = []
        self._link_size = 0

    def take(self, address: Url, listed: Sitemap) -> None:
        """Add what the sitemap at `address` lists."""
        self.pages.update(listed.pages)
        if self._link_size <= _MAX_LINK_SIZE:
            self.translations |= listed.translations
            self._link_size += listed.link_size
        if listed.cut or len(self.pages) > MAX_TOTAL:
            self.limits.setdefault("sitemap_urls", str(address))
        if listed.is_missing:
            self._unread.append(str(address))
        self.named.update(str(file) for file in map(urls.try_parse, listed.files) if file)

    def missed(self, spare: Set[str]) -> dict[str, str]:
        """The limit that sitemaps which could not be read are, but for those that the site can `spare`."""
        missed = [url for url in self._unread if url not in spare]
        return {"sitemap_unread": missed[0]} if missed else {}


class _Places:
    """Where sitemaps of a site may be: on its own host, and on hosts that its robots.txt names or leads to.

    That line proves that both belong together (sitemaps.org, "Sitemaps & Cross Submits"), also where it names an
    address of the site that redirects to, for one, a content delivery network.  Another port of the site's
    own host is another service, which no line of a stranger's shall have us ask.
    """

    def __init__(self, scope: Scope, declared: Sequence[Url], wanted: Callable[[Url], bool]) -> None:
        self._scope = scope
        self._wanted = wanted
        self._declared = frozenset(declared)
        others = dict.fromkeys(url.origin for url in declared if self._is_elsewhere(url))
        self._origins = set(list(others)[:MAX_OTHER_HOSTS])
        # Reached by what is listed, each with the first address that it left out.
        self.limits: dict[str, str] = {}

    def hold(self, url: Url) -> bool:
        return self._scope.holds_host(url) or url.origin in self._origins

    def hold_target(self, url: Url, target: Url) -> bool:
        """Whether the redirect from the sitemap at `url` to `target` may be followed."""
        if url in self._declared and self._is_elsewhere(target) and len(self._origins) < MAX_OTHER_HOSTS:
            self._origins.add(target.origin)
        return self.hold(target)

    def _is_elsewhere(self, url: Url) -> bool:
        return url.host.removeprefix("www.") != self._scope.host

    def want(self, page: str) -> bool:
        address = urls.try_parse(page)
        if address is None and len(page) > urls.MAX_URL:
            beginning = urls.try_parse(page[:_SHOWN_CHARACTERS])
            if beginning is not None and self._wanted(beginning):
                self.limits.setdefault("url_length", f"{page[:_SHOWN_CHARACTERS]}…")
        return address is not None and self._wanted(address)


def _declared(lines: Sequence[str], start: Url) -> list[Url]:
    # Google wants whole addresses here, but many sites write a path.
    found = (urls.try_parse(absolute(f"{start.origin}/robots.txt", line)) for line in lines)
    return [url for url in found if url]


async def discover_copies(client: Client, robots_cache: RobotsCache, scope: Scope, start: Url) -> frozenset[Url]:
    """The addresses of Markdown that the site's own llms.txt lists: that of its folder, else that of its root."""
    for folder in dict.fromkeys((scope.folder, "/")):
        address = replace(start, path=f"{folder}{LLMS_TXT}", query="")
        text = await _read_index(client, robots_cache, address)
        if text:
            return await asyncio.to_thread(_copies_in_scope, scope, str(address), text)
    return frozenset()


async def _read_index(client: Client, robots_cache: RobotsCache, url: Url) -> str:
    # Once more after a failure: without it, every page would be made of its HTML, which is a change that is none.
    for number in range(2):
        client.traffic.retries += number > 0
        if not await robots_cache.allows(url):
            return ""
        try:
            await robots_cache.wait(url)
            response = await fetch(client, str(url), budget=_INDEX_BUDGET, hops=0, types=_INDEX_TYPES)
        except (FetchFailed, CrawlFailed) as error:
            if error.code not in _TRANSIENT:
                return ""
        else:
            if not _is_put_off(response):
                return response.body.decode("utf-8", "replace")
            await robots_cache.heed(url, response.retry_after)
        await asyncio.sleep(_RETRY_SECONDS)
    return ""


def _is_put_off(response: Response) -> bool:
    """Whether the answer leaves open what is there: another one may follow."""
    return response.status >= 500 or response.status in _UNCERTAIN_STATUSES


def _copies_in_scope(scope: Scope, url: str, text: str) -> frozenset[Url]:
    # One that was written by this service lists no copies but those that it wrote itself, which follow the pages.
    if OWN_DETAILS.partition("{host}")[2] in text:
        return frozenset()
    listed = (urls.try_parse(absolute(url, target)) for target in find_targets(text))
    return frozenset(each for each in listed if each and each.path.endswith(".md") and scope.holds_host(each))


async def _read(client: Client, robots_cache: RobotsCache, places: _Places, url: Url, *, is_named: bool) -> Sitemap:
    """Read a sitemap; `is_named` says whether the site says that there is one."""

    async def admit(hop: Url) -> None:
        if not places.hold_target(url, hop) or not await _may_ask_for(hop, robots_cache):
            raise FetchFailed("offsite", f"{url} redirects to {hop}")
        await robots_cache.wait(hop)

    try:
        if not await _may_ask_for(url, robots_cache):
            return Sitemap()
        await robots_cache.wait(url)
        response = await fetch(client, str(url), budget=_BUDGET, admit=admit)
    except FetchFailed as error:
        return Sitemap(is_missing=error.code in _UNCERTAIN)
    except CrawlFailed as error:
        return Sitemap(is_missing=error.transient)
    if _is_put_off(response):
        await robots_cache.heed(response.url, response.retry_after)
        return Sitemap(is_missing=True)
    listed = await asyncio.to_thread(_parse, places, response)
    if listed or response.status != HTTPStatus.OK:
        return listed or Sitemap()
    if is_named and _is_for_people(url, response):
        # What it lists is found as what any page links to.
        return Sitemap(pages=tuple(filter(places.want, (str(url),))))
    # Nothing, a login or the page of an error is in its place, unless the site answers so to any address.
    return Sitemap(is_missing=is_named or not await _answers_anything(client, robots_cache, url, admit))


async def _may_ask_for(url: Url, robots_cache: RobotsCache) -> bool:
    """Whether robots.txt allows `url`; raises CrawlFailed where it cannot be had, for the file may be there then."""
    await robots_cache.robots(url)
    return await robots_cache.allows(url)


def _is_for_people(url: Url, response: Response) -> bool:
    """Whether what is at `url`, no sitemap for programs, is a page: its address says so, and leads nowhere else."""
    is_page = url.path.endswith((".html", ".htm")) and response.body.lstrip().startswith(b"<")
    return is_page and response.url == url


async def _answers_anything(client: Client, robots_cache: RobotsCache, url: Url, admit: Admit) -> bool:
    """Whether there is an answer also where, beside the sitemap at `url`, there can be none; or a redirect to one."""
    name = sha256(str(url).encode()).hexdigest()[:16]
    unknown = replace(url, path=f"{url.path.rpartition('/')[0]}/no-such-file-{name}.xml", query="")
    if not await robots_cache.allows(unknown):
        return False
    try:
        await robots_cache.wait(unknown)
        response = await fetch(client, str(unknown), budget=_INDEX_BUDGET, admit=admit)
    except (FetchFailed, CrawlFailed):
        return False
    return response.status == HTTPStatus.OK


def _parse(places: _Places, response: Response) -> Sitemap | None:
    """Parse a sitemap, resolve its addresses, and leave out pages that are not wanted; None if it is no sitemap."""
    listed, base = sitemap.parse(response.body), str(response.url)
    if listed.is_none:
        return None
    pages = (_resolve(base, page) for page in listed.pages)
    return replace(
        listed,
        pages=tuple(page for page in pages if places.want(page)),
        files=tuple(_resolve(base, file) for file in listed.files),
        translations=dict(_translations(places, base, listed.translations)),
    )


def _translations(places: _Places, base: str, listed: Mapping[str, Translations]) -> Iterator[tuple[str, Translations]]:
    """The translations of the pages that are wanted, with all addresses in the form in which a page's links are."""
    resolved: dict[Translations, Translations] = {}
    for page, links in listed.items():
        if places.want(url := absolute(base, page)):
            if links not in resolved:
                resolved[links] = tuple((tag, target) for tag, href in links if (target := absolute(base, href)))
            yield url, resolved[links]


def _resolve(base: str, listed: str) -> str:
    # Nearly all are whole addresses, which `parse` brings into one form later.
    return listed if listed.startswith(("http://", "https://")) else absolute(base, listed)
