from __future__ import annotations

import asyncio
import gc
import os
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from tests.support.rows import new_project
from tests.support.shared import execute

from llmstxt_sched.errors import ConfigError, InvalidInput, StartError, Unavailable
from llmstxt_sched.store.postgres.database import MIN_VERSION, Database, now, server_version
from llmstxt_sched.store.postgres.statements import Connection


async def count(connection: Connection) -> int:
    return int(await connection.fetchval("SELECT count(*) FROM projects"))


async def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as connection:
            await new_project(connection)
            raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        await fail()
    async with database.transaction() as connection:
        assert await count(connection) == 0
        await new_project(connection)
    async with database.connection() as connection:
        assert await count(connection) == 1


async def test_a_connection_that_is_cut_is_unavailable_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(Unavailable, match="Postgres does not answer"):
        async with database.transaction() as connection:
            await connection.fetchval("SELECT pg_terminate_backend(pg_backend_pid())")
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT 1") == 1


async def test_a_server_that_takes_no_writes_is_unavailable_and_may_be_promoted(database: Database) -> None:
    async def write() -> None:
        async with database.connection() as connection, connection.transaction(readonly=True):
            await new_project(connection)

    with pytest.raises(Unavailable, match=r"takes no writes.*name the primary in DATABASE_URL"):
        await write()


