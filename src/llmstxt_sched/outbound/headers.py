"""Parses response headers, and formats our User-Agent.  Pure: no I/O."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from llmstxt_sched.domain.robots_directives import PRODUCT


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


def media_type(content_type: str) -> str:
    """The media type of a Content-Type header: `text/html` for `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def printable(value: str) -> str:
    """Return a header's value, or '' if it holds anything but printable ASCII (RFC 9110, section 5.5).

    aiohttp decodes other bytes to surrogates, which can be neither stored nor sent.
    """
    return value if value.isascii() and value.isprintable() else ""


def user_agent(version: str, url: str) -> str:
    """Our User-Agent; `url` is a page that tells a site's owner who we are, and may be empty."""
    return f"{PRODUCT}/{version} (+{url})" if url else f"{PRODUCT}/{version}"
