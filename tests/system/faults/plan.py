"""What a torture does and when, all of it decided by its seed before it begins."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

Fault = Literal[
    "kill_one", "kill_all", "stop_one", "end_one", "flush", "kill_redis", "demote_redis", "kill_postgres",
    "restart_postgres",
]  # fmt: skip
Action = Literal["trigger", "move", "edit_site", "pause", "resume", "edit", "cancel", "replace"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
FAULT_WEIGHTS = (8, 3, 4, 2, 4, 3, 1, 2, 2)
ACTIONS: tuple[Action, ...] = get_args(Action)
ACTION_WEIGHTS = (55, 20, 12, 3, 3, 3, 4, 1)
# Time between two, in seconds: long enough for a replica to come up now and then, short enough to hurt.
BETWEEN_FAULTS = (1.0, 7.0)
BETWEEN_ACTIONS = (0.02, 0.2)
# Longer than one takes, which is not among the faults for that: they strike while it is under way.
BETWEEN_ROLLS = (40.0, 80.0)


class Step(NamedTuple):
    """Something to do: `at` seconds after the start, to the number `target`, for `seconds` where it lasts."""

    at: float
    what: str
    target: int
    seconds: float


def faults(seed: int, minutes: float) -> Iterator[Step]:
    """The faults, in their order."""
    chance = random.Random(f"faults {seed}")
    at = 3.0
    while at < minutes * 60:
        (what,) = chance.choices(FAULTS, FAULT_WEIGHTS)
        yield Step(round(at, 3), what, chance.randrange(1000), round(chance.uniform(0.1, 4.0), 3))
        at += chance.uniform(*BETWEEN_FAULTS)


def rolls(seed: int, minutes: float) -> Iterator[Step]:
    """The rolling restarts, in their order."""
    chance = random.Random(f"rolls {seed}")
    at = chance.uniform(*BETWEEN_ROLLS) / 2
    while at < minutes * 60:
        yield Step(round(at, 3), "roll", 0, 0)
        at += chance.uniform(*BETWEEN_ROLLS)


def actions(seed: int, minutes: float) -> Iterator[Step]:
    """What users do meanwhile, in its order."""
    chance = random.Random(f"actions {seed}")
    at = 0.0
    while at < minutes * 60:
        (what,) = chance.choices(ACTIONS, ACTION_WEIGHTS)
        yield Step(round(at, 3), what, chance.randrange(1_000_000), chance.choice((2, 4, 6)))
        at += chance.uniform(*BETWEEN_ACTIONS)