@pytest.mark.slow
async def test_an_attempt_to_connect_that_is_given_up_leaves_no_error_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As where the service stops: asyncpg asks for TLS on a connection that it no longer waits for."""

    async def ends(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(ends, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        for turns in range(60):
            connecting = asyncio.create_task(Database.connect(f"postgresql://u@127.0.0.1:{port}/x", 1))
            for _ in range(turns):
                await asyncio.sleep(0)
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
    gc.collect()
    assert [record.getMessage() for record in caplog.records] == []


async def test_an_error_that_nobody_looked_at_is_logged(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    asyncio.get_running_loop().create_future().set_exception(ValueError("of our own"))
    gc.collect()
    assert "of our own" in caplog.text


async def test_a_transaction_that_a_standby_cancels_is_no_mistake_of_ours(database: Database) -> None:
    with pytest.raises(Unavailable, match="conflict with recovery"):
        async with database.transaction() as connection:
            await connection.execute(
                "DO $$ BEGIN RAISE 'canceled due to conflict with recovery' USING ERRCODE = '40001'; END $$"
            )


async def test_a_server_that_is_not_there_is_unavailable(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(Unavailable):
        await Database.connect(f"postgresql://nobody@/nothing?host={tmp_path_factory.mktemp('none')}", 1)


async def test_a_database_that_is_not_there_is_no_passing_state(clean_database_url: str) -> None:
    with pytest.raises(StartError, match="DATABASE_URL"):
        await Database.connect(urlunsplit(urlsplit(clean_database_url)._replace(path="/nothing_of_this_name")), 1)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://here/there", r"invalid DSN: scheme .* got 'mysql'"),
        ("postgresql://here:port/there", "port"),
        (
            "postgresql://127.0.0.1/there?sslmode=require&sslrootcert=/nowhere/root.crt",
            r"/nowhere/root\.crt is not there",
        ),
        ("postgresql://127.0.0.1/there?sslmode=any", "sslmode"),
        ("postgresql://127.0.0.1/there?sslmode=require&sslrootcert=/etc/passwd", "sslrootcert holds nothing of its"),
        ("postgresql://127.0.0.1/there?sslmode=require&sslcert=/etc/passwd&sslkey=/etc/passwd", "sslcert, sslcrl, ssl"),
    ],
)
async def test_a_url_that_cannot_be_used_is_told_in_one_line(url: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=f"^DATABASE_URL cannot be used: .*{reason}"):
        await Database.connect(url, 1)


async def test_a_database_that_cannot_hold_every_character_is_refused(clean_database_url: str) -> None:
    name = f"latin_{uuid4().hex[:12]}"
    create = f"CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    await execute(clean_database_url, create)
    with pytest.raises(StartError, match=r"encoded as LATIN1.*ENCODING 'UTF8'"):
        await Database.connect(urlunsplit(urlsplit(clean_database_url)._replace(path=f"/{name}")), 1)
    await execute(clean_database_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest_asyncio.fixture
async def role(clean_database_url: str) -> AsyncIterator[str]:
    """The address of the database for a role without rights of its own, who may have two connections."""
    name = f"weak_{uuid4().hex[:12]}"
    await execute(clean_database_url, f"CREATE ROLE {name} LOGIN PASSWORD 'weak' CONNECTION LIMIT 2")
    place = urlsplit(clean_database_url)
    yield urlunsplit(place._replace(netloc=f"{name}:weak@{place.netloc.rpartition('@')[2]}"))
    await execute(clean_database_url, f"DROP ROLE {name}")


@pytest.mark.parametrize("change", ["PASSWORD 'another'", "NOLOGIN", "CONNECTION LIMIT 0"])
async def test_a_server_that_refuses_us_after_the_start_is_unavailable_and_may_be_mended(
    role: str, clean_database_url: str, change: str
) -> None:
    name = urlsplit(role).username
    database = await Database.connect(role, 1)
    await execute(clean_database_url, f"ALTER ROLE {name} {change}")
    await execute(
        clean_database_url, f"SELECT pg_terminate_backend(pid, 9000) FROM pg_stat_activity WHERE usename = '{name}'"
    )
    for _ in range(2):
        with pytest.raises(Unavailable) as told:
            await _ask(database)
        assert told.value.public == "Postgres does not answer: try again later"
    await execute(clean_database_url, f"ALTER ROLE {name} LOGIN PASSWORD 'weak' CONNECTION LIMIT 2")
    assert await _ask(database) == 1
    await database.close()


async def test_a_right_that_was_taken_away_is_no_mistake_of_ours(role: str) -> None:
    database = await Database.connect(role, 1)
    with pytest.raises(Unavailable, match="permission denied for table projects"):
        async with database.connection() as connection:
            await connection.execute("SELECT * FROM projects")
    await database.close()


async def test_a_statement_behind_a_lock_sees_what_was_committed_whatever_the_database_isolates_by(
    clean_database_url: str,
) -> None:
    name = f"strict_{uuid4().hex[:12]}"
    await execute(clean_database_url, f"CREATE DATABASE {name}")
    await execute(clean_database_url, f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    database = await Database.connect(urlunsplit(urlsplit(clean_database_url)._replace(path=f"/{name}")), 1)
    async with database.transaction() as connection:
        assert await connection.fetchval("SHOW transaction_isolation") == "read committed"
    await database.close()
    await execute(clean_database_url, f"DROP DATABASE {name} WITH (FORCE)")


async def test_a_server_that_never_allows_as_many_connections_is_refused_at_once(role: str) -> None:
    with pytest.raises(StartError, match=r"Postgres allows 2 connections, and .* may need 3: raise the limit"):
        await Database.connect(role, 3)
    with pytest.raises(StartError, match="may need 3"):
        await Database.connect(role, 1, beside=2)
    database = await Database.connect(role, 2)
    await database.close()


async def test_a_server_without_tls_is_refused_at_once_where_the_address_asks_for_it() -> None:
    async def refuse_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The answer to an SSLRequest (PostgreSQL, "Message Formats").
        await reader.readexactly(8)
        writer.write(b"N")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(refuse_tls, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(StartError, match=r"asks for TLS \(sslmode\), which this Postgres does not offer"):
            await Database.connect(f"postgresql://u@127.0.0.1:{port}/x?sslmode=require", 1)


async def test_a_statement_whose_table_a_newer_release_has_changed_is_prepared_again(database: Database) -> None:
    async def read(*, in_transaction: bool) -> list[int | None]:
        async with database.transaction() if in_transaction else database.connection() as connection:
            return list((await connection.fetch("SELECT * FROM changing"))[0])

    async with database.connection() as connection:
        await connection.execute("CREATE TABLE changing AS SELECT 1 AS one")
    try:
        assert await read(in_transaction=False) == [1]
        for column in ("two", "three"):
            async with database.connection() as connection:
                await connection.execute(f"ALTER TABLE changing ADD COLUMN {column} integer")
            if column == "two":
                assert await read(in_transaction=False) == [1, None]
            else:
                with pytest.raises(Unavailable):
                    await read(in_transaction=True)
        assert await read(in_transaction=True) == [1, None, None]
    finally:
        async with database.connection() as connection:
            await connection.execute("DROP TABLE changing")


async def test_a_pool_that_is_used_up_is_unavailable(clean_database_url: str) -> None:
    pool = await Database.connect(clean_database_url, 1)
    async with pool.connection():
        with pytest.raises(Unavailable):
            async with pool.connection():
                pass
    await pool.close()


async def test_a_pool_may_make_each_plan_anew(clean_database_url: str) -> None:
    async def kept_plans_used(*, plans_each_time: bool) -> int:
        pool = await Database.connect(clean_database_url, 1, plans_each_time=plans_each_time)
        async with pool.connection() as connection:
            # Postgres itself keeps a plan after five.
            for number in range(10):
                await connection.fetchval(statement, number)
            used = await connection.fetchval(
                "SELECT generic_plans FROM pg_prepared_statements WHERE statement = $1", statement
            )
        await pool.close()
        return int(used)

    statement = "SELECT $1::integer + 1"
    assert await kept_plans_used(plans_each_time=False) > 0
    assert await kept_plans_used(plans_each_time=True) == 0


async def test_a_character_that_postgres_cannot_hold_is_the_callers_mistake(database: Database) -> None:
    with pytest.raises(InvalidInput):
        async with database.connection() as connection:
            await new_project(connection, name="\0")


async def test_closing_does_not_wait_for_what_is_in_use(clean_database_url: str) -> None:
    pool = await Database.connect(clean_database_url, 1)
    async with pool.connection() as connection:
        sleeping = asyncio.ensure_future(connection.execute("SELECT pg_sleep(600)"))
        await pool.close()
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            await sleeping


async def test_times_and_json_come_back_as_they_went(connection: Connection) -> None:
    assert await server_version(connection) >= MIN_VERSION
    at = await now(connection)
    assert at.utcoffset() == timedelta(0)
    value = {"a": [1, 2.5, None, "ü\u2028"], "b": {}}
    assert await connection.fetchval("SELECT $1::jsonb", value) == value


async def test_a_statement_waits_for_a_lock_no_longer_than_it_may(database: Database, clean_database_url: str) -> None:
    hasty = await Database.connect(clean_database_url, 1, hold_seconds=0.2)
    async with database.transaction() as connection:
        await connection.execute("LOCK TABLE projects")
        with pytest.raises(Unavailable, match="lock timeout"):
            async with hasty.connection() as other:
                await count(other)
    await hasty.close()


async def test_a_transaction_that_does_nothing_loses_its_locks(clean_database_url: str) -> None:
    hasty = await Database.connect(clean_database_url, 1, hold_seconds=0.2)

    async def hang() -> None:
        async with hasty.transaction() as connection:
            await asyncio.sleep(1)
            await count(connection)

    with pytest.raises(Unavailable):
        await hang()
    await hasty.close()


async def test_a_connection_that_is_lost_is_no_mistake_when_all_are_closed(clean_database_url: str) -> None:
    database = await Database.connect(clean_database_url, 1)
    async with database.connection() as connection:
        client: Any = connection
        mine: socket.socket = client._transport.get_extra_info("socket")
        # As if the server had gone, and nobody had noticed yet.
        with socket.socket(fileno=os.dup(mine.fileno())) as same:
            same.shutdown(socket.SHUT_WR)
    await database.close()


async def _ask(database: Database) -> int:
    async with database.connection() as connection:
        return int(await connection.fetchval("SELECT 1"))
