from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from llmstxt_sched.process.threads import let_the_loop_in


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_who_comes_back_from_the_system_waits_less_for_threads_that_compute() -> None:
    usually = _waits()
    let_the_loop_in()
    assert _waits() < usually / 3


def _waits() -> float:
    """The seconds that some returns from the system take beside threads that compute."""
    is_over = Event()

    def compute() -> None:
        while not is_over.is_set():
            sum(range(1000))

    with ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(compute)
        begun = time.monotonic()
        for _ in range(30):
            time.sleep(0)
        is_over.set()
    return time.monotonic() - begun
