"""The member of the process that deletes history beyond its age, and projects whose time is over."""

from __future__ import annotations

import asyncio

import structlog

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.outage import Outage
from llmstxt_sched.process.waiting import stopped_within
from llmstxt_sched.services.maintenance.one_offs import ExpiredOneOffs
from llmstxt_sched.services.maintenance.retention import Retention

log = structlog.get_logger(__name__)

# How long a process waits between two looks whether it is its turn.  A turn that is cut off at the end continues later.
PAUSE_SECONDS = 30.0


class RetentionLoop:
    """Takes turns until it is told to stop."""

    def __init__(self, retention: Retention, one_offs: ExpiredOneOffs, *, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._retention = retention
        self._one_offs = one_offs
        self._pause_seconds = pause_seconds
        self._outage = Outage("retention", "Postgres")

    async def run(self, stop: asyncio.Event) -> None:
        """Take turns until `stop`.  A failed one is logged (an outage only once) and followed by the next."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not await stopped_within(stop, self._pause_seconds):
                turn = asyncio.create_task(self._turn())
                await asyncio.wait({turn, stopped}, return_when=asyncio.FIRST_COMPLETED)
                turn.cancel()
                await asyncio.wait({turn})
        finally:
            stopped.cancel()

    async def _turn(self) -> None:
        try:
            deleted = await self._retention.turn()
            deleted["one_offs"] += await self._one_offs.delete()
        except Unavailable as error:
            self._outage.note(error)
        except Exception:
            log.exception("retention failed")
        else:
            self._outage.clear()
            if deleted.total():
                log.info("old history deleted", **deleted)
