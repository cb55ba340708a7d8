from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest
from msgspec.structs import replace
from tests.store.rows import NOW, config_of, new_project

from llmstxt_sched.domain import cursor
from llmstxt_sched.domain.cursor import Config, ScheduleState
from llmstxt_sched.store import configs
from llmstxt_sched.store.statements import sql_folder

if TYPE_CHECKING:
    from llmstxt_sched.store.statements import Connection


async def test_a_schedule_comes_back_as_it_was_saved(connection: Connection) -> None:
    project = await new_project(connection)
    assert await configs.get(connection, project) == config_of(project)
    config = cursor.arm(replace(config_of(project), cron_expression="0 2 * * *", is_enabled=True), 60)
    config = replace(config, last_run_at=NOW, stale_after=NOW + timedelta(days=2))
    await configs.save(connection, config)
    assert await configs.get(connection, project) == config
    halted = replace(
        config,
        schedule_state=ScheduleState.HALTED,
        halted_by=uuid4(),
        halted_reason="failed",
        next_run_at=None,
        next_due_at=None,
        next_job_id=None,
    )
    await configs.save(connection, halted)
    assert await configs.get(connection, project) == halted
    assert await configs.get(connection, uuid4()) is None


@pytest.mark.parametrize(
    "change",
    [
        "next_run_at = NULL, next_due_at = NULL, next_job_id = NULL",
        "next_job_id = NULL",
        "next_run_at = NULL",
        "next_due_at = NULL",
        "is_enabled = false",
        "cron_expression = NULL",
        "schedule_state = 'HALTED', halted_reason = 'failed'",
        "schedule_state = 'HALTED'",
        "halted_reason = 'failed'",
        "schedule_state = 'OTHER'",
        "on_failure = 'other'",
    ],
)
async def test_a_schedule_that_should_run_and_has_no_next_time_cannot_be_stored(
    connection: Connection, change: str
) -> None:
    project = await new_project(connection)
    armed = cursor.arm(replace(config_of(project), cron_expression="0 2 * * *", is_enabled=True), 0)
    await configs.save(connection, armed)
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(f"UPDATE project_configs SET {change} WHERE project_id = $1", project)
    assert await configs.get(connection, project) == armed


@pytest.mark.parametrize("change", ["is_enabled = true", "next_run_at = clock_timestamp()"])
async def test_a_schedule_that_should_not_run_has_no_next_time(connection: Connection, change: str) -> None:
    project = await new_project(connection)
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(f"UPDATE project_configs SET {change} WHERE project_id = $1", project)


async def test_two_projects_cannot_wait_for_the_same_job(connection: Connection) -> None:
    first, second = await new_project(connection), await new_project(connection)
    armed = cursor.arm(replace(config_of(first), cron_expression="0 2 * * *", is_enabled=True), 0)
    await configs.save(connection, armed)
    with pytest.raises(asyncpg.UniqueViolationError):
        await configs.save(connection, replace(armed, project_id=second))


def test_each_way_to_store_a_schedule_stores_all_that_it_may_change() -> None:
    edited_only = {"cron_expression", "timezone", "on_failure"}
    for file, name, left_out in (("configs", "config_save", set()), ("runs", "run_end", edited_only)):
        text = (sql_folder() / "queries" / f"{file}.sql").read_text()
        statement = text.partition(f"-- name: {name}")[2].partition("-- name:")[0]
        stored = set(re.findall(r"\b(\w+) = :\1\b", statement.partition("UPDATE project_configs")[2]))
        assert stored | {"project_id"} | left_out == set(Config.__struct_fields__)
