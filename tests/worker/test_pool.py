from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs
from tests.support.engine import FINAL, Engine
from tests.support.pools import pool_of

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.domain.run import LiveCrawl, Progress, RunStatus, Trigger
from llmstxt_sched.domain.schedule import OnFailure
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.job_push import job_of
from llmstxt_sched.services.leases import ClaimedRun
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.runs import Run
from llmstxt_sched.worker.generate import CrawlResult, Generate
from llmstxt_sched.worker.held_runs import HeldRuns

PATIENCE_SECONDS = 60
IN_PROGRESS = RunStatus.IN_PROGRESS


class SlowBySchedule(Generate):
    """Scheduled runs never end; all others fail at once."""

    def __init__(self, engine: Engine) -> None:
        nothing: Any = None
        credentials = SiteCredentials(engine.database, Secrets())
        super().__init__(engine.leases, engine.staging, engine.database, nothing, nothing, CrawlSettings(), credentials)

    async def prepare(self, claimed: ClaimedRun) -> CrawlResult | CrawlFailed:
        if claimed.run.trigger is Trigger.SCHEDULE:
            await asyncio.Event().wait()
        return FINAL


class Fails(SlowBySchedule):
    """Every run fails at once."""

    async def prepare(self, claimed: ClaimedRun) -> CrawlResult | CrawlFailed:
        return FINAL


@pytest.mark.parametrize(
    ("on_failure", "event"),
    [(OnFailure.STOP, "run failed and halted its schedule"), (OnFailure.CONTINUE, "run failed")],
)
async def test_a_failed_run_is_a_warning_that_says_whether_its_schedule_halts(
    engine: Engine, on_failure: OnFailure, event: str
) -> None:
    _, run = await engine.fired(on_failure=on_failure)
    stop = asyncio.Event()
    pool = pool_of(engine, Fails(engine), HeldRuns())
    with capture_logs() as logs:
        async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
            group.create_task(pool.run(stop))
            while not any(each.get("run_id") == str(run.id) for each in logs):
                await asyncio.sleep(0.02)
            stop.set()
    (told,) = [each for each in logs if each.get("run_id") == str(run.id)]
    assert (told["event"], told["log_level"]) == (event, "warning")
    assert (told["code"], told["summary"]) == (FINAL.code, FINAL.message)


async def test_a_run_by_hand_starts_while_slow_scheduled_runs_hold_all_other_workers(engine: Engine) -> None:
    slow = [(await engine.fired())[1] for _ in range(10)]
    held, stop = HeldRuns(), asyncio.Event()
    pool = pool_of(engine, SlowBySchedule(engine), held, 8)

    async def until(status: RunStatus, number: int, runs: list[Run]) -> None:
        while [(await engine.runs.get(run.id)).status for run in runs].count(status) < number:
            await asyncio.sleep(0.05)

    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        working = group.create_task(pool.run(stop))
        await until(RunStatus.IN_PROGRESS, 7, slow)
        await until(RunStatus.FAILED, 1, [await engine.active(await engine.create())])
        # The worker that carried it out lets go of it after its end.
        while len(held) > 7:
            await asyncio.sleep(0.05)
        assert len(held) == 7
        working.cancel()


async def test_one_worker_at_a_time_asks_for_a_job_however_many_are_free(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, most = Counter[str](), Counter[str]()

    def counted(name: str) -> Callable[[UUID], Awaitable[UUID | None]]:
        ask: Callable[[UUID], Awaitable[UUID | None]] = getattr(engine.queue, name)

        async def take(worker: UUID) -> UUID | None:
            asking[name] += 1
            most[name] = max(most[name], asking[name])
            try:
                return await ask(worker)
            finally:
                asking[name] -= 1

        return take

    for name in ("take", "take_urgent"):
        monkeypatch.setattr(engine.queue, name, counted(name))
    slow = [(await engine.fired())[1] for _ in range(14)]
    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        working = group.create_task(pool_of(engine, SlowBySchedule(engine), HeldRuns(), 16).run(asyncio.Event()))
        while not all([(await engine.runs.get(run.id)).status is IN_PROGRESS for run in slow]):
            await asyncio.sleep(0.05)
        by_hand = [await engine.active(await engine.create()) for _ in range(3)]
        while not all([(await engine.runs.get(run.id)).status is RunStatus.FAILED for run in by_hand]):
            await asyncio.sleep(0.05)
        working.cancel()
    assert most == {"take": 1, "take_urgent": 1}


async def test_a_run_whose_lease_could_not_be_renewed_is_handed_back_and_charged_to_nobody(engine: Engine) -> None:
    _, run = await engine.fired()
    held, stop = HeldRuns(), asyncio.Event()
    pool = pool_of(engine, SlowBySchedule(engine), held)

    async def claimed_after(token: object) -> Run:
        while (found := await engine.runs.get(run.id)).lease_token == token or found.status is not IN_PROGRESS:
            await asyncio.sleep(0.02)
        return found

    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        working = group.create_task(pool.run(stop))
        first = await claimed_after(None)
        await engine.expire_lease(run)
        # What the heartbeat does after an outage of Postgres.
        assert held.lose_all() == 1
        again = await claimed_after(first.lease_token)
        assert await engine.rescue.rescue() == 0
        working.cancel()
    assert (again.crashes, again.is_suspect, again.attempt) == (0, False, 0)


@pytest.mark.parametrize(("how", "state"), [("cancel", "settled"), ("delete", "")])
async def test_a_run_that_ended_elsewhere_is_not_shown_as_in_progress(engine: Engine, how: str, state: str) -> None:
    _, run = await engine.fired()
    held, stop = HeldRuns(), asyncio.Event()
    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        group.create_task(pool_of(engine, SlowBySchedule(engine), held).run(stop))
        while not held.leases():
            await asyncio.sleep(0.02)
        await (engine.runs.cancel(run.id) if how == "cancel" else engine.projects.delete(run.project_id))
        # As a crawl does until the heartbeat learns that its lease is gone.
        await engine.queue.report(engine.worker, job_of(run), LiveCrawl(Progress()))
        held.lose({token for _, token in held.leases()})
        while held.leases():
            await asyncio.sleep(0.02)
        stop.set()
    (shown,) = await engine.queue.shown([run.id])
    assert shown.state == state
    # A worker that leaves puts back in the queue what its list holds.
    assert await engine.queued_ids() == []
