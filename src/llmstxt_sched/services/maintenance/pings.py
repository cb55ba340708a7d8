"""Starts the runs that pings of deployments have asked for, once they are due."""

from __future__ import annotations

import time
from uuid import UUID, uuid4

import structlog

from llmstxt_sched.domain.ping import MOST_AHEAD, PingMove, fire_pings
from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.services.maintenance.isolation import alone
from llmstxt_sched.store import pings, runs, schedules
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)

# Projects that are looked for at once; each has a transaction of its own.
PAGE = 500
# No further page is begun after this time: a tick has other steps, and the next one goes on.
TURN_SECONDS = 10.0
FIRST = UUID(int=0)


class DuePings:
    """The step of a tick that concerns pings."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fired_to = FIRST

    async def fire(self) -> list[Run]:
        """Queue a run for each project with pings that are due.

        Of replicas that do so at once, one has the project; what somebody else has locked is left to the next tick.
        """
        begun, started = time.monotonic(), list[Run]()
        while True:
            started += await self._fire_page()
            if self._fired_to == FIRST or time.monotonic() >= begun + TURN_SECONDS:
                break
        if started:
            log.info("pings fired", count=len(started))
        return started

    async def _fire_page(self) -> list[Run]:
        async with self._database.connection() as connection:
            due = await pings.due(connection, MOST_AHEAD.total_seconds(), self._fired_to, PAGE)
        failure = "ping could not be fired"
        fired = [await alone(self._fire(project_id), failure, project_id=str(project_id)) for project_id in due]
        # Behind those that could not be fired, which would else be found again.
        self._fired_to = due[-1] if len(due) == PAGE else FIRST
        return [run for run in fired if run]

    async def _fire(self, project_id: UUID) -> Run | None:
        async with self._database.transaction() as connection:
            locked = await schedules.lock_free(connection, project_id)
            if locked is None:
                return None
            active = await runs.lock_active(connection, project_id)
            before = await pings.get(connection, project_id)
            started_at = await pings.last_start(connection, project_id)
            move, after = fire_pings(before, active.status if active else None, started_at, locked.now)
            if after != before:
                await pings.save(connection, project_id, after)
            if move is not PingMove.START:
                return None
            return await runs.insert(connection, uuid4(), project_id, Trigger.MANUAL)
