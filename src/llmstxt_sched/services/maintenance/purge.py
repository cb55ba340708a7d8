"""Deletes what is kept for a limited time."""

from __future__ import annotations

from llmstxt_sched.store import idempotency
from llmstxt_sched.store.database import Database


class Purge:
    """The step of a tick that deletes expired data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self) -> None:
        """Delete responses stored for an Idempotency-Key more than a day ago."""
        async with self._database.connection() as connection:
            await idempotency.purge(connection)
