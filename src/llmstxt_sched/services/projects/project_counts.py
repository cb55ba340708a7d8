"""Counts of projects by status, which cost the more the more projects there are.

Beyond some number of projects they may therefore be a little old: as old as keeps the time spent on counting small.
"""

from __future__ import annotations

import asyncio
import time

from llmstxt_sched.store import project_lists
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.projects import ProjectFilter

# Up to so many projects, a count takes no longer than the list beside it, and is always a new one.
ALWAYS_NEW = 1000
# Counting takes at most a twentieth of the time, in which a count is used again for a second at least.
LEAST_SECONDS = 1.0
SHARE = 20
# Searches: each may have counts of its own.
MOST_KEPT = 100


class ProjectCounts:
    """The counts that were read lately, by filter."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[ProjectFilter, tuple[float, dict[str, int]]] = {}
        self._turn = asyncio.Lock()

    async def read(self, wanted: ProjectFilter) -> dict[str, int]:
        """The number of projects for each status, and that of `all`; some seconds old where projects are many."""
        if found := self._fresh(wanted):
            return found
        async with self._turn:
            if found := self._fresh(wanted):
                return found
            begun = time.monotonic()
            async with self._database.connection() as connection:
                counts = await project_lists.counts(connection, wanted)
                are_many = await project_lists.are_more_than(connection, ALWAYS_NEW)
            now = time.monotonic()
            if are_many:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[wanted] = (now + max(LEAST_SECONDS, SHARE * (now - begun)), counts)
            return counts

    def _fresh(self, wanted: ProjectFilter) -> dict[str, int] | None:
        until, counts = self._kept.get(wanted, (0.0, None))
        return counts if time.monotonic() < until else None
