from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from tests.support.engine import Engine, open_engine

from llmstxt_sched.embedded import embedded
from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.scheduler.loop import SchedulerLoop, pause_after

LONG, SHORT = 3600.0, 0.02
PATIENCE_SECONDS = 30


@asynccontextmanager
async def running(loop: SchedulerLoop) -> AsyncIterator[asyncio.Event]:
    """The loop as a member of a process, ended by its event."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(loop.run(stop))
        yield stop
        stop.set()


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await condition():
            await asyncio.sleep(0.01)


async def test_the_first_tick_comes_at_once_and_is_remembered(engine: Engine) -> None:
    await engine.due()
    loop = SchedulerLoop(engine.tick, LONG, engine.metrics)
    assert (loop.last_tick_at, loop.last_report, loop.seconds_since) == (None, None, None)
    async with running(loop):
        await until(lambda: _is(lambda: loop.last_report))
        assert loop.last_report
        assert loop.last_report.due == 1
        assert loop.last_tick_at
        assert loop.seconds_since is not None


async def test_a_loop_whose_ticks_fail_is_late_and_one_that_never_began_is_not(engine: Engine) -> None:
    loop = SchedulerLoop(engine.tick, SHORT, engine.metrics)
    await loop.tick()
    assert not loop.is_late
    await engine.database.close()
    async with running(loop):
        await until(lambda: _is(lambda: loop.is_late))


async def test_a_tick_comes_every_interval(engine: Engine) -> None:
    loop = SchedulerLoop(engine.tick, SHORT, engine.metrics)
    async with running(loop):
        for _ in range(3):
            project = await engine.due()
            await until(lambda project=project: _has_run(engine, project))  # type: ignore[misc]


@pytest.mark.parametrize(("taken", "pause"), [(0.0, 30.0), (9.0, 21.0), (28.0, 3.0), (75.0, 3.0)])
def test_a_tick_that_takes_long_shortens_the_pause_behind_it_but_leaves_some(taken: float, pause: float) -> None:
    assert pause_after(taken, 30.0) == pytest.approx(pause)


async def test_no_tick_comes_before_its_interval_is_over(engine: Engine) -> None:
    loop = SchedulerLoop(engine.tick, LONG, engine.metrics)
    async with running(loop):
        await until(lambda: _is(lambda: loop.last_report))
        first = loop.last_tick_at
        project = await engine.due()
        # Any of these would let a loop that does not wait do several ticks meanwhile.
        for _ in range(100):
            await engine.sql("SELECT pg_sleep(0.001)")
        assert not await _has_run(engine, project)
        assert loop.last_tick_at == first


async def test_a_tick_that_is_asked_for_comes_before_its_time_and_gives_its_report(engine: Engine) -> None:
    loop = SchedulerLoop(engine.tick, LONG, engine.metrics)
    async with running(loop):
        await until(lambda: _is(lambda: loop.last_report))
        await engine.due()
        report = await loop.tick()
        assert (report.due, report) == (1, loop.last_report)


async def test_a_stop_ends_the_wait_for_the_next_tick(engine: Engine) -> None:
    loop = SchedulerLoop(engine.tick, LONG, engine.metrics)
    stop = asyncio.Event()
    member = asyncio.create_task(loop.run(stop))
    await until(lambda: _is(lambda: loop.last_report))
    stop.set()
    await asyncio.wait_for(member, PATIENCE_SECONDS)


async def test_a_redis_that_goes_and_comes_back_is_said_once_each_and_ends_no_loop(
    clean_database_url: str, tmp_path: Path
) -> None:
    data = tmp_path / "valkey"
    with capture_logs() as logs:
        async with (
            embedded(data, postgres=False) as servers,
            open_engine(clean_database_url, servers.redis_url) as engine,
        ):
            loop = SchedulerLoop(engine.tick, SHORT, engine.metrics)
            project = await engine.due()
            async with running(loop):
                await until(lambda: _has_run(engine, project))
                watch, stop = servers.watches["valkey"], asyncio.Event()
                with pytest.raises(StartError, match="valkey ended"):
                    await asyncio.gather(watch(stop), engine.redis.shutdown(nosave=True))
                await until(lambda: _is(lambda: _events(logs, "tick waits for a server")))
                for _ in range(3):
                    with pytest.raises(Unavailable):
                        await loop.tick()
                restarted = asyncio.ensure_future(watch(stop))
                await until(lambda: _is(lambda: _events(logs, "tick no longer waits for a server")))
                stop.set()
                await restarted
    assert len(_events(logs, "tick waits for a server")) == 1
    assert len(_events(logs, "tick no longer waits for a server")) == 1


async def test_an_error_in_a_tick_is_logged_and_the_next_one_comes(engine: Engine) -> None:
    await engine.sql("ALTER TABLE project_configs RENAME TO away")
    loop = SchedulerLoop(engine.tick, SHORT, engine.metrics)
    with capture_logs() as logs:
        async with running(loop):
            await until(lambda: _is(lambda: len(_events(logs, "tick failed")) > 2))
            assert loop.last_report is None
            await engine.sql("ALTER TABLE away RENAME TO project_configs")
            await until(lambda: _is(lambda: loop.last_report))


async def _is(condition: Callable[[], object]) -> object:
    return condition()


async def _has_run(engine: Engine, project: object) -> bool:
    rows = await engine.sql("SELECT FROM runs WHERE project_id = $1 AND trigger = 'schedule'", project)
    return bool(rows)


def _events(logs: list[MutableMapping[str, Any]], event: str) -> list[MutableMapping[str, Any]]:
    return [each for each in logs if each["event"] == event]
