from __future__ import annotations

import sys

from llmstxt_sched.process.threads import let_the_loop_in


def test_threads_that_compute_take_turns_several_times_as_often() -> None:
    usual = sys.getswitchinterval()
    try:
        let_the_loop_in()
        assert 0 < sys.getswitchinterval() < usual / 3
    finally:
        sys.setswitchinterval(usual)
