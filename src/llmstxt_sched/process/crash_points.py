"""Crashes on purpose, for tests: `CRASH_AT=after_fire:2` kills the process the second time it reaches `after_fire`.

There is a point between any two side effects, because after a crash there another process must find and complete the
unfinished work.  If the variable is not set, a point costs one comparison.
"""

from __future__ import annotations

import itertools
import os
from typing import Literal, get_args

from llmstxt_sched.errors import ConfigError

VARIABLE = "CRASH_AT"
# The exit status by which a shell reports a process that was killed: 128 + SIGKILL.
KILLED = 137

Point = Literal[
    # In a tick, in this order.
    "after_rescue",
    "after_fire",
    "after_promote",
    "after_due_read",
    "after_due_promote",
    "after_reclaim",
    "after_requeue",
    "after_rebuild",
    # In a worker, while it carries out a run.
    "after_take",
    "after_claim",
    "in_crawl",
    "before_finish",
    "in_finish",
    "after_finish",
    "after_retry",
    "after_settle",
    "after_hand_back",
    # In a delivery, between the attempt and the note of what came of it.
    "after_send",
    # In requests of users, between the commit and the push: a changed schedule, a triggered run, a canceled one.
    "after_plan",
    "after_trigger",
    "after_cancel",
]
POINTS: tuple[Point, ...] = get_args(Point)

_setting = os.environ.get(VARIABLE, "")
_point, _, _number = _setting.partition(":")
_times_reached = itertools.count(1)


def crash_point(name: Point) -> None:
    """End the process as if it were killed, if CRASH_AT names this point and it is reached for the N-th time."""
    if name == _point and next(_times_reached) == int(_number):
        os._exit(KILLED)


def check_crash_point() -> None:
    """Raise ConfigError if CRASH_AT is not valid: a test would never crash, and pass without proving anything."""
    if _setting and (_point not in POINTS or not _number.isdecimal() or int(_number) < 1):
        raise ConfigError(f"{VARIABLE}={_setting!r} cannot be used: POINT:N, where POINT is one of {', '.join(POINTS)}")
