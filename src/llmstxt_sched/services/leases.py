"""Runs that a worker holds by a lease: how they are claimed, renewed, handed back and ended."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence, Set
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from msgspec import Struct, structs

from llmstxt_sched.config import RunSettings
from llmstxt_sched.domain.run import COMPLETE, HeldVersion, LiveCrawl, Progress, RunStatus, Trigger, backoff
from llmstxt_sched.errors import CrawlFailed, LeaseLost, NoSuchHost
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.documents.writing.draft import Draft
from llmstxt_sched.services.documents.writing.publish import publish
from llmstxt_sched.services.job_push import job_of, next_job, push
from llmstxt_sched.services.settle import SettledRun, settle
from llmstxt_sched.store import leases, runs, schedules
from llmstxt_sched.store.documents import held_versions, pages, versions
from llmstxt_sched.store.postgres import database
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.projects import Site
from llmstxt_sched.store.runs import Ending, Run
from llmstxt_sched.store.schedules import LockedRun


class ClaimedRun(Struct, frozen=True):
    """A run that this process holds by the lease `token`, and the site to crawl."""

    run: Run
    token: UUID
    site: Site


class Leases:
    """Use cases of a worker; `worker` is its id, which is new each time the process starts."""

    def __init__(
        self,
        database: Database,
        queue: Queue,
        settings: RunSettings,
        jitter_seconds: int,
        worker: UUID,
        most_per_host: int,
    ) -> None:
        self._database = database
        self._queue = queue
        self._settings = settings
        self._jitter_seconds = jitter_seconds
        self._worker = worker
        self._most_per_host = most_per_host

    async def url(self, run_id: UUID) -> str | None:
        """The address of the run's site; None if the run is gone."""
        async with self._database.connection() as connection:
            return await runs.url(connection, run_id)

    async def claim(self, run_id: UUID) -> ClaimedRun | None:
        """Claim the run.

        None if another worker has claimed it, it is not due yet, or it is gone, or if there is no room for it: as many
        runs of its host are in progress as may be, or it is a suspect and this process holds one already.
        """
        token = uuid4()
        async with self._database.connection() as connection:
            claim = await leases.claim(
                connection, run_id, token, self._worker, self._settings.lease_seconds, self._most_per_host
            )
        if claim is None:
            return None
        crash_point("after_claim")
        return ClaimedRun(claim.run, token, claim.site)

    async def postpone(self, run_id: UUID, wait: Callable[[Trigger], float]) -> float | None:
        """Let a run that there is no room for wait in `scheduled:jobs`, for as many seconds as `wait` says.

        Returns these; None if it may not start anyway.  In Postgres it stays as it is: any worker may claim it that
        meets its id.
        """
        async with self._database.connection() as connection:
            run = await runs.may_start(connection, run_id)
        if run is None:
            return None
        seconds = wait(run.trigger)
        job = Job(run.id, run.project_id, run.trigger, run.scheduled_for, run.now + timedelta(seconds=seconds))
        await push(self._queue.finish(self._worker, run_id, job))
        return seconds

    async def renew(self, held: Sequence[tuple[UUID, UUID]]) -> tuple[set[UUID], datetime]:
        """Renew leases, given as (run, token).

        Returns the tokens of those that are still valid, and the time according to Postgres.
        """
        async with self._database.connection() as connection:
            renewed = await leases.renew(connection, held, self._settings.lease_seconds) if held else set()
            return renewed, await database.now(connection)

    async def complete(self, claimed: ClaimedRun, draft: Draft, progress: Progress, summary: str) -> Run:
        """End the run successfully and publish its documents.  Raises LeaseLost if we no longer hold the run."""
        ending = Ending(
            status=RunStatus.COMPLETE_WITH_DIFFS if draft.version else RunStatus.COMPLETE_NO_DIFFS,
            version_id=draft.version.id if draft.version else draft.current_id,
            summary=summary,
            progress=progress,
            changes=draft.counts,
            report=draft.report,
            held=draft.held,
        )
        return await self._end(claimed, ending, draft)

    async def fail(self, claimed: ClaimedRun, failure: CrawlFailed) -> Run:
        """Let the run wait for its next attempt, or end it as FAILED if there is none left.  Raises LeaseLost."""
        failures = claimed.run.attempt + 1
        is_transient = failure.transient or (isinstance(failure, NoSuchHost) and await self._was_reached(claimed))
        if is_transient and failures < self._settings.max_attempts:
            return await self._retry(claimed, failure, failures)
        ending = Ending(
            status=RunStatus.FAILED,
            error_code=failure.code,
            error_message=failure.message,
            summary=failure.message,
            failures=int(is_transient),
        )
        return await self._end(claimed, ending, None)

    async def report(self, claimed: ClaimedRun, crawl: LiveCrawl) -> None:
        """Record in Redis, for display, how the crawl is getting on."""
        await push(self._queue.report(self._worker, job_of(claimed.run), crawl))

    async def status(self, run_id: UUID) -> RunStatus | None:
        """The current status of the run; None if it was deleted."""
        async with self._database.connection() as connection:
            run = await runs.get(connection, run_id)
        return run.status if run else None

    async def has_halted(self, run: Run) -> bool:
        """Whether the schedule is halted because of this run."""
        async with self._database.connection() as connection:
            schedule = await schedules.get(connection, run.project_id)
        return schedule is not None and schedule.halted_by == run.id

    async def hand_back(self, claimed: ClaimedRun) -> bool:
        """Return the run to QUEUED without counting an attempt; false if we no longer hold it."""
        async with self._database.connection() as connection:
            is_back = await leases.hand_back(connection, claimed.run.id, claimed.token)
        crash_point("after_hand_back")
        return is_back

    async def _was_reached(self, claimed: ClaimedRun) -> bool:
        async with self._database.connection() as connection:
            return await versions.current(connection, claimed.run.project_id) is not None

    async def _retry(self, claimed: ClaimedRun, failure: CrawlFailed, failures: int) -> Run:
        wait = backoff(failures, self._settings.retry_base_seconds, random.uniform(0.5, 1.5), failure.retry_after)  # noqa: S311
        async with self._database.transaction() as connection:
            run = await runs.retry(
                connection,
                claimed.run.id,
                claimed.token,
                wait,
                (failure.code, failure.message),
                by_crash=False,
            )
            run = run or await _moved_before(connection, claimed, {RunStatus.RETRYING})
        if run is None:
            raise LeaseLost(f"run {claimed.run.id} is held by another lease")
        crash_point("after_retry")
        await push(self._queue.finish(self._worker, run.id, job_of(run)))
        return run

    async def _end(self, claimed: ClaimedRun, ending: Ending, draft: Draft | None) -> Run:
        try:
            run, schedule = await self._try_to_end(claimed, ending, draft)
        except LeaseLost:
            settled = await self._ended_before(claimed, ending)
            if settled is None:
                raise
            run, schedule = settled
        crash_point("after_finish")
        await push(self._queue.finish(self._worker, run.id, next_job(schedule)))
        crash_point("after_settle")
        return run

    async def _try_to_end(self, claimed: ClaimedRun, ending: Ending, draft: Draft | None) -> SettledRun:
        async with self._database.transaction() as connection:
            locked = await _lock(connection, claimed)
            if draft:
                await _publish(connection, claimed, draft, locked)
            else:
                await pages.release(connection, claimed.run.id)
            crash_point("in_finish")
            return await settle(connection, locked, claimed.run, ending, claimed.token, self._jitter_seconds)

    async def _ended_before(self, claimed: ClaimedRun, ending: Ending) -> SettledRun | None:
        """The result of an earlier try at this ending, if its commit succeeded but the reply was lost; else None.

        Read in a new transaction, because that commit may have completed while this try waited for its locks.
        """
        done = COMPLETE if ending.status in COMPLETE else frozenset({ending.status})
        async with self._database.connection() as connection:
            run = await _moved_before(connection, claimed, done)
            schedule = await schedules.get(connection, run.project_id) if run else None
        return SettledRun(run, schedule) if run and schedule else None


