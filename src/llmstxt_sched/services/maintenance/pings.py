"""Starts the runs that pings of deployments have asked for, once they are due."""

from __future__ import annotations

from uuid import UUID, uuid4

import structlog

from llmstxt_sched.domain.ping import MOST_AHEAD, PingMove, fire_pings
from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.settle import lock
from llmstxt_sched.store import pings, runs
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)

# So many a tick; each has a transaction of its own.
LIMIT = 500


class DuePings:
    """The step of a tick that concerns pings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fire(self) -> list[Run]:
        """Queue a run for each project with pings that are due.

        Replicas that do so at once wait for each other at the schedule's lock, behind which only one still finds any.
        """
        async with self._database.connection() as connection:
            due = await pings.due(connection, MOST_AHEAD.total_seconds(), LIMIT)
        started = [run for project_id in due if (run := await self._fire(project_id))]
        if started:
            log.info("pings fired", count=len(started))
        return started

    async def _fire(self, project_id: UUID) -> Run | None:
        try:
            async with self._database.transaction() as connection:
                locked = await lock(connection, project_id)
                active = await runs.lock_active(connection, project_id)
                before = await pings.get(connection, project_id)
                started_at = await pings.last_start(connection, project_id)
                move, after = fire_pings(before, active.status if active else None, started_at, locked.now)
                if after != before:
                    await pings.save(connection, project_id, after)
                if move is not PingMove.START:
                    return None
                return await runs.insert(connection, uuid4(), project_id, Trigger.MANUAL)
        except NotFound:
            return None
