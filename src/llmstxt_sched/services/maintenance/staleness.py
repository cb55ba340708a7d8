"""Tells of projects that have become stale."""

from __future__ import annotations

import structlog

from llmstxt_sched.store.notifications import events
from llmstxt_sched.store.postgres.database import Database

log = structlog.get_logger(__name__)

# So many a transaction.
LIMIT = 1000


class Staleness:
    """The step of a tick that tells of broken promises of freshness, each once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self) -> None:
        """Tell of each project that has become stale."""
        told = LIMIT
        while told == LIMIT:
            async with self._database.transaction() as connection:
                told = await events.note_stale(connection, LIMIT)
            if told:
                log.info("projects became stale", count=told)
