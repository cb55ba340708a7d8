"""What people ask for, in any state: one transaction, then the push, which may never come."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from uuid import UUID

from msgspec.structs import replace
from tests.system.model.jobs import Queue, ScheduledJobs, push
from tests.system.model.postgres import Postgres
from tests.system.model.redis import Redis
from tests.system.model.switch import switch

from llmstxt_sched.domain.schedule import Cron, OnFailure, Schedule, SchedulePatch, ScheduleState
from llmstxt_sched.errors import NotFound
from llmstxt_sched.services.job_push import next_job
from llmstxt_sched.services.schedules import ScheduleNews

Request = Coroutine[None, None, None]
PROJECTS = 8
CRONS = (
    Cron("*/20 * * * *", "UTC"),
    Cron("0 * * * *", "America/New_York"),
    Cron("0 2 * * *", "Europe/Berlin"),
    Cron("30 2 * * *", "Europe/Berlin"),
    Cron("15 */3 * * *", "Africa/Casablanca"),
)


class Requests:
    """One request at a time, chosen at random."""

    def __init__(self, postgres: Postgres, redis: Redis) -> None:
        self._postgres = postgres
        self._queue = Queue(redis)
        self._scheduled = ScheduledJobs(redis)
        self._rng = postgres.rng

    def any(self) -> Request:
        """A request of some kind about some project."""
        projects = list(self._postgres.tables.schedules)
        if len(projects) < PROJECTS:
            return self.create()
        about: list[Callable[[UUID], Request]] = [
            self.trigger,
            self.trigger,
            self.cancel,
            self.pause,
            self.resume,
            self.resume,
            self.edit,
            self.edit,
        ]
        if self._rng.random() < 0.05:
            return self.delete(self._rng.choice(projects))
        return self._rng.choice(about)(self._rng.choice(projects))

    async def create(self) -> None:
        """A project, mostly with a schedule, which mostly is enabled."""
        blank = Schedule(
            project_id=self._postgres.new_id(),
            cron_expression=None,
            timezone="UTC",
            is_enabled=False,
            on_failure=OnFailure.STOP,
            schedule_state=ScheduleState.ACTIVE,
            accounted_until=self._postgres.now,
        )
        wanted = SchedulePatch(on_failure=self._rng.choice(list(OnFailure)))
        if self._rng.random() < 0.9:
            wanted = _with_cron(wanted, self._rng.choice(CRONS))
            wanted = replace(wanted, is_enabled=self._rng.random() < 0.9)
        await self._push(self._postgres.create(blank, wanted))

    async def trigger(self, project_id: UUID) -> None:
        """A run now, or the retrying one at once."""
        try:
            asked = self._postgres.trigger(project_id)
        except NotFound:
            return
        await switch()
        if asked:
            run, is_woken = asked
            if is_woken:
                await push(self._queue.forget([run.id]))
            await push(self._queue.put(run.job()))

    async def cancel(self, project_id: UUID) -> None:
        """The active run ended, whoever holds it."""
        try:
            canceled = self._postgres.cancel(project_id)
        except NotFound:
            return
        await switch()
        if canceled:
            run, schedule = canceled
            await push(self._queue.forget([run.id]))
            following = next_job(schedule)
            if following:
                await push(self._scheduled.add([following]))

    async def pause(self, project_id: UUID) -> None:
        """The schedule off; a scheduled run that nobody took is taken back."""
        await self._patch(project_id, SchedulePatch(is_enabled=False))

    async def resume(self, project_id: UUID) -> None:
        """The schedule on, or no longer halted."""
        await self._patch(project_id, SchedulePatch(is_enabled=True))

    async def edit(self, project_id: UUID) -> None:
        """Another schedule, or none; now and then with a pause or a resume, and what a failure does."""
        patch = SchedulePatch()
        if self._rng.random() < 0.8:
            patch = _with_cron(patch, self._rng.choice([*CRONS, None]))
        if self._rng.random() < 0.5:
            patch = replace(patch, is_enabled=self._rng.random() < 0.5)
        if self._rng.random() < 0.5:
            patch = replace(patch, on_failure=self._rng.choice(list(OnFailure)))
        await self._patch(project_id, patch)

    async def delete(self, project_id: UUID) -> None:
        """The project and all that is its own."""
        if project_id in self._postgres.tables.schedules:
            await self._push(self._postgres.delete(project_id))

    async def _patch(self, project_id: UUID, patch: SchedulePatch) -> None:
        schedule = self._postgres.tables.schedules.get(project_id)
        if schedule is None:
            return
        expression, _ = patch.resolved(schedule)
        if patch.is_enabled is True and expression is None:
            # The service refuses it.
            return
        await self._push(self._postgres.patch(project_id, patch))

    async def _push(self, news: ScheduleNews) -> None:
        await switch()
        if news.forgotten:
            await push(self._queue.forget(news.forgotten))
        if news.scheduled:
            await push(self._scheduled.add([news.scheduled]))
        if news.queued:
            await push(self._queue.put(news.queued))


def _with_cron(patch: SchedulePatch, cron: Cron | None) -> SchedulePatch:
    if cron is None:
        return replace(patch, cron_expression=None)
    return replace(patch, cron_expression=cron.expression, timezone=cron.zone)
