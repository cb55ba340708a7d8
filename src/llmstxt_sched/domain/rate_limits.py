"""How often something may be done: attempts counted in windows of a minute.  Pure: the caller passes the time.

A window begins with its first attempt.  Twice the limit can therefore fall into one minute, half of it at the end of
one window and half at the beginning of the next; in the long run it is never more than the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from msgspec import Struct

WINDOW_SECONDS = 60
# With more windows than this, those that have ended are forgotten.
_MAX_WINDOWS = 10_000
# The network that a subscriber usually gets (RFC 6177): whoever has one address of it has all of them.
_IPV6_PREFIX = 64


class Limit(Struct, frozen=True):
    """At most `most` attempts at `what` in a window by `who`."""

    what: str
    who: str
    most: int


class Windows:
    """The windows of one process; times are in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], tuple[float, int]] = {}

    def attempt(self, limits: Sequence[Limit], now: float) -> float:
        """Count one attempt; returns the seconds until another makes sense, 0 if this one is within all limits.

        Where one limit is exceeded, those after it are not charged.
        """
        for limit in limits:
            end, count = self._count(limit, now)
            if count > limit.most:
                return end - now
        return 0.0

    def _count(self, limit: Limit, now: float) -> tuple[float, int]:
        key = (limit.what, limit.who)
        end, count = self._windows.get(key, (now, 0))
        if end <= now:
            end, count = now + WINDOW_SECONDS, 0
        if len(self._windows) >= _MAX_WINDOWS:
            self._windows = {key: window for key, window in self._windows.items() if window[0] > now}
        self._windows[key] = (end, count + 1)
        return end, count + 1


def counted_as(address: str) -> str:
    """Whom a client's address stands for: itself, or its network if it is IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, _IPV6_PREFIX), strict=False)) if isinstance(found, IPv6Address) else str(found)
