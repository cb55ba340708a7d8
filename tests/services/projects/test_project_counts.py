from __future__ import annotations

import asyncio

import pytest
from tests.support.engine import Engine

from llmstxt_sched.services.projects import project_counts
from llmstxt_sched.services.projects.project_counts import ProjectCounts
from llmstxt_sched.store.projects import ProjectFilter

ALL = ProjectFilter()


async def test_few_projects_are_counted_anew_each_time(engine: Engine) -> None:
    counts = ProjectCounts(engine.database)
    for number in (1, 2, 3):
        await engine.create()
        assert (await counts.read(ALL))["all"] == number


async def test_many_projects_are_counted_again_only_after_a_while(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_counts, "ALWAYS_NEW", 1)
    monkeypatch.setattr(project_counts, "LEAST_SECONDS", 2.0)
    counts = ProjectCounts(engine.database)
    for _ in range(2):
        await engine.create(name="Example")
    assert (await counts.read(ALL))["all"] == 2
    await engine.create(name="Other")
    assert (await counts.read(ALL))["all"] == 2
    assert (await counts.read(ProjectFilter(q="other")))["all"] == 1
    async with asyncio.timeout(60):
        while (await counts.read(ALL))["all"] == 2:
            await asyncio.sleep(0.1)
    assert (await counts.read(ALL))["all"] == 3


async def test_a_list_does_not_wait_while_many_projects_are_counted_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_counts, "ALWAYS_NEW", 1)
    monkeypatch.setattr(project_counts, "LEAST_SECONDS", 0.01)
    monkeypatch.setattr(project_counts, "SHARE", 0)
    monkeypatch.setattr(project_counts, "SHOWN", 100_000)
    counts = ProjectCounts(engine.database)
    for _ in range(2):
        await engine.create()
    assert (await counts.read(ALL))["all"] == 2
    await engine.create()
    await asyncio.sleep(0.01)
    async with engine.database.transaction() as connection:
        # Nobody can count before this ends.
        await connection.execute("LOCK TABLE projects")
        for _ in range(2):
            assert (await counts.read(ALL))["all"] == 2
    async with asyncio.timeout(60):
        while (await counts.read(ALL))["all"] == 2:
            await asyncio.sleep(0.1)
