"""Runs: triggering, reading and cancelling them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import structlog

from llmstxt_sched.domain.run import Progress, RunStatus, Trigger
from llmstxt_sched.errors import Conflict, NotFound, Unavailable
from llmstxt_sched.jobs.connection import answered, brief_deadline
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.job_push import job_of, next_job, push
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.settle import lock, settle
from llmstxt_sched.store import projects, runs
from llmstxt_sched.store.documents import changes, pages
from llmstxt_sched.store.documents.changes import RunChange
from llmstxt_sched.store.documents.pages import PageRow
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Ending, Run, RunFilter

log = structlog.get_logger(__name__)


class Runs:
    """Use cases of runs; `jitter_seconds` is the setting by which due times are spread."""

    def __init__(
        self, database: Database, queue: Queue, scheduled: ScheduledJobs, jitter_seconds: int, metrics: Metrics
    ) -> None:
        self._database = database
        self._queue = queue
        self._scheduled = scheduled
        self._jitter_seconds = jitter_seconds
        self._metrics = metrics

    async def get(self, run_id: UUID) -> Run:
        """One run.  Raises NotFound."""
        async with self._database.connection() as connection:
            run = await runs.get(connection, run_id)
        return _found(run, run_id)

    async def page(self, project_id: UUID, before: int | None, limit: int) -> list[Run]:
        """At most `limit` runs of a project, newest first, with numbers below `before`."""
        async with self._database.connection() as connection:
            return await runs.page(connection, project_id, before, limit)

    async def pages(self, run_id: UUID, after: tuple[int, str], limit: int) -> list[PageRow]:
        """At most `limit` pages that the run saw, in crawl order, those after `after`.  Raises NotFound."""
        async with self._database.connection() as connection:
            _found(await runs.get(connection, run_id), run_id)
            return await pages.page_of_run(connection, run_id, after, limit)

    async def page_of_all(self, wanted: RunFilter, before: tuple[datetime, UUID] | None, limit: int) -> list[Run]:
        """At most `limit` runs of all projects, newest first, those after `before` (a time of creation and an id)."""
        async with self._database.connection() as connection:
            return await runs.page_of_all(connection, wanted, before, limit)

    async def changes(self, run_id: UUID, after: int, limit: int) -> list[RunChange]:
        """At most `limit` changes that the run made, those after position `after`.  Raises NotFound."""
        async with self._database.connection() as connection:
            _found(await runs.get(connection, run_id), run_id)
            return await changes.page(connection, run_id, after, limit)

    async def progress(self, of: Sequence[Run]) -> dict[UUID, Progress]:
        """The live progress of those that are in progress, by their id, as far as Redis knows and tells it."""
        crawled = [run.id for run in of if run.status is RunStatus.IN_PROGRESS]
        if not crawled:
            return {}
        try:
            async with answered(brief_deadline()):
                jobs = await self._queue.shown(crawled)
        except Unavailable:
            return {}
        return {run_id: job.crawl.progress for run_id, job in zip(crawled, jobs, strict=True) if job.crawl}

    async def trigger(self, project_id: UUID, once: Once[Run], *, is_forced: bool = False) -> Run:
        """Queue a new run, or start at once the run that waits for its next attempt.

        With `is_forced` it fetches every page anew: no request is conditional, and nothing stored is used.
        Raises NotFound, AnsweredBefore, and Conflict with the id of the active run if one is queued or in progress.
        """
        run_id = uuid4()
        try:
            return await self._trigger(project_id, run_id, once, is_forced=is_forced)
        except Unavailable:
            # The commit may have succeeded and only its reply was lost.  The second try finds out by the same run id.
            return await self._trigger(project_id, run_id, once, is_forced=is_forced)

    async def _trigger(self, project_id: UUID, run_id: UUID, once: Once[Run], *, is_forced: bool) -> Run:
        async with once.turn(), self._database.transaction() as connection:
            await once.check(connection)
            await lock(connection, project_id)
            run, is_woken = await _ask_for_run(connection, project_id, run_id, is_forced=is_forced)
            await once.keep(connection, run)
        crash_point("after_trigger")
        await push(*([self._queue.forget([run.id])] if is_woken else []), self._queue.put(job_of(run)))
        log.info("run asked for", run_id=str(run.id), project_id=str(project_id), woken=is_woken, forced=is_forced)
        return run

    async def cancel(self, run_id: UUID) -> Run:
        """End an active run, whichever process crawls it.  Raises NotFound, and Conflict if it has already ended."""
        project_id = (await self.get(run_id)).project_id
        async with self._database.transaction() as connection:
            locked = await lock(connection, project_id)
            run = await runs.lock_active(connection, project_id)
            if run is None or run.id != run_id:
                before = _found(await runs.get(connection, run_id), run_id)
                raise Conflict(f"run {before.number} has ended already", run_id)
            canceled = Ending(
                status=RunStatus.CANCELED,
                summary="Canceled",
                error_code=run.error_code,
                error_message=run.error_message,
            )
            ended, schedule = await settle(connection, locked, run, canceled, None, self._jitter_seconds)
            await pages.release(connection, run_id)
            await _record(connection, "run.cancel", ended)
        crash_point("after_cancel")
        following = next_job(schedule)
        await push(self._queue.forget([run_id]), *([self._scheduled.add([following])] if following else []))
        self._metrics.run_ended(ended.status)
        log.info("run canceled", run_id=str(run_id), project_id=str(project_id))
        return ended


async def _ask_for_run(
    connection: Connection, project_id: UUID, run_id: UUID, *, is_forced: bool = False
) -> tuple[Run, bool]:
    asked_before = await runs.get(connection, run_id)
    if asked_before:
        return asked_before, False
    active = await runs.lock_active(connection, project_id)
    if active is None:
        run = _found(await runs.insert(connection, run_id, project_id, Trigger.MANUAL, is_forced=is_forced), run_id)
    elif active.status is RunStatus.RETRYING:
        run = _found(await runs.wake(connection, active.id, is_forced=is_forced), active.id)
    else:
        state = "in progress" if active.status is RunStatus.IN_PROGRESS else "queued"
        raise Conflict(
            f"run {active.number} is {state} already: wait until it has ended, or cancel it first", active.id
        )
    await _record(connection, "run.trigger", run, **({"forced": True} if is_forced else {}))
    return run, active is not None


async def _record(connection: Connection, action: str, run: Run, **details: bool) -> None:
    """Note in the audit log what is done to a run, which has no name but its project's and its number."""
    name = (await projects.names(connection, [run.project_id])).get(run.project_id, "")
    await audit.record(connection, action, "run", run.id, f"{name} #{run.number}", project_id=run.project_id, **details)


def _found(run: Run | None, run_id: UUID) -> Run:
    if run is None:
        raise NotFound(f"there is no run {run_id}")
    return run
