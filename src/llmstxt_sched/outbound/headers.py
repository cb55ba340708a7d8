"""Parses response headers, and formats our User-Agent.  Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct

from llmstxt_sched.domain.robots_directives import PRODUCT

MARKDOWN = "text/markdown"

_LINK = re.compile(r"\s*<([^<>]*)>")
# Quotes are double ones, but some write single ones.
_PARAMETER = re.compile(
    r"\s*;\s*([\w!#$&+.^`|~-]+\*?)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^'\",;]*)'|([^\s\",;]*)))?"
)
_NEXT_LINK = re.compile(r"[^,]*,")


class Link(Struct, frozen=True):
    """One link of a Link header: its target as written, its relations, media type and language in lower case."""

    target: str
    relations: frozenset[str]
    media_type: str = ""
    language: str = ""


def read_retry_after(value: str, now: datetime) -> float | None:
    """The seconds to wait by a Retry-After header, a number or an HTTP date (RFC 9110, section 10.2.3).

    None if the header is empty or cannot be parsed.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


# Servers answer these to a condition that they do not understand.
CONDITION_REFUSED = frozenset({400, 412})
# Asks caches on the way for what the server itself says (RFC 9111, section 5.2.1.4).
PAST_CACHES = {"Cache-Control": "no-cache"}


def conditional_headers(etag: str, last_modified: str) -> dict[str, str]:
    """The headers that ask for a body only if it is not the one known by these (RFC 9110, section 13.1)."""
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in asked.items() if value}


def media_type(content_type: str) -> str:
    """The media type of a Content-Type header: `text/html` for `Text/HTML; charset=utf-8`, also if that is doubled."""
    return content_type.partition(";")[0].partition(",")[0].strip().lower()


def read_links(values: Iterable[str]) -> tuple[Link, ...]:
    """The links of all Link headers of a response (RFC 8288, section 3), without those of another context (anchor)."""
    return tuple(link for value in values for link in _links(value))


def _links(value: str) -> Iterator[Link]:
    at = 0
    while found := _LINK.match(value, at):
        target, at = found[1].strip(), found.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(value, at):
            at = parameter.end()
            # The first of a name counts (RFC 8288, section 3.3).
            parameters.setdefault(parameter[1].lower(), parameter[2] or parameter[3] or parameter[4] or "")
        if "anchor" not in parameters and printable(target):
            relations = frozenset(parameters.get("rel", "").lower().split())
            language = printable(parameters.get("hreflang", "")).strip().lower()
            yield Link(target, relations, media_type(parameters.get("type", "")), language)
        following = _NEXT_LINK.match(value, at)
        if following is None:
            return
        at = following.end()


def printable(value: str) -> str:
    """Return a header's value, or '' if it holds anything but printable ASCII (RFC 9110, section 5.5).

    aiohttp decodes other bytes to surrogates, which can be neither stored nor sent.
    """
    return value if value.isascii() and value.isprintable() else ""


def user_agent(version: str, url: str) -> str:
    """Our User-Agent; `url` is a page that tells a site's owner who we are, and may be empty."""
    return f"{PRODUCT}/{version} (+{url})" if url else f"{PRODUCT}/{version}"
