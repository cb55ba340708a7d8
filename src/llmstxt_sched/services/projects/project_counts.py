"""Counts of projects by status, which cost the more the more projects there are.

Beyond some number of projects they may therefore be a little old: as old as keeps the time spent on counting small, or
up to twice as old while they are counted again, so that no list waits for that.  Older ones are not shown: whoever is
the first to ask after a pause waits.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from msgspec import Struct

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.store import project_lists
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.projects import ProjectFilter

# Up to so many projects, a count takes no longer than the list beside it, and is always a new one.
ALWAYS_NEW = 1000
# Counting takes at most a twentieth of the time, in which a count is used again for a second at least.
LEAST_SECONDS = 1.0
SHARE = 20
# Times as long are they shown if they are asked for meanwhile, which is when they are counted again.
SHOWN = 2
# Searches: each may have counts of its own.
MOST_KEPT = 100


class _Kept(Struct, frozen=True):
    """Counts that are used until a time, and until a later one while they are counted anew."""

    counts: dict[str, int]
    fresh_until: float
    shown_until: float


class ProjectCounts:
    """The counts that were read lately, by filter."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[ProjectFilter, _Kept] = {}
        self._renewals: dict[ProjectFilter, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()

    async def read(self, wanted: ProjectFilter) -> dict[str, int]:
        """The number of projects for each status, and that of `all`; some seconds old where projects are many."""
        kept = self._kept.get(wanted)
        if kept is None or time.monotonic() >= kept.shown_until:
            return await self._counted(wanted)
        if time.monotonic() >= kept.fresh_until and wanted not in self._renewals:
            self._renewals[wanted] = asyncio.create_task(self._renew(wanted))
        return kept.counts

    async def _renew(self, wanted: ProjectFilter) -> None:
        # Nobody waits for it: whoever asks once the kept counts are too old meets the same error.
        try:
            with suppress(Unavailable):
                await self._counted(wanted)
        finally:
            del self._renewals[wanted]

    async def _counted(self, wanted: ProjectFilter) -> dict[str, int]:
        """New counts, unless they were counted during the wait: one after another, as each takes a processor."""
        async with self._turn:
            kept = self._kept.get(wanted)
            if kept and time.monotonic() < kept.fresh_until:
                return kept.counts
            begun = time.monotonic()
            async with self._database.connection() as connection:
                counts = await project_lists.counts(connection, wanted)
                are_many = await project_lists.are_more_than(connection, ALWAYS_NEW)
            if are_many:
                self._keep(wanted, counts, time.monotonic() - begun)
            else:
                self._kept.pop(wanted, None)
            return counts

    def _keep(self, wanted: ProjectFilter, counts: dict[str, int], taken: float) -> None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        now, lasts = time.monotonic(), max(LEAST_SECONDS, SHARE * taken)
        self._kept[wanted] = _Kept(counts, now + lasts, now + SHOWN * lasts)
