"""A copy of a robots.txt, kept for the next crawls of its origin (RFC 9309, section 2.4)."""

from __future__ import annotations

from msgspec import Struct

# The longest that a copy may be used without asking the site again.
MAX_AGE_SECONDS = 24 * 3600


class RobotsCopy(Struct, frozen=True):
    """What an origin last answered, and what a conditional request for it says; `body` is empty for a 4xx."""

    body: bytes
    etag: str = ""
    last_modified: str = ""
