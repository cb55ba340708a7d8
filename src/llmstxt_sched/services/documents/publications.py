"""Which version each public project serves, known without asking Postgres for each request.

A process asks twice a second what has changed, and knows nothing as soon as it has not been told for a second: then the
database is asked, as it is for what was not asked for before.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.waiting import stopped_within
from llmstxt_sched.store.documents import publications
from llmstxt_sched.store.documents.publications import Publication
from llmstxt_sched.store.postgres.database import Database

# A new version is served everywhere within the second.
LOOK_SECONDS = 0.4
CERTAIN_SECONDS = 1.0
# Each takes some 500 bytes.
MOST_KNOWN = 20_000


class Publications:
    """What this process knows of what is published."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, Publication] = {}
        self._horizon: str | None = None
        # Counts what was forgotten, so that nothing is remembered that was read before it.
        self._forgotten = 0
        self._looked_at = self._doubted_at = float("-inf")

    def known(self, slug: str) -> Publication | None:
        """What is published under `slug`, if that is known for certain."""
        return self._known.get(slug) if self._is_certain else None

    async def find(self, slug: str) -> Publication | None:
        """What is published under `slug`, according to Postgres.  Raises Unavailable."""
        forgotten = self._forgotten
        async with self._database.connection() as connection:
            found = await publications.get(connection, slug)
        if found and self._is_certain and forgotten == self._forgotten:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[slug] = found
        return found

    def doubt(self) -> None:
        """To be called when this process may have changed what is published; then the next look decides."""
        self._doubted_at = time.monotonic()

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep up with what changes, until `stop`; a look that fails leaves this process uncertain."""
        while not stop.is_set():
            with suppress(Unavailable, TimeoutError):
                async with asyncio.timeout(CERTAIN_SECONDS):
                    await self._look()
            await stopped_within(stop, LOOK_SECONDS)

    @property
    def _is_certain(self) -> bool:
        return self._looked_at > self._doubted_at and time.monotonic() - self._looked_at < CERTAIN_SECONDS

    async def _look(self) -> None:
        begun = time.monotonic()
        if begun - self._looked_at > CERTAIN_SECONDS:
            # Later changes may not be told any more.
            self._horizon = None
        async with self._database.connection() as connection:
            changed = await publications.changed(connection, self._horizon)
        if self._horizon is None:
            self._known.clear()
            self._forgotten += 1
        for slug in changed.slugs:
            self._forgotten += 1
            self._known.pop(slug, None)
        self._horizon, self._looked_at = changed.horizon, begun
