"""When the next request to each host may be sent.  Pure: the caller passes the time."""

from __future__ import annotations

# With more hosts than this, those whose last turn has passed are forgotten.
_MAX_HOSTS = 1000


class Turns:
    """Assigns the turns of each host, one after the other; times are in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    def reserve(self, host: str, now: float, delay: float, away: float = 0) -> float:
        """Reserve the host's next turn; returns the number of seconds until it.

        The turn after it comes `delay` seconds later, but not earlier than `away` seconds from `now`.
        """
        turn = max(now, self._free_at.get(host, 0.0))
        if len(self._free_at) > _MAX_HOSTS:
            self._free_at = {name: free for name, free in self._free_at.items() if free > now}
        self._free_at[host] = max(turn + delay, now + away)
        return turn - now
