from __future__ import annotations

from uuid import UUID

import pytest
from tests.support.engine import Engine

from llmstxt_sched.services.maintenance import pings
from llmstxt_sched.services.maintenance.pings import DuePings


async def pinged(engine: Engine, count: int) -> list[UUID]:
    """So many projects with a ping that is due, in the order in which they are looked for; the last is well alone."""
    projects = sorted([await engine.ran() for _ in range(count)])
    await engine.sql(
        "INSERT INTO pings (project_id, last_ping_at, due_at) SELECT id, clock_timestamp(), clock_timestamp() "
        "FROM projects"
    )
    # Its next run would have the number of one that is there already.
    await engine.sql("UPDATE project_configs SET run_count = 0 WHERE project_id <> $1", projects[-1])
    return projects


async def test_a_page_of_pings_that_cannot_be_fired_holds_up_no_others(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pings, "PAGE", 2)
    *_, well = await pinged(engine, 5)
    due = DuePings(engine.database)
    assert [run.project_id for run in await due.fire()] == [well]
    assert await due.fire() == []


async def test_a_turn_whose_time_is_over_is_gone_on_with_by_the_next(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pings, "PAGE", 2)
    monkeypatch.setattr(pings, "TURN_SECONDS", 0.0)
    *_, well = await pinged(engine, 5)
    due = DuePings(engine.database)
    turns = [[run.project_id for run in await due.fire()] for _ in range(4)]
    # The last one begins anew.
    assert turns == [[], [], [well], []]
