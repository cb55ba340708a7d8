from __future__ import annotations

from typing import Any

import pytest
from tests.support.engine import Engine
from tests.support.history import begin, past, trimmed
from tests.support.versions import HOME, first_run, next_run, visit

from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.services.documents.changes import Changes
from llmstxt_sched.services.maintenance import retention
from llmstxt_sched.services.maintenance.retention import Retention
from llmstxt_sched.store.retention import drop_events, drop_history, old_versions, release_version
from llmstxt_sched.store.runs import Run

FOR_EVER = RetentionSettings(0, 0, 0, 0, 0, 0, 0)


async def seen(engine: Engine) -> list[int]:
    rows = await engine.sql("SELECT DISTINCT number FROM run_pages JOIN runs ON runs.id = run_id ORDER BY number")
    return [row["number"] for row in rows]


async def numbers(engine: Engine, table: str) -> list[int]:
    return [row["number"] for row in await engine.sql(f"SELECT number FROM {table} ORDER BY number")]


async def versions_of(engine: Engine, count: int) -> list[Run]:
    """So many runs of one project, each with a version of its own."""
    runs = [await first_run(engine)]
    for number in range(1, count):
        runs.append(await next_run(engine, runs[0], HOME, visit("guide", "Guide", f"How to {number}.", 1)))
    return runs


async def test_what_runs_saw_is_kept_of_the_last_few(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 30)
    assert (await trimmed(engine, seen_runs=3))["seen_pages"] == 27
    assert await seen(engine) == [28, 29, 30]
    assert not (await trimmed(engine, seen_runs=3)).total()


async def test_what_the_run_saw_as_which_the_pages_stand_is_kept_behind_any_number_of_failures(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 30, failed=True, well=7)
    await trimmed(engine, seen_runs=3)
    assert await seen(engine) == [7, 28, 29, 30]
    await past_again(engine)
    await trimmed(engine, seen_runs=3)
    assert await seen(engine) == [29, 30, 31]


async def test_failures_that_were_looked_at_are_not_looked_at_again(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 30, failed=True, well=7)
    await trimmed(engine, seen_runs=3)
    (marks,) = await engine.sql("SELECT seen_number, seen_kept FROM retention_marks")
    assert (marks["seen_number"], marks["seen_kept"]) == (27, [7])


