"""Turns: which replica does the work that need not be done by each.  Whoever takes one may die; another comes."""

from __future__ import annotations

from llmstxt_sched.store.postgres.statements import Connection, statements


async def take(connection: Connection, name: str, seconds: float) -> bool:
    """Whether the caller is to do the work `name`: no replica has begun it within the last `seconds`."""
    return await statements["turn_take"].value(connection, name=name, seconds=seconds) is not None
