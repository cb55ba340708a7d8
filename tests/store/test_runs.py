from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import asyncpg
import pytest
from msgspec.structs import replace
from tests.support.rows import NOW, canceled, ended, new_project, new_run, schedule_of

from llmstxt_sched.domain.run import ACTIVE, MOVES, TERMINAL, Progress, RunStatus, Trigger
from llmstxt_sched.domain.schedule import Fate, LedgerRow, ScheduleChange, ScheduleState
from llmstxt_sched.store import leases, occurrences, runs, schedules
from llmstxt_sched.store.postgres.statements import Connection, statements
from llmstxt_sched.store.runs import Ending, PageChanges

EDGES = {(source, move.target) for move in MOVES for source in move.sources}
LEASE = 60.0
MOST_PER_HOST = 2


async def put(connection: Connection, run_id: UUID, status: RunStatus) -> None:
    """The run's row in `status`, with all that its constraints ask for; past the moves where `status` is new."""
    await connection.execute(
        """
        UPDATE runs SET status = $2,
            lease_until = CASE WHEN $2 = 'IN_PROGRESS' THEN clock_timestamp() END,
            not_before = CASE WHEN $2 = 'RETRYING' THEN clock_timestamp() END,
            finished_at = CASE WHEN $2 = ANY($3::text[]) THEN clock_timestamp() END
        WHERE id = $1
        """,
        run_id,
        status.value,
        [each.value for each in TERMINAL],
    )


async def test_the_database_lets_through_the_moves_of_the_domain_and_no_other(connection: Connection) -> None:
    assert {tuple(edge.split(">")) for edge in await connection.fetchval("SELECT run_moves()")} == EDGES
    run = await new_run(connection, await new_project(connection))
    allowed = set()
    for source, target in product(RunStatus, repeat=2):
        await connection.execute("ALTER TABLE runs DISABLE TRIGGER runs_move")
        await put(connection, run.id, source)
        await connection.execute("ALTER TABLE runs ENABLE TRIGGER runs_move")
        with suppress(asyncpg.CheckViolationError):
            await put(connection, run.id, target)
            allowed.add((source, target))
    assert allowed == EDGES | {(status, status) for status in RunStatus}


async def test_a_project_has_one_active_run_at_most(connection: Connection) -> None:
    project = await new_project(connection)
    run = await new_run(connection, project)
    for status in (RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.RETRYING):
        if status is not RunStatus.QUEUED:
            await put(connection, run.id, status)
        with pytest.raises(asyncpg.UniqueViolationError):
            await new_run(connection, project)
    await put(connection, run.id, RunStatus.CANCELED)
    assert (await new_run(connection, project)).number == 2
    assert {RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.RETRYING} == ACTIVE


@pytest.mark.parametrize(
    "change",
    [
        "lease_until = clock_timestamp()",
        "not_before = clock_timestamp()",
        "finished_at = clock_timestamp()",
        "status = 'IN_PROGRESS'",
        "scheduled_for = clock_timestamp(), cron_expression = '* * * * *', timezone = 'UTC'",
        "trigger = 'schedule'",
        "trigger = 'other'",
        "status = 'OTHER'",
    ],
)
async def test_a_run_that_contradicts_itself_cannot_be_stored(connection: Connection, change: str) -> None:
    run = await new_run(connection, await new_project(connection))
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(f"UPDATE runs SET {change} WHERE id = $1", run.id)


async def test_an_occurrence_has_one_run(connection: Connection) -> None:
    project = await new_project(connection)
    insert = """
        INSERT INTO runs (id, project_id, number, trigger, scheduled_for, cron_expression, timezone, status,
                          finished_at)
        VALUES (gen_random_uuid(), $1, $2, 'schedule', $3, '0 2 * * *', 'UTC', 'CANCELED', clock_timestamp())
    """
    await connection.execute(insert, project, 1, NOW)
    with pytest.raises(asyncpg.UniqueViolationError):
        await connection.execute(insert, project, 2, NOW)
    await connection.execute(insert, project, 2, NOW + timedelta(days=1))


