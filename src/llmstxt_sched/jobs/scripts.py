"""The Lua scripts of `lua/`.  redis-py sends a script again if the server no longer has it."""

from __future__ import annotations

from pathlib import Path

from redis.commands.core import AsyncScript

from llmstxt_sched.jobs.connection import RedisClient


class Scripts:
    """Operations that must be atomic, one script each."""

    def __init__(self, client: RedisClient) -> None:
        self.clock = _script(client, "clock")
        self.promote = _script(client, "parts/enqueue", "promote")
        self.reclaim = _script(client, "reclaim")
        self.requeue = _script(client, "parts/enqueue", "requeue")
        self.take = _script(client, "take")
        self.pace = _script(client, "pace")
        self.limit = _script(client, "limit")


def _script(client: RedisClient, *names: str) -> AsyncScript:
    """The script of these files in a row: Lua in Redis cannot read one from another."""
    folder = Path(__file__).parent / "lua"
    return client.register_script("".join((folder / f"{name}.lua").read_text() for name in names))
