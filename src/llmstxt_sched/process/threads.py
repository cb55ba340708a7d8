"""Has the event loop wait little for threads that compute."""

from __future__ import annotations

import sys

# After so long a thread that computes lets another one on; by default after 5 ms.  The event loop waits for it whenever
# it comes back from the system, several times for a request, and with more such threads as often again: four dry runs
# of a site with 50,000 addresses made each request take a second.
_SWITCH_SECONDS = 0.0005


def let_the_loop_in() -> None:
    """Have threads take turns more often; where one alone computes, it costs nothing."""
    sys.setswitchinterval(_SWITCH_SECONDS)
