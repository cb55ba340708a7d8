from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from llmstxt_sched.domain.run import ACTIVE, MOVES, RunStatus
from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.store.postgres.database import SERVER_SETTINGS, Database
from llmstxt_sched.store.postgres.migrations import CONTRACTS, is_migrated, migrate, migration_files, own_tables
from llmstxt_sched.store.postgres.statements import Connection


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database of the test's own, because these tests change its tables."""
    pool = await Database.connect(database_url, 4)
    yield pool
    await pool.close()


async def wipe(connection: Connection) -> None:
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


async def test_a_migrated_database_is_left_as_it_is(connection: Connection) -> None:
    assert await is_migrated(connection)
    before = await connection.fetch("SELECT * FROM migrations")
    assert await migrate(connection) == []
    assert await connection.fetch("SELECT * FROM migrations") == before


async def test_a_role_that_may_not_change_the_schema_is_told_what_it_lacks(
    database: Database, connection: Connection
) -> None:
    await wipe(connection)
    role = f"weak_{uuid4().hex[:12]}"
    await connection.execute(f"CREATE ROLE {role}; GRANT USAGE ON SCHEMA public TO {role}; SET ROLE {role}")
    try:
        with pytest.raises(StartError, match=f"does not let {role} make the tables .*GRANT CREATE ON SCHEMA public TO"):
            await migrate(connection)
        await connection.execute("SET search_path TO nowhere")
        with pytest.raises(StartError, match="no schema that"):
            await migrate(connection)
    finally:
        await connection.execute(f"RESET ROLE; RESET search_path; DROP OWNED BY {role}; DROP ROLE {role}")


async def test_replicas_that_start_together_migrate_once(database: Database, connection: Connection) -> None:
    await wipe(connection)

    async def start() -> list[str]:
        async with database.connection() as one:
            return await migrate(one)

    applied = await asyncio.gather(*(start() for _ in range(3)))
    assert sorted(applied) == [[], [], list(migration_files())]
    assert await is_migrated(connection)


async def test_a_database_of_a_newer_release_is_refused(connection: Connection) -> None:
    await connection.execute("INSERT INTO migrations (name) VALUES ('9999_from_the_future')")
    with pytest.raises(StartError, match=r"newer release \(9999_from_the_future\)"):
        await migrate(connection)


async def test_a_release_starts_on_what_a_newer_one_has_only_added_to_and_leaves_its_views_alone(
    connection: Connection,
) -> None:
    await connection.execute("INSERT INTO migrations (name, only_expands) VALUES ('9998_more', true)")
    await connection.execute("COMMENT ON VIEW project_views IS 'of a later release'")
    assert await migrate(connection) == []
    assert await connection.fetchval("SELECT obj_description('project_views'::regclass)") == "of a later release"
    assert await is_migrated(connection)
    await connection.execute("INSERT INTO migrations (name) VALUES ('9999_more_contract')")
    with pytest.raises(StartError, match=r"newer release \(9999_more_contract\)"):
        await migrate(connection)


async def test_a_database_of_the_release_before_learns_which_migrations_only_expand(connection: Connection) -> None:
    await connection.execute("ALTER TABLE migrations DROP COLUMN only_expands")
    assert await migrate(connection) == []
    await connection.execute("DELETE FROM migrations WHERE name LIKE '0002%'")
    await connection.execute("CREATE INDEX runs_active ON runs (id)")
    await migrate(connection)
    rows = await connection.fetch("SELECT name FROM migrations WHERE only_expands")
    assert [row["name"] for row in rows] == ["0002_fewer_indexes"]


@pytest.mark.parametrize("name", [name for name in migration_files() if not name.endswith(CONTRACTS)])
def test_a_migration_takes_nothing_away_unless_its_name_says_so(name: str) -> None:
    taken = re.findall(r"\b(?:DROP (?:TABLE|COLUMN)|RENAME|ALTER COLUMN \w+ (?:TYPE|SET NOT NULL))\b.*", _sql(name))
    assert not taken


def _sql(name: str) -> str:
    return re.sub(r"--.*", "", migration_files()[name].read_text())


async def test_replicas_that_run_open_new_connections_when_another_migrates(
    database: Database, connection: Connection
) -> None:
    """What they have prepared may have other columns then."""
    await connection.execute("DELETE FROM migrations WHERE name LIKE '0002%'")
    await connection.execute("CREATE INDEX runs_active ON runs (id)")
    migrating = asyncio.create_task(migrate(connection))
    with pytest.raises(Unavailable):
        async with database.transaction() as running, asyncio.timeout(60):
            await _use(running)
    assert await migrating == ["0002_fewer_indexes"]
    async with database.connection() as again:
        assert await is_migrated(again)


async def test_a_replica_that_connects_while_a_migration_waits_for_the_tables_is_cut_off_as_well(
    database_url: str, connection: Connection
) -> None:
    await connection.execute("DELETE FROM migrations WHERE name LIKE '0002%'")
    await connection.execute("CREATE INDEX runs_active ON runs (id)")
    another = await asyncpg.connect(database_url)
    async with asyncio.timeout(60):
        async with another.transaction():
            await another.execute("LOCK TABLE runs IN ACCESS SHARE MODE")
            migrating = asyncio.create_task(migrate(connection))
            while not await another.fetchval(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = $1 AND NOT granted)", connection.get_server_pid()
            ):
                await asyncio.sleep(0.01)
            late = await asyncpg.connect(database_url, server_settings=SERVER_SETTINGS)
        assert await migrating == ["0002_fewer_indexes"]
        while not late.is_closed():
            await asyncio.sleep(0.01)
    assert not another.is_closed()
    await another.close()


