"""Events are written by what makes them true."""

from __future__ import annotations

import pytest
from tests.support.engine import FINAL, NOTHING, Engine
from tests.support.versions import HOME, next_run, publish, visit

from llmstxt_sched.crawler.model import Outcome, Visit
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import LeaseLost
from llmstxt_sched.services.held_versions import HeldVersions
from llmstxt_sched.store.runs import Run

PAGES = [visit(f"{n}", f"Page {n}", f"Text {n}.", n) for n in range(1, 6)]
GONE = [Visit(f"https://example.com/{n}", n, 1, Outcome.GONE, 404) for n in range(1, 6)]


async def told(engine: Engine) -> list[str]:
    """The kinds of what was written, oldest first, without what was written before the last look."""
    rows = await engine.sql("DELETE FROM events RETURNING number, kind")
    return [row["kind"] for row in sorted(rows, key=lambda row: row["number"])]


async def held(engine: Engine) -> Run:
    """A run whose version is held."""
    first = await publish(engine, await engine.claim(await engine.active(await engine.create())), HOME, *PAGES)
    await told(engine)
    return await next_run(engine, first, visit("", "Home", "Welcome, anew.", 0), *GONE)


async def test_a_failed_run_and_a_success_after_it_tell_of_halt_resume_and_recovery(engine: Engine) -> None:
    project = await engine.create()
    await engine.fail(await engine.active(project))
    assert await told(engine) == ["run.failed", "schedule.halted"]
    await engine.finish(await engine.trigger(project))
    assert await told(engine) == ["run.completed", "schedule.resumed", "project.recovered"]


async def test_a_result_that_is_refused_tells_nothing(engine: Engine) -> None:
    claimed = await engine.claim(await engine.active(await engine.create()))
    await engine.runs.cancel(claimed.run.id)
    with pytest.raises(LeaseLost):
        await engine.leases.complete(claimed, NOTHING, Progress(), "done")
    assert await told(engine) == []


async def test_a_held_version_is_told_and_its_acceptance_is_a_change_and_a_recovery(engine: Engine) -> None:
    run = await held(engine)
    assert await told(engine) == ["run.completed", "version.held"]
    await HeldVersions(engine.database).accept(run.id)
    assert await told(engine) == ["run.completed", "project.recovered"]
    assert (await engine.schedule(run.project_id)).troubled_since is None


async def test_a_rejected_version_leaves_the_trouble_of_a_later_failure(engine: Engine) -> None:
    run = await held(engine)
    await engine.fail(await engine.trigger(run.project_id), FINAL)
    await told(engine)
    await HeldVersions(engine.database).reject(run.id)
    assert await told(engine) == []
    assert (await engine.schedule(run.project_id)).troubled_since is not None


async def test_a_halted_schedule_that_is_resumed_by_hand_is_told(engine: Engine) -> None:
    project = await engine.create()
    await engine.fail(await engine.active(project))
    await told(engine)
    await engine.edit(project, is_enabled=True)
    assert await told(engine) == ["schedule.resumed"]


async def test_staleness_is_told_once_by_the_tick_that_sees_it(engine: Engine) -> None:
    project = await engine.ran()
    await told(engine)
    await engine.sql("UPDATE project_configs SET stale_after = clock_timestamp() - interval '1 s'")
    await engine.tick.run()
    await engine.tick.run()
    assert await told(engine) == ["project.stale"]
    assert (await engine.schedule(project)).troubled_since is not None
    await engine.finish(await engine.trigger(project))
    assert await told(engine) == ["run.completed", "project.recovered"]


async def test_a_paused_project_does_not_become_stale(engine: Engine) -> None:
    project = await engine.ran()
    await engine.edit(project, is_enabled=False)
    await told(engine)
    await engine.sql("UPDATE project_configs SET stale_after = clock_timestamp() - interval '1 s'")
    await engine.tick.run()
    assert await told(engine) == []
