"""Accepting and rejecting a version that was not published at once, because most of what is published would vanish.

Both hold the lock on the project's schedule, as the ends of runs do: of two decisions at once one is made, and a run
that ends either finds a decision made or discards the version first.
"""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

import structlog

from llmstxt_sched.domain.notifications.telling import tell_of_decision
from llmstxt_sched.domain.project import MadeBy
from llmstxt_sched.domain.run import HeldVersion, RunStatus
from llmstxt_sched.domain.schedule import Schedule, ScheduleChange
from llmstxt_sched.errors import Conflict, NotFound
from llmstxt_sched.services.documents.writing.publish import update_pages
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.settle import lock
from llmstxt_sched.store import projects, runs, schedules
from llmstxt_sched.store.documents import held_versions, pages
from llmstxt_sched.store.notifications import events
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)


class HeldVersions:
    """Use cases of held versions, each named by the run that made it.

    Every method raises NotFound, and Conflict if the run has no version that waits.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(self, run_id: UUID) -> Run:
        """Publish the version, and leave the project's pages as its run does.

        Raises Conflict also while another run is in progress: it reads the pages as they were when it began.
        """
        project_id = await self._project_of(run_id)
        async with self._database.transaction() as connection:
            locked = await lock(connection, project_id)
            active = await runs.lock_active(connection, project_id)
            update = await held_versions.of_run(connection, run_id)
            if update and active and active.status is RunStatus.IN_PROGRESS:
                raise Conflict(f"run {active.number} is in progress: wait until it has ended, or cancel it", active.id)
            if update is None:
                await _refuse(connection, run_id)
            run = await _get(connection, run_id)
            # First, because the run is the last one once it is accepted, and of a page that it did not see the pages
            # are to tell when the one before it did.
            made_by = await held_versions.made_by(connection, run_id) or MadeBy()
            await update_pages(connection, project_id, run_id, update, run.finished_at or locked.now, made_by)
            accepted = await held_versions.accept(connection, run_id)
            if accepted is None:
                await _refuse(connection, run_id)
            await _tell(connection, locked.schedule, accepted, is_accepted=True)
            await _record(connection, "run.accept", accepted)
        log.info("held version accepted", run_id=str(run_id), project_id=str(project_id))
        return accepted

    async def reject(self, run_id: UUID) -> Run:
        """Throw the version away; what is published stays."""
        project_id = await self._project_of(run_id)
        async with self._database.transaction() as connection:
            locked = await lock(connection, project_id)
            if await held_versions.of_run(connection, run_id) is None:
                await _refuse(connection, run_id)
            rejected = await held_versions.drop(connection, project_id, HeldVersion.REJECTED)
            if rejected is None:
                await _refuse(connection, run_id)
            # A run in progress may have found the same texts, which nothing refers to before it ends.
            if not await runs.lock_active(connection, project_id):
                await pages.sweep(connection, project_id)
            await _tell(connection, locked.schedule, rejected, is_accepted=False)
            await _record(connection, "run.reject", rejected)
        log.info("held version rejected", run_id=str(run_id), project_id=str(project_id))
        return rejected

    async def _project_of(self, run_id: UUID) -> UUID:
        async with self._database.connection() as connection:
            return (await _get(connection, run_id)).project_id


async def _get(connection: Connection, run_id: UUID) -> Run:
    run = await runs.get(connection, run_id)
    if run is None:
        raise NotFound(f"there is no run {run_id}")
    return run


async def _refuse(connection: Connection, run_id: UUID) -> NoReturn:
    run = await _get(connection, run_id)
    fate = f": it was {run.held} already" if run.held else ""
    raise Conflict(f"run {run.number} has no version that waits for a decision{fate}")


async def _tell(connection: Connection, schedule: Schedule, run: Run, *, is_accepted: bool) -> None:
    """Write what is told of the decision, now that nothing is held any more."""
    is_well = await schedules.is_well(connection, run.project_id)
    told = tell_of_decision(schedule, is_accepted=is_accepted, is_well=is_well)
    if told.schedule != schedule:
        await schedules.save(connection, ScheduleChange(told.schedule))
    await events.insert(connection, run.project_id, told.events, run.id)


async def _record(connection: Connection, action: str, run: Run) -> None:
    """Note in the audit log what is done to a run's version; the run has no name but its project's and its number."""
    name = (await projects.names(connection, [run.project_id])).get(run.project_id, "")
    await audit.record(connection, action, "run", run.id, f"{name} #{run.number}", project_id=run.project_id)
