"""Brings the database schema up to date: each file of `sql/migrations` is applied once, in order, then `sql/derived`.

The derived objects (views, and functions that list the states of `domain/run.py`) are all recreated together, because
a view defined with `SELECT *` does not pick up columns that a migration adds later.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

from asyncpg import (
    DuplicateFunctionError,
    DuplicateObjectError,
    DuplicateTableError,
    InsufficientPrivilegeError,
    InvalidFunctionDefinitionError,
    WrongObjectTypeError,
)

from llmstxt_sched.domain.run import ACTIVE, COMPLETE, MOVES
from llmstxt_sched.errors import StartError
from llmstxt_sched.store.postgres.database import MIN_VERSION, server_version
from llmstxt_sched.store.postgres.statements import Connection, sql_folder

# The key of the advisory lock.  The number is arbitrary, but must be the same in every replica.
LOCK = 5_215_302_211
# Generous, because building an index over several years of runs takes minutes.
MIGRATION_SECONDS = 3600
# `only_expands`: a release that does not know the migration works on.
HISTORY = """
CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    only_expands boolean NOT NULL DEFAULT false
)
"""
# No rows where the schema has no such table.
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = to_regclass(format('%I.migrations', current_schema())) AND attnum > 0 AND NOT attisdropped
"""
# Others have a table of this name too.
OWN_COLUMNS = {"name", "applied_at"}
# Databases of earlier releases have no such column.
KIND = "only_expands"
ADD_KIND = "ALTER TABLE migrations ADD COLUMN only_expands boolean NOT NULL DEFAULT false"
MADE = re.compile(r"^CREATE TABLE (\w+)", re.MULTILINE)
DERIVED_VIEW = re.compile(r"^CREATE VIEW (\w+)", re.MULTILINE)
TAKEN = """
SELECT min(relname) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1)
"""
# Postgres raises these where an object of the same name exists.
IN_THE_WAY = (
    DuplicateFunctionError,
    DuplicateObjectError,
    DuplicateTableError,
    InvalidFunctionDefinitionError,
    WrongObjectTypeError,
)
ANOTHER = "name a database of this service's own in DATABASE_URL, or a schema by search_path"
# The sessions of other replicas, but those that wait for their turn to migrate ($1 is LOCK).
OTHERS = """
FROM pg_stat_activity a
WHERE datname = current_database() AND application_name = 'llmstxt-sched' AND pid <> pg_backend_pid()
  AND NOT EXISTS (
    SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND NOT l.granted
      AND (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint
)
"""
# Only connections whose role this one may act as.
CUT_OFF = f"SELECT pg_terminate_backend(pid) {OTHERS} AND pg_has_role(usesysid, 'USAGE')"
# A migration with this in its name takes away what the release before still needed; it comes one release later.
CONTRACTS = "_contract"
# The order matters: the view of projects calls a function of the first file.
DERIVED = ("run_states", "leases", "project_views", "run_views", "page_views", "recalled_pages", "published_versions")


async def migrate(connection: Connection) -> list[str]:
    """Apply the missing migrations in one transaction and return their names.

    Replicas that start at the same time wait for each other.  Raises StartError if the server is too old, if the role
    may not change the schema, if another application has tables there of our names, or if a newer release of this
    service has already migrated the database and taken away what this one needs.
    """
    version = await server_version(connection)
    if version < MIN_VERSION:
        raise StartError(f"Postgres is version {version}; {MIN_VERSION} or later is needed: upgrade the server")
    async with connection.transaction(), may_change_schema(connection):
        # A migration waits for the other replicas, however long theirs takes.
        await connection.execute("SET LOCAL lock_timeout = 0")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=MIGRATION_SECONDS)
        await refuse_others(connection)
        await connection.execute(HISTORY)
        if KIND not in await _columns(connection):
            await connection.execute(ADD_KIND)
        done = await applied(connection)
        known = migration_files()
        unknown = sorted(done - known.keys())
        if breaking := await _breaking(connection, unknown):
            raise StartError(f"the database has been migrated by a newer release ({breaking}): start that one")
        missing = [name for name in known if name not in done]
        if missing and done:
            await _cut_off_others(connection)
        for name in missing:
            await connection.execute(known[name].read_text(), timeout=MIGRATION_SECONDS)
            only_expands = not name.endswith(CONTRACTS)
            await connection.execute("INSERT INTO migrations (name, only_expands) VALUES ($1, $2)", name, only_expands)
        if not unknown:
            # Else the newer release has made its own, on which this one works too.
            await _derive(connection, has_changed=bool(missing))
    return missing


