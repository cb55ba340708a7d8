"""Tunes what becomes of garbage: its collection, which stops the whole process while it looks at every object, and
the memory that it leaves.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
from collections.abc import Iterator

# Objects made, less those freed, before the youngest are looked at; the default, 700, costs a crawl a tenth more.
_THRESHOLD = 10_000
# The option of mallopt(3) of glibc for mapping large blocks, and the size in bytes from which it does: pages and their
# parts are smaller, the data of all pages of a run is larger.
_M_MMAP_THRESHOLD, _LARGE = -3, 256 * 1024


@contextlib.contextmanager
def spare_what_is_loaded() -> Iterator[None]:
    """Look at no object that the block makes, then or later.

    Modules stay, and to look at them again and again takes a tenth of the time in which they are loaded.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def spare_what_lives_on() -> None:
    """Never look again at the objects that exist now; to be called once everything is built.

    What was imported and built is some 400,000 objects, and each full collection took 100 ms for them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_THRESHOLD)


def return_large_blocks() -> None:
    """Have the system get back each large block of memory as soon as it is freed; to be called first of all.

    By itself glibc takes such blocks from the heap once it has freed a few, and a heap does not shrink while what was
    made later lives on.
    """
    # Not every C library has it.
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