async def test_a_run_ends_with_its_schedule_and_its_ledger_or_not_at_all(connection: Connection) -> None:
    run = await new_run(connection, await new_project(connection))
    token, ending = uuid4(), Ending(status=RunStatus.COMPLETE_NO_DIFFS)
    assert await leases.claim(connection, run.id, token, uuid4(), LEASE, MOST_PER_HOST)
    # Each column that may change has another value than before; the cursor is either whole or not there.
    armed = replace(
        schedule_of(run.project_id),
        cron_expression="0 12 * * *",
        is_enabled=True,
        next_run_at=NOW,
        next_due_at=NOW,
        next_job_id=uuid4(),
        run_count=1,
    )
    await schedules.save(connection, ScheduleChange(armed))
    before = await schedules.get(connection, run.project_id)
    halted = replace(
        armed,
        schedule_state=ScheduleState.HALTED,
        halted_by=run.id,
        halted_reason="failed",
        is_enabled=False,
        next_run_at=None,
        next_due_at=None,
        next_job_id=None,
        last_run_at=NOW,
        stale_after=NOW + timedelta(days=2),
        accounted_until=NOW + timedelta(days=1),
    )
    entry = LedgerRow(NOW, NOW, 1, Fate.RAN, None, run.id, "0 12 * * *", "UTC")
    change = ScheduleChange(halted, (entry,), 1)
    assert await runs.update_run_status(connection, run.id, uuid4(), ending, NOW, change) is None
    assert await schedules.get(connection, run.project_id) == before
    assert await occurrences.page(connection, run.project_id, None, 9) == []
    assert await runs.update_run_status(connection, run.id, token, ending, NOW, change)
    assert await schedules.get(connection, run.project_id) == halted
    assert await occurrences.page(connection, run.project_id, None, 9) == [entry]


async def test_a_run_comes_back_as_it_was_ended(connection: Connection) -> None:
    run = await new_run(connection, await new_project(connection))
    token = uuid4()
    await leases.claim(connection, run.id, token, uuid4(), LEASE, MOST_PER_HOST)
    ending = Ending(
        status=RunStatus.COMPLETE_WITH_DIFFS,
        summary="2 pages",
        progress=Progress(found=2, fetched=2),
        changes=PageChanges(added=2),
    )
    await ended(connection, run, token, ending, 3)
    found = await runs.get(connection, run.id)
    assert found
    assert (found.status, found.summary, found.progress, found.changes, found.coalesced, found.finished_at) == (
        RunStatus.COMPLETE_WITH_DIFFS,
        "2 pages",
        Progress(found=2, fetched=2),
        PageChanges(added=2),
        3,
        NOW,
    )
    assert await runs.among(connection, [run.id, uuid4()]) == {run.id: found}


async def test_a_crash_and_a_failure_are_counted_apart(connection: Connection) -> None:
    run = await new_run(connection, await new_project(connection))
    counts = []
    for by_crash in (False, True, True):
        token = uuid4()
        assert await leases.claim(connection, run.id, token, uuid4(), LEASE, MOST_PER_HOST)
        error = ("code", "message")
        waiting = await runs.retry(
            connection, run.id, token, timedelta(0), error, by_crash=by_crash, is_charged=by_crash
        )
        assert waiting
        counts.append((waiting.attempt, waiting.crashes))
    assert counts == [(1, 0), (1, 1), (1, 2)]


async def test_runs_are_numbered_and_paged_newest_first(connection: Connection) -> None:
    project = await new_project(connection)
    for _ in range(5):
        await canceled(connection, await new_run(connection, project))
    first = await runs.page(connection, project, None, 3)
    second = await runs.page(connection, project, first[-1].number, 3)
    assert [run.number for run in first + second] == [5, 4, 3, 2, 1]


async def test_a_run_of_no_project_is_not_stored(connection: Connection) -> None:
    assert await runs.insert(connection, uuid4(), uuid4(), Trigger.MANUAL) is None
    assert await runs.get(connection, uuid4()) is None


@pytest.mark.parametrize("status", [RunStatus.FAILED, RunStatus.CANCELED])
async def test_runs_of_all_projects_that_are_few_of_many_are_read_from_an_index(
    connection: Connection, status: RunStatus
) -> None:
    project = await new_project(connection)
    await connection.execute(
        "INSERT INTO runs (id, project_id, number, trigger, status, finished_at) "
        "SELECT gen_random_uuid(), $1, n, 'manual', 'COMPLETE_NO_DIFFS', now() FROM generate_series(1, 2000) n",
        project,
    )
    await connection.execute("ANALYZE runs")
    statement = statements["run_page_of_all"]
    given = dict.fromkeys(statement.parameters) | {"status": status, "limit": 10}
    plan = await connection.fetch(f"EXPLAIN {statement.sql}", *[given[name] for name in statement.parameters])
    assert "runs_failed" in "\n".join(row[0] for row in plan)
