"""What is kept for a while only, forgotten when its time is over."""

from __future__ import annotations

from llmstxt_sched.store import idempotency
from llmstxt_sched.store.database import Database


class Purge:
    """Forgets by age."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self) -> None:
        """Forget responses to requests with an Idempotency-Key after a day."""
        async with self._database.connection() as connection:
            await idempotency.purge(connection)
