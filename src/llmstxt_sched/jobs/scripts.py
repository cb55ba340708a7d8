"""The Lua scripts of `lua/`.  redis-py sends a script again if the server no longer has it."""

from __future__ import annotations

from pathlib import Path

from redis.commands.core import AsyncScript

from llmstxt_sched.jobs.connection import RedisClient


class Scripts:
    """Operations that must be atomic, one script each."""

    def __init__(self, client: RedisClient) -> None:
        self.clock = _script(client, "clock")
        self.promote = _script(client, "promote")
        self.reclaim = _script(client, "reclaim")
        self.requeue = _script(client, "requeue")
        self.pace = _script(client, "pace")
        self.limit = _script(client, "limit")


def _script(client: RedisClient, name: str) -> AsyncScript:
    return client.register_script((Path(__file__).parent / "lua" / f"{name}.lua").read_text())
