"""How long Redis stood still, and because of what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct
from redis.asyncio import Redis

# What a script of ours, and anything else of ours, may take; in milliseconds.
SCRIPT_MS, OTHER_MS = 5.0, 20.0
# As the slow log wants it: from here on, in microseconds, a command is noted.
NOTED_MICROSECONDS = 5000
SCRIPTS = frozenset({"EVALSHA", "EVAL", "FCALL"})


class Pause(Struct, frozen=True):
    """One command that Redis took long for."""

    command: str
    milliseconds: float

    @property
    def is_too_long(self) -> bool:
        """Whether it is above what we allow ourselves."""
        return self.milliseconds > (SCRIPT_MS if self.command.split()[0] in SCRIPTS else OTHER_MS)


class Pauses:
    """The pauses of a block, longest first."""

    def __init__(self) -> None:
        self.noted: list[Pause] = []
        self.longest_ms = 0.0


@asynccontextmanager
async def pauses(redis: Redis) -> AsyncIterator[Pauses]:
    """Note what takes Redis long in the block.

    The slow log knows commands one by one, the latency monitor also a transaction as a whole.
    """
    client: Any = redis
    await client.config_set("slowlog-log-slower-than", NOTED_MICROSECONDS)
    await client.config_set("slowlog-max-len", 1000)
    await client.config_set("latency-monitor-threshold", 1)
    await client.slowlog_reset()
    await client.latency_reset()
    found = Pauses()
    yield found
    for entry in await client.slowlog_get(1000):
        words = bytes(entry["command"]).decode(errors="replace").split()
        found.noted.append(Pause(" ".join(words[:3])[:60], entry["duration"] / 1000))
    found.noted.sort(key=lambda each: -each.milliseconds)
    events = {str(name): longest for name, _, _, longest, *_ in await client.latency_latest()}
    found.longest_ms = max((ms for name, ms in events.items() if name.endswith("command")), default=0)
    found.longest_ms = max([found.longest_ms, *(each.milliseconds for each in found.noted)])
