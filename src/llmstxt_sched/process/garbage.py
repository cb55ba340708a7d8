"""Tunes the collection of garbage, which stops the whole process while it looks at every object."""

from __future__ import annotations

import gc

# Objects made, less those freed, before the youngest are looked at; the default, 700, costs a crawl a tenth more.
_THRESHOLD = 10_000


def spare_what_lives_on() -> None:
    """Never look again at the objects that exist now; to be called once everything is built.

    What was imported and built is some 400,000 objects, and each full collection took 100 ms for them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_THRESHOLD)
