"""The directives for robots in a page's X-Robots-Tag headers and robots <meta> elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct

# Our product token (RFC 9309, section 2.2.1).
PRODUCT = "llmstxt-sched"
META_NAMES = ("robots", PRODUCT)

# Directives that take a value: the word before their colon does not name a robot, and `none` after it is no directive.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_VALUED = re.compile(rf"(?:{'|'.join(sorted(_WITH_VALUE))})\s*:\s*[^\s,;]*")
# A site that writes `robots:` into the header, as in the element, means all robots.
_FOR_US = frozenset({"*", "robots", PRODUCT})
# With the version that some add; a clock's hours before their colon are none.
_ROBOT = re.compile(r"(\*|[a-z_][\w.-]*)(?:/\S*)?")
# Commas are what is asked for; whoever wrote another separator, or quotes, meant the same.
_SEPARATORS = re.compile(r"[\s,;|/\"']+")
# RFC 822 and 850 and ISO 8601, which Google names; the first two may have a comma of their own.
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?"
_ZONE = r"(?:[+-]\d{2}:?\d{2}|z|ut|utc|gmt|[ecmp][sd]t)\b"
_EXPIRY = re.compile(
    rf"unavailable_after\s*:\s*(?:(\d{{4}}-\d{{2}}-\d{{2}}(?:[t ]\s*{_CLOCK}\s*(?:{_ZONE})?)?)|"
    rf"((?:[a-z]{{3,9}}\s*,?\s+)?\d{{1,2}}[- ][a-z]{{3,9}}[- ]\d{{2,4}}(?:\s+{_CLOCK}(?:\s+{_ZONE})?)?))"
)

# Stands for a date to come.
_LATER = "unavailable_later"


class Directives(Struct, frozen=True):
    """The directives that apply to us; one that `expires` will become noindex at a date."""

    noindex: bool = False
    nofollow: bool = False
    expires: bool = False


def read_robots_tag(values: Iterable[str], now: datetime | None = None) -> Directives:
    """Read the directives for all robots or for ours from all X-Robots-Tag headers of a response.

    `now` is the time to which dates are compared, by default the present.
    """
    words: set[str] = set()
    for value in values:
        for_us = True
        for part in _with_expired(value, now).split(","):
            name, colon, rest = part.strip().partition(":")
            robot = _ROBOT.fullmatch(name.strip()) if colon else None
            if robot and robot[1] not in _WITH_VALUE:
                for_us = robot[1] in _FOR_US
                part = rest
            if for_us:
                words |= _words(part)
    return _directives(words)


def read_robots_meta(values: Iterable[str], now: datetime | None = None) -> Directives:
    """Read the directives from the `content` of each robots <meta> element of a page; `now` as above."""
    return _directives({word for value in values for word in _words(_with_expired(value, now))})


def _with_expired(value: str, now: datetime | None) -> str:
    """`value` in lower case, with `noindex` for a date after which the page is not to be shown, once that is past.

    Until then with `_LATER`.
    """
    text = value.lower()
    if "unavailable_after" not in text:
        return text
    return _EXPIRY.sub(lambda found: _said_at(now or datetime.now(UTC), found), text)


def _said_at(now: datetime, found: re.Match[str]) -> str:
    iso, day = found[1], found[2] or ""
    try:
        written = day if ":" in day else f"{day} 00:00"
        moment = datetime.fromisoformat(iso.strip().upper()) if iso else parsedate_to_datetime(written)
    except (ValueError, IndexError, OverflowError):
        return ""
    return "noindex" if (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) < now else _LATER


def _words(text: str) -> set[str]:
    return set(_SEPARATORS.split(_VALUED.sub(" ", text)))


def _directives(words: set[str]) -> Directives:
    noindex = bool(words & {"noindex", "no-index", "none"})
    nofollow = bool(words & {"nofollow", "no-follow", "none"})
    return Directives(noindex, nofollow, expires=_LATER in words and not noindex)
