"""How long one page takes, in the process that reads it."""

from __future__ import annotations

import time
from collections.abc import Callable

# The page itself, then the milliseconds of CPU that it took.
Reading = tuple[str, float]

# A page is read as often, and the shortest time counts: what made the others longer was not the reader.
_TIMES = 5


def timed(read: Callable[[str], str], html: str) -> Reading:
    """What `read` makes of a page; nothing where it fails."""
    shortest, markdown = float("inf"), ""
    for _ in range(_TIMES):
        started = time.process_time()
        try:
            markdown = read(html)
        except Exception:  # noqa: BLE001 - a reader that fails has read nothing
            return "", 0.0
        shortest = min(shortest, time.process_time() - started)
    return markdown, shortest * 1000
