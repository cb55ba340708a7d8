"""When each host may be asked next.  Pure: the time is the caller's."""

from __future__ import annotations

# Hosts that are remembered before those whose turn has passed are forgotten.
_MANY = 1000


class Turns:
    """The turns of hosts, handed out one after the other; times in seconds by one monotonic clock."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    def reserve(self, host: str, now: float, delay: float, away: float = 0) -> float:
        """Reserve the host's next turn; returns how many seconds it is away.

        The turn after it comes `delay` seconds later, and not before `away` seconds from now.
        """
        turn = max(now, self._free_at.get(host, 0.0))
        if len(self._free_at) > _MANY:
            self._free_at = {each: free for each, free in self._free_at.items() if free > now}
        self._free_at[host] = max(turn + delay, now + away)
        return turn - now