async def test_a_turn_that_is_over_leaves_the_rest_of_a_long_history_to_the_next(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await past(engine, await engine.create(cron=None), 30)
    monkeypatch.setattr(retention, "RUNS", 5)
    with monkeypatch.context() as hurried:
        hurried.setattr(retention, "TURN_SECONDS", 0)
        assert (await trimmed(engine))["seen_pages"] == 5
    assert (await trimmed(engine))["seen_pages"] == 20


async def test_a_version_that_waits_keeps_what_its_run_saw(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 9)
    await engine.sql("UPDATE runs SET held = 'waiting' WHERE number = 4")
    await trimmed(engine, seen_runs=1)
    assert await seen(engine) == [4, 9]


async def test_runs_and_the_ledger_are_kept_for_their_days(engine: Engine) -> None:
    project = await engine.create(cron=None)
    await past(engine, project, 40)
    deleted = await trimmed(engine, run_days=10, ledger_days=20, ledger_compact_days=0)
    assert (deleted["runs"], deleted["occurrences"]) == (31, 21)
    assert await numbers(engine, "runs") == list(range(32, 41))
    assert len(await engine.ledger(project)) == 19


async def test_the_last_run_and_the_last_that_ended_well_are_kept_however_old_they_are(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 40, failed=True, well=3)
    await engine.sql("UPDATE runs SET finished_at = finished_at - interval '1 year'")
    await trimmed(engine, run_days=10)
    assert await numbers(engine, "runs") == [3, 40]


async def test_the_newest_versions_are_kept_and_the_first_of_each_month(engine: Engine) -> None:
    runs = await versions_of(engine, 6)
    for number, day in enumerate(("01-05", "01-09", "02-01", "02-02", "02-03", "02-04"), 1):
        await engine.sql(f"UPDATE versions SET created_at = '2024-{day}' WHERE number = $1", number)
    deleted = await trimmed(engine, versions=2)
    assert (deleted["versions"], await numbers(engine, "versions")) == (2, [1, 3, 5, 6])
    assert await numbers(engine, "runs") == [run.number for run in runs]
    texts = [row["markdown"] for row in await engine.sql("SELECT markdown FROM contents ORDER BY markdown")]
    assert texts == ["How to 2.", "How to 4.", "How to 5.", "How to.", "Welcome."]


async def test_a_version_is_taken_from_the_runs_that_left_it_in_force_a_few_at_a_time(engine: Engine) -> None:
    runs = await versions_of(engine, 3)
    await engine.sql("UPDATE runs SET version_id = $1", runs[1].version_id)
    async with engine.database.connection() as connection:
        (version,) = await old_versions(connection, runs[0].project_id, 1, 2, 10)
        assert [await release_version(connection, version, 2) for _ in range(3)] == [2, 1, 0]
    await trimmed(engine, versions=1)
    assert [row["version_id"] for row in await engine.sql("SELECT version_id FROM runs")] == [None] * 3


async def test_a_run_goes_with_the_version_that_it_made_if_it_is_old_as_well(engine: Engine) -> None:
    await versions_of(engine, 4)
    await engine.sql("UPDATE versions SET created_at = '2024-01-05'")
    await engine.sql("UPDATE runs SET finished_at = finished_at - interval '2 years' WHERE number < 4")
    await trimmed(engine, versions=100)
    assert await numbers(engine, "runs") == [1, 2, 3, 4]
    await trimmed(engine, versions=1)
    assert await numbers(engine, "versions") == [1, 4]
    assert await numbers(engine, "runs") == [1, 4]


async def test_texts_are_left_while_a_run_is_active(engine: Engine) -> None:
    first = await first_run(engine)
    await engine.sql("INSERT INTO contents (project_id, sha256, markdown) VALUES ($1, 'x', 'x')", first.project_id)
    run = await engine.trigger(first.project_id)
    await trimmed(engine)
    assert len(await engine.sql("SELECT FROM contents")) == 3
    await engine.finish(run)
    await trimmed(engine)
    assert len(await engine.sql("SELECT FROM contents")) == 2


async def test_texts_that_a_failed_run_left_are_deleted_without_a_new_version(engine: Engine) -> None:
    first = await first_run(engine)
    await trimmed(engine)
    await engine.fail(await engine.trigger(first.project_id))
    await engine.sql("INSERT INTO contents (project_id, sha256, markdown) VALUES ($1, 'x', 'x')", first.project_id)
    await trimmed(engine)
    assert len(await engine.sql("SELECT FROM contents")) == 2


async def test_the_ledger_has_one_row_a_day_for_one_fate_after_a_month(engine: Engine) -> None:
    project = await engine.create(cron=None)
    insert = (
        "INSERT INTO occurrences (project_id, first, last, count, outcome, reason, cron_expression, timezone) "
        "SELECT $1, at, at, 1, CASE WHEN extract(hour FROM at) = 12 THEN 'SKIPPED' ELSE 'RAN' END, "
        "CASE WHEN extract(hour FROM at) = 12 THEN 'paused' END, '0 * * * *', 'UTC' "
        "FROM generate_series(date_trunc('day', now()) - interval '70 days', now(), '1 hour') at"
    )
    await engine.sql(insert, project)
    total = "SELECT sum(count) AS count, min(first) AS first, max(last) AS last FROM occurrences"
    before = await engine.sql(total)
    deleted = await trimmed(engine, ledger_compact_days=30)
    assert deleted["occurrences"] == 40 * 21
    assert (
        await engine.sql("SELECT sum(count) AS count, min(first) AS first, max(last) AS last FROM occurrences")
        == before
    )
    ledger = await engine.ledger(project)
    assert ledger[:3] == [("RAN", None, 12), ("SKIPPED", "paused", 1), ("RAN", None, 11)]
    assert ledger[-1][2] == 1
    assert not (await trimmed(engine, ledger_compact_days=30)).total()


async def test_a_row_of_the_ledger_that_reaches_from_long_ago_until_lately_is_kept(engine: Engine) -> None:
    project = await engine.create(cron=None)
    await engine.sql(
        "INSERT INTO occurrences (project_id, first, last, count, outcome, reason, cron_expression, timezone) "
        "VALUES ($1, now() - interval '500 days', now() - interval '1 day', 500, 'SKIPPED', 'paused', '@daily', 'UTC')",
        project,
    )
    assert not (await trimmed(engine, ledger_days=90)).total()
    assert await engine.ledger(project) == [("SKIPPED", "paused", 500)]


async def test_the_audit_log_is_kept_for_its_days(engine: Engine) -> None:
    for name in ("One", "Two"):
        await engine.create(name=name)
    await engine.sql("UPDATE audit SET at = at - interval '91 days' WHERE object_name = 'One'")
    assert (await trimmed(engine))["audit"] == 1
    assert [row["object_name"] for row in await engine.sql("SELECT object_name FROM audit")] == ["Two"]


async def test_events_are_kept_for_their_days_and_as_long_as_somebody_is_to_be_told(engine: Engine) -> None:
    for _ in range(4):
        await engine.ran()
    pending, delivered, nobodys, _ = [row["number"] for row in await engine.sql("SELECT number FROM events ORDER BY 1")]
    old = "now() - interval '91 days'"
    await engine.sql(f"UPDATE events SET at = {old}, payload = '' WHERE number <= $1", nobodys)
    await engine.sql(
        "INSERT INTO targets (id, kind, name, events, only_changes, is_ordered, shown_address, sealed) "
        "VALUES (gen_random_uuid(), 'webhook', 'One', '{}', false, false, '', '')"
    )
    for number, status in ((pending, "PENDING"), (delivered, "DELIVERED")):
        await engine.sql(
            "INSERT INTO deliveries (id, target_id, number, event_number, status, created_at) "
            f"SELECT gen_random_uuid(), id, $1, $1, $2, {old} FROM targets",
            number,
            status,
        )
    async with engine.database.connection() as connection:
        # The oldest, which is to be told, takes no place of the others.
        assert await drop_events(connection, 90, 1) == 1
    deleted = await trimmed(engine)
    assert (deleted["events"], deleted["deliveries"]) == (1, 1)
    assert len(await engine.sql("SELECT FROM events")) == 2


async def test_zero_keeps_all_for_ever(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 40)
    await versions_of(engine, 3)
    for table, column in (("runs", "finished_at"), ("versions", "created_at"), ("audit", "at")):
        await engine.sql(f"UPDATE {table} SET {column} = {column} - interval '30 years'")
    await begin(engine)
    assert not (await Retention(engine.database, FOR_EVER, engine.metrics).turn()).total()


async def test_replicas_take_turns_and_each_goes_on_where_the_last_one_ended(
    engine: Engine, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PROJECTS", 2)
    for _ in range(3):
        await past(engine, await engine.create(cron=None), 2)
    keep: Any = RetentionSettings(seen_runs=1)
    await begin(engine)
    first = Retention(engine.database, keep, engine.metrics)
    second = Retention(other.database, keep, other.metrics)
    assert (await first.turn())["seen_pages"] == 2
    assert not (await second.turn()).total()
    await engine.sql("UPDATE retention_walk SET at = at - interval '1 minute'")
    assert (await second.turn())["seen_pages"] == 1
    await past_again(engine)
    await engine.sql("UPDATE retention_walk SET at = at - interval '1 minute'")
    assert (await first.turn())["seen_pages"] == 2


async def test_a_turn_that_a_clock_took_which_was_ahead_keeps_nobody_from_the_next(engine: Engine) -> None:
    await past(engine, await engine.create(cron=None), 2)
    await begin(engine)
    await engine.sql("UPDATE retention_walk SET at = clock_timestamp() + interval '10 years'")
    assert (await Retention(engine.database, RetentionSettings(seen_runs=1), engine.metrics).turn())["seen_pages"] == 1
    assert not (await Retention(engine.database, RetentionSettings(seen_runs=1), engine.metrics).turn()).total()


async def past_again(engine: Engine) -> None:
    """One more run of each project."""
    await engine.sql(
        "WITH made AS (INSERT INTO runs (id, project_id, number, trigger, status, finished_at) "
        "SELECT gen_random_uuid(), project_id, run_count + 1, 'manual', 'COMPLETE_NO_DIFFS', now() "
        "FROM project_configs RETURNING id) "
        "INSERT INTO run_pages (run_id, url, position, depth, outcome) SELECT id, 'a', 0, 0, 'ok' FROM made"
    )


async def test_a_comparison_with_a_version_that_is_gone_is_one_with_that_before_it(engine: Engine) -> None:
    runs = await versions_of(engine, 4)
    await engine.sql("UPDATE versions SET created_at = '2024-01-05'")
    await trimmed(engine, versions=1)
    before, _ = (await Changes(engine.database).compare(runs[0].project_id, None, None)).sides
    assert before
    assert before.number == 1


async def test_a_project_with_a_long_history_is_deleted_in_parts(engine: Engine) -> None:
    first = (await versions_of(engine, 5))[0]
    await engine.sql("UPDATE runs SET number = number + 100")
    await past(engine, first.project_id, 50)
    async with engine.database.connection() as connection:
        assert await drop_history(connection, first.project_id, versions=2, runs=20, rows=10) == 32
    await engine.projects.delete(first.project_id)
    for table in ("projects", "runs", "run_pages", "versions", "version_pages", "occurrences", "contents"):
        assert await engine.sql(f"SELECT FROM {table}") == [], table
