"""Deletes what is kept for a limited time."""

from __future__ import annotations

from llmstxt_sched.store import idempotency, one_offs, publications, runs
from llmstxt_sched.store.people import sessions, sign_in_links
from llmstxt_sched.store.postgres.database import Database

# So many a tick: each takes its pages and versions along.
ONE_OFFS = 20


class Purge:
    """The step of a tick that deletes expired data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self) -> None:
        """Delete responses for an Idempotency-Key after a day, and sessions, links, news and one-offs that are over."""
        async with self._database.connection() as connection:
            await idempotency.purge(connection)
            await runs.forget_extensions(connection)
            await sessions.purge(connection)
            await sign_in_links.purge(connection)
            await publications.purge(connection)
            await one_offs.purge(connection, ONE_OFFS)
