"""The atomic scripts of `lua/`, loaded once; redis-py sends them again where the server forgot them."""

from __future__ import annotations

from pathlib import Path

from redis.commands.core import AsyncScript

from llmstxt_sched.jobs.connection import RedisClient


class Scripts:
    """What has to happen in one step, whoever else looks at the same keys."""

    def __init__(self, client: RedisClient) -> None:
        self.clock = _script(client, "clock")
        self.promote = _script(client, "promote")
        self.reclaim = _script(client, "reclaim")
        self.requeue = _script(client, "requeue")
        self.pace = _script(client, "pace")


def _script(client: RedisClient, name: str) -> AsyncScript:
    return client.register_script((Path(__file__).parent / "lua" / f"{name}.lua").read_text())
