"""Rescues runs whose worker died: when their lease has expired, they get another attempt.

What killed the process is one of the runs that it held, or none of them.  All of them become suspects, and a process
holds one suspect at a time: the next death is charged to that one alone.  A run that was alone is charged at once.

An outage of Postgres lets leases expire whose workers live.  After one, these get the time to hand their runs back.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from uuid import UUID

import structlog

from llmstxt_sched.config import RunSettings
from llmstxt_sched.domain.run import RunStatus, backoff
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.jobs.scheduled_jobs import ScheduledJobs
from llmstxt_sched.metrics import Metrics
from llmstxt_sched.process.crash_points import crash_point
from llmstxt_sched.services.job_push import job_of, next_job, push
from llmstxt_sched.services.maintenance.isolation import alone
from llmstxt_sched.services.settle import SettledRun, settle
from llmstxt_sched.store import leases, runs, schedules
from llmstxt_sched.store.leases import Expired
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Ending, Run
from llmstxt_sched.store.schedules import LockedSchedule

log = structlog.get_logger(__name__)

# Keeps a tick short; the next tick rescues the rest.
LIMIT = 1000
# Workers that wait for Postgres ask it twice a second.
HAND_BACK_SECONDS = 2.0
# How long a lease may be at least: replicas beside this one may be set to longer ones.
LEASE_SECONDS = 600.0


class Rescue:
    """The step of a tick that takes back runs whose lease has expired."""

    def __init__(
        self,
        database: Database,
        scheduled: ScheduledJobs,
        settings: RunSettings,
        jitter_seconds: int,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._scheduled = scheduled
        self._settings = settings
        self._jitter_seconds = jitter_seconds
        self._metrics = metrics
        self._is_away = False
        self._back_at = float("-inf")
        self._rescued_to = leases.FIRST_EXPIRED

    async def rescue(self) -> int:
        """Let each such run wait for its next attempt, or end it after `max_crashes`; returns how many were moved."""
        expired = await self._expired()
        # After those that could not be rescued, which would else be found again.
        self._rescued_to = expired[-1].place if len(expired) == LIMIT else leases.FIRST_EXPIRED
        count, following = 0, list[Job]()
        try:
            for each in expired:
                rescued = await self._rescue(each)
                if rescued:
                    count += 1
                    following += _following(rescued)
        finally:
            # Pushed together, because each push waits for its timeout while Redis does not answer.
            if following:
                await push(self._scheduled.add(following))
        return count

    async def _expired(self) -> Sequence[Expired]:
        """The runs to rescue: none while workers may hand them back after an outage that this process has seen."""
        try:
            async with self._database.connection() as connection:
                await leases.shorten(connection, max(2 * self._settings.lease_seconds, LEASE_SECONDS))
                expired = await leases.expired(connection, self._rescued_to, LIMIT)
        except Unavailable:
            self._is_away = True
            raise
        if self._is_away:
            self._is_away, self._back_at = False, time.monotonic()
        return expired if time.monotonic() - self._back_at >= HAND_BACK_SECONDS else ()

    async def _rescue(self, expired: Expired) -> SettledRun | None:
        about: dict[str, object] = {"run_id": str(expired.id), "project_id": str(expired.project_id)}
        rescued = await alone(self._move(expired), "run could not be rescued", **about)
        if rescued:
            crash_point("after_rescue")
            self._metrics.run_rescued(rescued.run.status)
            status, crashes = rescued.run.status.value, rescued.run.crashes
            is_halted = rescued.schedule.halted_by == rescued.run.id
            event = "run failed and halted its schedule" if is_halted else "run rescued from a lost lease"
            log.warning(event, status=status, crashes=crashes, reason=rescued.run.error_message, **about)
        return rescued

    async def _move(self, expired: Expired) -> SettledRun | None:
        async with self._database.transaction() as connection:
            locked = await schedules.lock_free(connection, expired.project_id)
            run = await leases.lock_expired(connection, expired.id) if locked else None
            if locked is None or run is None or run.lease_token is None:
                return None
            is_charged = run.is_suspect or expired.was_alone
            if is_charged and run.crashes + 1 >= self._settings.max_crashes:
                return await self._give_up(connection, locked, run, run.lease_token)
            return await self._retry(connection, locked, run, run.lease_token, is_charged=is_charged)

    async def _retry(
        self, connection: Connection, locked: LockedSchedule, run: Run, token: UUID, *, is_charged: bool
    ) -> SettledRun | None:
        wait = backoff(run.crashes + 1, self._settings.retry_base_seconds, random.uniform(0.5, 1.5))  # noqa: S311
        error = ("lease_lost", "the process that crawled died or stood still")
        waiting = await runs.retry(connection, run.id, token, wait, error, by_crash=True, is_charged=is_charged)
        return SettledRun(waiting, locked.schedule) if waiting else None

    async def _give_up(self, connection: Connection, locked: LockedSchedule, run: Run, token: UUID) -> SettledRun:
        message = f"the process that crawled died {run.crashes + 1} times: this site may be what kills it"
        ending = Ending(status=RunStatus.FAILED, error_code="poison", error_message=message, summary=message, crashes=1)
        return await settle(connection, locked, run, ending, token, self._jitter_seconds)


def _following(rescued: SettledRun) -> list[Job]:
    job = job_of(rescued.run) if rescued.run.status is RunStatus.RETRYING else next_job(rescued.schedule)
    return [job] if job else []
