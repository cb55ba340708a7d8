"""Reading the response headers that steer a crawl; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct

PRODUCT = "llmstxt-sched"

# robots.txt's neighbours in X-Robots-Tag that take a value, so that "unavailable_after: …" names no robot.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


class Directives(Struct, frozen=True):
    """What X-Robots-Tag asks of us."""

    noindex: bool = False
    nofollow: bool = False


def read_robots_tag(values: Iterable[str]) -> Directives:
    """The directives of all X-Robots-Tag headers that are for every robot or for ours."""
    words: set[str] = set()
    for value in values:
        for_us = True
        for part in value.lower().split(","):
            name, colon, rest = part.strip().partition(":")
            if colon and name.strip() not in _WITH_VALUE:
                for_us = name.strip() in {"*", PRODUCT}
                part = rest
            if for_us:
                words.add(part.strip())
    return Directives(bool(words & {"noindex", "none"}), bool(words & {"nofollow", "none"}))


def read_retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for: a number or an HTTP date (RFC 9110, section 10.2.3)."""
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


def media_type(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def printable(value: str) -> str:
    """A header's value, or nothing where it holds more than visible ASCII (RFC 9110, section 5.5).

    aiohttp hands other bytes over as surrogates, which can neither be stored nor sent back.
    """
    return value if value.isascii() and value.isprintable() else ""


def user_agent(version: str, url: str) -> str:
    """How we name ourselves; `url` is where a site's owner can read who we are, and may be empty."""
    return f"{PRODUCT}/{version} (+{url})" if url else f"{PRODUCT}/{version}"
