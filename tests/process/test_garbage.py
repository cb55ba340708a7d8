from __future__ import annotations

import gc

from llmstxt_sched.process.garbage import spare_what_lives_on


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
