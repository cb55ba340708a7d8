from __future__ import annotations

import gc

from llmstxt_sched.extraction.garbage_collection import without_collector


def test_the_collector_runs_again_afterwards_if_it_did_before() -> None:
    with without_collector():
        assert not gc.isenabled()
        with without_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
