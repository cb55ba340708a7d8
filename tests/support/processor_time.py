"""Bounds on processor time, which other processes on the machine do not use up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """Fail if the block takes more than this: several times what linear work takes, a fraction of quadratic work."""
    begin = process_time()
    yield
    assert process_time() - begin < most
