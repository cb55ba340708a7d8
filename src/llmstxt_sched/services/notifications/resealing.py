"""Seals anew what targets hold sealed with an older key, so that the key can go though some are never told."""

from __future__ import annotations

from uuid import UUID

import structlog

from llmstxt_sched.services.secrets import Secrets, UnreadableSecret
from llmstxt_sched.store.notifications import targets
from llmstxt_sched.store.notifications.targets import SealedTarget
from llmstxt_sched.store.postgres.database import Database

log = structlog.get_logger(__name__)

# Targets that are opened at once, some milliseconds of the event loop.
PAGE = 200


class Resealing:
    """Walks over all targets once in the life of a process: a key is replaced by a restart."""

    def __init__(self, database: Database, secrets: Secrets) -> None:
        self._database = database
        self._secrets = secrets
        self._after: UUID | None = UUID(int=0)
        self._resealed = self._unreadable = 0

    async def reseal(self) -> int:
        """Look at the next targets; returns how many they were, 0 once the walk is over.

        What no key opens is left as it is: its deliveries say so.
        """
        if self._after is None:
            return 0
        async with self._database.connection() as connection:
            page = await targets.sealed_after(connection, self._after, PAGE)
            for target in page:
                if sealed := self._sealed_anew(target):
                    await targets.reseal(connection, target.id, target.sealed, sealed)
                    self._resealed += 1
        self._after = page[-1].id if page else None
        if self._after is None and (self._resealed or self._unreadable):
            log.info("targets sealed with the newest key", count=self._resealed, unreadable=self._unreadable)
        return len(page)

    def _sealed_anew(self, target: SealedTarget) -> bytes | None:
        try:
            opened, is_newest = self._secrets.open(target.id, target.sealed)
        except UnreadableSecret:
            self._unreadable += 1
            return None
        return None if is_newest else self._secrets.seal(target.id, opened)
