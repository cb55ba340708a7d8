"""What an answer makes of an address: a page, a redirect or an error.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.crawler.model import Known, Outcome
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.generator_selectors import SERIES
from llmstxt_sched.extraction.head.metadata import MAX_TRANSLATIONS
from llmstxt_sched.extraction.links import MOST_LINKS
from llmstxt_sched.extraction.model import Content, ContentFacts
from llmstxt_sched.extraction.redirect_stubs import sent_on_by_header
from llmstxt_sched.outbound.headers import MARKDOWN
from llmstxt_sched.outbound.responses import Response

_TRANSIENT = frozenset({Outcome.TIMEOUT, Outcome.CONNECT_ERROR, Outcome.DNS_ERROR, Outcome.RATE_LIMITED})
_TRANSIENT_STATUSES = frozenset({408, 425})

_Facts = TypeVar("_Facts", bound=ContentFacts)


class PageParser(Protocol):
    """The parser that the crawl needs; `crawler.parser_pool.ParserPool` is one."""

    async def parse(self, body: bytes, url: str, content_type: str, picks: Picks = NO_PICKS) -> Content:
        """Parse the page; `picks` says what in it is content.  Raises FetchFailed if it cannot be parsed."""


class FetchResult(Struct, frozen=True):
    """The result of fetching one address.

    `target` is the address that a redirect leads to, `note` a sentence for a human reader, `retry_after` in seconds.
    `wire_bytes` is the size of the page's body as it was sent.  `stood` is what an earlier run read of a page of the
    documents that could not be read by this one.  Where the content is what an earlier run read, its text is missing.
    """

    outcome: Outcome
    status: int | None = None
    note: str = ""
    etag: str = ""
    last_modified: str = ""
    content: ContentFacts | None = None
    target: Url | None = None
    retry_after: float | None = None
    wire_bytes: int = 0
    stood: ContentFacts | None = None

    @property
    def is_transient(self) -> bool:
        """Whether trying again may succeed."""
        status = self.status or 0
        return self.outcome in _TRANSIENT or status >= 500 or status in _TRANSIENT_STATUSES


def page_result(url: Url, response: Response, content: Content) -> FetchResult:
    """The result for the page `content`; a page that sends its reader on at once is a redirect.

    Raises FetchFailed("bad_redirect") if it sends its reader from https to another host's http.
    """
    target = _refresh(url, response, content)
    if target:
        return FetchResult(Outcome.REDIRECTED, 200, f"sends its reader on to {target}", target=target)
    # Where a header keeps the page or its links out, it is read anew: once the header is gone, a 304 would not tell.
    # Nor does it tell that the date has come from which on the page is not to be listed.
    asked = response.directives
    is_kept_out = asked.noindex or asked.nofollow or content.canonical == _linked_elsewhere(url, response)
    is_open = not (is_kept_out or asked.expires or content.expires)
    return FetchResult(
        outcome_of(content),
        200,
        "",
        response.etag if is_open else "",
        response.last_modified if is_open else "",
        content,
        wire_bytes=response.wire_bytes,
    )


def unchanged_result(url: Url, response: Response, known: Known) -> FetchResult:
    """The result for a page that is as it was when `known` was stored."""
    content = with_headers(url, known.content, response)
    outcome = outcome_of(content)
    return FetchResult(
        Outcome.NOT_MODIFIED if outcome is Outcome.OK else outcome,
        304,
        "",
        response.etag or known.etag,
        response.last_modified or known.last_modified,
        content,
    )


def error_result(url: Url, response: Response) -> FetchResult:
    """The result for a status that is neither a page nor a redirect."""
    status = response.status
    outcome = {404: Outcome.GONE, 410: Outcome.GONE, 429: Outcome.RATE_LIMITED}.get(status, Outcome.HTTP_ERROR)
    why = ", which answers a condition, and none was asked" if status == 304 else ""
    return FetchResult(outcome, status, f"{url} answered {status}{why}", retry_after=response.retry_after)


def outcome_of(content: ContentFacts) -> Outcome:
    """Whether `content` is a page for the documents."""
    if content.noindex:
        return Outcome.NOINDEX
    return Outcome.OK if content.lines and not content.needs_scripts else Outcome.EMPTY


def with_headers(url: Url, content: _Facts, response: Response) -> _Facts:
    """`content` with what the headers say of the page; what its elements say counts first (RFC 6596, section 5).

    An address of Markdown that is the page's own one stays only where the server chooses by Accept: else it would be
    the page again.
    """
    asked = response.directives
    markdown_url = content.markdown_url or _linked(url, response, "alternate", MARKDOWN)
    series = _series(url, response)
    return replace(
        content,
        noindex=content.noindex or asked.noindex,
        nofollow=content.nofollow or asked.nofollow,
        canonical=content.canonical or _linked(url, response, "canonical"),
        markdown_url=markdown_url if markdown_url != str(url) or response.varies_by_accept else "",
        translations=content.translations or tuple(_translations(url, response)),
        links=tuple(dict.fromkeys([*content.links, *series]))[:MOST_LINKS] if series else content.links,
    )


def _linked(url: Url, response: Response, relation: str, kind: str = "") -> str:
    links = (link.target for link in response.links if relation in link.relations and kind in ("", link.media_type))
    target = _absolute(url, next(links, ""))
    return str(target) if target else ""


def _translations(url: Url, response: Response) -> Iterator[tuple[str, str]]:
    for link in response.links[:MAX_TRANSLATIONS]:
        target = _absolute(url, link.target) if link.language and "alternate" in link.relations else None
        if target:
            yield link.language, str(target)


def _series(url: Url, response: Response) -> list[str]:
    """The addresses of the pages before and after this one, and of that to which it sends its reader later."""
    links = [link for link in response.links if link.relations & SERIES and "nofollow" not in link.relations]
    named = [link.target for link in links[:MOST_LINKS]]
    targets = [_absolute(url, target) for target in [*named, sent_on_by_header(response.refresh, "")[0]]]
    return [str(target) for target in targets if target and target != url]


def _linked_elsewhere(url: Url, response: Response) -> str | None:
    """The canonical address that a header names, if it is another page's."""
    target = _linked(url, response, "canonical")
    return target if target not in ("", str(url)) else None


def _refresh(url: Url, response: Response, content: Content) -> Url | None:
    """Where the page sends its reader, and does nothing else; None for a page that only loads itself anew."""
    named, is_all = sent_on_by_header(response.refresh, content.markdown)
    target = _absolute(url, named if is_all else "") or urls.try_parse(content.refresh)
    if target and url.scheme == "https" and target.scheme == "http":
        if target.origin != f"http://{url.host}":
            raise FetchFailed("bad_redirect", f"{url} sends its reader from https to http")
        # A stub from before the site had TLS.
        target = urls.parse(f"{url.origin}{target.target}")
    return None if target == url else target


def _absolute(url: Url, href: str) -> Url | None:
    try:
        return urls.try_parse(urljoin(str(url), href)) if href else None
    except ValueError:
        return None