async def _lock(connection: Connection, claimed: ClaimedRun) -> LockedRun:
    locked = await schedules.lock_with_run(connection, claimed.run.id)
    if locked is None:
        raise LeaseLost(f"the project of run {claimed.run.id} was deleted")
    if locked.status is RunStatus.CANCELED:
        raise LeaseLost(f"run {claimed.run.id} was canceled")
    if locked.lease_token != claimed.token or locked.status is not RunStatus.IN_PROGRESS:
        raise LeaseLost(f"run {claimed.run.id} is held by another lease")
    return locked


async def _publish(connection: Connection, claimed: ClaimedRun, draft: Draft, locked: LockedRun) -> None:
    """Write the draft, with no statement for what stays as it is: each takes longer to ask for than to carry out."""
    if locked.has_held:
        await held_versions.drop(connection, claimed.run.project_id, HeldVersion.DISCARDED)
    if draft.folder == locked.folder:
        draft = structs.replace(draft, folder=None)
    await publish(connection, claimed.run.project_id, claimed.run.id, draft, locked.now, claimed.site)


async def _moved_before(connection: Connection, claimed: ClaimedRun, done: Set[RunStatus]) -> Run | None:
    """The run, if this lease has already moved it to one of the states `done` (only the reply was lost); else None."""
    run = await runs.get(connection, claimed.run.id)
    # The token alone does not prove that the move was ours: a rescue leaves the token in place, but makes the run a
    # suspect or charges it.
    is_ours = run is not None and _marks(run) == _marks(claimed.run)
    return run if run and is_ours and run.status in done else None


def _marks(run: Run) -> tuple[UUID | None, int, bool]:
    return run.lease_token, run.crashes, run.is_suspect
