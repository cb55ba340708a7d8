"""Death on purpose, for tests: `CRASH_AT=after_fire:2` ends the process the second time that it comes by there.

A point stands between every two effects, because whatever is done in between must be found and finished by
somebody else.  Without the variable a point costs one comparison.
"""

from __future__ import annotations

import itertools
import os
from typing import Literal, get_args

from llmstxt_sched.errors import ConfigError

VARIABLE = "CRASH_AT"
# How a shell reports a process that was killed: 128 and SIGKILL.
KILLED = 137

Point = Literal[
    # The tick, in its order.
    "after_rescue",
    "after_fire",
    "after_promote",
    "after_due_read",
    "after_due_promote",
    "after_reclaim",
    "after_requeue",
    "after_rebuild",
    # A worker with one run.
    "after_take",
    "after_claim",
    "in_crawl",
    "before_finish",
    "in_finish",
    "after_finish",
    "after_retry",
    "after_settle",
    "after_hand_back",
    # What people ask for, between the commit and the push.
    "after_plan",
    "after_trigger",
    "after_cancel",
]
POINTS: tuple[Point, ...] = get_args(Point)

_asked = os.environ.get(VARIABLE, "")
_point, _, _number = _asked.partition(":")
_passings = itertools.count(1)


def crash_point(name: Point) -> None:
    """End the process here, as if it were killed, if this is the passing that was asked for."""
    if name == _point and next(_passings) == int(_number):
        os._exit(KILLED)


def check_crash_point() -> None:
    """Raises ConfigError where the variable names no point: a test that never crashes would prove nothing."""
    if _asked and (_point not in POINTS or not _number.isdecimal() or int(_number) < 1):
        raise ConfigError(f"{VARIABLE}={_asked!r} cannot be used: POINT:N, where POINT is one of {', '.join(POINTS)}")
