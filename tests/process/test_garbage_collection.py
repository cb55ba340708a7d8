from __future__ import annotations

import gc
import platform
import subprocess
import sys

import pytest

from llmstxt_sched.process.garbage_collection import spare_what_is_loaded, spare_what_lives_on


def test_what_exists_is_not_looked_at_again() -> None:
    threshold = gc.get_threshold()
    lives_on: list[list[int]] = [[]]
    spare_what_lives_on()
    try:
        made_later: list[list[int]] = [[]]
        looked_at = {id(each) for each in gc.get_objects()}
        assert id(made_later) in looked_at
        assert id(lives_on) not in looked_at
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)


def test_what_is_loaded_is_not_looked_at_then_or_later() -> None:
    try:
        with spare_what_is_loaded():
            assert not gc.isenabled()
            loaded: list[list[int]] = [[]]
        assert gc.isenabled()
        made_later: list[list[int]] = [[]]
        looked_at = {id(each) for each in gc.get_objects()}
        assert id(made_later) in looked_at
        assert id(loaded) not in looked_at
    finally:
        gc.unfreeze()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no mallopt")
def test_the_memory_of_a_large_block_goes_back_while_what_was_made_later_lives_on() -> None:
    program = """
import re
from llmstxt_sched.process.garbage_collection import return_large_blocks

def held() -> int:
    return int(re.search(r"RssAnon:\\s+(\\d+)", open("/proc/self/status").read())[1])

return_large_blocks()
block = b"x" * (8 << 20)
del block
before = held()
block = b"x" * (8 << 20)
later = [b"y" * 10_000 for _ in range(100)]
del block
print(held() - before)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 4 << 10
