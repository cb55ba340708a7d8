"""Deletes what is kept for a limited time, and ends waits that are longer than any may be."""

from __future__ import annotations

from datetime import timedelta

from llmstxt_sched.domain.run import MAX_RETRY_AFTER
from llmstxt_sched.store import idempotency, leases, runs
from llmstxt_sched.store.documents import publications
from llmstxt_sched.store.notifications import deliveries
from llmstxt_sched.store.people import sessions, sign_in_links
from llmstxt_sched.store.postgres.database import Database


class Purge:
    """The step of a tick that deletes expired data; a delivery waits for `longest_wait` at most."""

    def __init__(self, database: Database, longest_wait: timedelta) -> None:
        self._database = database
        self._longest_wait = longest_wait

    async def purge(self) -> None:
        """Delete responses for an Idempotency-Key after a day, and sessions, links and news that are over.

        A run whose next attempt is hours away was told so by a clock that was ahead: its wait ends, as does that of
        a delivery.
        """
        async with self._database.connection() as connection:
            await idempotency.purge(connection)
            await leases.forget_extensions(connection)
            await runs.shorten_waits(connection, MAX_RETRY_AFTER)
            await deliveries.shorten_waits(connection, self._longest_wait)
            await sessions.purge(connection)
            await sign_in_links.purge(connection)
            await publications.purge(connection)