async def test_a_table_of_another_application_is_no_hindrance(database_url: str, connection: Connection) -> None:
    await connection.execute("CREATE TABLE of_another (id integer); DELETE FROM migrations WHERE name LIKE '0002%'")
    await connection.execute("CREATE INDEX runs_active ON runs (id)")
    another = await asyncpg.connect(database_url)
    async with another.transaction(), asyncio.timeout(60):
        await another.execute("LOCK TABLE of_another")
        assert await migrate(connection) == ["0002_fewer_indexes"]
    await another.close()


async def test_the_tables_that_are_known_as_our_own_are_all_that_the_migrations_make(connection: Connection) -> None:
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    assert {row["tablename"] for row in rows} == own_tables()


async def _use(connection: Connection) -> None:
    """Read until the connection is cut off."""
    while True:
        await connection.execute("SELECT FROM runs")
        await asyncio.sleep(0.01)


async def test_a_migration_that_fails_leaves_nothing(connection: Connection) -> None:
    await wipe(connection)
    await connection.execute("CREATE TABLE mine (at timestamptz); CREATE INDEX audit_in_order ON mine (at)")
    with pytest.raises(StartError, match=r"something of a name that we need .*audit_in_order.*in DATABASE_URL"):
        await migrate(connection)
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert [row["tablename"] for row in tables] == ["mine"]


@pytest.mark.parametrize(
    ("made", "name"),
    [
        ("CREATE TABLE users (id integer, name text)", "users"),
        ("CREATE VIEW runs AS SELECT 1 AS id", "runs"),
        ("CREATE TABLE migrations (id serial, migration text, batch integer)", "migrations"),
        ("CREATE TABLE migrations (id serial, timestamp bigint, name text)", "migrations"),
    ],
)
async def test_a_database_of_another_application_is_refused_and_left_as_it_is(
    connection: Connection, made: str, name: str
) -> None:
    await wipe(connection)
    await connection.execute(made)
    relations = "SELECT relname, relnatts FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
    before = await connection.fetch(relations)
    with pytest.raises(StartError, match=rf"has a table '{name}' of another application: name a database of"):
        await migrate(connection)
    assert await connection.fetch(relations) == before


@pytest.mark.parametrize(
    "made", ["CREATE TABLE project_views (id integer)", "CREATE FUNCTION site_host(url text) RETURNS integer RETURN 1"]
)
async def test_what_is_of_the_name_of_a_view_or_function_is_told(connection: Connection, made: str) -> None:
    await wipe(connection)
    await connection.execute(made)
    with pytest.raises(StartError, match="something of a name that we need"):
        await migrate(connection)


async def test_a_database_with_a_migration_missing_is_not_at_its_newest_state(connection: Connection) -> None:
    await connection.execute("DELETE FROM migrations")
    assert not await is_migrated(connection)


async def test_the_database_knows_the_states_and_moves_of_a_run_as_the_domain_has_them(connection: Connection) -> None:
    active = {status for status in RunStatus if await connection.fetchval("SELECT is_active($1)", status)}
    assert active == ACTIVE
    moves = await connection.fetchval("SELECT run_moves()")
    assert sorted(moves) == sorted(f"{source}>{move.target}" for move in MOVES for source in move.sources)


async def test_what_asks_for_active_runs_is_answered_by_their_index(connection: Connection) -> None:
    await connection.execute("SET enable_seqscan = off")
    plan = await connection.fetch("EXPLAIN SELECT FROM runs WHERE project_id = gen_random_uuid() AND is_active(status)")
    assert "runs_one_active" in "".join(row[0] for row in plan)


async def test_the_view_sees_a_column_that_a_migration_has_added(connection: Connection) -> None:
    await connection.execute(
        "ALTER TABLE projects ADD COLUMN extra text; DELETE FROM migrations WHERE name LIKE '0002%'"
    )
    await connection.execute("CREATE INDEX runs_active ON runs (id)")
    await migrate(connection)
    await connection.execute("SELECT extra, status FROM project_views")


async def test_tokens_and_keys_of_the_release_before_stay_and_it_can_go_on_writing(connection: Connection) -> None:
    """Replicas are replaced one by one: these are the statements of 0.1.0."""
    insert = "INSERT INTO tokens (id, name, sha256) VALUES ($1, 'old', $2) RETURNING scope, user_id, expires_at"
    token = uuid4()
    assert tuple(await connection.fetchrow(insert, token, b"1" * 32) or ()) == ("admin", None, None)
    await connection.execute(
        "INSERT INTO idempotency_keys (token_id, key, request_sha256, status, body) VALUES ($1, 'key', '', 201, '')"
        " ON CONFLICT (token_id, key) DO UPDATE SET created_at = excluded.created_at",
        token,
    )
    await connection.execute("DELETE FROM tokens WHERE id = $1", token)


async def test_what_is_derived_is_made_anew_only_when_it_has_changed(connection: Connection) -> None:
    find = "SELECT 'project_views'::regclass::oid"
    before = await connection.fetchval(find)
    await migrate(connection)
    assert await connection.fetchval(find) == before
    await connection.execute("COMMENT ON VIEW project_views IS 'of an earlier release'")
    assert await migrate(connection) == []
    assert await connection.fetchval(find) != before
