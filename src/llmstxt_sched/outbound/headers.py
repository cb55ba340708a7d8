"""Reading the response headers that steer a crawl; pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from llmstxt_sched.domain.robots_directives import PRODUCT


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
