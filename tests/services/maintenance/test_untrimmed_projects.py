from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from structlog.testing import capture_logs
from tests.support.engine import Engine
from tests.support.history import begin, past, trimmed
from tests.support.shared import execute

from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.services.maintenance.retention import Retention
from llmstxt_sched.store.postgres.database import Database


@pytest_asyncio.fixture
async def role(clean_database_url: str) -> AsyncIterator[str]:
    """A role that may work on the tables, and may be kept from connecting."""
    name = f"weak_{uuid4().hex[:12]}"
    await execute(clean_database_url, f"CREATE ROLE {name} LOGIN PASSWORD 'weak'")
    await execute(clean_database_url, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}")
    yield name
    await execute(clean_database_url, f"DROP OWNED BY {name}; DROP ROLE {name}")


@asynccontextmanager
async def locked(engine: Engine, project: UUID) -> AsyncIterator[None]:
    """Somebody holds what the project's runs saw."""
    async with engine.database.transaction() as connection:
        await connection.execute(
            "SELECT FROM run_pages JOIN runs ON runs.id = run_id WHERE project_id = $1 FOR UPDATE OF run_pages", project
        )
        yield


async def test_a_project_that_cannot_be_trimmed_is_logged_and_holds_up_no_other(engine: Engine) -> None:
    projects = sorted([await engine.create(cron=None) for _ in range(2)])
    for project in projects:
        await past(engine, project, 3)
    # Together they are more than the column takes.
    await engine.sql(
        "INSERT INTO occurrences (project_id, first, last, count, outcome, cron_expression, timezone) "
        "SELECT $1, at, at, 2000000000, 'RAN', '@daily', 'UTC' "
        "FROM unnest(ARRAY['2024-01-01 01:00Z', '2024-01-01 02:00Z']::timestamptz[]) at",
        projects[0],
    )
    with capture_logs() as logs:
        deleted = await trimmed(engine, seen_runs=1, run_days=0, ledger_days=0)
    assert [each["project_id"] for each in logs] == [str(projects[0])]
    assert deleted["seen_pages"] == 2
    assert [row["after"] for row in await engine.sql("SELECT after FROM retention_walk")] == [UUID(int=0)]


async def test_a_project_that_somebody_locks_holds_up_no_other(engine: Engine, clean_database_url: str) -> None:
    projects = sorted([await engine.create(cron=None) for _ in range(2)])
    for project in projects:
        await past(engine, project, 3)
    hasty = await Database.connect(clean_database_url, 1, hold_seconds=0.2)
    await begin(engine)
    async with locked(engine, projects[0]):
        with capture_logs() as logs:
            deleted = await Retention(hasty, RetentionSettings(seen_runs=1), engine.metrics).turn()
    await hasty.close()
    assert [(each["project_id"], each["log_level"]) for each in logs] == [(str(projects[0]), "warning")]
    assert "lock timeout" in logs[0]["reason"]
    assert deleted["seen_pages"] == 2


async def test_an_outage_ends_the_turn_and_is_no_projects_fault(
    engine: Engine, clean_database_url: str, role: str
) -> None:
    projects = sorted([await engine.create(cron=None) for _ in range(2)])
    for project in projects:
        await past(engine, project, 3)
    place = urlsplit(clean_database_url)
    address = urlunsplit(place._replace(netloc=f"{role}:weak@{place.netloc.rpartition('@')[2]}"))
    database = await Database.connect(address, 1)
    await begin(engine)
    with capture_logs() as logs:
        async with locked(engine, projects[0]):
            turn = asyncio.create_task(Retention(database, RetentionSettings(seen_runs=1), engine.metrics).turn())
            await until_waiting(engine, role)
            await engine.sql(f"ALTER ROLE {role} CONNECTION LIMIT 0")
            await engine.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", role)
            with pytest.raises(Unavailable, match="too many connections"):
                await turn
    await database.close()
    assert not logs


async def until_waiting(engine: Engine, role: str) -> None:
    async with asyncio.timeout(30):
        while not await engine.sql(
            "SELECT FROM pg_stat_activity WHERE usename = $1 AND wait_event_type = 'Lock'", role
        ):
            await asyncio.sleep(0.01)
