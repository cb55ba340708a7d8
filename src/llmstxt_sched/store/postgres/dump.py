"""Dumps the database to a file and loads it again, by Postgres' own pg_dump and pg_restore.

Their format is the one that operators' other tools read, and they know every version of Postgres that we support.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from asyncpg import PostgresError
from msgspec import Struct

from llmstxt_sched.embedded import client_program
from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.migrations import (
    LOCK,
    MIGRATION_SECONDS,
    OTHERS,
    applied,
    is_ours,
    refuse_others,
)
from llmstxt_sched.store.postgres.statements import Connection

FOR_EVER = 0.0
# A table of some hundred million rows.
_COUNT_SECONDS = 3600
# A schema may hold tables of others, or of extensions, which pg_dump leaves to these.
_TABLES = """
SELECT c.relname::text AS name, c.relowner = current_user::regrole AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
) AS is_ours
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
_QUIET = ("--no-owner", "--no-privileges")
# A table's rows stand between these in a script of pg_restore (COPY, "Text Format").
_COPY, _END = b"COPY ", b"\\.\n"
# Lines that only psql understands, and one that Postgres knows since 17.
_NOT_FOR_ALL = (b"\\restrict ", b"\\unrestrict ", b"SET transaction_timeout ")
# The longest line is a row with a page of 10 MiB, every byte of which may be escaped.
_LINE_BYTES = 64 * 1024**2


class Dumped(Struct, frozen=True):
    """What a dump holds: the tables of one schema, how many rows each has, and the migrations that made them."""

    schema: str
    rows: dict[str, int]
    migrations: tuple[str, ...]


async def dump(url: str, path: Path) -> Dumped:
    """Write our tables in the database at `url`, as they are at one moment, to `path`.

    Raises StartError if pg_dump is missing or fails, or if the service has no tables there.
    """
    # The moment is held open for as long as pg_dump takes.
    database = await Database.connect(url, 1, hold_seconds=FOR_EVER)
    try:
        async with database.connection() as connection, connection.transaction(isolation="repeatable_read"):
            if not await is_ours(connection):
                raise StartError("the database holds nothing of this service: set DATABASE_URL to what `serve` uses")
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            schema = await connection.fetchval("SELECT current_schema()")
            tables = await connection.fetch(_TABLES)
            rows = {
                name: await connection.fetchval(f'SELECT count(*) FROM "{name}"', timeout=_COUNT_SECONDS)  # noqa: S608
                for name in (table["name"] for table in tables if table["is_ours"])
            }
            others = [f'--exclude-table="{schema}"."{table["name"]}"' for table in tables if not table["is_ours"]]
            options = ("--format=custom", *_QUIET, f"--schema={schema}", f"--snapshot={snapshot}", f"--file={path}")
            async with _running("pg_dump", url, *options, *others):
                pass
            known = await applied(connection)
    finally:
        await database.close()
    return Dumped(schema, rows, tuple(sorted(known)))


async def count_rows(path: Path) -> dict[str, int]:
    """Read a dump to its end, and count the rows of each table in it.  Raises StartError if it cannot be read."""
    counts: Counter[str] = Counter()
    table = ""
    async with _running("pg_restore", "", "--data-only", "--file=-", str(path)) as script:
        async for line in script:
            if table and line == _END:
                table = ""
            elif table:
                counts[table] += 1
            elif line.startswith(_COPY):
                table = line.split(b" ", 2)[1].decode().rpartition(".")[2].strip('"')
                counts[table] = 0
    return dict(counts)