@asynccontextmanager
async def may_change_schema(connection: Connection) -> AsyncIterator[None]:
    """Translate the refusal to change the schema, and what is in the way there, into StartError."""
    role = await connection.fetchval("SELECT current_user::text")
    schema = await connection.fetchval("SELECT current_schema()::text")
    if schema is None:
        raise StartError(
            f"Postgres has no schema that {role} may use: GRANT USAGE, CREATE ON SCHEMA public TO {role}, or name "
            "another in search_path"
        )
    try:
        yield
    except InsufficientPrivilegeError as error:
        raise StartError(
            f"Postgres does not let {role} make the tables ({error}): GRANT CREATE ON SCHEMA {schema} TO {role}, or "
            "name the tables' owner in DATABASE_URL"
        ) from None
    except IN_THE_WAY as error:
        raise StartError(f"another application has something of a name that we need ({error}): {ANOTHER}") from None


async def refuse_others(connection: Connection) -> None:
    """Raise StartError if the schema has tables of our names that are not ours."""
    if await is_ours(connection):
        return
    if taken := await connection.fetchval(TAKEN, own_tables()):
        raise StartError(f"the database has a table {taken!r} of another application: {ANOTHER}")


async def is_ours(connection: Connection) -> bool:
    """Whether the schema has been migrated by this service."""
    return await _columns(connection) >= OWN_COLUMNS


async def is_migrated(connection: Connection) -> bool:
    """Whether every migration has been applied."""
    if await connection.fetchval("SELECT to_regclass('migrations')") is None:
        return False
    return await applied(connection) >= migration_files().keys()


def takes(migrations: Iterable[str]) -> bool:
    """Whether this release works on a database with these migrations: those that it does not know have only added."""
    return not any(name.endswith(CONTRACTS) for name in set(migrations) - migration_files().keys())


def migration_files() -> dict[str, Path]:
    """The migration files by name, in the order in which they are applied."""
    return {path.stem: path for path in sorted((sql_folder() / "migrations").glob("*.sql"))}


async def applied(connection: Connection) -> set[str]:
    """The names of the migrations that have been applied."""
    return {row["name"] for row in await connection.fetch("SELECT name FROM migrations")}


def own_tables() -> set[str]:
    """The names of the tables that the migrations make; the schema may hold those of others too."""
    return {"migrations"}.union(*(MADE.findall(path.read_text()) for path in migration_files().values()))


async def _columns(connection: Connection) -> set[str]:
    """The names of the columns of `migrations`."""
    return {row["attname"] for row in await connection.fetch(COLUMNS)}


async def _cut_off_others(connection: Connection) -> None:
    """Lock our tables and views until the migration is done, and close the connections of the other replicas.

    They open new ones, which wait for the locks, and so prepare each statement anew: in a transaction, one that was
    prepared before its table had more columns fails, and the release before takes that for an error of its own.  A
    statement on a view is prepared with the view's columns before it waits for a table, hence the views.
    """
    relations = await connection.fetch(
        "SELECT format('%I', relname) FROM pg_class"
        " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v') AND relname = ANY($1)",
        own_tables().union(DERIVED_VIEW.findall(_derived_sql())),
    )
    await _close_others(connection)
    names = ", ".join(row[0] for row in relations)
    await connection.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE", timeout=MIGRATION_SECONDS)
    await _close_others(connection)


async def _close_others(connection: Connection) -> None:
    # Within a transaction Postgres shows the sessions as they were at its first look.
    await connection.execute("SELECT pg_stat_clear_snapshot()")
    await connection.execute(CUT_OFF, LOCK)


async def _breaking(connection: Connection, names: list[str]) -> str | None:
    """The last of these migrations that does not only expand, if there is one."""
    found: str | None = await connection.fetchval(
        "SELECT max(name) FROM migrations WHERE name = ANY($1) AND NOT only_expands", names
    )
    return found


async def _derive(connection: Connection, *, has_changed: bool) -> None:
    sql = _derived_sql()
    # Recreating the view blocks its readers, so it is skipped if the hash in the view's comment is unchanged.
    digest = sha256(sql.encode()).hexdigest()
    known = await connection.fetchval("SELECT obj_description(to_regclass('project_views'))")
    if has_changed or known != digest:
        await connection.execute(f"{sql}\nCOMMENT ON VIEW project_views IS '{digest}'", timeout=MIGRATION_SECONDS)


def _derived_sql() -> str:
    states = {
        "{active_states}": _literals(sorted(ACTIVE)),
        "{complete_states}": _literals(sorted(COMPLETE)),
        "{moves}": _literals(f"{source}>{move.target}" for move in MOVES for source in sorted(move.sources)),
    }
    sql = "\n".join((sql_folder() / "derived" / f"{name}.sql").read_text() for name in DERIVED)
    for placeholder, literals in states.items():
        sql = sql.replace(placeholder, literals)
    return sql


def _literals(texts: Iterable[str]) -> str:
    return ", ".join(f"'{text}'" for text in texts)
