"""Handles what is due: queues runs for due occurrences, and decides about ids that Redis holds as due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from msgspec.structs import replace

from llmstxt_sched.domain.notifications.telling import tell_of_change
from llmstxt_sched.domain.schedule import ScheduleChange, bring_back, move_past
from llmstxt_sched.services.maintenance.isolation import alone
from llmstxt_sched.services.settle import decide
from llmstxt_sched.store import runs, schedules
from llmstxt_sched.store.notifications import events
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import FireVerdict
from llmstxt_sched.store.schedules import FiredPage, LockedRun, LockedSchedule

log = structlog.get_logger(__name__)

# How far a schedule may be accounted for beyond now: clocks are set back by seconds all the time.
MOST_AHEAD_SECONDS = 600.0
# Keeps a tick short; the next ones bring back the rest.
MOST_BROUGHT_BACK = 1000
UNMOVED = "schedule could not be moved"
FIRST = UUID(int=0)
EARLIEST = (datetime.min.replace(tzinfo=UTC), FIRST)


class Fire:
    """The steps of a tick that concern due times."""

    def __init__(self, database: Database, jitter_seconds: int) -> None:
        self._database = database
        self._jitter_seconds = jitter_seconds
        self._brought_back_to = FIRST

    async def now(self) -> datetime:
        """The time according to Postgres."""
        async with self._database.connection() as connection:
            return await database.now(connection)

    async def fire_all(self, limit: int, handle: Callable[[FiredPage], Awaitable[None]]) -> None:
        """Fire all that is due, at most `limit` occurrences a page, and give each page to `handle`.

        Postgres works on the next page while one is handled.
        """
        page = await self.fire(EARLIEST, limit)
        while page.last:
            following = asyncio.create_task(self.fire(page.last, limit))
            try:
                await handle(page)
                page = await following
            finally:
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)

    async def fire(self, after: tuple[datetime, UUID], limit: int) -> FiredPage:
        """Queue a run for each of at most `limit` due occurrences after `after` (a due time and a project).

        A schedule whose next occurrence has a run that already ended is moved past it, for a later page.
        """
        async with self._database.transaction() as connection:
            fired = await schedules.fire(connection, after, limit)
        for run_id in fired.stuck:
            await alone(self._move_past(run_id), UNMOVED, run_id=str(run_id))
        return fired

    async def judge(self, ids: Sequence[UUID]) -> dict[UUID, FireVerdict]:
        """Decide what to do with each of the ids that Redis holds as due."""
        async with self._database.connection() as connection:
            return await runs.verdicts(connection, ids)

    async def bring_back(self) -> bool:
        """Move schedules that were moved on by a clock which was ahead to their next occurrence.

        Returns whether there may be more, for the next call.  Redis is not told: `Reconcile` finds what differs.
        """
        async with self._database.connection() as connection:
            found = await schedules.ahead(connection, MOST_AHEAD_SECONDS, self._brought_back_to, MOST_BROUGHT_BACK)
        for project_id in found:
            await alone(self._bring_back(project_id), UNMOVED, project_id=str(project_id))
        has_more = len(found) == MOST_BROUGHT_BACK
        # After those that could not be moved, which would else be found again.
        self._brought_back_to = found[-1] if has_more else FIRST
        return has_more

    async def _bring_back(self, project_id: UUID) -> None:
        async with self._database.transaction() as connection:
            locked = await schedules.lock_free(connection, project_id)
            if locked is None or locked.schedule.next_job_id is None:
                return
            latest = max(filter(None, (locked.schedule.accounted_until, locked.schedule.last_run_at)))
            is_ahead = latest > locked.now + timedelta(seconds=MOST_AHEAD_SECONDS)
            if not is_ahead or await runs.lock_active(connection, project_id):
                return
            change = await decide(bring_back, locked.schedule, locked.now, self._jitter_seconds)
            # Until it has run, it is found again.
            if change.schedule != locked.schedule:
                log.warning("schedule of a clock that was ahead brought back", project_id=str(project_id))
                await self._save(connection, locked, change)

    async def _move_past(self, run_id: UUID) -> None:
        async with self._database.transaction() as connection:
            locked = await schedules.lock_with_run(connection, run_id)
            # Deleted since, or moved on.
            if locked is None or locked.schedule.next_job_id != run_id:
                return
            project_id = locked.schedule.project_id
            log.warning("cursor stood on a run that has ended", project_id=str(project_id), run_id=str(run_id))
            last = await runs.last_occurrence(connection, project_id)
            change = await decide(move_past, locked.schedule, last, self._jitter_seconds)
            await self._save(connection, locked, change)

    async def _save(self, connection: Connection, locked: LockedSchedule | LockedRun, change: ScheduleChange) -> None:
        told = tell_of_change(locked.schedule, change.schedule, locked.now)
        await schedules.save(connection, replace(change, schedule=told.schedule))
        await events.insert(connection, locked.schedule.project_id, told.events)