async def load(url: str, path: Path, schema: str) -> None:
    """Put the dump of a schema in the place of what it holds at `url`, wholly or not at all.

    Raises StartError, also if a service uses the database or has projects in it, another application has tables there
    of our names, or it has another schema.
    """
    # With its name, or pg_restore would make the schema itself anew, which needs more rights.
    options = ("--clean", "--if-exists", *_QUIET, f"--schema={schema}", "--file=-")
    database = await Database.connect(url, 1, hold_seconds=FOR_EVER)
    try:
        async with database.transaction() as connection:
            # A replica that starts meanwhile waits, and then finds tables.
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=MIGRATION_SECONDS)
            await _refuse_if_used(connection, schema)
            async with _running("pg_restore", "", *options, str(path)) as script:
                await _execute(connection, script)
    except Unavailable as error:
        raise StartError(f"the restore was cut off, and nothing of it is kept: {error.message}") from error
    except PostgresError as error:
        raise StartError(f"the database does not take the backup: {error}") from error
    finally:
        await database.close()


async def _execute(connection: Connection, script: asyncio.StreamReader) -> None:
    """Run a script of pg_restore, which itself would give up on a server that does not know one of its settings."""
    lines: list[bytes] = []
    async for line in script:
        if line.startswith(_COPY):
            await _execute_all(connection, lines)
            lines.clear()
            table, columns = line[len(_COPY) :].decode().split(" (", 1)
            schema, name = (each.strip('"') for each in table.split("."))
            names = [each.strip('"') for each in columns.partition(")")[0].split(", ")]
            await connection.copy_to_table(
                name, source=_rows(script), schema_name=schema, columns=names, timeout=_COUNT_SECONDS
            )
        elif not line.startswith(_NOT_FOR_ALL):
            lines.append(line)
    await _execute_all(connection, lines)


async def _execute_all(connection: Connection, lines: list[bytes]) -> None:
    # asyncpg takes no script that ends with a comment.
    await connection.execute(b"".join(lines).decode() + "SELECT", timeout=_COUNT_SECONDS)


async def _rows(script: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The rows of one table."""
    async for line in script:
        if line == _END:
            return
        yield line


async def _refuse_if_used(connection: Connection, schema: str) -> None:
    own = await connection.fetchval("SELECT current_schema()")
    if own != schema:
        raise StartError(f"the backup is of the schema {schema}, and this database has {own}: set search_path")
    if await connection.fetchval(f"SELECT EXISTS (SELECT {OTHERS})", LOCK):
        raise StartError("a service uses this database: stop it, then restore")
    # Which the restore would delete.
    await refuse_others(connection)
    has_projects = await connection.fetchval("SELECT to_regclass('projects') IS NOT NULL")
    if has_projects and await connection.fetchval("SELECT EXISTS (SELECT FROM projects)"):
        raise StartError("this database has projects, which a restore would delete: name an empty one")


@asynccontextmanager
async def _running(program: str, url: str, *options: str) -> AsyncIterator[asyncio.StreamReader]:
    """Run a program of Postgres on the database at `url` until its end, and yield what it prints.

    Raises StartError with its last words if it fails.
    """
    environment = dict(os.environ)
    place: tuple[str, ...] = ()
    if url:
        # The password is not for a command line, which everybody on this machine can read.
        bare, environment["PGPASSWORD"] = _without_password(url)
        place = (f"--dbname={bare}",)
    process = await asyncio.create_subprocess_exec(
        client_program(program),
        *place,
        *options,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=_LINE_BYTES,
    )
    assert process.stdout, process.stderr  # noqa: S101 - both are pipes
    words = asyncio.create_task(process.stderr.read())  # type: ignore[union-attr]
    try:
        yield process.stdout
        await process.stdout.read()
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
        said = (await words).decode(errors="replace").strip().splitlines()
    if status:
        raise StartError(f"{program} failed: {said[-1] if said else f'it ended with {status}'}")


def _without_password(url: str) -> tuple[str, str]:
    split = urlsplit(url)
    names, _, place = split.netloc.rpartition("@")
    user, _, password = names.partition(":")
    query = parse_qsl(split.query, keep_blank_values=True)
    password = unquote(password) or dict(query).get("password", "") or os.environ.get("PGPASSWORD", "")
    rest = urlencode([(name, value) for name, value in query if name != "password"])
    return urlunsplit(split._replace(netloc=f"{user}@{place}" if names else place, query=rest)), password
