from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from msgspec.structs import replace
from tests.support.rows import NOW, new_project, schedule_of

from llmstxt_sched.domain.schedule import Schedule, ScheduleChange, ScheduleState, arm
from llmstxt_sched.store import schedules
from llmstxt_sched.store.postgres.statements import Connection, sql_folder, statements


async def test_a_schedule_comes_back_as_it_was_saved(connection: Connection) -> None:
    project = await new_project(connection)
    assert await schedules.get(connection, project) == schedule_of(project)
    schedule = arm(replace(schedule_of(project), cron_expression="0 2 * * *", is_enabled=True), 60)
    schedule = replace(schedule, last_run_at=NOW, stale_after=NOW + timedelta(days=2))
    await schedules.save(connection, ScheduleChange(schedule))
    assert await schedules.get(connection, project) == schedule
    halted = replace(
        schedule,
        schedule_state=ScheduleState.HALTED,
        halted_by=uuid4(),
        halted_reason="failed",
        next_run_at=None,
        next_due_at=None,
        next_job_id=None,
    )
    await schedules.save(connection, ScheduleChange(halted))
    assert await schedules.get(connection, project) == halted
    assert await schedules.get(connection, uuid4()) is None


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
    armed = arm(replace(schedule_of(project), cron_expression="0 2 * * *", is_enabled=True), 0)
    await schedules.save(connection, ScheduleChange(armed))
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(f"UPDATE project_configs SET {change} WHERE project_id = $1", project)
    assert await schedules.get(connection, project) == armed


@pytest.mark.parametrize("change", ["is_enabled = true", "next_run_at = clock_timestamp()"])
async def test_a_schedule_that_should_not_run_has_no_next_time(connection: Connection, change: str) -> None:
    project = await new_project(connection)
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(f"UPDATE project_configs SET {change} WHERE project_id = $1", project)


async def test_two_projects_cannot_wait_for_the_same_job(connection: Connection) -> None:
    first, second = await new_project(connection), await new_project(connection)
    armed = arm(replace(schedule_of(first), cron_expression="0 2 * * *", is_enabled=True), 0)
    await schedules.save(connection, ScheduleChange(armed))
    with pytest.raises(asyncpg.UniqueViolationError):
        await schedules.save(connection, ScheduleChange(replace(armed, project_id=second)))


async def test_of_what_is_due_no_more_is_read_than_is_fired(connection: Connection) -> None:
    await connection.execute(
        """
        WITH made AS (
            INSERT INTO projects (id, name, url, slug)
            SELECT gen_random_uuid(), 'p', 'https://example.com/', 's' || n FROM generate_series(1, 5000) n RETURNING id
        )
        INSERT INTO project_configs (project_id, cron_expression, is_enabled, accounted_until, next_run_at, next_due_at,
                                     next_job_id)
        SELECT id, '0 2 * * *', true, now(), now(), now(), gen_random_uuid() FROM made
        """
    )
    await connection.execute("ANALYZE projects, project_configs, runs")
    fire = statements["schedule_fire"]
    asked = {"after_due": NOW - timedelta(days=9999), "after_id": UUID(int=0), "limit": 10}
    plan = await connection.fetch(f"EXPLAIN {fire.sql}", *(asked[name] for name in fire.parameters))
    assert any("Index Scan using project_configs_due" in row[0] for row in plan)


async def test_the_project_of_each_run_that_is_fired_is_looked_up_by_one_plan_and_the_index(
    connection: Connection,
) -> None:
    project = await new_project(connection)
    armed = arm(replace(schedule_of(project), cron_expression="0 2 * * *", is_enabled=True), 0)
    await schedules.save(connection, ScheduleChange(armed))
    # All of so small a table would be read.
    await connection.execute("ANALYZE projects; SET plan_cache_mode = force_custom_plan")
    async with connection.transaction():
        fired = await schedules.fire(connection, (NOW - timedelta(days=9999), UUID(int=0)), 10)
        assert fired.queued == [armed.next_job_id]
        assert await connection.fetchval("SHOW plan_cache_mode") == "force_generic_plan"
        assert (
            await connection.fetchval("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'projects'") == 0
        )
    assert await connection.fetchval("SHOW plan_cache_mode") == "force_custom_plan"


def test_each_way_to_store_a_schedule_stores_all_that_it_may_change() -> None:
    edited_only = {"cron_expression", "timezone", "on_failure"}
    for file, name, left_out in (("schedules", "schedule_save", set()), ("runs", "run_end", edited_only)):
        text = (sql_folder() / "queries" / f"{file}.sql").read_text()
        statement = text.partition(f"-- name: {name}\n")[2].partition("-- name:")[0]
        stored = set(re.findall(r"\b(\w+) = :\1\b", statement.partition("UPDATE project_configs")[2]))
        assert stored | {"project_id", "run_count"} | left_out == set(Schedule.__struct_fields__)
