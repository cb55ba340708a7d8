"""How the processor time of some work grows with its input: the machine's speed is in both sides of the comparison."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

_TIMES_THE_SIZE = 10
# Linear work takes 10 times as long, quadratic work 100 times. Between them is room for what grows with the heap.
_TIMES_THE_SECONDS = 30
# What else the machine does may slow one of the two: the least of some attempts is the work's own.
_ATTEMPTS = 4


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Fail if the work on `size` takes more than thirty times what it takes on a tenth of it."""
    small: list[float] = []
    large: list[float] = []
    for _ in range(_ATTEMPTS):
        small.append(_seconds(work, size // _TIMES_THE_SIZE))
        large.append(_seconds(work, size))
        if min(large) <= _TIMES_THE_SECONDS * min(small):
            return
    raise AssertionError(f"{size} took {min(large):.4f} s, a tenth of it {min(small):.4f} s: more than linear work")


def _seconds(work: Callable[[int], object], size: int) -> float:
    begin = process_time()
    work(size)
    return process_time() - begin
