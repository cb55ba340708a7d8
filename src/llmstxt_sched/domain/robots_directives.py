"""The directives for robots in a page's X-Robots-Tag headers and robots <meta> elements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

# Our product token (RFC 9309, section 2.2.1).
PRODUCT = "llmstxt-sched"
META_NAMES = ("robots", PRODUCT)

# Directives that take a value: the word before their colon does not name a robot, and `none` after it is no directive.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_VALUED = re.compile(rf"(?:{'|'.join(sorted(_WITH_VALUE))})\s*:\s*[^\s,;]*")
# Commas are what is asked for; whoever wrote another separator meant the same.
_SEPARATORS = re.compile(r"[\s,;|/]+")


class Directives(Struct, frozen=True):
    """The directives that apply to us."""

    noindex: bool = False
    nofollow: bool = False


def read_robots_tag(values: Iterable[str]) -> Directives:
    """Read the directives for all robots or for ours from all X-Robots-Tag headers of a response."""
    words: set[str] = set()
    for value in values:
        for_us = True
        for part in value.lower().split(","):
            name, colon, rest = part.strip().partition(":")
            if colon and name.strip() not in _WITH_VALUE:
                for_us = name.strip() in {"*", PRODUCT}
                part = rest
            if for_us:
                words |= _words(part)
    return _directives(words)


def read_robots_meta(values: Iterable[str]) -> Directives:
    """Read the directives from the `content` of each robots <meta> element of a page."""
    return _directives({word for value in values for word in _words(value.lower())})


def _words(text: str) -> set[str]:
    return set(_SEPARATORS.split(_VALUED.sub(" ", text)))


def _directives(words: set[str]) -> Directives:
    return Directives(bool(words & {"noindex", "none"}), bool(words & {"nofollow", "none"}))
